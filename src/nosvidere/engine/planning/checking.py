"""Check a plan with its own arithmetic: nothing here is shared with what makes plans but the words."""

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nosvidere.engine.planning.model import Moment, Plan, Rest, Stop, TeamShift, Visit
from nosvidere.engine.planning.travel import Travel

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class _Route:
    shift: TeamShift
    stops: list[Stop]
    rests: list[Rest]
    legs: list[int]
    """Travel minutes: depot, each stop in order, depot; empty for a team that goes nowhere."""


def check_plan(
    plan: Plan,
    visits: Sequence[Visit],
    team_shifts: Sequence[TeamShift],
    *,
    travel: Travel,
    done: Sequence[Stop] = (),
    now: Moment | None = None,
) -> list[str]:
    """Return every fault of the plan in Swedish; an empty list means that it keeps all rules.

    With `done`, those stops must be there as they were; with `now`, nothing else may begin earlier.
    """
    known_visits = {visit.id: visit for visit in visits}
    known_shifts = {shift.id: shift for shift in team_shifts}
    strangers = [
        *_unknown(plan, known_visits, known_shifts),
        *_unaccounted(plan, known_visits),
    ]
    if strangers:
        return strangers
    routes = [_route(plan, shift, known_visits, travel) for shift in team_shifts]
    return [
        *(fault for route in routes for fault in _route_faults(route, known_visits, done)),
        *(fault for visit in visits for fault in _visit_faults(visit, plan, known_shifts)),
        *_claim_faults(plan, visits, routes),
        *_history_faults(plan, known_shifts, done, now),
    ]


def _unknown(
    plan: Plan, visits: Mapping[str, Visit], shifts: Mapping[str, TeamShift]
) -> Iterator[str]:
    for visit_id in [
        *(stop.visit_id for stop in plan.stops),
        *(u.visit_id for u in plan.unserved),
    ]:
        if visit_id not in visits:
            yield f"Besök {visit_id} finns inte i underlaget."
    for shift_id in [
        *(s.team_shift_id for s in plan.stops),
        *(r.team_shift_id for r in plan.rests),
    ]:
        if shift_id not in shifts:
            yield f"Pass {shift_id} finns inte i underlaget."


def _unaccounted(plan: Plan, visits: Mapping[str, Visit]) -> Iterator[str]:
    """Every visit is either served or left out with a reason, never both and never twice."""
    served = Counter(stop.visit_id for stop in plan.stops)
    left_out = Counter(one.visit_id for one in plan.unserved)
    for visit_id in visits:
        if served[visit_id] and left_out[visit_id]:
            yield f"Besök {visit_id} är både planerat och utelämnat."
        if not served[visit_id] and left_out[visit_id] != 1:
            yield f"Besök {visit_id} är varken planerat eller utelämnat en gång."
    for one in plan.unserved:
        if not one.reason_sv:
            yield f"Besök {one.visit_id} är utelämnat utan skäl."


def _route(plan: Plan, shift: TeamShift, visits: Mapping[str, Visit], travel: Travel) -> _Route:
    stops = [stop for stop in plan.stops if stop.team_shift_id == shift.id]
    stops.sort(key=lambda stop: (stop.order, stop.arrive_minute))
    depot = (shift.depot_lat, shift.depot_lon)
    places = [(visits[stop.visit_id].lat, visits[stop.visit_id].lon) for stop in stops]
    matrix = travel.minutes([depot, *places, depot])
    legs = [int(matrix[i, i + 1]) for i in range(len(places) + 1)] if places else []
    rests = [rest for rest in plan.rests if rest.team_shift_id == shift.id]
    return _Route(shift, stops, rests, legs)


def _route_faults(
    route: _Route, visits: Mapping[str, Visit], done: Sequence[Stop]
) -> Iterator[str]:
    name = route.shift.id
    if [stop.order for stop in route.stops] != list(range(1, len(route.stops) + 1)):
        yield f"Pass {name}: ordningen på besöken har luckor eller dubbletter."
    yield from _rest_faults(route)
    yield from _leg_faults(route, {(stop.visit_id, stop.team_shift_id) for stop in done})
    for stop in route.stops:
        if (stop.visit_id, stop.team_shift_id) not in {
            (d.visit_id, d.team_shift_id) for d in done
        }:
            yield from _stop_faults(stop, visits[stop.visit_id], route.shift)


def _leg_faults(route: _Route, done: set[tuple[str, str]]) -> Iterator[str]:
    """Between two stops there is time for the way and for the break that lies there."""
    if not route.stops:
        return
    leaves = [route.shift.start_minute, *(stop.leave_minute for stop in route.stops)]
    arrivals = [*(stop.arrive_minute for stop in route.stops), route.shift.end_minute]
    names = [*(stop.visit_id for stop in route.stops), "depån"]
    goals = [*((stop.visit_id, stop.team_shift_id) for stop in route.stops), ("", "")]
    is_past = [goal in done for goal in goals]
    is_past[-1] = is_past[-2]  # a shift that ends with what is already done may be late home
    for leg, past in zip(range(len(route.legs)), is_past, strict=True):
        resting = _rest_between(route.rests, leaves[leg], arrivals[leg])
        if arrivals[leg] - leaves[leg] - resting < route.legs[leg] and not past:
            yield (
                f"Pass {route.shift.id}: {arrivals[leg] - leaves[leg] - resting} minuter till "
                f"{names[leg]}, men vägen tar {route.legs[leg]}."
            )


