"""Whether a series of counts broke when the operation began, and how small a break it could have shown at all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from nosvidere.engine.effect.quasi_poisson import Fit, Matrix, fit
from nosvidere.kernel.refused import Refused

LEAST_BEFORE, LEAST_AFTER = 12, 4  # fewer periods cannot tell a trend from a break; our choice
FALLS = tuple(round(0.05 * n, 2) for n in range(1, 20))
POWER = 0.8
RUNS = 1_000
NO_ESTIMATE = "Trenden kan inte skattas: fallen ligger för glest."
BREAK = 2  # the term of the design: constant, trend, break


@dataclass(frozen=True, slots=True)
class Placebo:
    """Breaks sought where there was none: how many dates, how many found something, how rare the real one is."""

    tried: int
    found: int
    p: float


@dataclass(frozen=True, slots=True)
class TrendBreak:
    """What could be seen, before what was seen: `ratio` is the level after over the level that was expected."""

    minimum_detectable_fall: float | None
    power: float
    ratio: float
    low: float
    high: float
    p: float
    dispersion: float
    placebo: Placebo
    level: float


def interrupted_series(
    counts: Sequence[int],
    *,
    first_after: int,
    exposure: Sequence[float] | None = None,
    level: float = 0.95,
    seed: int,
) -> TrendBreak:
    """Return the break of a quasi-Poisson trend at period `first_after`, with exposure (hours) as offset.

    The placebo tries every earlier date with as long a stretch after it, on the periods before alone. Raise
    Refused when the series is too short or has nothing on one side, ValueError when it is wrongly made.
    Limits: one level shift, no season, no dependence between periods.
    """
    series, offset = _series(counts, exposure)
    _check(series, first_after)
    found = _fit_break(series[None, :], offset, first_after)
    if not found.is_settled[0]:
        raise Refused(NO_ESTIMATE)
    effect, error = found.coefficients[0, BREAK], found.errors[0, BREAK]
    reach = float(stats.t.isf((1 - level) / 2, found.degrees)) * error
    return TrendBreak(
        minimum_detectable_fall=minimum_detectable_fall(
            before=first_after,
            after=len(series) - first_after,
            mean=float(series[:first_after].mean()),
            dispersion=max(1.0, float(found.dispersion[0])),
            level=level,
            seed=seed,
        ),
        power=POWER,
        ratio=float(np.exp(effect)),
        low=float(np.exp(effect - reach)),
        high=float(np.exp(effect + reach)),
        p=float(found.p_values()[0, BREAK]),
        dispersion=float(found.dispersion[0]),
        placebo=_placebo(series, offset, first_after, statistic=abs(effect / error), level=level),
        level=level,
    )


def share_found(
    fall: float,
    *,
    before: int,
    after: int,
    mean: float,
    dispersion: float = 1.0,
    level: float = 0.95,
    runs: int = RUNS,
    seed: int,
) -> float:
    """Return how often a fall of that share is found in simulated series of so many periods and such a mean.

    A fall of 0 gives the share of false alarms. Counts are Poisson, or negative binomial with variance
    `dispersion` × mean. Series that say nothing on one side count as not found.
    """
    means = np.full(before + after, float(mean))
    means[before:] *= 1 - fall
    series = _simulated(means, dispersion, runs=runs, seed=seed)
    is_usable = (series[:, :before].sum(axis=1) > 0) & (series[:, before:].sum(axis=1) > 0)
    found = _fit_break(series[is_usable], np.zeros(before + after), before)
    is_found = found.is_settled & (found.p_values()[:, BREAK] < 1 - level)
    return float(is_found.sum() / runs)


def minimum_detectable_fall(
    *,
    before: int,
    after: int,
    mean: float,
    dispersion: float = 1.0,
    power: float = POWER,
    level: float = 0.95,
    runs: int = RUNS,
    seed: int,
) -> float | None:
    """Return the least fall, in steps of 5 %, that is found with the power; None when no fall is."""
    low, high = 0, len(FALLS)
    while low < high:
        middle = (low + high) // 2
        share = share_found(
            FALLS[middle],
            before=before,
            after=after,
            mean=mean,
            dispersion=dispersion,
            level=level,
            runs=runs,
            seed=seed,
        )
        low, high = (low, middle) if share >= power else (middle + 1, high)
    return FALLS[low] if low < len(FALLS) else None


def _simulated(means: Matrix, dispersion: float, *, runs: int, seed: int) -> Matrix:
    chance = np.random.default_rng(seed)
    size = (runs, len(means))
    if dispersion > 1:
        means = chance.gamma(means / (dispersion - 1), dispersion - 1, size)
    return chance.poisson(means, size).astype(float)


def _fit_break(series: Matrix, offset: Matrix, first_after: int) -> Fit:
    periods = series.shape[1]
    time = (np.arange(periods) - first_after) / periods
    is_after = (np.arange(periods) >= first_after).astype(float)
    return fit(np.column_stack([np.ones(periods), time, is_after]), series, offset)


def _placebo(
    series: Matrix, offset: Matrix, first_after: int, *, statistic: float, level: float
) -> Placebo:
    after = len(series) - first_after
    starts = range(LEAST_BEFORE, first_after - after + 1)
    fits = [
        _fit_break(series[None, : start + after], offset[: start + after], start)
        for start in starts
        if series[start : start + after].sum() > 0 and series[:start].sum() > 0
    ]
    fits = [one for one in fits if one.is_settled[0]]
    statistics = [abs(one.coefficients[0, BREAK] / one.errors[0, BREAK]) for one in fits]
    found = sum(one.p_values()[0, BREAK] < 1 - level for one in fits)
    as_rare = sum(other >= statistic for other in statistics)
    return Placebo(len(fits), int(found), float((1 + as_rare) / (1 + len(fits))))


def _series(counts: Sequence[int], exposure: Sequence[float] | None) -> tuple[Matrix, Matrix]:
    series = np.asarray(counts, dtype=float)
    spent = np.ones(len(series)) if exposure is None else np.asarray(exposure, dtype=float)
    if len(spent) != len(series) or not (spent > 0).all() or (series < 0).any():
        msg = "a series needs counts of 0 or more and, for each, an exposure above 0"
        raise ValueError(msg)
    return series, np.log(spent)


def _check(series: Matrix, first_after: int) -> None:
    after = len(series) - first_after
    if first_after < LEAST_BEFORE or after < LEAST_AFTER:
        raise Refused(
            "Serien är för kort: {before} perioder före och {after} efter; minst {least_before} och"
            " {least_after} behövs.",
            before=first_after,
            after=after,
            least_before=LEAST_BEFORE,
            least_after=LEAST_AFTER,
        )
    if not (series[:first_after].any() and series[first_after:].any()):
        raise Refused(
            "Serien har inga fall före eller inga fall efter: jämför två antal i stället."
        )
