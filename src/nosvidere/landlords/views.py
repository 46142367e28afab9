"""Pages on notices to landlords."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.kernel.time import now, today
from nosvidere.landlords import actions, present, queries
from nosvidere.landlords.forms import DraftForm, LetterForm, ReviewForm, StepForm, WhyForm
from nosvidere.landlords.models import Notice
from nosvidere.landlords.paper import letter_pdf
from nosvidere.rules.access import can
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
    form, made = DraftForm(request.POST or None), []
    if request.method == "POST" and attempt(
        form,
        lambda v: made.append(actions.draft_notice(lead=chosen, **v, by=request.actor, at=now())),
    ):
        return redirect("landlords:notice", pk=made[0].pk)
    days = queries.observed_days(chosen)
    shown = {"lead": present.lead_row(chosen), "days": days, "form": form}
    return render(request, "landlords/draft.html", shown, status=422 if form.errors else 200)


@needs("notice.read")
def notice(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one notice."""
    return _show(request, _found(request, pk))


def _found(request: StaffRequest, pk: int) -> Notice:
    return get_object_or_404(queries.notices(reader=request.actor), pk=pk)


def _show(
    request: StaffRequest, chosen: Notice, *, status: int = 200, **forms: PageForm
) -> HttpResponse:
    """Show a notice, with the form that was refused among its forms."""
    shown = {
        "pk": chosen.pk,
        "page": present.notice_page(
            chosen, replies=queries.replies(reader=request.actor, notice=chosen), on=today()
        ),
        "can": queries.open_acts(reader=request.actor, notice=chosen, at=now()),
        "review_form": ReviewForm(),
        "why_form": WhyForm(),
        "step_form": StepForm(steps=queries.steps_by_hand(chosen)),
        "crumbs": crumbs((_("Hyresvärdar"), "/hyresvardar/"), (chosen.diary_no, "")),
        **forms,
    }
    return render(request, "landlords/notice.html", shown, status=status)


def _act(
    request: StaffRequest, pk: int, form: PageForm, *, key: str, act: Callable[..., Any], said: str
) -> HttpResponse:
    """Do one act on a notice and go back to it, or show why it could not be done."""
    chosen = _found(request, pk)
    if attempt(form, lambda values: act(chosen, values)):
        say(request, said)
        return redirect("landlords:notice", pk=pk)
    return _show(request, chosen, status=422, **{key: form})


@require_POST
@needs("notice.draft")
def ask_review(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand a draft over to legal review."""
    return _act(
        request,
        pk,
        PageForm(request.POST),
        key="ask_form",
        act=lambda chosen, _values: actions.ask_review(notice=chosen, by=request.actor, at=now()),
        said=_("Brevet väntar på granskning."),
    )


@require_POST
@needs("notice.review")
def review(request: StaffRequest, pk: int) -> HttpResponse:
    """Approve a notice in legal review."""
    form = ReviewForm(request.POST)
    return _act(
        request,
        pk,
        form,
        key="review_form",
        act=lambda chosen, _v: actions.approve_notice(
            notice=chosen, **form.decided(), by=request.actor, at=now()
        ),
        said=_("Brevet är godkänt och kan skickas."),
    )


@require_POST
@needs("notice.review")
def reject(request: StaffRequest, pk: int) -> HttpResponse:
    """Stop a notice in legal review."""
    return _act(
        request,
        pk,
        WhyForm(request.POST),
        key="why_form",
        act=lambda chosen, values: actions.reject_notice(
            notice=chosen, **values, by=request.actor, at=now()
        ),
        said=_("Brevet är avslaget."),
    )


@require_POST
@needs("notice.serve")
def serve(request: StaffRequest, pk: int) -> HttpResponse:
    """Send a notice and show the letter code, once."""
    chosen, served = _found(request, pk), []
    form = PageForm(request.POST)
    if not attempt(
        form,
        lambda _v: served.append(actions.serve_notice(notice=chosen, by=request.actor, at=now())),
    ):
        return _show(request, chosen, status=422, ask_form=form)
    code = served[0].code
    shown = {
        "pk": pk,
        "number": chosen.diary_no,
        "symbols": str(code.symbols),
        "words": " ".join(code.words("sv")),
    }
    response = render(request, "landlords/served.html", shown, status=201)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@needs("notice.serve")
def letter(request: StaffRequest, pk: int) -> HttpResponse:
    """Set the letter on paper with the code that was shown; the code is kept nowhere."""
    chosen, form = _found(request, pk), LetterForm(request.POST)
    if not form.is_valid():
        return _show(request, chosen, status=422, ask_form=form)
    pdf = letter_pdf(
        chosen, code=form.cleaned_data["code"], address=settings.PUBLIC_URL, on=today()
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="underrattelse-{chosen.diary_no}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@needs("notice.draft")
def verify(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that a measure has held."""
    return _act(
        request,
        pk,
        PageForm(request.POST),
        key="ask_form",
        act=lambda chosen, _values: actions.verify_measure(
            notice=chosen, by=request.actor, at=now()
        ),
        said=_("Åtgärden håller."),
    )


@require_POST
@needs("notice.serve")
def step(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a notice on by hand."""
    form = StepForm(request.POST, steps=queries.steps_by_hand(_found(request, pk)))
    return _act(
        request,
        pk,
        form,
        key="step_form",
        act=lambda chosen, values: actions.step_notice(
            notice=chosen, **values, by=request.actor, at=now()
        ),
        said=_("Brevet är ändrat."),
    )
