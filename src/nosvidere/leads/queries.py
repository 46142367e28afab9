"""What is known of places, and what of it may be seen by whom."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from nosvidere.engine.linkage import near_identical
from nosvidere.engine.signs import Evidence, Weighing, weigh
from nosvidere.intake.models import SourceItem, Tip
from nosvidere.kernel.time import local_date
from nosvidere.leads.models import Assessment, Lead, LeadStep, Link, Statement
from nosvidere.register.models import Place
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.flows import LEAD
from nosvidere.rules.lead import SHORTEST_REASON, Assessed, check_approve, check_recheck
from nosvidere.rules.triage import WHERE_QUESTION, check_ask, check_has_sender
from nosvidere.ui.words import reason_against


def leads(*, reader: Actor, state: str = "", words: str = "") -> QuerySet[Lead]:
    """Return the leads with their places, the heaviest at their last assessment first, those not assessed before all."""
    check_may(reader, "lead.read")
    newest = Assessment.objects.filter(lead=OuterRef("pk")).order_by("-made_at", "-pk")
    found = Lead.objects.select_related("place").prefetch_related("assessments")
    found = found.annotate(last_weight=Subquery(newest.values("weight")[:1]))
    for word in words.split():
        named = (
            Q(place__street__icontains=word)
            | Q(place__number__iexact=word)
            | Q(place__district__icontains=word)
        )
        found = found.filter(named | Q(place__links__item__diary_no__iexact=word)).distinct()
    found = found.order_by(F("last_weight").desc(nulls_first=True), "-pk")
    return found.filter(state=state) if state else found


def lead_counts(*, reader: Actor) -> dict[str, int]:
    """Return how many leads stand in each state, in the flow's order."""
    check_may(reader, "lead.read")
    counts = dict(Lead.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: counts.get(state, 0) for state in LEAD.words}


def open_lead_of(place: Place) -> Lead | None:
    """Return the lead that is open on a place."""
    return place.leads.filter(closed_at__isnull=True).first()


def items_to_link(*, reader: Actor) -> QuerySet[SourceItem]:
    """Return the graded tips that no one has linked to a place yet, oldest first."""
    check_may(reader, "place.confirm")
    waiting = SourceItem.objects.select_related("tip").filter(kind="tip", state="TRIAGED")
    return waiting.filter(needs_address=False).order_by("received_at")


def ads_to_link(*, reader: Actor) -> QuerySet[SourceItem]:
    """Return the ads whose place has been read but not confirmed, those of groups first, oldest first."""
    check_may(reader, "place.confirm")
    found = SourceItem.objects.select_related("ad__place").filter(
        kind="ad", state="REGISTERED", ad__place__isnull=False
    )
    return found.order_by("-ad__organiser_group", "received_at")


def live_statements(place: Place) -> QuerySet[Statement]:
    """Return the statements on a place that nobody has withdrawn, a dwelling's with its entrance's."""
    places = [place.pk, place.parent_id] if place.parent_id else [place.pk]
    live = Statement.objects.filter(place__in=places, withdrawn_at__isnull=True)
    return live.select_related("item__tip")


def evidence_on(place: Place) -> list[Evidence]:
    """Return the live statements of a place as the weighing takes them."""
    return [
        Evidence(
            id=str(statement.pk),
            sign=statement.sign,
            observed_on=statement.observed_until_on,
            informant=_informant(statement),
            source_item=str(statement.item_id or statement.check_id),
            info_grade=statement.info_grade,
            source_grade=statement.source_grade,
            same_text=statement.same_text,
            days=statement.days,
        )
        for statement in live_statements(place)
    ]


def _informant(statement: Statement) -> str:
    """Return who said it, as it is known now: a source handler may have told senders apart since it was stated."""
    item = statement.item
    return item.tip.informant if item is not None and item.kind == "tip" else statement.informant


def weigh_place(place: Place, *, on: date) -> Weighing:
    """Return the weighing of a place on a day: contributions, what is missing, and what speaks against."""
    return weigh(evidence_on(place), on=on)


def last_assessment(lead: Lead) -> Assessment | None:
    """Return the newest assessment of a lead."""
    return lead.assessments.order_by("-made_at", "-pk").first()


def links_of(place: Place) -> QuerySet[Link]:
    """Return the live links from items to a place."""
    return (
        place.links.filter(deleted_at__isnull=True, judgement="positive")
        .select_related("item")
        .order_by("item__received_at")
    )


def checked_days(place: Place) -> list[date]:
    """Return the days on which leads of a place were checked."""
    steps = LeadStep.objects.filter(lead__place=place, after="CHECKED").values_list(
        "at", flat=True
    )
    return [local_date(at) for at in steps]


