"""Changes to links, statements and leads; each by one person, each with a reason, each in the log."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.engine.signs import Contribution, Evidence
from nosvidere.intake.actions import ask_where as ask_sender_where
from nosvidere.intake.actions import flag_address, set_item_state
from nosvidere.intake.models import SourceItem
from nosvidere.intake.queries import group_sightings
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.leads.models import Assessment, Lead, LeadStep, Link, Statement
from nosvidere.leads.queries import (
    assessed,
    checked_days,
    last_assessment,
    last_news_on,
    live_statements,
    open_lead_of,
    same_text_label,
    weigh_place,
)
from nosvidere.register.actions import dwelling_at
from nosvidere.register.models import Place
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.evidence import evidence_of_ad, evidence_of_tip, origin_of
from nosvidere.rules.flows import LEAD
from nosvidere.rules.lead import (
    check_approve,
    check_assess,
    check_conclude,
    check_confirm,
    check_recheck,
    closes_by_itself,
    next_review,
)
from nosvidere.rules.triage import check_has_sender


@transaction.atomic
def confirm_place(
    *, item: SourceItem, place: Place, by: Actor, at: datetime, explanation: dict[str, object]
) -> Lead:
    """Say that an item is about a place; its signs become statements there, and a lead is opened if none is open.

    `explanation` is what the person saw when choosing: the mention with its reasons and alternatives.
    """
    check_may(by, "place.confirm")
    is_graded = item.kind == "ad" or bool(item.graded_by)
    check_confirm(is_graded=is_graded, is_live_place=place.valid_until_on is None)
    if item.links.filter(place__isnull=False, deleted_at__isnull=True).exists():
        raise Refused("Uppgiften är redan kopplad till en plats. Ångra den kopplingen först.")
    set_item_state(item=item, state="LINKED", by=by, at=at)
    link = Link.objects.create(
        item=item,
        place=place,
        judgement="positive",
        score=_score(item.mentions, place),
        explanation=explanation,
        method="person",
        created_by=by.code,
        created_at=at,
    )
    _state_evidence(item=item, place=place, evidence=_evidence_of(item, place), by=by, at=at)
    record(by=by, act="link.confirm", on=link, at=at)
    return open_lead_of(place) or _open_lead(place=place, because=_because(item), by=by, at=at)


def confirmer(
    *, item: SourceItem, candidates: Mapping[str, Place], by: Actor, at: datetime
) -> Callable[..., Lead]:
    """Return the act of confirming one of the candidates for an item, as its form asks for it."""

    def confirm(*, place: str, dwelling_no: str) -> Lead:
        if place not in candidates:
            raise Refused("Välj en av adresserna. Stämmer ingen: fråga den som tipsade.")
        chosen = candidates[place]
        if dwelling_no:
            chosen = dwelling_at(entrance=chosen, dwelling_no=dwelling_no, by=by, at=at)
        explanation = {"mentions": item.mentions, "candidates": sorted(candidates)}
        return confirm_place(item=item, place=chosen, by=by, at=at, explanation=explanation)

    return confirm


def _score(mentions: Sequence[Mapping[str, Any]], place: Place) -> float:
    """Return how sure the resolver was of the place that a person chose."""
    entrance = (place.parent or place).external_id
    options = [option for m in mentions for option in (m, *m.get("alternatives", ()))]
    return max((o["confidence"] for o in options if o.get("address_id") == entrance), default=0.0)


@transaction.atomic
def turn_down(*, item: SourceItem, places: Iterable[Place], by: Actor, at: datetime) -> None:
    """Say that none of the suggested addresses is right: the source handler is told to ask the sender."""
    check_may(by, "place.confirm")
    if item.state not in {"TRIAGED", "REGISTERED"}:
        raise Refused("Uppgiften väntar inte på någon adress.")
    for place in places:
        Link.objects.create(
            item=item,
            place=place,
            judgement="negative",
            method="person",
            created_by=by.code,
            created_at=at,
            deleted_by=by.code,
            deleted_at=at,
        )
    flag_address(item=item, needs=True, by=by, at=at)
    record(by=by, act="link.turn_down", on=item, at=at)


@transaction.atomic
def ask_where(*, item: SourceItem, by: Actor, at: datetime) -> None:
    """Ask the sender of a tip where it is, through the mailbox that the tip came with."""
    check_may(by, "place.confirm")
    check_has_sender(kind=item.kind)
    ask_sender_where(tip=item.tip, by=by, at=at)


def _because(item: SourceItem) -> str:
    kinds = {
        "tip": "Ett tips",
        "ad": "En annons",
        "observation": "En egen iakttagelse",
        "landlord": "En hyresvärd",
    }
    return f"{kinds[item.kind]} ({item.diary_no}) pekar på platsen."


def _evidence_of(item: SourceItem, place: Place) -> list[Evidence]:
    """Return the evidence that an item gives a place by the rules."""
    if item.kind == "ad":
        group, sightings = group_sightings(item.ad)
        return evidence_of_ad(
            ad_id=str(item.pk), group=group, sightings=sightings, seen_on=item.ad.last_seen_on
        )
    tip = item.tip
    return evidence_of_tip(
        item=str(item.pk),
        signs=tip.signs,
        observed_on=item.occurred_until_on or local_date(item.received_at),
        informant=tip.informant,
        days=tip.days,
        source_grade=item.source_grade,
        info_grade=item.info_grade,
        same_text=same_text_label(tip, place),
        is_dispute=tip.is_dispute,
    )


def _state_evidence(
    *, item: SourceItem, place: Place, evidence: Iterable[Evidence], by: Actor, at: datetime
) -> None:
    Statement.objects.bulk_create(
        Statement(
            place=place,
            sign=one.sign,
            observed_from_on=item.occurred_from_on or one.observed_on,
            observed_until_on=one.observed_on,
            item=item,
            informant=one.informant,
            same_text=one.same_text,
            days=one.days,
            source_grade=one.source_grade,
            info_grade=one.info_grade,
            basis=item.basis,
            entered_by=by.code,
            entered_at=at,
        )
        for one in evidence
    )


def _open_lead(*, place: Place, because: str, by: Actor, at: datetime) -> Lead:
    lead = Lead.objects.create(
        place=place, opened_because=because, opened_by=by.code, opened_at=at, state_at=at
    )
    LeadStep.objects.create(lead=lead, after="OPEN", by=by.code, at=at, why=because)
    record(by=by, act="lead.open", on=lead, at=at)
    return lead


@transaction.atomic
def undo_link(*, link: Link, by: Actor, at: datetime, why: str) -> None:
    """Take a link back: its statements are withdrawn, and the item waits for a place again."""
    check_may(by, "link.judge")
    if not Link.objects.filter(pk=link.pk, deleted_at__isnull=True).update(
        deleted_by=by.code, deleted_at=at
    ):
        raise Refused("Kopplingen är redan ångrad.")
    live = Statement.objects.filter(item=link.item, place=link.place, withdrawn_at__isnull=True)
    live.update(withdrawn_at=at, withdrawn_reason=why or "Kopplingen ångrades.")
    set_item_state(
        item=link.item, state="TRIAGED" if link.item.kind == "tip" else "REGISTERED", by=by, at=at
    )
    record(by=by, act="link.undo", on=link, at=at, why=why)


@transaction.atomic
def state_observations(
    *,
    place: Place,
    signs: Sequence[str],
    observed_on: date,
    check_id: UUID,
    by: Actor,
    at: datetime,
) -> None:
    """Add what a team itself observed at a place: grade A1, one statement a sign."""
    Statement.objects.bulk_create(
        Statement(
            place=place,
            sign=sign,
            observed_from_on=observed_on,
            observed_until_on=observed_on,
            check_id=check_id,
            informant=f"kontroll {check_id}",
            source_grade="A",
            info_grade="1",
            basis="FACT",
            entered_by=by.code,
            entered_at=at,
        )
        for sign in signs
    )
    record(by=by, act="statement.observe", on=place, at=at, fields={"signs": len(signs)})


@transaction.atomic
def assess(*, lead: Lead, decision: str, reason: str, by: Actor, at: datetime) -> Assessment:
    """Weigh the place as it stands now and keep the result with the assessor's decision."""
    check_may(by, "lead.assess")
    check_assess(state=lead.state, decision=decision, reason=reason)
    weighing = weigh_place(lead.place, on=local_date(at))
    assessment = Assessment.objects.create(
        lead=lead,
        scheme=weighing.scheme,
        made_at=at,
        made_by=by.code,
        weight=weighing.weight,
        families=sorted(weighing.families),
        sources=weighing.sources,
        contributions=[_as_json(c) for c in weighing.contributions],
        counter=[_as_json(c) for c in weighing.counter],
        missing=list(weighing.missing),
        flags=list(weighing.flags),
        is_eligible=weighing.is_eligible,
        decision=decision,
        reason=reason.strip(),
        origin=origin_of(_kinds(lead.place)),
    )
    move(lead=lead, to="ASSESSED", by=by, at=at, why=reason)
    record(by=by, act="lead.assess", on=assessment, at=at, fields={"decision": decision})
    return assessment


