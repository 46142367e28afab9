"""When an operation may be decided, planned, begun and ended, and which front a place falls to."""

from datetime import datetime

from nosvidere.kernel.refused import Refused
from nosvidere.rules.flows import OPERATION

LEAST_MEMBERS = 2
# Ads lead to outreach, tips to surveillance of premises; buyers are met at either. A place known from both falls to any front.
FRONTS_OF_ORIGIN: dict[str, frozenset[str]] = {
    "AD": frozenset({"OUTREACH", "BUYER"}),
    "TIP": frozenset({"PREMISES", "BUYER"}),
    "OWN_OBS": frozenset({"PREMISES", "BUYER"}),
    "BOTH": frozenset({"BUYER", "OUTREACH", "PREMISES"}),
}
LONGEST_SHIFT_HOURS = 12


def check_approve_operation(
    *, state: str, proposed_by: str, approver: str, legality_note: str
) -> None:
    """Raise Refused unless this person may decide on a proposed operation."""
    OPERATION.check(state, "APPROVED")
    if proposed_by == approver:
        raise Refused("Den som föreslagit en insats beslutar inte om den. Be en kollega.")
    if not legality_note.strip():
        raise Refused("Skriv hur laglighet och proportion har prövats.")


def check_shift(*, state: str, starts_at: datetime, ends_at: datetime) -> None:
    """Raise Refused unless a shift with these hours may be added to an operation in this state."""
    check_open_for_staffing(state)
    hours = (ends_at - starts_at).total_seconds() / 3600
    if not 0 < hours <= LONGEST_SHIFT_HOURS:
        raise Refused(
            "Ett pass slutar efter att det börjat och är högst {n} timmar.", n=LONGEST_SHIFT_HOURS
        )


def check_open_for_staffing(state: str) -> None:
    """Raise Refused unless shifts and teams may still be added."""
    if state not in {"APPROVED", "PLANNED"}:
        raise Refused("Pass och lag läggs till när insatsen är beslutad och innan den har börjat.")


def check_team(*, members: int, are_free: bool) -> None:
    """Raise Refused unless the team is a pair or more of people who are on no other team of the shift."""
    if members < LEAST_MEMBERS:
        raise Refused("Ett lag är minst {n} personer.", n=LEAST_MEMBERS)
    if not are_free:
        raise Refused(
            "Någon i laget är redan med i ett annat lag under passet, eller har vilat mindre än elva timmar."
        )


def check_freeze(*, state: str, has_teams: bool, candidates: int) -> None:
    """Raise Refused unless the list of addresses may be frozen now."""
    check_open_for_staffing(state)
    if not has_teams:
        raise Refused("Lägg till pass och lag innan listan fryses.")
    if candidates == 0:
        raise Refused("Inget uppslag är godkänt för kontroll.")


def check_plan_fits(faults: list[str]) -> None:
    """Raise Refused when the independent checker found something wrong with a plan."""
    if faults:
        raise Refused("Planen bryter mot reglerna och sparas inte: {first}", first=faults[0])


def fronts_for(origin: str) -> frozenset[str]:
    """Return the fronts whose teams may visit a place that became known in this way."""
    return FRONTS_OF_ORIGIN[origin]
