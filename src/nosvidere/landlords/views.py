"""Pages on notices to landlords."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.audit.actions import record
from nosvidere.kernel.time import now, today
from nosvidere.landlords import actions, present, queries
from nosvidere.landlords.forms import (
    DraftForm,
    LetterForm,
    ReviewForm,
    StepForm,
    ToldForm,
    WhyForm,
    WriteForm,
)
from nosvidere.landlords.models import Notice
from nosvidere.rules.access import Actor, can
from nosvidere.ui.acts import attempt
from nosvidere.ui.components import crumbs
from nosvidere.ui.forms import PageForm
from nosvidere.ui.toasts import say


@needs("notice.read")
def notices(request: StaffRequest) -> HttpResponse:
    """List the notices, and the confirmed places that nobody has written about."""
    state, may_draft = request.GET.get("lage", ""), can(request.actor, "notice.draft")
    found = queries.notices(reader=request.actor, state=state)
    shown = {
        "tabs": present.tabs(queries.notice_counts(reader=request.actor), state),
        "rows": [present.notice_row(notice, on=today()) for notice in found],
        "leads": [present.lead_row(lead) for lead in queries.leads_to_notice(reader=request.actor)]
        if may_draft
        else [],
    }
    return render(request, "landlords/notices.html", shown)


@needs("notice.draft")
def draft(request: StaffRequest, lead: int) -> HttpResponse:
    """Draft a notice about a confirmed place."""
    chosen = get_object_or_404(queries.leads_to_notice(reader=request.actor), pk=lead)
    form, made = DraftForm(request.POST if request.method == "POST" else None), []
    if request.method == "POST" and attempt(
        form,
        lambda v: made.append(actions.draft_notice(lead=chosen, **v, by=request.actor, at=now())),
    ):
        return redirect("landlords:notice", pk=made[0].pk)
    record(by=request.actor, act="lead.view", on=chosen, at=now())
    shown = {
        "lead": present.lead_row(chosen),
        "days": queries.observed_days(chosen),
        "form": form,
        "crumbs": crumbs((_("Hyresvärdar"), reverse("landlords:notices")), (_("Nytt brev"), "")),
    }
    return render(request, "landlords/draft.html", shown, status=422 if form.errors else 200)


@needs("notice.read")
def notice(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one notice; the reading is in the log."""
    found = _found(request, pk)
    record(by=request.actor, act="notice.view", on=found, at=now())
    return _show(request, found)


def _found(request: StaffRequest, pk: int) -> Notice:
    return get_object_or_404(queries.notices(reader=request.actor), pk=pk)


def _show(
    request: StaffRequest, chosen: Notice, *, key: str = "", wrong: PageForm | None = None
) -> HttpResponse:
    """Show a notice with the forms that are open; the one that was refused keeps what was written, under its key."""
    shown = {
        "pk": chosen.pk,
        "page": present.notice_page(
            chosen,
            replies=queries.replies(reader=request.actor, notice=chosen),
            observed_after=queries.observed_after(chosen),
            on=today(),
        ),
        "can": queries.open_acts(reader=request.actor, notice=chosen, at=now()),
        "revise_form": DraftForm(initial={"extent_basis": chosen.extent_basis}),
        "review_form": ReviewForm(),
        "why_form": WhyForm(),
        "told_form": ToldForm(),
        "write_form": WriteForm(),
        "step_form": StepForm(steps=queries.steps_by_hand(chosen)),
        "crumbs": crumbs((_("Hyresvärdar"), reverse("landlords:notices")), (chosen.diary_no, "")),
        "wrong": wrong,
        **({key: wrong} if wrong else {}),
    }
    return render(request, "landlords/notice.html", shown, status=422 if wrong else 200)


def _act(
    request: StaffRequest, pk: int, form: PageForm, *, key: str, act: Callable[..., Any], said: str
) -> HttpResponse:
    """Do one act on a notice and go back to it, or show why it could not be done."""
    chosen = _found(request, pk)
    if attempt(form, lambda values: act(notice=chosen, **values, by=request.actor, at=now())):
        say(request, said)
        return redirect("landlords:notice", pk=pk)
    return _show(request, _found(request, pk), key=key, wrong=form)


