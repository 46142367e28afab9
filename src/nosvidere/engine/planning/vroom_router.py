"""VROOM behind the router interface; imported only when a plan is made, since it pulls in pandas."""

from collections.abc import Sequence

import numpy as np
import vroom  # type: ignore[import-untyped]  # pyvroom ships no types

from nosvidere.engine.planning.daybook import Stretch
from nosvidere.engine.planning.routing import Order
from nosvidere.engine.planning.travel import Minutes

HIGHEST = 100  # VROOM takes whole priorities from 0 to 100
SECONDS = 60  # VROOM reckons in seconds
THREADS = 2
COST_OF_MINUTE, TIE_BREAK = 2000, 200
MOST_COST = 2**31  # VROOM sums the worst legs of a task in 32 bits


class Vroom:
    """VROOM 1.15 (Coupey, Nicod and Varnier): local search, the same answer for the same input."""

    def lay(
        self,
        stretches: Sequence[Stretch],
        orders: Sequence[Order],
        minutes: Minutes,
        *,
        effort: int,
    ) -> list[list[str]]:
        """Return the visit ids of each stretch in order, each at most once; effort from 1 to 5."""
        usable = [order for order in orders if order.allowed]
        routes: list[list[str]] = [[] for _ in stretches]
        if not usable:
            return routes
        task = _task(stretches, usable, minutes)
        steps = task.solve(exploration_level=effort, nb_threads=THREADS).routes
        jobs = steps[steps["type"] == "job"]
        for vehicle, job in zip(jobs["vehicle_id"].tolist(), jobs["id"].tolist(), strict=True):
            routes[vehicle].append(usable[job].visit_id)
        return routes


def _task(stretches: Sequence[Stretch], orders: Sequence[Order], minutes: Minutes) -> vroom.Input:
    """Return the task, evenings laid one after the other and each set of stretches as a skill."""
    badges = _badges(orders)
    day = _day_length(stretches, orders)
    top = max(order.worth for order in orders) or 1.0
    near = np.minimum(minutes, day)
    task = vroom.Input()
    task.set_durations_matrix("car", near * SECONDS)
    task.set_costs_matrix("car", _costs(near))
    midnights = [day * stretch.shift.evening for stretch in stretches]
    for number, stretch in enumerate(stretches):
        skills = {badge for allowed, badge in badges.items() if number in allowed}
        task.add_vehicle(_vehicle(number, stretch, skills, midnights[number]))
    for number, order in enumerate(orders):
        nights = sorted({midnights[index] for index in order.allowed})
        skills = {badges[order.allowed]}
        task.add_job(_job(number, order, skills, midnights=nights, share=order.worth / top))
    return task


def _day_length(stretches: Sequence[Stretch], orders: Sequence[Order]) -> int:
    """Return more minutes than any evening has."""
    ends = [stretch.shift.end_minute for stretch in stretches]
    return 1 + max(*ends, *(order.window[1] for order in orders))


def _badges(orders: Sequence[Order]) -> dict[frozenset[int], int]:
    """Return a number for each set of stretches that some order may lie in."""
    badges: dict[frozenset[int], int] = {}
    for order in orders:
        badges.setdefault(order.allowed, len(badges))
    return badges


def _costs(minutes: Minutes) -> Minutes:
    """Return the minutes as costs with a little more for each leg, so that no two routes tie.

    Of routes with equal cost VROOM takes now this, now that:
    https://github.com/VROOM-Project/vroom/issues/1276
    """
    little = np.random.default_rng(0).integers(0, TIE_BREAK, size=minutes.shape)
    room = MOST_COST // max(1, 2 * int(minutes.max(axis=1).sum()))
    return minutes * min(COST_OF_MINUTE, room) + little


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
