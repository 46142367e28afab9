"""Intervals by the bootstrap, in which every replicate chooses its model anew.

Bias corrected and accelerated (DiCiccio & Efron 1996, section 2): resample cases, estimate again from the
start, and shift the percentiles by the bias and by how the estimate's spread changes with its size.
"""

from collections.abc import Callable

import numpy as np
from scipy.special import ndtr, ndtri

from nosvidere.engine.darkfigure.draws import draw
from nosvidere.engine.darkfigure.fitting import Floats, error_of_log_unseen, fit_one
from nosvidere.engine.darkfigure.models import Model
from nosvidere.engine.darkfigure.results import Interval
from nosvidere.engine.darkfigure.tables import CaptureTable

Estimator = Callable[
    [Floats], Floats
]  # (R, 2**k) counts to (R,) estimates, NaN where there is none
Progress = Callable[[int, int], None]  # replicates done, of how many

LEVEL = 0.95
TIE = 1e-9  # relative; replicates this near the estimate are ties and count half
FEWEST_REPLICATES = 2  # an interval needs two ends
BLOCK = 1_000  # replicates estimated at once


def bca_interval(
    table: CaptureTable,
    estimator: Estimator,
    *,
    seed: int,
    replicates: int = 1_000,
    progress: Progress = lambda _done, _of: None,
) -> Interval | None:
    """Give the 95 % BCa interval of the estimator, or None where the estimate or the replicates fail.

    Replicates draw `observed` cases with replacement, from the seed alone, so all methods see the same ones and
    SparseMSE and MultipleSystemsEstimation with the same seed give the same limits where histories stand in the
    engine's order. Replicates without an estimate are left out and their share reported. Limits: no interval sees dependence that no model holds, such
    as all lists seeing the same visible people.
    """
    counts = table.as_array()
    point = float(estimator(counts[None])[0])
    drawn = draw(counts, replicates, seed=seed)
    values = [_block(estimator, drawn, at, progress) for at in range(0, replicates, BLOCK)]
    together = np.concatenate(values)
    with_estimate = together[np.isfinite(together)]
    if not np.isfinite(point) or len(with_estimate) < FEWEST_REPLICATES:
        return None
    low, high = bca_limits(point, with_estimate, acceleration(counts, estimator))
    return Interval(low, high, 1 - len(with_estimate) / replicates)


def _block(estimator: Estimator, drawn: Floats, at: int, progress: Progress) -> Floats:
    """Estimate one block of replicates and tell how far it has come."""
    values = estimator(drawn[at : at + BLOCK])
    progress(min(at + BLOCK, len(drawn)), len(drawn))
    return values


def acceleration(counts: Floats, estimator: Estimator) -> float:
    """Give the acceleration by leaving out one case at a time (DiCiccio & Efron 1996, eq. 6.6).

    Cases with one history are alike, so one of each is left out and weighs as many as there are.
    """
    cells = np.flatnonzero(counts)
    tables = np.tile(counts, (len(cells), 1))
    tables[np.arange(len(cells)), cells] -= 1
    values, cases = estimator(tables), counts[cells]
    cases, values = cases[np.isfinite(values)], values[np.isfinite(values)]
    apart = (cases @ values) / max(cases.sum(), 1) - values
    spread = float(cases @ apart**2)
    return float(cases @ apart**3) / (6 * spread**1.5) if spread > 0 else 0.0


def bca_limits(point: float, values: Floats, a: float) -> tuple[float, float]:
    """Give the BCa limits of the replicates' values, shape (B,), for the acceleration `a`."""
    is_tied = np.abs(values - point) <= TIE * abs(point)
    below = float(np.mean((values < point) & ~is_tied) + 0.5 * np.mean(is_tied))
    edge = 0.5 / len(values)
    bias = float(ndtri(np.clip(below, edge, 1 - edge)))
    tail = (1 - LEVEL) / 2
    shifted = bias + ndtri(np.array([tail, 1 - tail]))
    room = np.maximum(
        1 - a * shifted, 1e-9
    )  # past this the correction has no answer; take the outermost
    low, high = np.quantile(values, ndtr(bias + shifted / room), method="median_unbiased")
    return float(low), float(high)


def conditional_interval(table: CaptureTable, model: Model) -> Interval | None:
    """Give the naive 95 % interval that takes the model as known, or None without an estimate.

    Wald on the log of the unseen, from the information matrix of the chosen model. Only to show against:
    when the model was chosen from the same data it covers too rarely (Silverman, Chan & Vincent 2024).
    """
    counts = table.as_array()[None]
    fits = fit_one(counts, model)
    if not fits.is_settled[0]:
        return None
    error = -ndtri((1 - LEVEL) / 2) * error_of_log_unseen(counts, model, fits)
    unseen, seen = float(fits.unseen[0]), float(counts.sum())
    return Interval(seen + unseen * float(np.exp(-error)), seen + unseen * float(np.exp(error)))
