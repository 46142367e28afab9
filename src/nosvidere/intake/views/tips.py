"""Pages on tips: the list, one tip, and what is decided about it."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.audit.actions import record
from nosvidere.intake import actions, queries
from nosvidere.intake.forms import (
    LONGEST_SEARCH,
    AskForm,
    DiscardForm,
    GradeForm,
    OpenForm,
    SenderForm,
)
from nosvidere.intake.models import Tip
from nosvidere.intake.present import tips as present
from nosvidere.intake.views import photos
from nosvidere.kernel.time import now, today
from nosvidere.rules.access import Actor, can
from nosvidere.rules.triage import Grading
from nosvidere.ui.acts import Decision, attempt
from nosvidere.ui.components import crumbs, pager_for
from nosvidere.ui.forms import PageForm
from nosvidere.ui.toasts import say

ROWS = 50


@needs("tip.read_sanitised")
def tips(request: StaffRequest) -> HttpResponse:
    """List the tips, all or those in one state; where somebody may be in danger, first."""
    state, actor = request.GET.get("lage", ""), request.actor
    words = request.GET.get("sok", "").strip()[:LONGEST_SEARCH]
    tabs = present.state_tabs(
        queries.tip_counts(reader=actor),
        state,
        without_address=queries.without_address(reader=actor),
        slow=queries.in_slow_lane(reader=actor),
    )
    shown = {
        **_rows(request, state=state, words=words),
        "tabs": tabs,
        "state": state,
        "words": words,
        "notice": present.urgent_notice(queries.emergencies_waiting(reader=actor)),
        "may_add": can(actor, "tip.grade"),
    }
    return render(request, "intake/tips.html", shown)


def _rows(request: StaffRequest, *, state: str, words: str) -> dict[str, Any]:
    """Return a page of the tips that are asked for; a search is in the log, without its words."""
    actor = request.actor
    found = queries.tips(reader=actor, state=state, words=words)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    if words:
        record(by=actor, act="tip.search", at=now(), fields={"found": page.paginator.count})
    pager = pager_for(
        number=page.number,
        pages=page.paginator.num_pages,
        count=page.paginator.count,
        query=present.query_of(state=state, words=words),
    )
    return {"rows": [_row(tip, actor) for tip in page], "pager": pager}


def _row(tip: Tip, reader: Actor) -> present.TipRow:
    return present.tip_row(
        tip,
        place=queries.shown_place(reader=reader, tip=tip),
        words=queries.words_read(reader=reader, tip=tip),
        on=today(),
    )


@needs("tip.read_sanitised")
def tip(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show one tip as this reader may see it; the reading is in the log."""
    found = get_object_or_404(queries.tips(reader=request.actor), pk=pk)
    record(by=request.actor, act="tip.view", on=found.item, at=now())
    return _show(request, found)


def _show(request: StaffRequest, tip: Tip, status: int = 200, **shown: Any) -> HttpResponse:
    """Show a tip, with the form that was refused among its forms, and its original text if it has been opened."""
    actor = request.actor
    page = present.tip_page(
        tip,
        place=queries.shown_place(reader=actor, tip=tip),
        text=queries.shown_text(reader=actor, tip=tip),
        same_sender=queries.same_sender(reader=actor, tip=tip),
        may_confirm=queries.may_confirm(reader=actor, tip=tip),
    )
    context = {
        "tip": tip,
        "page": page,
        "can": queries.open_acts(reader=actor, tip=tip),
        "may_open": can(actor, "tip.read"),
        "thread": [present.said(at, is_from_sender=own) for own, at in queries.messages_in(tip)],
        "open_form": OpenForm(),
        "grade_form": GradeForm(initial=queries.grading_now(tip), also=tip.signs),
        "discard_form": DiscardForm(),
        "ask_form": AskForm(),
        "sender_form": SenderForm(),
        "crumbs": crumbs((_("Tips"), "/tips/"), (page.number, "")),
        **shown,
    }
    return render(request, "intake/tip.html", context, status=status)


@require_POST
@needs("tip.read")
def open_tip(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show a tip as it was written, once, for the reason that was given."""
    found = get_object_or_404(queries.tips(reader=request.actor), pk=pk)
    form = OpenForm(request.POST)
    read: list[str] = []
    if not attempt(
        form,
        lambda values: read.append(
            actions.open_tip(tip=found, **values, by=request.actor, at=now())
        ),
    ):
        return _show(request, found, 422, open_form=form)
    thread = queries.thread(reader=request.actor, tip=found)
    return _show(
        request,
        found,
        original=present.pieces(read[0]),
        photos=photos.shown(found, request.actor),
        thread=[present.said(at, is_from_sender=own, text=text) for own, at, text in thread],
    )


def _grade(*, tip: Tip, by: Any, at: Any, **values: Any) -> None:
    actions.grade_tip(tip=tip, grading=Grading(**values), by=by, at=at)


GRADE = Decision(GradeForm, "grade_form", _grade, lazy("Bedömningen är sparad."))
DISCARD = Decision(DiscardForm, "discard_form", actions.discard_tip, lazy("Tipset är avskrivet."))
FORWARD = Decision(
    PageForm,
    "forward_form",
    actions.forward_emergency,
    lazy("Det är noterat att ledningscentralen vet."),
)
ASK = Decision(AskForm, "ask_form", actions.ask_sender, lazy("Frågan är på väg."))
SENDER = Decision(
    SenderForm, "sender_form", actions.same_sender_as, lazy("Avsändaren är noterad.")
)


def _decide(request: StaffRequest, pk: UUID, decision: Decision) -> HttpResponse:
    """Do one decision on a tip and go back to it, or show why it could not be done."""
    found = get_object_or_404(queries.tips(reader=request.actor), pk=pk)
    form = (
        GradeForm(request.POST, also=found.signs)
        if decision.form is GradeForm
        else decision.form(request.POST)
    )
    if attempt(form, lambda values: decision.act(tip=found, **values, by=request.actor, at=now())):
        say(request, str(decision.said))
        return redirect("intake:tip", pk=pk)
    found = get_object_or_404(queries.tips(reader=request.actor), pk=pk)
    return _show(request, found, 422, **{decision.key: form})


@require_POST
@needs("tip.grade")
def grade(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Keep a grading."""
    return _decide(request, pk, GRADE)


@require_POST
@needs("tip.grade")
def discard(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Set a tip aside."""
    return _decide(request, pk, DISCARD)


@require_POST
@needs("tip.grade")
def forward(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note that the command centre has been told."""
    return _decide(request, pk, FORWARD)


@require_POST
@needs("tip.ask")
def ask(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask the sender."""
    return _decide(request, pk, ASK)


@require_POST
@needs("tip.grade")
def sender(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say which tips have the same sender."""
    return _decide(request, pk, SENDER)
