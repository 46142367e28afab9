"""Check a roster with its own arithmetic: nothing is shared with what forms teams but the words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from nosvidere.engine.planning.teams import (
    FrontNeed,
    Person,
    Roster,
    StaffRules,
    Team,
    WorkShift,
)


def check_teams(
    roster: Roster,
    staff: Sequence[Person],
    shifts: Sequence[WorkShift],
    fronts: Sequence[FrontNeed],
    *,
    rules: StaffRules | None = None,
) -> list[str]:
    """Return every fault of the roster in Swedish; an empty list means that it keeps all rules."""
    held = rules or StaffRules()
    people = {person.id: person for person in staff}
    by_shift = {shift.id: shift for shift in shifts}
    by_front = {need.front: need for need in fronts}
    strangers = list(_unknown(roster, people, by_shift, by_front))
    if strangers:
        return strangers
    found = [*_count_faults(roster, shifts, fronts)]
    for team in roster.teams:
        members = [people[one] for one in team.people]
        found += _team_faults(team, members, by_front[team.front])
        found += _pair_faults(team, members, held)
        found += _person_faults(team, members, by_shift[team.shift_id].evening)
    return [*found, *_rest_faults(roster, by_shift, held)]


def _unknown(
    roster: Roster,
    people: Mapping[str, Person],
    shifts: Mapping[str, WorkShift],
    fronts: Mapping[str, FrontNeed],
) -> Iterator[str]:
    for team in roster.teams:
        if team.shift_id not in shifts or team.front not in fronts:
            yield f"Patrull {team.id}: passet eller fronten finns inte i underlaget."
        for one in team.people:
            if one not in people:
                yield f"Patrull {team.id}: person {one} finns inte i underlaget."


def _count_faults(
    roster: Roster, shifts: Sequence[WorkShift], fronts: Sequence[FrontNeed]
) -> Iterator[str]:
    told = Counter((team.shift_id, team.front) for team in roster.teams)
    told.update((vacancy.shift_id, vacancy.front) for vacancy in roster.vacancies)
    for shift in shifts:
        for need in fronts:
            if told[shift.id, need.front] != need.teams:
                yield (
                    f"Pass {shift.id}, {need.front}: {told[shift.id, need.front]} patruller och "
                    f"vakanser i stället för {need.teams}."
                )


def _team_faults(team: Team, people: Sequence[Person], need: FrontNeed) -> Iterator[str]:
    if len(people) != need.size or len(set(team.people)) != need.size:
        yield f"Patrull {team.id}: {len(set(team.people))} personer i stället för {need.size}."
    missing = {skill for skill in need.skills if all(skill not in p.skills for p in people)}
    if missing:
        yield f"Patrull {team.id}: saknar {', '.join(sorted(missing))}."


def _pair_faults(team: Team, people: Sequence[Person], rules: StaffRules) -> Iterator[str]:
    if len({person.unit for person in people}) < rules.least_units:
        yield f"Patrull {team.id}: färre än {rules.least_units} enheter."
    for pair in rules.apart:
        if all(one in team.people for one in pair):
            yield f"Patrull {team.id}: {' och '.join(sorted(pair))} ska inte arbeta ihop."


def _person_faults(team: Team, people: Sequence[Person], evening: int) -> Iterator[str]:
    for person in people:
        if person.fronts and team.front not in person.fronts:
            yield f"Patrull {team.id}: {person.id} arbetar inte på fronten {team.front}."
        if person.evenings is not None and evening not in person.evenings:
            yield f"Patrull {team.id}: {person.id} är inte med kväll {evening}."


def _rest_faults(
    roster: Roster, shifts: Mapping[str, WorkShift], rules: StaffRules
) -> Iterator[str]:
    """Between the end of one shift and the start of the next lie at least the hours of rest."""
    worked: dict[str, list[tuple[int, int]]] = {}
    for team in roster.teams:
        shift = shifts[team.shift_id]
        begins = shift.evening * 24 * 60 + shift.start_minute
        for one in team.people:
            length = shift.end_minute - shift.start_minute
            worked.setdefault(one, []).append((begins, begins + length))
    for one, spans in worked.items():
        for (_, end), (start, _) in pairwise(sorted(spans)):
            if start - end < rules.rest_hours * 60:
                yield f"Person {one}: {(start - end) / 60:g} timmars vila är för lite."
