"""What the pages on notices show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nosvidere.kernel.time import local_date
from nosvidere.landlords.letter import notice_text
from nosvidere.landlords.models import MEASURES, REPLIES, Measure, Notice, NoticeReply, NoticeStep
from nosvidere.leads.models import Lead
from nosvidere.register.models import TENURES
from nosvidere.rules.flows import NOTICE
from nosvidere.rules.notice import (
    DISCLOSURE_GROUNDS,
    HARM_QUESTIONS,
    LAWS,
    LEGAL_MONTHS,
    answer_due,
    is_overdue,
)
from nosvidere.ui.components import Event, Figure, Tab
from nosvidere.ui.templatetags.ui import clock, day
from nosvidere.ui.words import translated

CLOSED = frozenset({"CLOSED", "WITHDRAWN", "REJECTED"})


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice in the list."""

    number: str
    place: str
    party: str
    state: str
    shape: str
    waits: str
    href: str


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A confirmed place that nobody has written about yet."""

    number: str
    place: str
    href: str


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """What a landlord wrote."""

    at: str
    did: str
    text: str


@dataclass(frozen=True, slots=True)
class NoticePage:
    """A notice with its clock, its letter, the answers and the way on."""

    number: str
    place: str
    party: str
    tenure: str
    law: str
    has_term: bool
    state: str
    shape: str
    clock: tuple[Figure, ...]
    paragraphs: tuple[str, ...]
    replies: tuple[ReplyRow, ...]
    measures: tuple[str, ...]
    steps: tuple[Event, ...]
    observed: str
    observed_after: str
    extent: str
    review: tuple[tuple[str, str], ...]


def tabs(counts: dict[str, int], chosen: str) -> list[Tab]:
    """Return a tab for all notices and one for each state that has any."""
    base = reverse("landlords:notices")
    every = Tab(_("Alla"), base, is_current=not chosen, count=sum(counts.values()))
    return [every] + [
        Tab(
            NOTICE.words[state].capitalize(),
            f"{base}?lage={state}",
            is_current=state == chosen,
            count=n,
        )
        for state, n in counts.items()
        if n
    ]


def notice_row(notice: Notice, *, on: date) -> NoticeRow:
    """Return a notice as the list shows it, with what it waits for."""
    late = _is_late(notice, on)
    return NoticeRow(
        number=notice.diary_no,
        place=str(notice.place),
        party=notice.party.name,
        state=NOTICE.words[notice.state],
        shape="time" if late else _shape(notice),
        waits=_waits(notice, on),
        href=reverse("landlords:notice", args=[notice.pk]),
    )


def _shape(notice: Notice) -> str:
    return "closed" if notice.state in CLOSED else "working"


def _is_late(notice: Notice, on: date) -> bool:
    return is_overdue(
        state=notice.state,
        acknowledge_by_on=notice.acknowledge_by_on,
        measure_by_on=notice.measure_by_on,
        on=on,
    )


def _waits(notice: Notice, on: date) -> str:
    """Return what the landlord should do next and how many days are left, or are past."""
    due = notice.measure_by_on if notice.state == "ACKNOWLEDGED" else notice.acknowledge_by_on
    if notice.state not in {"SENT", "RECEIVED", "ACKNOWLEDGED"} or due is None:
        return ""
    what = _("åtgärd") if notice.state == "ACKNOWLEDGED" else _("bekräftelse")
    return f"{what}: {_days_left((due - on).days)}"


def _days_left(days: int) -> str:
    """Return in words how many days are left, or are past when there are fewer than none."""
    if days == 0:
        return _("i dag")
    text = (
        ngettext("en dag kvar", "{n} dagar kvar", days)
        if days > 0
        else ngettext("en dag för sent", "{n} dagar för sent", -days)
    )
    return text.format(n=abs(days))


def lead_row(lead: Lead) -> LeadRow:
    """Return a confirmed place as the list of those to write about shows it."""
    return LeadRow(str(lead), str(lead.place), reverse("landlords:draft", args=[lead.pk]))


def notice_page(
    notice: Notice,
    *,
    replies: Sequence[tuple[NoticeReply, str]],
    observed_after: Sequence[date],
    on: date,
) -> NoticePage:
    """Return a notice as its page shows it."""
    sent_on = local_date(notice.sent_at) if notice.sent_at else on
    return NoticePage(
        number=notice.diary_no,
        place=str(notice.place),
        party=notice.party.name,
        tenure=translated(TENURES[notice.tenure]),
        law=LAWS[notice.tenure],
        has_term=notice.tenure in LEGAL_MONTHS,
        state=NOTICE.words[notice.state],
        shape="time" if _is_late(notice, on) else _shape(notice),
        clock=_clock(notice),
        paragraphs=tuple(notice_text(notice, on=sent_on).split("\n\n")),
        replies=tuple(
            ReplyRow(clock(r.at), translated(REPLIES[r.kind]), text) for r, text in replies
        ),
        measures=tuple(_measure(m) for m in notice.measures.all()),
        steps=tuple(_event(step) for step in notice.steps.all()),
        observed=", ".join(notice.observed_on),
        observed_after=", ".join(day(found) for found in observed_after),
        extent=notice.extent_basis,
        review=_review(notice),
    )


def _clock(notice: Notice) -> tuple[Figure, ...]:
    """Return the dates that the clock has set so far."""
    known = local_date(notice.knows_since_at) if notice.knows_since_at else None
    dates = (
        (_("hyresvärden vet sedan"), known),
        (_("bekräfta senast"), notice.acknowledge_by_on),
        (_("berätta om åtgärd senast"), notice.measure_by_on),
        (_("säga upp senast enligt lag"), notice.legal_deadline_on),
        (
            _("granska senast") if notice.state == "REVIEW" else _("svara senast"),
            _answer_due(notice),
        ),
    )
    return tuple(Figure(label, day(value)) for label, value in dates if value)


def _answer_due(notice: Notice) -> date | None:
    """Return by which day the police owe the next step, counted from when the notice came to its state."""
    step = notice.steps.filter(after=notice.state).last()
    return answer_due(notice.state, local_date(step.at)) if step else None


def _measure(measure: Measure) -> str:
    """Return what was done, when, and whether it held."""
    said = f"{translated(MEASURES[measure.kind])}, {day(measure.taken_on)}"
    if measure.has_held is None:
        return said
    held = _("håller") if measure.has_held else _("höll inte")
    return f"{said}: {held} ({day(measure.rechecked_on)})"


def _event(step: NoticeStep) -> Event:
    return Event(
        at=clock(step.at),
        title=NOTICE.words[step.after].capitalize(),
        text=step.why,
        by=step.by,
        moment=step.at.isoformat(),
    )


def _review(notice: Notice) -> tuple[tuple[str, str], ...]:
    """Return what the legal review decided, in the order of its form."""
    if not notice.reviewed_by:
        return ()
    lines = (
        (_("Granskad av"), notice.reviewed_by),
        (_("Proportion"), notice.proportionality),
        (_("Grund för utlämnande"), translated(DISCLOSURE_GROUNDS[notice.disclosure_ground])),
        *(
            (translated(question), notice.harm_check[key])
            for key, question in HARM_QUESTIONS.items()
        ),
        (_("Förbehåll"), notice.reservation),
        (_("Brevet väntar till"), day(notice.hold_until_on)),
    )
    return tuple((label, value) for label, value in lines if value)