def _as_json(contribution: Contribution) -> dict[str, object]:
    return {
        "sign": contribution.sign,
        "evidence": list(contribution.evidence_ids),
        "points": contribution.points,
        "grade": contribution.grade_factor,
        "age": contribution.age_factor,
        "delta": contribution.delta,
        "text": contribution.text,
    }


def _kinds(place: Place) -> list[str]:
    kinds = live_statements(place).filter(item__isnull=False).values_list("item__kind", flat=True)
    return list(kinds)


@transaction.atomic
def approve(*, lead: Lead, why_not: str, by: Actor, at: datetime) -> None:
    """Approve a check of the place: by someone other than the assessor, with what speaks against written down."""
    check_may(by, "lead.approve")
    on = local_date(at)
    assessment = last_assessment(lead)
    check_approve(
        state=lead.state,
        assessed=assessed(lead, on=on),
        approver=by.code,
        why_not=why_not,
        on=on,
    )
    check_recheck(
        checked_on=checked_days(lead.place), last_news_on=last_news_on(lead.place), on=on
    )
    decided = {"approved_by": by.code, "approved_at": at, "why_not": why_not.strip()}
    Assessment.objects.filter(pk__in=[assessment.pk] if assessment else []).update(**decided)
    move(lead=lead, to="APPROVED_FOR_CHECK", by=by, at=at, why=why_not)
    record(by=by, act="lead.approve", on=lead, at=at)


