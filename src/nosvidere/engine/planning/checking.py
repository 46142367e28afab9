"""Check a plan with its own arithmetic: nothing here is shared with what makes plans but the words."""

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from nosvidere.engine.planning.model import Moment, Plan, Rest, Stop, TeamShift, Visit
from nosvidere.engine.planning.travel import Travel

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class _Known:
    visits: Mapping[str, Visit]
    shifts: Mapping[str, TeamShift]


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
    known = _known(visits, team_shifts)
    strangers = [*_unknown(plan, known), *_unaccounted(plan, known), *_unexplained(plan)]
    if strangers:
        return strangers
    past = {(stop.visit_id, stop.team_shift_id) for stop in done}
    routes = [_route(plan, shift, known, travel) for shift in team_shifts]
    return [
        *chain.from_iterable(_route_faults(route, known, past) for route in routes),
        *chain.from_iterable(_visit_faults(visit, plan, known) for visit in visits),
        *_claim_faults(plan, visits, routes),
        *_history_faults(plan, done),
        *_past_faults(plan, known, done, now),
    ]


def _known(visits: Sequence[Visit], shifts: Sequence[TeamShift]) -> _Known:
    return _Known({visit.id: visit for visit in visits}, {shift.id: shift for shift in shifts})


def _unknown(plan: Plan, known: _Known) -> Iterator[str]:
    """Yield what the plan names that was not given."""
    visit_ids = [*(s.visit_id for s in plan.stops), *(u.visit_id for u in plan.unserved)]
    shift_ids = [*(s.team_shift_id for s in plan.stops), *(r.team_shift_id for r in plan.rests)]
    yield from (
        f"Besök {one} finns inte i underlaget." for one in visit_ids if one not in known.visits
    )
    yield from (
        f"Pass {one} finns inte i underlaget." for one in shift_ids if one not in known.shifts
    )


def _unaccounted(plan: Plan, known: _Known) -> Iterator[str]:
    """Yield the visits that are not either served or left out once."""
    served = Counter(stop.visit_id for stop in plan.stops)
    left_out = Counter(one.visit_id for one in plan.unserved)
    for visit_id in known.visits:
        if served[visit_id] and left_out[visit_id]:
            yield f"Besök {visit_id} är både planerat och utelämnat."
        if not served[visit_id] and left_out[visit_id] != 1:
            yield f"Besök {visit_id} är varken planerat eller utelämnat en gång."


def _unexplained(plan: Plan) -> list[str]:
    return [
        f"Besök {one.visit_id} är utelämnat utan skäl."
        for one in plan.unserved
        if not one.reason_sv
    ]


def _route(plan: Plan, shift: TeamShift, known: _Known, travel: Travel) -> _Route:
    stops = [stop for stop in plan.stops if stop.team_shift_id == shift.id]
    stops.sort(key=lambda stop: (stop.order, stop.arrive_minute))
    depot = (shift.depot_lat, shift.depot_lon)
    there = [known.visits[stop.visit_id] for stop in stops]
    places = [(visit.lat, visit.lon) for visit in there]
    matrix = travel.minutes([depot, *places, depot])
    legs = [int(matrix[i, i + 1]) for i in range(len(places) + 1)] if places else []
    rests = [rest for rest in plan.rests if rest.team_shift_id == shift.id]
    return _Route(shift, stops, rests, legs)


def _route_faults(route: _Route, known: _Known, past: set[tuple[str, str]]) -> Iterator[str]:
    if [stop.order for stop in route.stops] != list(range(1, len(route.stops) + 1)):
        yield f"Pass {route.shift.id}: ordningen på besöken har luckor eller dubbletter."
    yield from _rest_count_faults(route)
    yield from chain.from_iterable(_rest_faults(rest, route) for rest in route.rests)
    is_past = [(stop.visit_id, stop.team_shift_id) in past for stop in route.stops]
    # A shift that ends with what is already done may be late home.
    yield from _to_come(is_past, *[_stop_faults(stop, known, route) for stop in route.stops])
    yield from _to_come(
        [*is_past, *is_past[-1:]], *[_leg_faults(leg, route) for leg in _legs(route)]
    )


def _to_come(is_past: Sequence[bool], *faults: Iterator[str]) -> Iterator[str]:
    """Yield the faults of what is not already done."""
    for is_over, some in zip(is_past, faults, strict=True):
        yield from () if is_over else some


@dataclass(frozen=True, slots=True)
class _Leg:
    """A way to somewhere: minutes from leaving one place to being at the next, and what it takes."""

    goal: str
    leave: int
    arrive: int
    minutes: int


def _legs(route: _Route) -> list[_Leg]:
    goals = [*(stop.visit_id for stop in route.stops), "depån"]
    leaves = [route.shift.start_minute, *(stop.leave_minute for stop in route.stops)]
    arrivals = [*(stop.arrive_minute for stop in route.stops), route.shift.end_minute]
    return [_Leg(*told) for told in zip(goals, leaves, arrivals, route.legs, strict=False)]


