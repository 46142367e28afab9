"""How much priority no plan can exceed: the linear relaxation of a knapsack with one sack per stretch."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import block_array, csr_array, eye_array

from nosvidere.engine.planning.daybook import Problem, Stretch
from nosvidere.engine.planning.matching import suits, suits_two
from nosvidere.engine.planning.model import Visit

Floats = NDArray[np.float64]
TWO_OTHERS = 3  # how many visits must match for one to lie between two different ones


@dataclass(frozen=True, slots=True)
class Bound:
    """No plan serves more than `worth`; `shares` says how much of each visit the relaxation serves."""

    worth: float
    shares: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Columns:
    """One column per visit and stretch that match, with the minutes it takes there.

    `inside` when it lies between others; `first` and `last` what more it takes at the ends.
    """

    visit: NDArray[np.int64]
    stretch: NDArray[np.int64]
    inside: Floats
    first: Floats
    last: Floats


def bound_of(problem: Problem, visits: Sequence[Visit], stretches: Sequence[Stretch]) -> Bound:
    """Return the bound on the worth that the visits can add in the stretches.

    A visit takes its service and half of its cheapest way in from one other visit and out to
    another; the first and the last of a stretch take the whole way from and to its ends. Windows
    count only as matching or not, and visits may be split, so the bound can be out of reach but is
    never too low (Dantzig 1957, for several sacks).
    """
    columns = _columns(problem, visits, stretches)
    if not len(columns.visit):
        return Bound(0.0, {visit.id: 0.0 for visit in visits})
    entries = np.array([2.0 if visit.is_for_two_teams else 1.0 for visit in visits])
    worth = np.array([problem.worth[visit.id] for visit in visits]) / entries
    rooms = np.array([_room_of(stretch) for stretch in stretches], dtype=np.float64)
    found = _relax(columns, worth[columns.visit], entries, rooms)
    served = np.bincount(columns.visit, weights=found, minlength=len(visits)) / entries
    shares = {visit.id: float(share) for visit, share in zip(visits, served, strict=True)}
    return Bound(float(found @ worth[columns.visit]), shares)


def _relax(columns: _Columns, gain: Floats, entries: Floats, rooms: Floats) -> Floats:
    """Return how much of each column is served: columns served, first, last; stretches in use."""
    count = len(columns.visit)
    by_visit = _indicator(columns.visit, len(entries))
    by_stretch = _indicator(columns.stretch, len(rooms))
    in_use = eye_array(len(rooms), format="csr")
    at_most = block_array(  # type: ignore[call-overload]  # the stubs know no None among blocks
        [
            [by_visit, None, None, None],
            [-by_visit, by_visit, None, None],
            [-by_visit, None, by_visit, None],
            [
                by_stretch * columns.inside,
                by_stretch * columns.first,
                by_stretch * columns.last,
                in_use * -rooms,
            ],
        ],
        format="csr",
    )
    exactly = block_array(
        [
            [None, by_stretch, None, -in_use],
            [csr_array(by_stretch.shape), None, by_stretch, -in_use],
        ],
        format="csr",
    )
    found = linprog(  # type: ignore[call-overload]  # the stubs know no sparse matrices here
        np.concatenate([-gain, np.zeros(2 * count + len(rooms))]),
        A_ub=at_most,
        b_ub=np.concatenate([entries, np.zeros(2 * len(entries) + len(rooms))]),
        A_eq=exactly,
        b_eq=np.zeros(2 * len(rooms)),
        bounds=(0, 1),
    )
    return np.asarray(found.x[:count], dtype=np.float64)


def _indicator(rows: NDArray[np.int64], height: int) -> csr_array:
    places = (rows, np.arange(len(rows)))
    return csr_array((np.ones(len(rows)), places), shape=(height, len(rows)))


def _columns(problem: Problem, visits: Sequence[Visit], stretches: Sequence[Stretch]) -> _Columns:
    service = np.array([visit.service_minutes for visit in visits], dtype=np.float64)
    places = np.array([problem.place_of[visit.id] for visit in visits], dtype=np.int64)
    parts = []
    for number, rows in enumerate(_matching(visits, stretches)):
        stretch, there = stretches[number], places[rows]
        through, ways_in, ways_out = _ways(problem.matrix[np.ix_(there, there)])
        from_start = problem.matrix[stretch.from_place, there]
        to_end = problem.matrix[there, stretch.to_place]
        parts.append(
            (
                rows,
                np.full(len(rows), number),
                service[rows] + through / 2,
                from_start + (ways_out - through) / 2,
                to_end + (ways_in - through) / 2,
            )
        )
    if not parts:
        return _Columns(*(np.zeros(0, dtype=np.int64),) * 2, *(np.zeros(0),) * 3)
    return _Columns(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _matching(visits: Sequence[Visit], stretches: Sequence[Stretch]) -> list[NDArray[np.int64]]:
    """Return for each stretch the numbers of the visits that match it, alone or with another."""
    matching: list[list[int]] = [[] for _ in stretches]
    for row, visit in enumerate(visits):
        for number in _stretches_for(visit, stretches):
            matching[number].append(row)
    return [np.array(rows, dtype=np.int64) for rows in matching]


def _stretches_for(visit: Visit, stretches: Sequence[Stretch]) -> set[int]:
    if not visit.is_for_two_teams:
        return {i for i, stretch in enumerate(stretches) if suits(visit, stretch.shift)}
    pairs = combinations(enumerate(stretches), 2)
    matched = [(i, j) for (i, a), (j, b) in pairs if suits_two(visit, a.shift, b.shift)]
    return {i for pair in matched for i in pair}


def _ways(between: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
    """Return for each visit the least minutes through it, into it and out of it, shape n each.

    `between` holds the minutes among the visits. Through means in from one, out to another.
    """
    count = len(between)
    far = np.where(np.eye(count, dtype=bool), np.inf, between)
    if count < TWO_OTHERS:
        ways_in, ways_out = _least(far.T), _least(far)
        return ways_in + ways_out, ways_in, ways_out
    order = np.argsort(far, axis=1, kind="stable")
    row = np.arange(count)
    nearest, second = far[row, order[:, 0]], far[row, order[:, 1]]
    out_elsewhere = np.where(row == order[:, :1], second[:, None], nearest[:, None])
    return (far.T + out_elsewhere).min(axis=1), far.min(axis=0), nearest


def _least(far: Floats) -> Floats:
    """Return the least of each row, 0 where a visit is alone."""
    return np.where(np.isinf(far).all(axis=1), 0.0, far.min(axis=1, initial=np.inf))


def _room_of(stretch: Stretch) -> int:
    rest = stretch.shift.break_minutes if stretch.has_rest else 0
    return stretch.end_at - stretch.start_at - rest