@transaction.atomic
def park(*, lead: Lead, why: str, by: Actor, at: datetime) -> None:
    """Let a lead rest; it comes back for review after thirty days."""
    check_may(by, "lead.assess")
    _check_reason(why)
    move(lead=lead, to="PARKED", by=by, at=at, why=why)
    Lead.objects.filter(pk=lead.pk).update(next_review_on=next_review(local_date(at)))


@transaction.atomic
def reopen(*, lead: Lead, why: str, by: Actor, at: datetime) -> None:
    """Take a resting lead up again."""
    check_may(by, "lead.assess")
    move(lead=lead, to="OPEN", by=by, at=at, why=why)
    Lead.objects.filter(pk=lead.pk).update(next_review_on=None)


@transaction.atomic
def withdraw(*, lead: Lead, why: str, by: Actor, at: datetime) -> None:
    """End a lead that should not be looked at, with why."""
    check_may(by, "lead.assess")
    _check_reason(why)
    move(lead=lead, to="WITHDRAWN", by=by, at=at, why=why)


def _check_reason(why: str) -> None:
    if not why.strip():
        raise Refused("Skriv varför.")


@transaction.atomic
def conclude(*, lead: Lead, finding: str, has_report: bool, by: Actor, at: datetime) -> None:
    """Give a checked lead its finding; what the rules close by themselves is closed."""
    own = live_statements(lead.place).filter(sign="V01").exists()
    check_conclude(
        state=lead.state, finding=finding, has_own_observation=own, has_report=has_report
    )
    earlier = LeadStep.objects.filter(lead__place=lead.place, after="NOT_CONFIRMED").count()
    move(lead=lead, to=finding, by=by, at=at)
    if closes_by_itself(earlier_not_confirmed=earlier, finding=finding):
        move(lead=lead, to="CLOSED", by=by, at=at, why="Stängs av regeln.")


@transaction.atomic
def move(*, lead: Lead, to: str, by: Actor, at: datetime, why: str = "") -> None:
    """Move a lead to its next state, with a step in its history and in the log; `lead` is brought up to date."""
    LEAD.check(lead.state, to)
    closed_at = at if to in LEAD.ends() else None
    moved = Lead.objects.filter(pk=lead.pk, state=lead.state).update(
        state=to, state_at=at, closed_at=closed_at
    )
    if not moved:
        raise Refused("Någon annan har ändrat uppslaget. Läs in sidan igen.")
    LeadStep.objects.create(
        lead=lead, before=lead.state, after=to, by=by.code, at=at, why=why[:400]
    )
    lead.state, lead.state_at, lead.closed_at = to, at, closed_at
    record(by=by, act="lead.move", on=lead, at=at, fields={"to": to})
