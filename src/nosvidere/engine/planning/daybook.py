"""What is fixed in each shift, the free stretches between, and the times of visits laid into them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from nosvidere.engine.planning.choosing import worths
from nosvidere.engine.planning.model import Stop, TeamShift, Visit
from nosvidere.engine.planning.travel import Minutes, Travel


@dataclass(frozen=True, slots=True)
class Problem:
    """The visits and shifts with the travel minutes between their places, by index."""

    visits: dict[str, Visit]
    shifts: dict[str, TeamShift]
    worth: dict[str, float]
    place_of: dict[str, int]
    depot_of: dict[str, int]
    matrix: Minutes
    minutes: list[list[int]]


@dataclass(frozen=True, slots=True)
class Opening:
    """Where and when a shift is free from now on, and whether its break is still to come."""

    place: int
    minute: int
    is_rest_due: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A free part of a shift between two places, with or without the break in it."""

    shift: TeamShift
    start_at: int
    end_at: int
    from_place: int
    to_place: int
    has_rest: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """The earliest times of visits in a stretch; `ends_at` is when the team reaches `to_place`."""

    times: tuple[tuple[str, int, int], ...]
    rest: tuple[int, int] | None
    travel_minutes: int
    ends_at: int


@dataclass(frozen=True, slots=True)
class Daybook:
    """For each shift still open: from where and when it is free, and the stops already fixed."""

    problem: Problem
    openings: dict[str, Opening]
    fixed: dict[str, tuple[Stop, ...]]

    def stretches(self, shift_id: str) -> list[Stretch] | None:
        """Return the free stretches of a shift in order, or None when the fixed stops cannot hold."""
        bare = list(self._bare_stretches(shift_id))
        if any(schedule(stretch, (), self.problem) is None for stretch in bare):
            return None
        if not self.openings[shift_id].is_rest_due:
            return bare
        resting = [replace(stretch, has_rest=True) for stretch in bare]
        able = [i for i, s in enumerate(resting) if schedule(s, (), self.problem) is not None]
        if not able:
            return None
        longest = max(able, key=lambda i: (bare[i].end_at - bare[i].start_at, -i))
        return [*bare[:longest], resting[longest], *bare[longest + 1 :]]

    def all_stretches(self) -> list[Stretch]:
        """Return the free stretches of every open shift whose fixed stops hold."""
        return [s for shift_id in self.openings for s in self.stretches(shift_id) or []]

    def fixed_stops(self) -> list[Stop]:
        """Return all stops that are fixed."""
        return [stop for row in self.fixed.values() for stop in row]

    def holds(self, shift_ids: Iterable[str]) -> bool:
        """Say whether the teams of the shifts reach all their fixed stops and their break."""
        return all(self.stretches(shift_id) is not None for shift_id in shift_ids)

    def with_stops(self, stops: Iterable[Stop]) -> "Daybook":
        """Return the daybook with more stops fixed."""
        fixed = dict(self.fixed)
        for stop in stops:
            row = [*fixed[stop.team_shift_id], stop]
            fixed[stop.team_shift_id] = tuple(sorted(row, key=lambda one: one.arrive_minute))
        return replace(self, fixed=fixed)

    def _bare_stretches(self, shift_id: str) -> Iterator[Stretch]:
        shift, opening = self.problem.shifts[shift_id], self.openings[shift_id]
        place, minute = opening.place, opening.minute
        for stop in self.fixed[shift_id]:
            there = self.problem.place_of[stop.visit_id]
            yield Stretch(shift, minute, stop.arrive_minute, place, there)
            place, minute = there, stop.leave_minute
        yield Stretch(shift, minute, shift.end_minute, place, self.problem.depot_of[shift_id])


