"""Lay single visits into the free stretches of a daybook, then improve the plan piece by piece."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nosvidere.engine.planning.bounds import Bound
from nosvidere.engine.planning.daybook import Daybook, Problem, Schedule, Stretch, schedule
from nosvidere.engine.planning.matching import suits
from nosvidere.engine.planning.model import Visit
from nosvidere.engine.planning.routing import Order, Router

STRETCHES_AT_ONCE = 3  # how many stretches are torn up and laid again in a round
MOST_ROUNDS = 40
PATIENCE = 8  # rounds in a row without gain before it is enough
VISITS_PER_ROUND = 2  # a round for each so many visits
MARGIN = 1.1  # how many more visits than the bound serves are tried at first
DENSEST, DRAWN = 15, 5  # unserved visits tried in a round: the best per minute, and by chance


@dataclass(frozen=True, slots=True)
class Laid:
    """The stretches of a daybook with the schedule of each."""

    stretches: Sequence[Stretch]
    schedules: list[Schedule]

    def visit_ids(self) -> set[str]:
        """Return the visits that are served."""
        return {visit_id for one in self.schedules for visit_id, _, _ in one.times}


@dataclass(frozen=True, slots=True)
class Crew:
    """What laying needs beside the daybook: the router, the chance and wishes to stay."""

    router: Router
    rng: np.random.Generator
    stays: Mapping[str, str]
    stay_bonus: float = 0.0
    most_rounds: int = MOST_ROUNDS


def lay_visits(book: Daybook, visits: Sequence[Visit], bound: Bound, crew: Crew) -> Laid:
    """Return the visits laid into the daybook's free stretches, each at most once.

    A visit named in `crew.stays` lies in that shift or nowhere, and is worth `stay_bonus` more.
    """
    stretches = book.all_stretches()
    orders = _orders(book.problem, visits, stretches, crew)
    if not any(order.allowed for order in orders):
        return _timed(book.problem, stretches, [[] for _ in stretches])
    ranked = _ranked(orders, bound)
    first = ranked[: int(MARGIN * sum(bound.shares[order.visit_id] for order in orders)) + 1]
    routes = crew.router.lay(stretches, sorted_orders(first), book.problem.matrix)
    laid = _timed(book.problem, stretches, routes)
    rounds, idle = min(crew.most_rounds, 1 + len(orders) // VISITS_PER_ROUND), 0
    while rounds > 0 and idle < PATIENCE:
        has_gained = _relay(laid, ranked, book.problem, crew, is_near=rounds % 2 == 0)
        rounds, idle = rounds - 1, 0 if has_gained else idle + 1
    return laid


def sorted_orders(orders: Sequence[Order]) -> list[Order]:
    """Return the orders by visit id: routers see the same whatever came before."""
    return sorted(orders, key=lambda order: order.visit_id)


def _orders(
    problem: Problem, visits: Sequence[Visit], stretches: Sequence[Stretch], crew: Crew
) -> list[Order]:
    return [
        Order(
            visit.id,
            problem.place_of[visit.id],
            visit.service_minutes,
            visit.window,
            problem.worth[visit.id] * (1 + crew.stay_bonus * (visit.id in crew.stays)),
            frozenset(
                number
                for number, stretch in enumerate(stretches)
                if suits(visit, stretch.shift)
                and crew.stays.get(visit.id, stretch.shift.id) == stretch.shift.id
                and schedule(stretch, (visit.id,), problem) is not None
            ),
        )
        for visit in visits
    ]


def _ranked(orders: Sequence[Order], bound: Bound) -> list[Order]:
    """Return the orders that may lie somewhere, those first that the bound serves."""
    return sorted(
        (order for order in orders if order.allowed),
        key=lambda order: (
            -bound.shares[order.visit_id],
            -order.worth / order.service_minutes,
            order.visit_id,
        ),
    )


def _timed(
    problem: Problem, stretches: Sequence[Stretch], routes: Sequence[Sequence[str]]
) -> Laid:
    return Laid(
        stretches,
        [_fit(stretch, route, problem) for stretch, route in zip(stretches, routes, strict=True)],
    )


def _fit(stretch: Stretch, route: Sequence[str], problem: Problem) -> Schedule:
    """Return the schedule of a route; what a router laid too tight loses its least worthy visit."""
    found = schedule(stretch, route, problem)
    if found is not None:
        return found
    least = min(route, key=lambda visit_id: (problem.worth[visit_id], visit_id))
    return _fit(stretch, [visit_id for visit_id in route if visit_id != least], problem)


def _relay(
    laid: Laid, ranked: Sequence[Order], problem: Problem, crew: Crew, *, is_near: bool
) -> bool:
    """Tear up a few stretches, lay them again, keep what is no worse and say if it is better."""
    chosen = _choose(laid, problem, crew.rng, is_near=is_near)
    pieces = [laid.stretches[number] for number in chosen]
    before = [laid.schedules[number] for number in chosen]
    inside = Laid(pieces, before).visit_ids()
    orders = [order for order in ranked if order.visit_id in inside]
    orders += _loose(laid, ranked, crew.rng)
    here = [_only_in(order, chosen) for order in sorted_orders(orders)]
    after = _timed(problem, pieces, crew.router.lay(pieces, here, problem.matrix)).schedules
    worth = {order.visit_id: order.worth for order in ranked}
    old, new = _value(before, worth), _value(after, worth)
    if new >= old:
        for number, one in zip(chosen, after, strict=True):
            laid.schedules[number] = one
    return new > old


def _loose(laid: Laid, ranked: Sequence[Order], rng: np.random.Generator) -> list[Order]:
    """Return the unserved visits to try: the first in rank, and some of the others by chance."""
    served = laid.visit_ids()
    loose = [order for order in ranked if order.visit_id not in served]
    extra = loose[DENSEST:]
    return loose[:DENSEST] + [extra[lot] for lot in rng.permutation(len(extra))[:DRAWN]]


def _value(schedules: Sequence[Schedule], worth: Mapping[str, float]) -> tuple[float, int]:
    served = sum(worth[visit_id] for one in schedules for visit_id, _, _ in one.times)
    return round(served, 9), -sum(one.travel_minutes for one in schedules)


def _only_in(order: Order, chosen: Sequence[int]) -> Order:
    allowed = frozenset(i for i, number in enumerate(chosen) if number in order.allowed)
    return Order(
        order.visit_id, order.place, order.service_minutes, order.window, order.worth, allowed
    )


def _choose(laid: Laid, problem: Problem, rng: np.random.Generator, *, is_near: bool) -> list[int]:
    """Return a few stretches: around one of them, or anywhere."""
    count = min(STRETCHES_AT_ONCE, len(laid.stretches))
    if not is_near:
        return sorted(rng.choice(len(laid.stretches), size=count, replace=False).tolist())
    middle = int(rng.integers(len(laid.stretches)))
    places = [
        [problem.place_of[visit_id] for visit_id, _, _ in one.times] or [stretch.from_place]
        for stretch, one in zip(laid.stretches, laid.schedules, strict=True)
    ]
    away = [problem.matrix[np.ix_(places[middle], one)].mean() for one in places]
    away[middle] = -1.0
    return sorted(np.argsort(away, kind="stable")[:count].tolist())
