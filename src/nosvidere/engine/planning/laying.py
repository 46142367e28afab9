"""Lay single visits into the free stretches of a daybook, then improve the plan piece by piece."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nosvidere.engine.planning.bounds import Bound
from nosvidere.engine.planning.daybook import Daybook, Problem, Schedule, Stretch, schedule
from nosvidere.engine.planning.matching import suits
from nosvidere.engine.planning.model import Rest, Stop, Visit
from nosvidere.engine.planning.routing import Order, Router

SMALL, LARGE = 500, 2000  # visits × stretches up to which there is time for each effort
THOROUGH, USUAL, QUICK = 5, 1, 0  # the router's effort
STRETCHES_AT_ONCE = 3  # how many stretches are torn up and laid again in a round
FEWEST_ROUNDS, MOST_ROUNDS = 5, 40
VISITS_PER_ROUND = 4  # a round more for each so many visits
PATIENCE = 10  # rounds in a row without gain before it is enough
LEFT_OUT = 0.15  # share of visits left out of every other round: another way in
DENSEST, DRAWN = 8, 4  # unserved visits tried in a round: the first in rank, and by chance


@dataclass(frozen=True, slots=True)
class Laid:
    """The stretches of a daybook with the schedule of each."""

    stretches: Sequence[Stretch]
    schedules: Sequence[Schedule]

    def visit_ids(self) -> set[str]:
        """Return the visits that are served."""
        return {visit_id for one in self.schedules for visit_id, _, _ in one.times}

    def stops(self) -> list[Stop]:
        """Return the stops, their order in the shift still to be counted."""
        pairs = zip(self.stretches, self.schedules, strict=True)
        return [Stop(v, a.shift.id, 0, t, end) for a, b in pairs for v, t, end in b.times]

    def rests(self) -> list[Rest]:
        """Return the breaks."""
        pairs = zip(self.stretches, self.schedules, strict=True)
        return [Rest(a.shift.id, *b.rest) for a, b in pairs if b.rest is not None]

    def pieces(self, chosen: Sequence[int]) -> "Laid":
        """Return some of the stretches."""
        return Laid([self.stretches[i] for i in chosen], [self.schedules[i] for i in chosen])

    def with_pieces(self, chosen: Sequence[int], pieces: "Laid") -> "Laid":
        """Return the same with other schedules for some of the stretches."""
        new = dict(zip(chosen, pieces.schedules, strict=True))
        return Laid(self.stretches, [new.get(i, one) for i, one in enumerate(self.schedules)])


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
    ranked = _ranked([order for order in orders if order.allowed], bound)
    search = _Search(book.problem, stretches, ranked, crew)
    return search.improve(search.start(bound)) if ranked else search.timed(stretches, [])


@dataclass(frozen=True, slots=True)
class _Search:
    """The search for a good way to lay the ranked orders into the stretches."""

    problem: Problem
    stretches: Sequence[Stretch]
    ranked: Sequence[Order]
    crew: Crew

    def start(self, bound: Bound) -> Laid:
        """Lay first as many visits as the bound serves; where there is time also try all at once."""
        size = len(self.ranked) * len(self.stretches)
        count = int(sum(bound.shares[order.visit_id] for order in self.ranked)) + 1
        promising = self.ranked[:count]
        if size > SMALL:
            return self.lay(self.stretches, promising, effort=QUICK if size > LARGE else USUAL)
        tries = [
            self.lay(self.stretches, one, effort=THOROUGH) for one in (promising, self.ranked)
        ]
        return max(tries, key=self.value)

    def improve(self, laid: Laid) -> Laid:
        """Tear up a few stretches at a time and lay them again, as long as that gains."""
        is_all_served = len(laid.visit_ids()) == len(self.ranked)
        wanted = 0 if is_all_served else len(self.ranked) // VISITS_PER_ROUND
        rounds, idle = min(self.crew.most_rounds, FEWEST_ROUNDS + wanted), 0
        while rounds > 0 and idle < PATIENCE:
            chosen = self.choose(laid, is_near=rounds % 2 == 0)
            before = laid.pieces(chosen)
            after = self.relay(laid, chosen, is_whole=rounds % 2 == 0)
            idle = 0 if self.value(after) > self.value(before) else idle + 1
            rounds -= 1
            if self.value(after) >= self.value(before):
                laid = laid.with_pieces(chosen, after)
        return laid

    def relay(self, laid: Laid, chosen: Sequence[int], *, is_whole: bool) -> Laid:
        """Return the chosen stretches laid anew with their visits and some that are not served."""
        pieces = laid.pieces(chosen)
        inside = pieces.visit_ids()
        orders = [order for order in self.ranked if order.visit_id in inside]
        orders += self.loose(laid.visit_ids())
        if not is_whole:
            lots = self.crew.rng.random(len(orders))
            orders = [order for order, lot in zip(orders, lots, strict=True) if lot > LEFT_OUT]
        here = [_only_in(order, chosen) for order in orders]
        is_small = len(self.ranked) * len(self.stretches) <= SMALL
        return self.lay(pieces.stretches, here, effort=THOROUGH if is_small else USUAL)

    def loose(self, served: set[str]) -> list[Order]:
        """Return unserved visits to try: the first in rank, and some of the others by chance."""
        loose = [order for order in self.ranked if order.visit_id not in served]
        extra = loose[DENSEST:]
        lots = self.crew.rng.permutation(len(extra))[:DRAWN]
        return loose[:DENSEST] + [extra[lot] for lot in lots]

    def choose(self, laid: Laid, *, is_near: bool) -> list[int]:
        """Return a few stretches: around one of them, or anywhere."""
        count = min(STRETCHES_AT_ONCE, len(laid.stretches))
        if not is_near:
            lots = self.crew.rng.choice(len(laid.stretches), size=count, replace=False)
            return sorted(lots.tolist())
        middle = int(self.crew.rng.integers(len(laid.stretches)))
        places = [
            [self.problem.place_of[visit_id] for visit_id, _, _ in one.times]
            or [stretch.from_place]
            for stretch, one in zip(laid.stretches, laid.schedules, strict=True)
        ]
        away = [self.problem.matrix[np.ix_(places[middle], one)].mean() for one in places]
        away[middle] = -1.0
        return sorted(np.argsort(away, kind="stable")[:count].tolist())

    def lay(self, stretches: Sequence[Stretch], orders: Sequence[Order], *, effort: int) -> Laid:
        """Return what the router lays; it sees orders by id, whatever order they came in."""
        in_order = sorted(orders, key=lambda order: order.visit_id)
        matrix = self.problem.matrix
        return self.timed(
            stretches, self.crew.router.lay(stretches, in_order, matrix, effort=effort)
        )

    def timed(self, stretches: Sequence[Stretch], routes: Sequence[Sequence[str]]) -> Laid:
        """Return the routes with their times; no routes mean that nothing is laid."""
        told = routes or [[] for _ in stretches]
        pairs = zip(stretches, told, strict=True)
        return Laid(stretches, [_fit(stretch, route, self.problem) for stretch, route in pairs])

    def value(self, laid: Laid) -> tuple[float, int]:
        """Return the worth served, and then the less travel the better."""
        served = laid.visit_ids()
        worth = sum(order.worth for order in self.ranked if order.visit_id in served)
        return round(worth, 9), -sum(one.travel_minutes for one in laid.schedules)


def _orders(
    problem: Problem, visits: Sequence[Visit], stretches: Sequence[Stretch], crew: Crew
) -> list[Order]:
    def may_lie(visit: Visit, stretch: Stretch) -> bool:
        return (
            suits(visit, stretch.shift)
            and crew.stays.get(visit.id, stretch.shift.id) == stretch.shift.id
            and schedule(stretch, (visit.id,), problem) is not None
        )

    return [
        Order(
            visit.id,
            problem.place_of[visit.id],
            visit.service_minutes,
            visit.window,
            problem.worth[visit.id] * (1 + crew.stay_bonus * (visit.id in crew.stays)),
            frozenset(i for i, stretch in enumerate(stretches) if may_lie(visit, stretch)),
        )
        for visit in visits
    ]


def _ranked(orders: Sequence[Order], bound: Bound) -> list[Order]:
    """Return the orders, those first that the bound serves, then by worth per minute."""
    return sorted(
        orders,
        key=lambda order: (
            -bound.shares[order.visit_id],
            -order.worth / order.service_minutes,
            order.visit_id,
        ),
    )


def _fit(stretch: Stretch, route: Sequence[str], problem: Problem) -> Schedule:
    """Return the schedule of a route; what a router laid too tight loses its least worthy visit."""
    found = schedule(stretch, route, problem)
    if found is not None:
        return found
    least = min(route, key=lambda visit_id: (problem.worth[visit_id], visit_id))
    return _fit(stretch, [visit_id for visit_id in route if visit_id != least], problem)


def _only_in(order: Order, chosen: Sequence[int]) -> Order:
    allowed = frozenset(i for i, number in enumerate(chosen) if number in order.allowed)
    return replace(order, allowed=allowed)