def problem_of(
    visits: Sequence[Visit], team_shifts: Sequence[TeamShift], travel: Travel
) -> Problem:
    """Return the problem, the same for any order of input; raise ValueError for contradictions."""
    by_visit = {visit.id: visit for visit in sorted(visits, key=lambda visit: visit.id)}
    by_shift = {shift.id: shift for shift in sorted(team_shifts, key=lambda shift: shift.id)}
    if len(by_visit) < len(visits) or len(by_shift) < len(team_shifts):
        message = "Varje besök och varje pass ska ha ett eget id; något id finns två gånger."
        raise ValueError(message)
    _check_teams_apart(by_shift.values())
    depot_of, depots = _depots(by_shift.values(), len(by_visit))
    matrix = travel.minutes([*((visit.lat, visit.lon) for visit in by_visit.values()), *depots])
    return Problem(
        visits=by_visit,
        shifts=by_shift,
        worth=worths(visits),
        place_of=dict(zip(by_visit, range(len(by_visit)), strict=True)),
        depot_of=depot_of,
        matrix=matrix,
        minutes=matrix.tolist(),
    )


def _depots(
    shifts: Iterable[TeamShift], first: int
) -> tuple[dict[str, int], list[tuple[float, float]]]:
    """Return the index of each shift's depot, counted from `first`, and the depots."""
    at = {shift.id: (shift.depot_lat, shift.depot_lon) for shift in shifts}
    depots = sorted(set(at.values()))
    return {shift_id: first + depots.index(depot) for shift_id, depot in at.items()}, depots


def empty_daybook(problem: Problem) -> Daybook:
    """Return the daybook before anything is fixed: every team at its depot."""
    return Daybook(
        problem,
        openings={
            shift.id: Opening(
                problem.depot_of[shift.id], shift.start_minute, shift.break_minutes > 0
            )
            for shift in problem.shifts.values()
        },
        fixed=dict.fromkeys(problem.shifts, ()),
    )


def schedule(stretch: Stretch, visit_ids: Sequence[str], problem: Problem) -> Schedule | None:
    """Return the earliest times of the visits in this order, or None when they do not fit."""
    if not stretch.has_rest:
        return _walk(stretch, visit_ids, problem, rest_before=-1)
    count = len(visit_ids)
    middle_first = sorted(range(count + 1), key=lambda position: abs(2 * position - count))
    tries = [_walk(stretch, visit_ids, problem, rest_before=position) for position in middle_first]
    fitting = [one for one in tries if one is not None]
    return min(fitting, key=lambda one: one.ends_at, default=None)


def _walk(
    stretch: Stretch, visit_ids: Sequence[str], problem: Problem, *, rest_before: int
) -> Schedule | None:
    """Go through the stretch, resting on the way to the visit numbered `rest_before`."""
    clock, place, travelled = stretch.start_at, stretch.from_place, 0
    times: list[tuple[str, int, int]] = []
    rest: tuple[int, int] | None = None
    for number, visit_id in enumerate([*visit_ids, None]):
        there = stretch.to_place if visit_id is None else problem.place_of[visit_id]
        leg = problem.minutes[place][there]
        travelled += leg
        if number == rest_before:
            rest = _rest_at(stretch.shift, clock)
            leg -= min(leg, rest[0] - clock)
            clock = rest[1]
        clock, place = clock + leg, there
        if visit_id is not None:
            arrive = max(clock, problem.visits[visit_id].window[0])
            clock = arrive + problem.visits[visit_id].service_minutes
            times.append((visit_id, arrive, clock))
    done = Schedule(tuple(times), rest, travelled, clock)
    return done if _holds(done, stretch, problem) else None


def _rest_at(shift: TeamShift, clock: int) -> tuple[int, int]:
    start = max(clock, shift.rest_window[0])
    return start, start + shift.break_minutes


def _holds(done: Schedule, stretch: Stretch, problem: Problem) -> bool:
    """Say whether all ends in time; times only move forward, so the ends tell it all."""
    return (
        done.ends_at <= stretch.end_at
        and (done.rest is None or done.rest[1] <= stretch.shift.rest_window[1])
        and all(leave <= problem.visits[visit_id].window[1] for visit_id, _, leave in done.times)
    )


def _check_teams_apart(shifts: Iterable[TeamShift]) -> None:
    last: dict[tuple[str, int], TeamShift] = {}
    for shift in sorted(shifts, key=lambda one: (one.start_minute, one.id)):
        before = last.get((shift.team, shift.evening))
        if before is not None and before.end_minute > shift.start_minute:
            message = (
                f"Patrull {shift.team} har två pass samtidigt kväll {shift.evening}: "
                f"{before.id} och {shift.id}."
            )
            raise ValueError(message)
        last[shift.team, shift.evening] = shift
