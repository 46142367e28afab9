"""Which team may do which visit, and the plain reason when none may."""

from collections.abc import Sequence
from itertools import combinations

from nosvidere.engine.planning.model import TeamShift, Visit

NEED_NAMES = {
    "interpreter": "tolk",
    "social_worker": "socialarbetare",
    "two_teams": "två patruller samtidigt",
}
NO_EVENING = "Ingen patrull arbetar någon av de kvällar då besöket får göras."
NO_FRONT = "Ingen patrull de kvällarna arbetar på den front som besöket hör till."
NO_SKILL = "Ingen patrull de kvällarna har det som behövs: {needs}."
NO_WINDOW = "Besökets tidsfönster ryms inte i någon patrulls pass."
NO_PAIR = "Det finns inte två patruller som kan vara där samtidigt."
NO_WAY = "Ingen patrull hinner dit och tillbaka under sitt pass."
NO_TIME = "Tiden räckte inte: andra besök gick före."


def suits(visit: Visit, shift: TeamShift) -> bool:
    """Say whether the team alone may do the visit at some minute of its shift."""
    return (
        is_on_evening(visit, shift)
        and is_on_front(visit, shift)
        and visit.skills <= shift.skills
        and is_in_time(visit, shift)
    )


def suits_two(visit: Visit, one: TeamShift, other: TeamShift) -> bool:
    """Say whether the two teams may do the visit together.

    Together they have the skills, and at least one of them is of the visit's front.
    """
    return (
        one.team != other.team
        and one.evening == other.evening
        and is_on_evening(visit, one)
        and (is_on_front(visit, one) or is_on_front(visit, other))
        and visit.skills <= one.skills | other.skills
        and is_in_time(visit, one)
        and is_in_time(visit, other)
    )


def is_on_evening(visit: Visit, shift: TeamShift) -> bool:
    """Say whether the visit may be done that evening."""
    return visit.evenings is None or shift.evening in visit.evenings


def is_on_front(visit: Visit, shift: TeamShift) -> bool:
    """Say whether the team works on a front of the visit."""
    return not visit.fronts or shift.front in visit.fronts


def is_in_time(visit: Visit, shift: TeamShift) -> bool:
    """Say whether the visit's window and the shift share enough minutes."""
    begins = max(visit.window[0], shift.start_minute)
    ends = min(visit.window[1], shift.end_minute)
    return begins + visit.service_minutes <= ends


def why_none(visit: Visit, shifts: Sequence[TeamShift]) -> str:
    """Return the first reason, in Swedish, why none of the shifts may do the visit, or ""."""
    on_evening = [shift for shift in shifts if is_on_evening(visit, shift)]
    on_front = [shift for shift in on_evening if is_on_front(visit, shift)]
    if not on_front:
        return NO_FRONT if on_evening else NO_EVENING
    if not any(is_in_time(visit, shift) for shift in on_evening):
        return NO_WINDOW
    if visit.is_for_two_teams:
        return _why_not_two(visit, on_evening)
    return _why_not_alone(visit, on_front)


def _why_not_two(visit: Visit, on_evening: Sequence[TeamShift]) -> str:
    pairs = combinations(on_evening, 2)
    return "" if any(suits_two(visit, *pair) for pair in pairs) else NO_PAIR


def _why_not_alone(visit: Visit, on_front: Sequence[TeamShift]) -> str:
    skilled = [shift for shift in on_front if visit.skills <= shift.skills]
    if not skilled:
        names = sorted(NEED_NAMES.get(need, need) for need in visit.skills)
        return NO_SKILL.format(needs=", ".join(names))
    return "" if any(is_in_time(visit, shift) for shift in skilled) else NO_WINDOW
