"""Form teams for the fronts of each shift from the people that units lend: who works with whom, when.

People are opaque ids. Routing cannot say these rules, so they have their own assignment; another
solver can stand in for it through `Assigner`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice
from typing import Protocol

import numpy as np

from nosvidere.engine.planning.model import TeamShift

MINUTES_PER_DAY = 1440
REST_HOURS = 11  # daily rest, 13 § arbetstidslagen (1982:673)
WIDTH = 8  # combinations tried for a post before it is left
BUDGET = 1000  # posts tried in a shift before the best so far is taken
NOBODY = "Ingen ledig och utvilad person får arbeta på fronten."
TOO_FEW = "{free} lediga och utvilade personer räcker inte till {size} i patrullen."
NO_SKILL = "Ingen ledig och utvilad person har det som behövs: {needs}."
NO_PAIR = "Ingen sammansättning av lediga personer följer reglerna för vilka som arbetar ihop."


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody lent by a unit. `fronts` empty: any; `evenings` None: all."""

    id: str
    unit: str
    skills: frozenset[str] = frozenset()
    fronts: frozenset[str] = frozenset()
    evenings: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class WorkShift:
    """A shift to staff; minutes count from the midnight before the evening and may pass 1440."""

    id: str
    evening: int
    start_minute: int
    end_minute: int

    @property
    def starts(self) -> int:
        """Return the start in minutes from the midnight before evening 0."""
        return self.evening * MINUTES_PER_DAY + self.start_minute

    @property
    def ends(self) -> int:
        """Return the end in minutes from the midnight before evening 0."""
        return self.evening * MINUTES_PER_DAY + self.end_minute


@dataclass(frozen=True, slots=True)
class FrontNeed:
    """How many teams a front has in every shift, of how many people, and what each team must have."""

    front: str
    teams: int = 1
    size: int = 2
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StaffRules:
    """What holds for everyone: rest between shifts, who is kept apart, how many units in a team."""

    rest_hours: int = REST_HOURS
    apart: frozenset[frozenset[str]] = frozenset()
    least_units: int = 1


