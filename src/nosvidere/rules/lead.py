"""When a lead may be assessed, approved, checked again and concluded. Source: the workflows, 4.1."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nosvidere.kernel.refused import Refused
from nosvidere.rules.flows import LEAD

CHECKS_IN_A_WINDOW = 2
CHECK_WINDOW_DAYS = 30
PARK_DAYS = 30
CLOSES_AFTER_NOT_CONFIRMED = 2
SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True)
class Assessed:
    """What an approver looks at: who assessed, what the weighing said, and what the assessor decided."""

    made_by: str
    is_eligible: bool
    is_strong: bool
    blocked_until: date | None
    decision: str
    reason: str


def check_confirm(*, is_graded: bool, is_live_place: bool, level_is_street: bool = False) -> None:
    """Raise Refused unless an item may be linked to a place: graded by a person, and the place is an entrance or a dwelling."""
    if not is_graded:
        raise Refused(
            "Uppgiften måste bedömas (källa och innehåll) innan den kopplas till en plats."
        )
    if not is_live_place:
        raise Refused(
            "Adressen finns inte längre i registret. Välj en annan, eller läs in registret på nytt."
        )
    if level_is_street:
        raise Refused("En gata är ingen plats. Välj en entré, eller fråga den som tipsade.")


def check_assess(*, state: str, decision: str, reason: str) -> None:
    """Raise Refused unless a lead in this state may be assessed with this decision."""
    LEAD.check(state, "ASSESSED")
    if decision not in {"accept", "raise", "lower"}:
        raise Refused("Välj om vikten ska gälla som uträknad, högre eller lägre.")
    if decision != "accept" and len(reason.strip()) < SHORTEST_REASON:
        raise Refused("Skriv varför du bedömer annorlunda än uträkningen.")


def check_approve(
    *, state: str, assessed: Assessed | None, approver: str, why_not: str, on: date
) -> None:
    """Raise Refused unless this person may approve a check of the place today."""
    LEAD.check(state, "APPROVED_FOR_CHECK")
    if assessed is None:
        raise Refused("Uppslaget har ingen bedömning att godkänna.")
    if assessed.made_by == approver:
        raise Refused("Den som bedömt ett uppslag får inte godkänna det själv. Be en kollega.")
    if assessed.blocked_until is not None and on < assessed.blocked_until:
        raise Refused(
            "Platsen har en bekräftad oskyldig förklaring och är spärrad till {day}.",
            day=assessed.blocked_until,
        )
    _check_carries(assessed)
    if len(why_not.strip()) < SHORTEST_REASON:
        raise Refused(
            "Skriv vad som talar emot en kontroll. Utan motskäl går det inte att godkänna."
        )


def _check_carries(assessed: Assessed) -> None:
    """Raise Refused unless the evidence carries a check: two families and two sources, or one strong sign and a reason."""
    if assessed.decision == "lower":
        raise Refused("Bedömningen sänkte vikten. Gör en ny bedömning innan platsen godkänns.")
    if assessed.is_eligible:
        return
    if assessed.is_strong and assessed.decision == "raise":
        return
    raise Refused(
        "Underlaget räcker inte: det krävs två slags tecken från två oberoende håll, "
        "eller ett starkt tecken och en analytikers motivering."
    )


def check_recheck(*, checked_on: Sequence[date], last_news_on: date | None, on: date) -> None:
    """Raise Refused when a place has been checked as often as it may in thirty days without anything new."""
    since = on - timedelta(days=CHECK_WINDOW_DAYS)
    recent = sorted(day for day in checked_on if day > since)
    if len(recent) < CHECKS_IN_A_WINDOW:
        return
    if last_news_on is not None and last_news_on > recent[-1]:
        return
    raise Refused(
        "Platsen har kontrollerats {n} gånger på {days} dagar utan ny oberoende uppgift.",
        n=len(recent),
        days=CHECK_WINDOW_DAYS,
    )


def check_conclude(
    *, state: str, finding: str, has_own_observation: bool, has_report: bool
) -> None:
    """Raise Refused unless a checked lead may be given this finding."""
    LEAD.check(state, finding)
    if finding == "CONFIRMED" and not (has_own_observation or has_report):
        raise Refused("Att bekräfta kräver en egen iakttagelse eller ett ärendenummer.")


def closes_by_itself(*, earlier_not_confirmed: int, finding: str) -> bool:
    """Say whether a finding closes the lead: innocent at once, not confirmed the second time."""
    if finding == "INNOCENT":
        return True
    return finding == "NOT_CONFIRMED" and earlier_not_confirmed + 1 >= CLOSES_AFTER_NOT_CONFIRMED


def next_review(on: date) -> date:
    """Return when a parked lead is looked at again."""
    return on + timedelta(days=PARK_DAYS)
