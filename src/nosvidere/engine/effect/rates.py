"""Counts as rates with exact limits, and the test of whether two counts differ."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

TAIL = 1e-13  # what the sum of the E-test leaves out at each end
TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Rate:
    """A count per unit of exposure (unit-hour, checked address-evening, tip) with its limits."""

    count: int
    exposure: float
    value: float
    low: float
    high: float
    level: float


def poisson_interval(count: int, *, level: float = 0.95) -> tuple[float, float]:
    """Return the exact limits of a Poisson mean (Garwood 1936); 0 gives a lower limit of 0."""
    _check_count(count)
    tail = (1 - level) / 2
    low = float(stats.gamma.ppf(tail, count)) if count else 0.0
    return low, float(stats.gamma.isf(tail, count + 1))


def rate(count: int, exposure: float, *, level: float = 0.95) -> Rate:
    """Return the count per unit of exposure; raise ValueError when the exposure is not above 0."""
    if not exposure > 0:
        msg = f"exposure must be above 0, not {exposure}"
        raise ValueError(msg)
    low, high = poisson_interval(count, level=level)
    return Rate(count, exposure, count / exposure, low / exposure, high / exposure, level)


def e_test(first: int, second: int, *, exposures: tuple[float, float] = (1.0, 1.0)) -> float:
    """Return the two-sided p-value of equal rates behind two counts (Krishnamoorthy & Thomson 2004, eq. 3.5)."""
    _check_count(first)
    _check_count(second)
    common = (first + second) / sum(exposures)
    if common == 0:
        return 1.0
    one, one_chance = _likely(common * exposures[0])
    other, other_chance = _likely(common * exposures[1])
    seen = _distance(np.array([first]), np.array([second]), exposures)[0, 0]
    is_extreme = _distance(one, other, exposures) >= seen - TIE
    return min(1.0, float(one_chance @ is_extreme @ other_chance))


def _likely(mean: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the counts that a Poisson mean gives, but for a negligible tail, and the chance of each."""
    counts = np.arange(int(stats.poisson.ppf(TAIL, mean)), int(stats.poisson.isf(TAIL, mean)) + 2)
    return counts, np.asarray(stats.poisson.pmf(counts, mean))


def _distance(
    one: NDArray[np.int64], other: NDArray[np.int64], exposures: tuple[float, float]
) -> NDArray[np.float64]:
    """Return |difference of rates| over its standard error for each pair; 0 for two zeros."""
    first, second = one[:, None] / exposures[0], other[None, :] / exposures[1]
    variance = first / exposures[0] + second / exposures[1]
    return np.abs(first - second) / np.sqrt(np.where(variance > 0, variance, 1.0))


def _check_count(count: int) -> None:
    if count < 0:
        msg = f"a count is 0 or more, not {count}"
        raise ValueError(msg)
