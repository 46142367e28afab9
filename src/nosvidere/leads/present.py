"""What the pages on leads show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from nosvidere.engine.signs import SCHEME, Contribution, Weighing
from nosvidere.intake.models import KINDS, SourceItem
from nosvidere.kernel.time import local_date
from nosvidere.leads.models import DECISIONS, Assessment, Lead, LeadStep, Link, Statement
from nosvidere.register.models import Place
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that an item may be about: its place, how sure, and why."""

    place: Place
    label: str
    hint: str


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text cut where a mention begins and ends."""

    before: str
    marked: str
    after: str


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
        WeightPart(_name(c.sign), c.delta, c.text.rpartition(": ")[2])
        for c in (*weighing.contributions, *weighing.counter)
        if c.delta
    ]
    return weight(parts, says=weighing.summary, scale=LONGEST_WEIGHT)


def _name(sign: str) -> str:
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


def candidates(mentions: list[dict[str, object]], places: dict[str, Place]) -> list[Candidate]:
    """Return the addresses that the mentions may mean, the surest first, each once."""
    found: dict[str, Candidate] = {}
    for mention in mentions:
        reasons = mention.get("reasons") or []
        for option in (mention, *_alternatives(mention)):
            place = places.get(str(option.get("address_id")))
            if place is not None and place.external_id not in found:
                hint = _hint(option, reasons if option is mention else [])
                found[place.external_id] = Candidate(place, _where(place), hint)
    return list(found.values())


def _where(place: Place) -> str:
    return ", ".join(part for part in (str(place), place.district, place.municipality) if part)


def _alternatives(mention: dict[str, object]) -> list[dict[str, object]]:
    alternatives = mention.get("alternatives")
    return alternatives if isinstance(alternatives, list) else []


LEAST_SURE = 0.01


def _hint(option: dict[str, object], reasons: object) -> str:
    """Return how sure the reading is, where that says anything, and why."""
    confidence = option.get("confidence")
    known = confidence if isinstance(confidence, float) else 0.0
    sure = (
        _("Säkerhet {sure}.").format(sure=number(known, 2))
        if known >= LEAST_SURE
        else _("Låg säkerhet.")
    )
    why = (
        " ".join(_sentence(str(reason)) for reason in reasons) if isinstance(reasons, list) else ""
    )
    return f"{sure} {why}".strip()


def _sentence(reason: str) -> str:
    """Return a reason as a sentence: a capital first, one full stop last."""
    return f"{reason[:1].upper()}{reason[1:].rstrip('.')}."


def marked(text: str, mentions: list[dict[str, object]]) -> MarkedText:
    """Return a text cut around the first mention that lies in it."""
    for mention in mentions:
        start, end = mention.get("start"), mention.get("end")
        if (
            isinstance(start, int)
            and isinstance(end, int)
            and text[start:end] == mention.get("text")
        ):
            return MarkedText(text[:start], text[start:end], text[end:])
    return MarkedText(text, "", "")


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One item that waits for its place."""

    number: str
    received_on: date
    says: str
    suggestion: str
    href: str


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """An item with the addresses that it may be about."""

    number: str
    kind: str
    received_on: date
    place_text: MarkedText
    text: MarkedText
    signs: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    reasons: tuple[str, ...]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return (register id, address) of each candidate."""
        return [(c.place.external_id, c.label) for c in self.candidates]

    @property
    def hints(self) -> dict[str, str]:
        """Return {register id: how sure and why}."""
        return {c.place.external_id: c.hint for c in self.candidates}

    @property
    def places(self) -> dict[str, Place]:
        """Return {register id: place}."""
        return {c.place.external_id: c.place for c in self.candidates}


def waiting_row(item: SourceItem) -> WaitingRow:
    """Return an item as the list of those that wait shows it."""
    mentions = item.mentions
    says = (
        item.tip.sanitised_place
        if item.kind == "tip"
        else _("annons, {site}").format(site=item.ad.site)
    )
    if not says and mentions:
        says = _("i texten: {words}").format(words=mentions[0].get("text"))
    return WaitingRow(
        number=item.diary_no,
        received_on=local_date(item.received_at),
        says=says or _("ingen plats angiven"),
        suggestion=_suggestion(mentions[0]) if mentions else _("ingen adress hittad"),
        href=reverse("leads:confirm", args=[item.pk]),
    )


def _suggestion(mention: dict[str, object]) -> str:
    confidence = mention.get("confidence")
    sure = number(confidence, 2) if isinstance(confidence, float) else "–"
    return f"{mention.get('street')} {mention.get('number')}{mention.get('letter')} ({sure})"


def confirm_page(item: SourceItem, places: dict[str, Place]) -> ConfirmPage:
    """Return an item as the page where its place is confirmed shows it."""
    tip = item.tip if item.kind == "tip" else None
    found = candidates(item.mentions, places)
    reasons = [str(r) for m in item.mentions for r in m.get("reasons", ())]
    return ConfirmPage(
        number=item.diary_no,
        kind=translated(KINDS[item.kind]),
        received_on=local_date(item.received_at),
        place_text=marked(tip.sanitised_place if tip else "", item.mentions),
        text=marked(tip.sanitised_text if tip else "", item.mentions),
        signs=tuple(_name(sign) for sign in (tip.signs if tip else ())),
        candidates=tuple(found),
        reasons=tuple(dict.fromkeys(reasons)),
    )