def _leg_faults(leg: _Leg, route: _Route) -> Iterator[str]:
    """Yield where there is no time for the way beside the break that lies there."""
    left = leg.arrive - leg.leave - _rest_between(route.rests, leg.leave, leg.arrive)
    if left < leg.minutes:
        yield f"Pass {route.shift.id}: {left} minuter till {leg.goal}, men vägen tar {leg.minutes}."


def _rest_between(rests: Sequence[Rest], start: int, end: int) -> int:
    return sum(max(0, min(end, rest.end_minute) - max(start, rest.start_minute)) for rest in rests)


def _rest_count_faults(route: _Route) -> Iterator[str]:
    due = 1 if route.shift.break_minutes else 0
    if len(route.rests) != due:
        yield f"Pass {route.shift.id}: {len(route.rests)} raster i stället för {due}."


def _rest_faults(rest: Rest, route: _Route) -> Iterator[str]:
    shift = route.shift
    first, last = shift.break_window or (shift.start_minute, shift.end_minute)
    first, last = max(first, shift.start_minute), min(last, shift.end_minute)
    if rest.end_minute - rest.start_minute != shift.break_minutes:
        yield f"Pass {shift.id}: rasten är inte {shift.break_minutes} minuter."
    if rest.start_minute < first or rest.end_minute > last:
        yield f"Pass {shift.id}: rasten ligger utanför {first}–{last}."
    for stop in route.stops:
        if stop.arrive_minute < rest.end_minute and rest.start_minute < stop.leave_minute:
            yield f"Pass {shift.id}: rasten krockar med besök {stop.visit_id}."


def _stop_faults(stop: Stop, known: _Known, route: _Route) -> Iterator[str]:
    visit, shift = known.visits[stop.visit_id], route.shift
    if stop.leave_minute - stop.arrive_minute < visit.service_minutes:
        yield f"Besök {visit.id}: tiden på plats är kortare än {visit.service_minutes} minuter."
    if stop.arrive_minute < visit.window[0] or stop.leave_minute > visit.window[1]:
        yield f"Besök {visit.id} ligger utanför sitt tidsfönster."
    if stop.arrive_minute < shift.start_minute or stop.leave_minute > shift.end_minute:
        yield f"Besök {visit.id} ligger utanför pass {shift.id}."
    if visit.evenings is not None and shift.evening not in visit.evenings:
        yield f"Besök {visit.id} får inte göras kväll {shift.evening}."


def _visit_faults(visit: Visit, plan: Plan, known: _Known) -> Iterator[str]:
    """Yield where the teams are not as many, as skilled or as simultaneous as the visit needs."""
    stops = [stop for stop in plan.stops if stop.visit_id == visit.id]
    if stops:
        there = [known.shifts[stop.team_shift_id] for stop in stops]
        yield from _company_faults(visit, stops, there)
        yield from _skill_faults(visit, there)


def _company_faults(
    visit: Visit, stops: Sequence[Stop], there: Sequence[TeamShift]
) -> Iterator[str]:
    teams = 2 if "two_teams" in visit.needs else 1
    if {len(stops), len({shift.team for shift in there})} != {teams}:
        yield f"Besök {visit.id}: {len(stops)} stopp av {teams} patruller som behövs."
    begins = {(one.evening, stop.arrive_minute) for one, stop in zip(there, stops, strict=True)}
    if len(begins) > 1:
        yield f"Besök {visit.id}: patrullerna är inte där samtidigt."


def _skill_faults(visit: Visit, there: Sequence[TeamShift]) -> Iterator[str]:
    skills = frozenset[str]().union(*(shift.skills for shift in there))
    missing = visit.needs - {"two_teams"} - skills
    if missing:
        yield f"Besök {visit.id}: saknar {', '.join(sorted(missing))}."
    if visit.fronts and visit.fronts.isdisjoint(shift.front for shift in there):
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


def _history_faults(plan: Plan, done: Sequence[Stop]) -> list[str]:
    told = {_times(stop) for stop in plan.stops}
    return [
        f"Besök {stop.visit_id} är gjort men finns inte kvar som det gjordes."
        for stop in done
        if _times(stop) not in told
    ]


def _past_faults(
    plan: Plan, known: _Known, done: Sequence[Stop], now: Moment | None
) -> Iterator[str]:
    past = {_times(stop) for stop in done}
    for stop in plan.stops:
        begins = Moment(known.shifts[stop.team_shift_id].evening, stop.arrive_minute)
        if now is not None and begins < now and _times(stop) not in past:
            yield f"Besök {stop.visit_id} är planerat i det förflutna."


def _times(stop: Stop) -> tuple[str, str, int, int]:
    return stop.visit_id, stop.team_shift_id, stop.arrive_minute, stop.leave_minute