@dataclass(frozen=True, slots=True)
class Team:
    """The people of one front in one shift."""

    id: str
    shift_id: str
    front: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A team that could not be formed, with why in Swedish."""

    shift_id: str
    front: str
    reason_sv: str


@dataclass(frozen=True, slots=True)
class Roster:
    """All teams; `hours_per_person` tells for each unit the mean hours of the people it lends."""

    teams: tuple[Team, ...]
    vacancies: tuple[Vacancy, ...]
    hours_per_person: Mapping[str, float]


class Assigner(Protocol):
    """Forms the teams."""

    def assign(
        self,
        staff: Sequence[Person],
        shifts: Sequence[WorkShift],
        fronts: Sequence[FrontNeed],
        rules: StaffRules,
    ) -> Roster:
        """Return teams that keep every rule, and a vacancy for each team that could not be formed."""


def form_teams(
    staff: Sequence[Person],
    shifts: Sequence[WorkShift],
    fronts: Sequence[FrontNeed],
    *,
    seed: int,
    rules: StaffRules | None = None,
    assigner: Assigner | None = None,
) -> Roster:
    """Return the teams of every shift, the load spread over units, people and fronts.

    The same for the same seed whatever the order of the input; the seed breaks ties only.
    """
    for kind, ids in (("person", [p.id for p in staff]), ("pass", [s.id for s in shifts])):
        if len(set(ids)) < len(ids):
            message = f"Varje {kind} ska ha ett eget id; något id finns två gånger."
            raise ValueError(message)
    found = assigner or FairAssigner(np.random.default_rng(seed))
    return found.assign(
        sorted(staff, key=lambda one: one.id),
        sorted(shifts, key=lambda one: (one.starts, one.id)),
        sorted(fronts, key=lambda one: one.front),
        rules or StaffRules(),
    )


@dataclass(slots=True)
class _Load:
    """What everybody has worked so far, shift by shift."""

    staff: Sequence[Person]
    lot: Mapping[str, int]
    shifts: dict[str, list[WorkShift]] = field(default_factory=dict)
    fronts: dict[str, list[str]] = field(default_factory=dict)

    def add(self, shift: WorkShift, front: str, people: Iterable[Person]) -> None:
        for person in people:
            self.shifts.setdefault(person.id, []).append(shift)
            self.fronts.setdefault(person.id, []).append(front)

    def minutes(self, person: Person) -> int:
        return sum(shift.ends - shift.starts for shift in self.shifts.get(person.id, []))

    def by_unit(self) -> dict[str, float]:
        """Return for each unit the mean hours of its people."""
        units = {person.unit for person in self.staff}
        own = {
            unit: [self.minutes(p) / 60 for p in self.staff if p.unit == unit] for unit in units
        }
        return {unit: sum(own[unit]) / len(own[unit]) for unit in sorted(units)}

    def in_turn(self, people: Iterable[Person], front: str) -> list[Person]:
        """Return the people, those first whose unit and who themselves have worked least."""
        units = self.by_unit()
        return sorted(
            people,
            key=lambda person: (
                units[person.unit],
                self.minutes(person),
                self.fronts.get(person.id, []).count(front),
                self.lot[person.id],
            ),
        )


@dataclass(slots=True)
class _Search:
    load: _Load
    rules: StaffRules
    shift: WorkShift
    left: int = BUDGET
    turns: dict[str, list[Person]] = field(default_factory=dict)

    def fill(self, posts: Sequence[FrontNeed], free: Sequence[Person]) -> list[tuple[Person, ...]]:
        """Return the people of each post, () where it stays vacant; most posts filled."""
        if not posts:
            return []
        best: list[tuple[Person, ...]] = []
        for people in [*islice(self._fitting(posts[0], free), WIDTH), ()]:
            self.left -= 1
            rest = self.fill(posts[1:], [person for person in free if person not in people])
            filled = [people, *rest]
            if not best or _count(filled) > _count(best):
                best = filled
            if self.left <= 0 or _count(best) == len(posts):
                break
        return best

    def _fitting(self, post: FrontNeed, free: Sequence[Person]) -> Iterator[tuple[Person, ...]]:
        """Yield the sets of people that may take the post, those with least work behind them first."""
        if post.front not in self.turns:
            able = [p for p in self.load.staff if may_work(p, post.front, self.shift.evening)]
            self.turns[post.front] = self.load.in_turn(able, post.front)
        free_ids = {person.id for person in free}
        able = [person for person in self.turns[post.front] if person.id in free_ids]
        for people in combinations(able, post.size):
            if fits_together(people, post, self.rules):
                yield people


class FairAssigner:
    """Shift by shift, the post with fewest choices first, those with least work behind them first."""

    def __init__(self, rng: np.random.Generator) -> None:
        """Take the chance that breaks ties."""
        self._rng = rng

    def assign(
        self,
        staff: Sequence[Person],
        shifts: Sequence[WorkShift],
        fronts: Sequence[FrontNeed],
        rules: StaffRules,
    ) -> Roster:
        """Return teams that keep every rule, and a vacancy for each team that could not be formed."""
        lots = self._rng.permutation(len(staff)).tolist()
        lot = dict(zip((person.id for person in staff), lots, strict=True))
        load = _Load(staff, lot)
        filled: list[Team | Vacancy] = []
        for shift in shifts:
            filled += self._staff_shift(shift, fronts, rules, load=load)
        return Roster(
            teams=tuple(one for one in filled if isinstance(one, Team)),
            vacancies=tuple(one for one in filled if isinstance(one, Vacancy)),
            hours_per_person=load.by_unit(),
        )

    def _staff_shift(
        self,
        shift: WorkShift,
        fronts: Sequence[FrontNeed],
        rules: StaffRules,
        *,
        load: _Load,
    ) -> list[Team | Vacancy]:
        free = [p for p in load.staff if _is_rested(load.shifts.get(p.id, []), shift, rules)]
        posts = _posts(fronts, free, shift)
        found = _Search(load, rules, shift).fill(posts, free)
        busy = {person.id for people in found for person in people}
        left = [person for person in free if person.id not in busy]
        filled: list[Team | Vacancy] = []
        for number, (post, people) in enumerate(zip(posts, found, strict=True), start=1):
            load.add(shift, post.front, people)
            ids = tuple(sorted(person.id for person in people))
            filled.append(
                Team(f"{shift.id}-{number}", shift.id, post.front, ids)
                if ids
                else Vacancy(shift.id, post.front, _why_vacant(post, left, shift))
            )
        return filled


def may_work(person: Person, front: str, evening: int) -> bool:
    """Say whether the person may work on the front that evening."""
    is_there = person.evenings is None or evening in person.evenings
    return is_there and (not person.fronts or front in person.fronts)


def fits_together(people: Sequence[Person], post: FrontNeed, rules: StaffRules) -> bool:
    """Say whether the people make a team: skills, units and nobody that is kept apart."""
    ids = {person.id for person in people}
    skills = frozenset[str]().union(*(person.skills for person in people))
    return (
        post.skills <= skills
        and len({person.unit for person in people}) >= rules.least_units
        and not any(pair <= ids for pair in rules.apart)
    )


def team_shifts_of(
    roster: Roster,
    staff: Sequence[Person],
    shifts: Sequence[WorkShift],
    *,
    depot: tuple[float, float],
    break_minutes: int = 0,
) -> list[TeamShift]:
    """Return a team shift for each team, able to do what its people can do together.

    Minute 0 of an evening is when its first shift starts; the break lies in the middle third.
    """
    people = {person.id: person for person in staff}
    by_id = {shift.id: shift for shift in shifts}
    made = []
    for team in roster.teams:
        shift = by_id[team.shift_id]
        zero = min(one.start_minute for one in shifts if one.evening == shift.evening)
        start, end = shift.start_minute - zero, shift.end_minute - zero
        third = (end - start) // 3
        made.append(
            TeamShift(
                id=team.id,
                team=team.id,
                evening=shift.evening,
                front=team.front,
                start_minute=start,
                end_minute=end,
                depot_lat=depot[0],
                depot_lon=depot[1],
                skills=frozenset[str]().union(*(people[one].skills for one in team.people)),
                break_minutes=break_minutes,
                break_window=(start + third, end - third) if break_minutes else None,
            )
        )
    return made


def _count(filled: Sequence[tuple[Person, ...]]) -> int:
    return sum(1 for people in filled if people)


def _is_rested(worked: Sequence[WorkShift], shift: WorkShift, rules: StaffRules) -> bool:
    return all(one.ends + rules.rest_hours * 60 <= shift.starts for one in worked)


def _posts(
    fronts: Sequence[FrontNeed], free: Sequence[Person], shift: WorkShift
) -> list[FrontNeed]:
    """Return one post per team, those with fewest people to choose from first."""

    def choices(need: FrontNeed) -> int:
        able = [person for person in free if may_work(person, need.front, shift.evening)]
        skilled = [sum(skill in person.skills for person in able) for skill in need.skills]
        return min([len(able), *skilled])

    return [need for need in sorted(fronts, key=choices) for _ in range(need.teams)]


def _why_vacant(post: FrontNeed, left: Sequence[Person], shift: WorkShift) -> str:
    able = [person for person in left if may_work(person, post.front, shift.evening)]
    skills = frozenset[str]().union(*(person.skills for person in able))
    if not able:
        return NOBODY
    if len(able) < post.size:
        return TOO_FEW.format(free=len(able), size=post.size)
    if not post.skills <= skills:
        return NO_SKILL.format(needs=", ".join(sorted(post.skills - skills)))
    return NO_PAIR
