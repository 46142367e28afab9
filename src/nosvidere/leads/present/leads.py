"""What the pages on leads show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from nosvidere.engine.signs import SCHEME, Contribution, Weighing
from nosvidere.intake.models import KINDS
from nosvidere.kernel.time import local_date
from nosvidere.leads.models import DECISIONS, Assessment, Lead, LeadStep, Link, Statement
from nosvidere.rules.flows import LEAD
from nosvidere.ui.components import Event, Ledger, LedgerEntry, PlaceCard, Tab
from nosvidere.ui.drawing import Weight, WeightPart, weight
from nosvidere.ui.templatetags.ui import clock, day, number
from nosvidere.ui.words import translated

LONGEST_WEIGHT = 12.0  # points: one scale for all places, so that lengths can be compared
SHAPES = {
    "OPEN": "working",
    "ASSESSED": "working",
    "APPROVED_FOR_CHECK": "working",
    "ASSIGNED": "working",
    "CHECKED": "time",
    "PARKED": "closed",
    "WITHDRAWN": "closed",
    "CLOSED": "closed",
}


@dataclass(frozen=True, slots=True)
class LeadRow:
    """One lead in the list."""

    number: str
    place: str
    district: str
    state: str
    shape: str
    weight: str
    opened_on: date
    href: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One item linked to the place of a lead, and where the link is undone."""

    number: str
    kind: str
    received_on: date
    grades: str
    by: str
    undo_href: str


@dataclass(frozen=True, slots=True)
class LeadPage:
    """A lead with all that speaks for and against."""

    card: PlaceCard
    summary: str
    weight: Weight
    ledger: Ledger
    uncounted: tuple[LedgerEntry, ...]
    flags: tuple[str, ...]
    links: tuple[LinkRow, ...]
    steps: tuple[Event, ...]
    scheme: str
    assessment: str


def state_tabs(counts: dict[str, int], chosen: str) -> list[Tab]:
    """Return a tab for all leads and one for each state that has any."""
    base = reverse("leads:leads")
    tabs = [Tab(_("Alla"), base, is_current=not chosen, count=sum(counts.values()))]
    return tabs + [
        Tab(
            LEAD.words[state].capitalize(),
            f"{base}?lage={state}",
            is_current=state == chosen,
            count=n,
        )
        for state, n in counts.items()
        if n
    ]


def lead_row(lead: Lead) -> LeadRow:
    """Return a lead as the list shows it."""
    assessed = list(lead.assessments.all())
    shown = number(assessed[-1].weight, 1) if assessed else "–"
    return LeadRow(
        number=str(lead),
        place=str(lead.place),
        district=lead.place.district,
        state=LEAD.words[lead.state],
        shape=SHAPES.get(lead.state, "done"),
        weight=shown,
        opened_on=local_date(lead.opened_at),
        href=reverse("leads:lead", args=[lead.pk]),
    )


def lead_page(
    lead: Lead,
    *,
    weighing: Weighing,
    statements: list[Statement],
    links: list[Link],
    assessment: Assessment | None,
) -> LeadPage:
    """Return a lead as its page shows it."""
    by_id = {str(statement.pk): statement for statement in statements}
    return LeadPage(
        card=_card(lead),
        summary=weighing.summary,
        weight=_weight(weighing),
        ledger=_ledger(weighing, by_id),
        uncounted=tuple(_entry(c, by_id) for c in weighing.contributions if not c.delta),
        flags=tuple(weighing.flags),
        links=tuple(link_row(link) for link in links),
        steps=tuple(_event(step) for step in lead.steps.all()),
        scheme=weighing.scheme,
        assessment=_assessment(assessment, weighing.weight),
    )


def _card(lead: Lead) -> PlaceCard:
    place = lead.place
    where = ", ".join(
        dict.fromkeys(
            part for part in (place.district, place.locality, place.municipality) if part
        )
    )
    return PlaceCard(
        title=str(place),
        district=where,
        href=reverse("leads:lead", args=[lead.pk]),
        state=LEAD.words[lead.state],
        state_shape=SHAPES.get(lead.state, "done"),  # type: ignore[arg-type]  # the table holds the component's shapes
        summary=lead.opened_because,
    )


def _weight(weighing: Weighing) -> Weight:
    parts = [
        WeightPart(sign_name(c.sign), c.delta, c.text.rpartition(": ")[2])
        for c in (*weighing.contributions, *weighing.counter)
        if c.delta
    ]
    return weight(parts, says=weighing.summary, scale=LONGEST_WEIGHT)


def sign_name(sign: str) -> str:
    return translated(f"{sign} {SCHEME.signs[sign].sv}")


def _ledger(weighing: Weighing, by_id: dict[str, Statement]) -> Ledger:
    return Ledger(
        supporting=tuple(_entry(c, by_id) for c in weighing.contributions if c.delta),
        opposing=tuple(_entry(c, by_id) for c in weighing.counter),
        missing=tuple(weighing.missing),
    )


def _entry(contribution: Contribution, by_id: dict[str, Statement]) -> LedgerEntry:
    """Return one contribution as a line of the ledger: what, from where, how sure, when, until when."""
    said = [by_id[i] for i in contribution.evidence_ids if i in by_id]
    sign = SCHEME.signs[contribution.sign]
    seen, until = _span(said, sign.half_life_days)
    return LedgerEntry(
        what=f"{translated(sign.sv)} ({sign.code})",
        source=_each_once(_source(statement) for statement in said),
        certainty=_each_once(f"{s.source_grade}{s.info_grade}" for s in said),
        on=seen,
        until=until,
        points=number(contribution.delta, 1),
        has_passed=contribution.delta == 0,
    )


def _span(said: list[Statement], half_life_days: float | None) -> tuple[str, str]:
    """Return from which day to which something was seen, and until when it weighs: two half-lives."""
    if not said:
        return "", ""
    days = sorted(statement.observed_until_on for statement in said)
    seen = " – ".join(dict.fromkeys([day(days[0]), day(days[-1])]))
    return seen, day(days[-1] + timedelta(days=2 * half_life_days)) if half_life_days else ""


def _each_once(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))


def _source(statement: Statement) -> str:
    return (
        f"{translated(KINDS[statement.item.kind])} {statement.item.diary_no}"
        if statement.item
        else _("egen kontroll")
    )


def link_row(link: Link) -> LinkRow:
    item = link.item
    return LinkRow(
        number=item.diary_no,
        kind=translated(KINDS[item.kind]),
        received_on=local_date(item.received_at),
        grades=f"{item.source_grade}{item.info_grade}",
        by=link.created_by,
        undo_href=reverse("leads:undo", args=[link.pk]),
    )


def _event(step: LeadStep) -> Event:
    return Event(
        at=clock(step.at),
        title=LEAD.words[step.after].capitalize(),
        text=step.why,
        by=step.by,
        moment=step.at.isoformat(),
    )


def _assessment(assessment: Assessment | None, now: float) -> str:
    """Return what was decided and how heavy the place was then and is now: evidence ages."""
    if assessment is None:
        return ""
    return _(
        "{by} bedömde den {day}: vikten {decision}. {weight} poäng då, {now} i dag. {reason}"
    ).format(
        by=assessment.made_by,
        day=day(assessment.made_at),
        decision=translated(DECISIONS[assessment.decision]),
        weight=number(assessment.weight, 1),
        now=number(now, 1),
        reason=assessment.reason,
    )
