"""How many were never seen, from how often the others were seen on one and the same list.

Takes a frequency table only: f1 seen once, f2 seen twice, and so on. What is counted must be free to be seen
again: an arrest deters, and then all but the robust estimate are too high.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import lambertw

from nosvidere.engine.darkfigure.fitting import Floats
from nosvidere.engine.darkfigure.intervals import FEWEST_REPLICATES
from nosvidere.engine.darkfigure.results import Interval, finite_or_none
from nosvidere.engine.darkfigure.tables import MOST_CASES, UnusableTable, read_columns

FEWEST_TWICE = (
    10  # under this the estimates hang on single cases; spec/darkfigure.md, last paragraph
)
FEWEST_THRICE = 5
MOST_TIMES = 1_000
COLUMNS = (("times", "gånger"), ("count", "antal"))

Formula = Callable[[Floats], Floats]  # (R, m) frequencies f1..fm to (R,) whole numbers


@dataclass(frozen=True, slots=True)
class OneList:
    """The estimates of the whole number, with percentile intervals; None where there is none.

    `reasons` (Swedish) says why it is refused; the numbers are there to be seen by analysts even so.
    """

    observed: int
    estimates: Mapping[str, float | None]
    intervals: Mapping[str, Interval | None]
    reasons: tuple[str, ...]

    @property
    def is_refused(self) -> bool:
        """Say whether the numbers may not be used."""
        return bool(self.reasons)


def one_list(frequencies: Mapping[int, int], *, seed: int, replicates: int = 1_000) -> OneList:
    """Give the four estimates: `zero_truncated_poisson`, `zelterman`, `chao` and `chao_robust`.

    frequencies[j] is the number of cases seen exactly j times. Intervals: percentile bootstrap, seeded.
    Raises UnusableTable for a table that cannot be one.
    """
    counts = _checked(frequencies)
    total = int(counts.sum())
    drawn = np.random.default_rng(seed).multinomial(total, counts / total, size=replicates)
    estimates, intervals = {}, {}
    for name, formula in FORMULAS.items():
        estimates[name] = finite_or_none(float(formula(counts[None])[0]))
        intervals[name] = _interval(formula(drawn.astype(np.float64)))
    return OneList(total, estimates, intervals, tuple(_reasons(counts)))


def read_frequencies(path: Path) -> dict[int, int]:
    """Read a frequency table from CSV with the columns `times` and `count` (`gånger` and `antal`).

    Raises UnusableTable with file, line, reason and what to do, in Swedish.
    """
    return {row[0]: row[1] for row in read_columns(path, COLUMNS)}


def zero_truncated_poisson(counts: Floats) -> Floats:
    """Give n / (1 - exp(-rate)), the rate solving mean = rate / (1 - exp(-rate)) in closed form."""
    total = counts.sum(axis=1)
    mean = (counts @ np.arange(1, counts.shape[1] + 1)) / total
    rate = mean + np.real(lambertw(-mean * np.exp(-mean)))
    return _whole(total, -np.expm1(-np.where(mean > 1, rate, 0.0)))


def zelterman(counts: Floats) -> Floats:
    """Give n / (1 - exp(-2 f2 / f1)) (Zelterman 1988)."""
    rate = _over(2 * counts[:, 1], counts[:, 0])
    return _whole(counts.sum(axis=1), -np.expm1(-rate))


def chao(counts: Floats) -> Floats:
    """Give n + f1² / (2 f2), a lower bound when chances differ between cases (Chao 1987)."""
    return np.asarray(counts.sum(axis=1) + _over(counts[:, 0] ** 2, 2 * counts[:, 1]))


def chao_robust(counts: Floats) -> Floats:
    """Give n + 2 f2³ / (9 f3²), which does not use the cases seen once (Chiu & Chao 2016)."""
    return np.asarray(counts.sum(axis=1) + _over(2 * counts[:, 1] ** 3, 9 * counts[:, 2] ** 2))


FORMULAS: Mapping[str, Formula] = {
    "zero_truncated_poisson": zero_truncated_poisson,
    "zelterman": zelterman,
    "chao": chao,
    "chao_robust": chao_robust,
}


def _whole(total: Floats, seen_chance: Floats) -> Floats:
    """Give the whole number from the chance to be seen at all."""
    return _over(total, seen_chance)


def _over(above: Floats, below: Floats) -> Floats:
    """Divide, with NaN where there is nothing to divide by."""
    safe = np.where(below > 0, below, 1.0)
    return np.asarray(np.where(below > 0, above / safe, np.nan))


def _interval(values: Floats) -> Interval | None:
    """Give the central 95 % of the replicates that have an estimate."""
    finite = values[np.isfinite(values)]
    if len(finite) < FEWEST_REPLICATES:
        return None
    low, high = np.quantile(finite, [0.025, 0.975])
    return Interval(float(low), float(high), 1 - len(finite) / len(values))


def _checked(frequencies: Mapping[int, int]) -> Floats:
    """Give f1..fm as an array, at least three long."""
    for times, count in frequencies.items():
        if not 1 <= times <= MOST_TIMES:
            reason = f"{times} gånger: antalet gånger ska vara mellan 1 och {MOST_TIMES}."
            raise UnusableTable(reason)
        if count < 0:
            reason = f"antalet fall som setts {times} gånger är negativt."
            raise UnusableTable(reason)
    total = sum(frequencies.values())
    if not 0 < total <= MOST_CASES:
        reason = f"tabellen har {total} fall. Den ska ha minst 1 och högst {MOST_CASES}."
        raise UnusableTable(reason)
    longest = max(3, *frequencies)
    return np.array([float(frequencies.get(j, 0)) for j in range(1, longest + 1)])


def _reasons(counts: Floats) -> list[str]:
    """Say why the numbers may not be used."""
    once_more = [("två", int(counts[1]), FEWEST_TWICE), ("tre", int(counts[2]), FEWEST_THRICE)]
    return [
        f"{n} fall har setts precis {times} gånger, minst {fewest} behövs."
        for times, n, fewest in once_more
        if n < fewest
    ]
