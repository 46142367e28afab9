"""The demonstration's casework: tips read and graded, ads imported and linked, places confirmed, leads decided."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.models import Q

from nosvidere.engine.places import AUTO_THRESHOLD
from nosvidere.engine.signs import mask
from nosvidere.intake import actions as intake
from nosvidere.intake.models import SourceItem, Tip
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.leads import actions, queries
from nosvidere.leads.models import Lead
from nosvidere.rules import access
from nosvidere.rules.access import SYSTEM
from nosvidere.rules.evidence import FIRST_GRADES, scored_signs
from nosvidere.rules.triage import Grading
from nosvidere.sites.demo.police_setup import one

GRADES = {"landlord": FIRST_GRADES["landlord"], "patrol": FIRST_GRADES["observation"]}
TOLD_DIRECTLY = ("X", "2")  # the sender saw it; who the sender is, nobody knows
WHY_NOT = "Uppgifterna kan ha en vanlig förklaring, och den som bor där kan vara ovetande. Kontrollen sker utifrån först."


def take_in_tips(*, at: datetime, senders: Mapping[str, str]) -> int:
    """Take the day's tips in, read and grade each, and note which come from the same sender (by their diary order)."""
    intake.take_in_tips(by=SYSTEM, at=at)
    handler = one(access.SOURCE_HANDLER)
    waiting = list(
        Tip.objects.select_related("item")
        .filter(item__state="RECEIVED")
        .order_by("item__diary_no")
    )
    for tip in waiting:
        text = intake.open_tip(tip=tip, why="Första läsning", by=handler, at=at)
        if tip.is_emergency:
            intake.forward_emergency(tip=tip, by=handler, at=at)
        intake.grade_tip(tip=tip, grading=_grading(tip, text), by=handler, at=at)
    _same_senders(waiting, senders, at=at)
    return len(waiting)


def take_call(*, at: datetime, **told: Any) -> str:
    """Keep what somebody told by phone, or what a patrol saw, and return its diary number."""
    return intake.take_call(**told, by=one(access.SOURCE_HANDLER), at=at).item.diary_no


def _grading(tip: Tip, text: str) -> Grading:
    source_grade, info_grade = GRADES.get(tip.item.channel, TOLD_DIRECTLY)
    return Grading(
        source_grade=source_grade,
        info_grade=info_grade,
        basis="FACT",
        signs=tuple(tip.signs),
        sanitised_text=mask(text),
    )


def _same_senders(tips: Sequence[Tip], senders: Mapping[str, str], *, at: datetime) -> None:
    """Say which senders are one and the same; `senders` gives each letter's sender by its tag or diary number."""
    by_sender: dict[str, list[Tip]] = defaultdict(list)
    for tip in tips:
        if sender := senders.get(tip.tag or tip.item.diary_no):
            by_sender[sender].append(tip)
    for sender, told in by_sender.items():
        marks = [mark for mark, who in senders.items() if who == sender]
        known = Q(tag__in=marks) | Q(item__diary_no__in=marks)
        earlier = list(Tip.objects.select_related("item").filter(known, informant__gt="")[:1])
        intake.mark_same_informant(tips=[*earlier, *told], by=one(access.SOURCE_HANDLER), at=at)


def import_ads(*, at: datetime, file: str) -> dict[str, int]:
    """Import the season's ads on a stated ground and link them."""
    handler = one(access.SOURCE_HANDLER)
    batch = intake.import_ads(
        file=Path(file),
        lawful_source="Registrerade för hand av enheten (påhittade annonser)",
        legal_ground="PBL 2 kap. 1 § 1, insatsen Nos Videre",
        by=handler,
        at=at,
    )
    groups = intake.link_ads(by=handler, at=at)
    return {"taken": batch.taken, "rejected": batch.rejected, "groups": groups}


def confirm_places(*, at: datetime) -> int:
    """Let the analyst confirm the places of tips and ads where one candidate is sure; the others wait."""
    analyst = one(access.ANALYST)
    items = [*queries.items_to_link(reader=analyst), *queries.ads_to_link(reader=analyst)]
    return sum(_confirm(item, at=at) for item in items)


def _confirm(item: SourceItem, *, at: datetime) -> bool:
    sure = [
        m["address_id"]
        for m in item.mentions
        if m["address_id"] and m["confidence"] >= AUTO_THRESHOLD
    ]
    places = queries.places_mentioned(item)
    if (
        not sure
        or sure[0] not in places
        or (item.kind == "tip" and not scored_signs(item.tip.signs))
    ):
        return False
    explanation = {"mentions": item.mentions}
    actions.confirm_place(
        item=item, place=places[sure[0]], by=one(access.ANALYST), at=at, explanation=explanation
    )
    return True


def assess_leads(*, at: datetime) -> dict[str, int]:
    """Assess every open lead by one analyst and let another approve those that the rules allow."""
    assessor, approver = one(access.ANALYST), one(access.ANALYST, 1)
    approved = 0
    for lead in Lead.objects.select_related("place").filter(state="OPEN"):
        weighing = queries.weigh_place(lead.place, on=local_date(at))
        raised = weighing.needs_decision
        reason = "Ett starkt tecken, och uppgifterna stämmer inbördes." if raised else ""
        actions.assess(
            lead=lead, decision="raise" if raised else "accept", reason=reason, by=assessor, at=at
        )
        approved += _approve(lead, by=approver, at=at + timedelta(hours=1))
    return {
        "assessed": Lead.objects.filter(state__in=["ASSESSED", "APPROVED_FOR_CHECK"]).count(),
        "approved": approved,
    }


def _approve(lead: Lead, *, by: access.Actor, at: datetime) -> bool:
    try:
        actions.approve(lead=lead, why_not=WHY_NOT, by=by, at=at)
    except Refused:
        return False
    return True
