"""When an operation may be decided, planned, begun and ended, and which front a place falls to."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import STOCKHOLM, local_date
from nosvidere.rules.flows import OPERATION

FRONTS = {"BUYER": "köpare", "OUTREACH": "uppsökande", "PREMISES": "platser"}
LEAST_MEMBERS = 2
LEAST_ADDRESSES = 2  # one ranked and one drawn by chance
# Ads lead to outreach, tips to surveillance of premises; buyers are met at either. A place known from both falls to any front.
FRONTS_OF_ORIGIN: dict[str, frozenset[str]] = {
    "AD": frozenset({"OUTREACH", "BUYER"}),
    "TIP": frozenset({"PREMISES", "BUYER"}),
    "OWN_OBS": frozenset({"PREMISES", "BUYER"}),
    "BOTH": frozenset({"BUYER", "OUTREACH", "PREMISES"}),
}
LONGEST_SHIFT_HOURS = 12
EVALUATE_AFTER_DAYS = 60  # source: the workflows, 4.6
SHEET_ENDS = time(6, 0)  # Stockholm, the day after the shift began; source: the workflows, 4.6
# The steps that a person takes by a button; deciding and planning have forms and rules of their own.
STEPS = ("BRIEFED", "ONGOING", "DEBRIEFED", "REPORTED", "EVALUATED", "CLOSED")
AT_WORK = frozenset({"BRIEFED", "ONGOING"})
# States in which a visit that was not made is given back, so that its lead can be visited by another operation.
GIVES_BACK = frozenset({"DEBRIEFED", "CLOSED"})


@dataclass(frozen=True, slots=True)
class Progress:
    """What has been done in an operation: visits planned, checks still without a finding, the last shift's day."""

    planned: int = 0
    without_finding: int = 0
    last_shift_on: date | None = None


def check_propose(*, from_on: date, until_on: date, address_limit: int) -> None:
    """Raise Refused unless an operation may run on these days and visit this many addresses."""
    if until_on < from_on:
        raise Refused("Insatsen kan inte sluta innan den har börjat.")
    if address_limit < LEAST_ADDRESSES:
        raise Refused(
            "Listan rymmer minst {n} adresser: en efter vikt och en lottad.", n=LEAST_ADDRESSES
        )


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


def check_freeze(*, state: str, is_frozen: bool, has_teams: bool, candidates: int) -> None:
    """Raise Refused unless the list of addresses may be frozen now: once, when it is known who can go."""
    check_open_for_staffing(state)
    if is_frozen:
        raise Refused("Listan är redan fryst.")
    if not has_teams:
        raise Refused("Lägg till pass och lag innan listan fryses.")
    if candidates == 0:
        raise Refused("Inget uppslag är godkänt för kontroll.")


def check_plan(*, state: str, is_frozen: bool) -> None:
    """Raise Refused unless the visits may be planned, or planned anew, now."""
    OPERATION.check(state, "PLANNED")
    if not is_frozen:
        raise Refused("Frys listan innan den planeras.")


def check_step(*, state: str, to: str, progress: Progress, on: date) -> None:
    """Raise Refused unless an operation may take this step on a day."""
    OPERATION.check(state, to)
    if to not in STEPS:
        raise Refused("Det steget tas med beslut eller plan, inte för sig.")
    if to == "BRIEFED" and progress.planned == 0:
        raise Refused("Planera insatsen innan den gås igenom.")
    if to == "REPORTED" and progress.without_finding:
        raise Refused(
            "Avgör först vad kontrollerna visade: {n} väntar.", n=progress.without_finding
        )
    if to == "EVALUATED":
        _check_time_has_passed(progress.last_shift_on, on)


def _check_time_has_passed(last_shift_on: date | None, on: date) -> None:
    """Raise Refused while it is too early to say what an operation led to."""
    first = (last_shift_on or on) + timedelta(days=EVALUATE_AFTER_DAYS)
    if on < first:
        raise Refused(
            "Utvärdera tidigast {days} dagar efter sista passet, den {day}.",
            days=EVALUATE_AFTER_DAYS,
            day=first,
        )


def sheet_ends_at(starts_at: datetime) -> datetime:
    """Return when a shift's briefing sheet may no longer be read: at six the next morning."""
    next_day = local_date(starts_at) + timedelta(days=1)
    return datetime.combine(next_day, SHEET_ENDS, STOCKHOLM)


def check_read_sheet(*, state: str, is_lead: bool, starts_at: datetime, at: datetime) -> None:
    """Raise Refused unless a shift's briefing sheet may be read now: by the lead once planned, by teams once briefed."""
    if state not in (AT_WORK | {"PLANNED"} if is_lead else AT_WORK):
        raise Refused(
            "Genomgången finns när insatsen är planerad och genomgången, och tills den är slut."
        )
    if at >= sheet_ends_at(starts_at):
        raise Refused("Genomgången gällde till klockan 06.00 dagen efter passet.")


def check_plan_fits(faults: list[str]) -> None:
    """Raise Refused when the independent checker found something wrong with a plan."""
    if faults:
        raise Refused("Planen bryter mot reglerna och sparas inte: {first}", first=faults[0])


def fronts_for(origin: str) -> frozenset[str]:
    """Return the fronts whose teams may visit a place that became known in this way."""
    return FRONTS_OF_ORIGIN[origin]
