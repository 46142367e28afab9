"""Cells of a map where counts lie closer together than chance would place them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

FALSE_DISCOVERY = 0.05
SMALLEST_COUNT = (
    5  # fewer in a cell and its neighbours is not tested: too few, and too close to persons
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with the count of its neighbourhood, its z, its p-value, and whether it is hot."""

    count: float
    z: float
    p: float
    is_tested: bool
    is_hot: bool


def gi_star(values: Sequence[float], neighbours: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """Return Getis-Ord Gi* of each cell (Ord & Getis 1995, eq. 14), equal weights, the cell itself included.

    `neighbours[i]` are the indices of the cells beside cell i. All values alike, or a cell beside every
    other, gives 0.
    """
    x = np.asarray(values, dtype=float)
    sums, sizes = _neighbourhoods(x, neighbours)
    mean, spread = (float(x.mean()), float(x.std())) if len(x) else (0.0, 0.0)
    scale = spread * np.sqrt(np.maximum(len(x) * sizes - sizes**2, 0.0) / max(len(x) - 1, 1))
    above = sums - mean * sizes
    return np.asarray(np.divide(above, scale, out=np.zeros_like(above), where=scale > 0))


def hot_cells(
    values: Sequence[float],
    neighbours: Sequence[Sequence[int]],
    *,
    false_discovery: float = FALSE_DISCOVERY,
    smallest_count: float = SMALLEST_COUNT,
) -> list[Cell]:
    """Return each cell, hot when its Gi* stands out among all tested ones (Benjamini & Hochberg 1995).

    Limits: the p-values are normal and one-sided, which is coarse for small counts.
    """
    z = gi_star(values, neighbours)
    sums, _ = _neighbourhoods(np.asarray(values, dtype=float), neighbours)
    p = np.asarray(stats.norm.sf(z))
    is_tested = sums >= smallest_count
    limit = discovery_limit(p[is_tested], false_discovery)
    is_hot = is_tested & (p <= limit)
    rows = zip(sums, z, p, is_tested, is_hot, strict=True)
    return [Cell(float(n), float(a), float(b), bool(t), bool(h)) for n, a, b, t, h in rows]


def discovery_limit(p: NDArray[np.float64], false_discovery: float) -> float:
    """Return the greatest p-value that may count as a finding, below 0 when none may."""
    ordered = np.sort(p)
    passing = ordered <= false_discovery * np.arange(1, len(p) + 1) / max(len(p), 1)
    return float(ordered[passing].max()) if passing.any() else -1.0


def _neighbourhoods(
    x: NDArray[np.float64], neighbours: Sequence[Sequence[int]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the sum of each cell with its neighbours, and how many cells that is."""
    if len(neighbours) != len(x):
        msg = f"{len(x)} cells need as many lists of neighbours, got {len(neighbours)}"
        raise ValueError(msg)
    around = [np.array(sorted({i, *beside})) for i, beside in enumerate(neighbours)]
    sums = np.array([x[cells].sum() for cells in around])
    return sums, np.array([float(len(cells)) for cells in around])
