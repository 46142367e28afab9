"""Make a plan: as much priority as possible, then little travel; what is left out is told with why."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from nosvidere.engine.planning.bounds import Bound, bound_of
from nosvidere.engine.planning.daybook import (
    Daybook,
    empty_daybook,
    problem_of,
    schedule,
)
from nosvidere.engine.planning.joint import fix_joint_visits
from nosvidere.engine.planning.laying import MOST_ROUNDS, Crew, lay_visits
from nosvidere.engine.planning.matching import NO_TIME, NO_WAY, why_none
from nosvidere.engine.planning.model import Plan, Rest, Stop, TeamShift, Unserved, Visit
from nosvidere.engine.planning.routers import default_router
from nosvidere.engine.planning.routing import Router
from nosvidere.engine.planning.travel import Travel

WORTH_FIXING = 0.5  # the share of a visit for two teams that the bound serves


def make_plan(
    visits: Sequence[Visit],
    team_shifts: Sequence[TeamShift],
    *,
    travel: Travel,
    seed: int,
    router: Router | None = None,
) -> Plan:
    """Return a plan of the visits, as good for the same seed whatever the order of the input.

    Every team starts and ends at its depot within its shift and takes its break. The search is
    local: the plan keeps all rules, and `bound` tells how far from the best it can at most be.
    Between teams that could change routes at no cost the router may choose now one, now the other.
    """
    problem = problem_of(visits, team_shifts, travel)
    empty = empty_daybook(problem)
    bound = bound_of(problem, list(problem.visits.values()), empty.all_stretches())
    found = router or default_router()

    def fill(book: Daybook, most_rounds: int) -> Plan:
        crew = Crew(found, np.random.default_rng(seed), {}, most_rounds=most_rounds)
        return fill_daybook(book, bound=bound, crew=crew)

    books = _books(empty, bound)
    book = books[0]
    if len(books) > 1:
        book = max(books, key=lambda one: fill(one, 0).served_priority)
    plan = fill(book, MOST_ROUNDS)
    return replace(plan, fallback=travel.is_fallback, travel_name=travel.name, seed=seed)


def _books(empty: Daybook, bound: Bound) -> list[Daybook]:
    """Return the daybook with the visits for two teams that the bound serves, and with all of them."""
    joint = [visit for visit in empty.problem.visits.values() if visit.is_for_two_teams]
    worthy = [visit for visit in joint if bound.shares[visit.id] >= WORTH_FIXING]
    choices = [worthy] if len(worthy) == len(joint) else [worthy, joint]
    return [fix_joint_visits(empty, choice) for choice in choices]


def fill_daybook(
    book: Daybook,
    *,
    bound: Bound,
    crew: Crew,
    done: Sequence[Stop] = (),
    rests: Sequence[Rest] = (),
) -> Plan:
    """Return the plan of a daybook: what is done, what is fixed, and single visits laid between."""
    problem = book.problem
    before = [*done, *book.fixed_stops()]
    taken = {stop.visit_id for stop in before}
    left = [visit for visit in problem.visits.values() if visit.id not in taken]
    laid = lay_visits(book, [one for one in left if not one.is_for_two_teams], bound, crew)
    stops = [*before, *laid.stops()]
    served = {stop.visit_id for stop in stops}
    return Plan(
        stops=tuple(_counted(stops)),
        rests=tuple(sorted([*rests, *laid.rests()], key=lambda rest: rest.team_shift_id)),
        unserved=tuple(Unserved(v.id, _reason(v, book)) for v in left if v.id not in served),
        travel_minutes=_travel_minutes(book, stops),
        served_priority=sum((problem.worth[one] for one in sorted(served)), start=0.0),
        bound=bound.worth,
        fallback=False,
        travel_name="",
        seed=0,
    )


def _counted(stops: Iterable[Stop]) -> list[Stop]:
    """Return the stops by shift and time, their order counted from 1 in each shift."""
    counted: list[Stop] = []
    count: dict[str, int] = {}
    for stop in sorted(stops, key=lambda one: (one.team_shift_id, one.arrive_minute)):
        count[stop.team_shift_id] = count.get(stop.team_shift_id, 0) + 1
        counted.append(replace(stop, order=count[stop.team_shift_id]))
    return counted


def _travel_minutes(book: Daybook, stops: Sequence[Stop]) -> int:
    """Return the minutes from depot over the stops and back, for teams that have any."""
    problem = book.problem
    total = 0
    for shift_id, depot in problem.depot_of.items():
        row = sorted(
            (stop.arrive_minute, problem.place_of[stop.visit_id])
            for stop in stops
            if stop.team_shift_id == shift_id
        )
        places = [depot, *(place for _, place in row), depot]
        total += sum(problem.minutes[a][b] for a, b in pairwise(places))
    return total


def _reason(visit: Visit, book: Daybook) -> str:
    shifts = [book.problem.shifts[shift_id] for shift_id in book.openings]
    reason = why_none(visit, shifts)
    if reason or visit.is_for_two_teams:
        return reason or NO_TIME
    stretches = book.all_stretches()
    can_reach = any(schedule(one, (visit.id,), book.problem) is not None for one in stretches)
    return NO_TIME if can_reach else NO_WAY
