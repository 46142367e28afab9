"""VROOM behind the router interface; imported only when a plan is made, since it pulls in pandas."""

from collections.abc import Sequence

import vroom  # type: ignore[import-untyped]  # pyvroom ships no types

from nosvidere.engine.planning.daybook import Stretch
from nosvidere.engine.planning.routing import Order
from nosvidere.engine.planning.travel import Minutes

HIGHEST = 100  # VROOM takes whole priorities from 0 to 100
SECONDS = 60  # VROOM reckons in seconds
THREADS = 2


class Vroom:
    """VROOM 1.15 (Coupey, Nicod and Varnier): local search, the same answer for the same input."""

    def __init__(self, *, effort: int = 1) -> None:
        """Take the exploration level, from 1 (fast) to 5."""
        self._effort = effort

    def lay(
        self, stretches: Sequence[Stretch], orders: Sequence[Order], minutes: Minutes
    ) -> list[list[str]]:
        """Return the visit ids of each stretch in order; each visit at most once."""
        usable = [order for order in orders if order.allowed]
        routes: list[list[str]] = [[] for _ in stretches]
        if not usable:
            return routes
        task = _task(stretches, usable, minutes)
        steps = task.solve(exploration_level=self._effort, nb_threads=THREADS).routes
        jobs = steps[steps["type"] == "job"]
        for vehicle, job in zip(jobs["vehicle_id"].tolist(), jobs["id"].tolist(), strict=True):
            routes[vehicle].append(usable[job].visit_id)
        return routes


def _task(stretches: Sequence[Stretch], orders: Sequence[Order], minutes: Minutes) -> vroom.Input:
    """Return the task, evenings laid one after the other and each set of stretches as a skill."""
    badges: dict[frozenset[int], int] = {}
    for order in orders:
        badges.setdefault(order.allowed, len(badges))
    day = 1 + max(
        *(stretch.shift.end_minute for stretch in stretches),
        *(order.window[1] for order in orders),
    )
    top = max(order.worth for order in orders) or 1.0
    task = vroom.Input()
    task.set_durations_matrix("car", minutes * SECONDS)
    for number, stretch in enumerate(stretches):
        skills = {badge for allowed, badge in badges.items() if number in allowed}
        task.add_vehicle(_vehicle(number, stretch, skills, day * stretch.shift.evening))
    for number, order in enumerate(orders):
        midnights = sorted({day * stretches[index].shift.evening for index in order.allowed})
        task.add_job(
            _job(
                number,
                order,
                {badges[order.allowed]},
                midnights=midnights,
                share=order.worth / top,
            )
        )
    return task


def _vehicle(number: int, stretch: Stretch, skills: set[int], midnight: int) -> vroom.Vehicle:
    breaks = []
    if stretch.has_rest:
        first, last = stretch.shift.rest_window
        rest = stretch.shift.break_minutes
        begins = (max(first, stretch.start_at), min(last, stretch.end_at) - rest)
        breaks = [vroom.Break(number, [_span(midnight, *begins)], service=rest * SECONDS)]
    return vroom.Vehicle(
        number,
        start=stretch.from_place,
        end=stretch.to_place,
        skills=skills,
        time_window=_span(midnight, stretch.start_at, stretch.end_at),
        breaks=breaks,
    )


def _job(
    number: int, order: Order, skills: set[int], *, midnights: Sequence[int], share: float
) -> vroom.Job:
    first, last = order.window[0], order.window[1] - order.service_minutes
    return vroom.Job(
        number,
        order.place,
        default_service=order.service_minutes * SECONDS,
        skills=skills,
        priority=max(1, round(HIGHEST * share)),
        time_windows=[_span(midnight, first, last) for midnight in midnights],
    )


def _span(midnight: int, first: int, last: int) -> vroom.TimeWindow:
    return vroom.TimeWindow((midnight + first) * SECONDS, (midnight + last) * SECONDS)
