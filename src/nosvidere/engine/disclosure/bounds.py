"""What a reader with a pencil can work out: the least and the greatest value of what is held back."""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from nosvidere.engine.disclosure.tables import SuppressedTable

OPEN_END = 1e9  # no count of ours comes near; a bound there is no bound


def cell_bounds(table: SuppressedTable) -> dict[tuple[int, int], tuple[float, float]]:
    """Return the bounds of each cell that is held back, by (row, column), totals last; inf when open.

    An independent check of `suppress_table`: two linear programs per cell over counts of 0 or more.
    """
    grid = np.array(_with_totals(table), dtype=float)
    sums = _sums(*grid.shape)
    flat = grid.ravel()
    is_held = np.isnan(flat)
    known = -sums[:, ~is_held] @ flat[~is_held]
    held = zip(*np.nonzero(np.isnan(grid)), strict=True)
    return {
        (int(i), int(j)): bounds_of(n, sums[:, is_held], known) for n, (i, j) in enumerate(held)
    }


def bounds_of(
    n: int, sums: NDArray[np.float64], known: NDArray[np.float64]
) -> tuple[float, float]:
    """Return the least and the greatest value of unknown number n when sums · unknowns = known, all ≥ 0.

    Raise ValueError when no counts of 0 or more fit.
    """
    goal = np.zeros(sums.shape[1])
    goal[n] = 1.0
    greatest = -_least(-goal, sums, known)
    return _least(goal, sums, known), math.inf if greatest >= OPEN_END else greatest


def _least(
    goal: NDArray[np.float64], sums: NDArray[np.float64], known: NDArray[np.float64]
) -> float:
    found = linprog(goal, A_eq=sums, b_eq=known, bounds=(0, OPEN_END), method="highs")
    if not found.success:
        msg = f"the published numbers contradict each other: {found.message}"
        raise ValueError(msg)
    return float(goal @ np.asarray(found.x))


def _with_totals(table: SuppressedTable) -> list[list[int | None]]:
    body = [[*cells, total] for cells, total in zip(table.cells, table.row_totals, strict=True)]
    return [*body, [*table.column_totals, table.total]]


def _sums(height: int, breadth: int) -> NDArray[np.float64]:
    """Return one line per row and per column: its cells less its total, over the cells row by row."""
    across, down = np.ones(breadth), np.ones(height)
    across[-1] = down[-1] = -1.0
    return np.vstack([np.kron(np.eye(height), across), np.kron(down, np.eye(breadth))])