@require_POST
@needs("notice.draft")
def revise(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    form, said = DraftForm(request.POST), _("Utkastet är ändrat.")
    return _act(request, pk, form, key="revise_form", act=actions.revise_notice, said=said)


@require_POST
@needs("notice.draft")
def ask_review(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand a draft over to legal review."""
    form, said = PageForm(request.POST), _("Brevet väntar på granskning.")
    return _act(request, pk, form, key="ask_form", act=actions.ask_review, said=said)


@require_POST
@needs("notice.review")
def review(request: StaffRequest, pk: int) -> HttpResponse:
    """Approve a notice in legal review."""
    form, said = ReviewForm(request.POST), _("Brevet är godkänt och kan skickas.")

    def approve(*, notice: Notice, by: Actor, at: datetime, **_values: Any) -> None:
        actions.approve_notice(notice=notice, **form.decided(), by=by, at=at)

    return _act(request, pk, form, key="review_form", act=approve, said=said)


@require_POST
@needs("notice.review")
def reject(request: StaffRequest, pk: int) -> HttpResponse:
    """Stop a notice in legal review."""
    form, said = WhyForm(request.POST), _("Brevet är avslaget.")
    return _act(request, pk, form, key="why_form", act=actions.reject_notice, said=said)


@require_POST
@needs("notice.serve")
def serve(request: StaffRequest, pk: int) -> HttpResponse:
    """Send a notice and show the letter code, once."""
    chosen, served, form = _found(request, pk), [], PageForm(request.POST)
    if not attempt(
        form,
        lambda _v: served.append(actions.serve_notice(notice=chosen, by=request.actor, at=now())),
    ):
        return _show(request, _found(request, pk), key="ask_form", wrong=form)
    code = served[0].code
    shown = {
        "pk": pk,
        "number": chosen.diary_no,
        "symbols": str(code.symbols),
        "words": " ".join(code.words("sv")),
    }
    return _unkept(render(request, "landlords/served.html", shown, status=201))


def _unkept(response: HttpResponse) -> HttpResponse:
    """Return the response, told to be stored nowhere: it holds the code."""
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@needs("notice.serve")
def letter(request: StaffRequest, pk: int) -> HttpResponse:
    """Set the letter on paper with the code that was shown; the code is kept nowhere."""
    chosen, form, made = _found(request, pk), LetterForm(request.POST), []
    if not attempt(
        form,
        lambda v: made.append(
            actions.print_letter(notice=chosen, **v, by=request.actor, at=now())
        ),
    ):
        return _show(request, _found(request, pk), key="letter_form", wrong=form)
    response = HttpResponse(made[0], content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="underrattelse-{chosen.diary_no}.pdf"'
    return _unkept(response)


@require_POST
@needs("notice.serve")
def told(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that a landlord who has not answered was served in another way."""
    form, said = ToldForm(request.POST), _("Delgivningen är antecknad. Fristen räknas från den.")
    return _act(request, pk, form, key="told_form", act=actions.note_told, said=said)


@require_POST
@needs("notice.serve")
def write(request: StaffRequest, pk: int) -> HttpResponse:
    """Write to the landlord again."""
    form, said = WriteForm(request.POST), _("Det ligger i hyresvärdens brevlåda inom kort.")
    return _act(request, pk, form, key="write_form", act=actions.write_again, said=said)


@require_POST
@needs("notice.draft")
def verify(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that a measure has held."""
    form, said = PageForm(request.POST), _("Åtgärden håller.")
    return _act(request, pk, form, key="ask_form", act=actions.verify_measure, said=said)


@require_POST
@needs("notice.serve")
def step(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a notice on by hand."""
    form = StepForm(request.POST, steps=queries.steps_by_hand(_found(request, pk)))
    said = _("Brevet är ändrat.")
    return _act(request, pk, form, key="step_form", act=actions.step_notice, said=said)