def last_news_on(place: Place) -> date | None:
    """Return the day on which something from outside last reached us about a place."""
    newest = (
        live_statements(place)
        .filter(item__isnull=False)
        .order_by("-entered_at")
        .values_list("entered_at", flat=True)
    )
    at = newest.first()
    return local_date(at) if at else None


def same_text_label(tip: Tip, place: Place) -> str:
    """Return the id of the first tip on the place that says nearly the same as this one, or nothing."""
    earlier = list(
        Tip.objects.filter(item__links__place=place, item__links__deleted_at__isnull=True)
        .exclude(pk=tip.pk)
        .order_by("item__received_at")
    )
    if not earlier:
        return ""
    labels = near_identical([t.sanitised_text for t in earlier] + [tip.sanitised_text])
    same = [t for t, label in zip(earlier, labels, strict=False) if label == labels[-1]]
    return str(same[0].pk) if same else ""


def leads_to_visit(*, reader: Actor) -> Sequence[Lead]:
    """Return the leads that are approved for a check and not yet assigned, heaviest first."""
    check_may(reader, "operation.read")
    approved = (
        Lead.objects.filter(state="APPROVED_FOR_CHECK")
        .select_related("place")
        .prefetch_related("assessments")
    )
    return sorted(approved, key=lambda lead: (-_approved_weight(lead), lead.pk))


def _approved_weight(lead: Lead) -> float:
    return max((a.weight for a in lead.assessments.all() if a.approved_by), default=0.0)


def linkable_items(*, reader: Actor) -> QuerySet[SourceItem]:
    """Return the tips and ads that may be linked to a place now."""
    check_may(reader, "place.confirm")
    graded = Q(kind="tip", state="TRIAGED") | Q(kind="ad", state="REGISTERED")
    return SourceItem.objects.select_related("tip", "ad").filter(graded)


def places_mentioned(item: SourceItem) -> dict[str, Place]:
    """Return {register id: live place} of all addresses that an item's mentions and their alternatives name."""
    ids = {
        option.get("address_id")
        for m in item.mentions
        for option in (m, *m.get("alternatives", ()))
    }
    wanted = Place.objects.filter(
        external_id__in=[i for i in ids if i], valid_until_on__isnull=True
    )
    return {place.external_id: place for place in wanted}


def open_acts(*, reader: Actor, lead: Lead, on: date) -> dict[str, str | None]:
    """Return {act: why the reader may not do it on this lead now, "" if they may}; None hides what the state rules out."""
    return {
        "assess": _why(reader, "lead.assess", lead, "ASSESSED"),
        "approve": _why_not_approve(reader, lead, on),
        "park": _why(reader, "lead.assess", lead, "PARKED"),
        "reopen": _why(reader, "lead.assess", lead, "OPEN"),
        "withdraw": _why(reader, "lead.assess", lead, "WITHDRAWN"),
    }


def _why(reader: Actor, permission: str, lead: Lead, to: str) -> str | None:
    """Return why a reader may not take a lead to a state, "" if they may, None if the state itself rules it out."""
    if not LEAD.can(lead.state, to):
        return None
    return reason_against(check_may, reader, permission)


def _why_not_approve(reader: Actor, lead: Lead, on: date) -> str | None:
    against = _why(reader, "lead.approve", lead, "APPROVED_FOR_CHECK")
    if against != "":
        return against
    return reason_against(
        check_approve,
        state=lead.state,
        assessed=assessed(lead, on=on),
        approver=reader.code,
        why_not=" " + "x" * SHORTEST_REASON,
        on=on,
    ) or reason_against(
        check_recheck,
        checked_on=checked_days(lead.place),
        last_news_on=last_news_on(lead.place),
        on=on,
    )


def why_not_ask(item: SourceItem) -> str:
    """Return why the sender of an item cannot be asked where it is, or "" when a question can be sent."""
    against = reason_against(check_has_sender, kind=item.kind)
    return against or reason_against(
        check_ask,
        state=item.state,
        question=WHERE_QUESTION,
        has_mailbox=item.tip.has_mailbox,
    )


def assessed(lead: Lead, *, on: date) -> Assessed | None:
    """Return what an approver looks at: the last assessment, and whether the evidence still carries it on a day."""
    assessment = last_assessment(lead)
    if assessment is None:
        return None
    now = weigh_place(lead.place, on=on)
    return Assessed(
        made_by=assessment.made_by,
        is_eligible=assessment.is_eligible and now.is_eligible,
        is_strong=now.is_strong,
        blocked_until=now.blocked_until,
        decision=assessment.decision,
        reason=assessment.reason,
    )