def _rest_between(rests: Sequence[Rest], start: int, end: int) -> int:
    return sum(max(0, min(end, rest.end_minute) - max(start, rest.start_minute)) for rest in rests)


def _rest_faults(route: _Route) -> Iterator[str]:
    shift = route.shift
    due = 1 if shift.break_minutes else 0
    if len(route.rests) != due:
        yield f"Pass {shift.id}: {len(route.rests)} raster i stället för {due}."
    first, last = shift.break_window or (shift.start_minute, shift.end_minute)
    first, last = max(first, shift.start_minute), min(last, shift.end_minute)
    for rest in route.rests:
        if rest.end_minute - rest.start_minute != shift.break_minutes:
            yield f"Pass {shift.id}: rasten är inte {shift.break_minutes} minuter."
        if rest.start_minute < first or rest.end_minute > last:
            yield f"Pass {shift.id}: rasten ligger utanför {first}–{last}."
        for stop in route.stops:
            if stop.arrive_minute < rest.end_minute and rest.start_minute < stop.leave_minute:
                yield f"Pass {shift.id}: rasten krockar med besök {stop.visit_id}."


def _stop_faults(stop: Stop, visit: Visit, shift: TeamShift) -> Iterator[str]:
    if stop.leave_minute - stop.arrive_minute < visit.service_minutes:
        yield f"Besök {visit.id}: tiden på plats är kortare än {visit.service_minutes} minuter."
    if stop.arrive_minute < visit.window[0] or stop.leave_minute > visit.window[1]:
        yield f"Besök {visit.id} ligger utanför sitt tidsfönster."
    if stop.arrive_minute < shift.start_minute or stop.leave_minute > shift.end_minute:
        yield f"Besök {visit.id} ligger utanför pass {shift.id}."
    if visit.evenings is not None and shift.evening not in visit.evenings:
        yield f"Besök {visit.id} får inte göras kväll {shift.evening}."


def _visit_faults(visit: Visit, plan: Plan, shifts: Mapping[str, TeamShift]) -> Iterator[str]:
    """Yield where the teams are not as many, as skilled or as simultaneous as the visit needs."""
    stops = [stop for stop in plan.stops if stop.visit_id == visit.id]
    if not stops:
        return
    there = [shifts[stop.team_shift_id] for stop in stops]
    teams = 2 if "two_teams" in visit.needs else 1
    if len(stops) != teams or len({shift.team for shift in there}) != teams:
        yield f"Besök {visit.id}: {len(stops)} stopp av {teams} patruller som behövs."
    if (
        len(
            {(shift.evening, stop.arrive_minute) for shift, stop in zip(there, stops, strict=True)}
        )
        > 1
    ):
        yield f"Besök {visit.id}: patrullerna är inte där samtidigt."
    missing = (
        visit.needs - {"two_teams"} - frozenset[str]().union(*(shift.skills for shift in there))
    )
    if missing:
        yield f"Besök {visit.id}: saknar {', '.join(sorted(missing))}."
    if visit.fronts and not any(shift.front in visit.fronts for shift in there):
        yield f"Besök {visit.id}: ingen patrull är på rätt front."


def _claim_faults(plan: Plan, visits: Sequence[Visit], routes: Iterable[_Route]) -> Iterator[str]:
    """Yield where the plan says other figures than its stops."""
    served = {stop.visit_id for stop in plan.stops}
    worth = sum(_worth(visit, visits) for visit in visits if visit.id in served)
    if abs(worth - plan.served_priority) > TOLERANCE:
        yield f"Planen säger prioritet {plan.served_priority:.3f}, stoppen ger {worth:.3f}."
    if plan.served_priority > plan.bound + TOLERANCE:
        yield f"Planen säger mer prioritet än gränsen {plan.bound:.3f}."
    travelled = sum(sum(route.legs) for route in routes)
    if travelled != plan.travel_minutes:
        yield f"Planen säger {plan.travel_minutes} minuters väg, stoppen ger {travelled}."


def _worth(visit: Visit, visits: Sequence[Visit]) -> float:
    ranked = [one.priority for one in visits if not one.is_exploration]
    if not visit.is_exploration or not ranked:
        return visit.priority
    return max(visit.priority, statistics.median(ranked))


def _history_faults(
    plan: Plan, shifts: Mapping[str, TeamShift], done: Sequence[Stop], now: Moment | None
) -> Iterator[str]:
    told = {_times(stop) for stop in plan.stops}
    past = {_times(stop) for stop in done}
    for stop in done:
        if _times(stop) not in told:
            yield f"Besök {stop.visit_id} är gjort men finns inte kvar som det gjordes."
    for stop in plan.stops if now else ():
        begins = Moment(shifts[stop.team_shift_id].evening, stop.arrive_minute)
        if now and begins < now and _times(stop) not in past:
            yield f"Besök {stop.visit_id} är planerat i det förflutna."


def _times(stop: Stop) -> tuple[str, str, int, int]:
    return stop.visit_id, stop.team_shift_id, stop.arrive_minute, stop.leave_minute
