"""How high the number could be if all pairs of lists shared one hidden dependence.

That is what happens when all lists see the same visible people.

Adds to independence one term that counts the pairs of lists a case is on (Darroch, Fienberg, Glonek & Junker
1993, quasi-symmetry by a quadratic term). The data say little of it, so its upper limit shows how far up the truth
could lie. It is never the estimate.
"""

import math
from dataclasses import dataclass

import numpy as np

from nosvidere.engine.darkfigure.fitting import LARGEST_STEP, SETTLED, Floats
from nosvidere.engine.darkfigure.tables import CaptureTable

MOST_STEPS = 100
NORMAL_975 = 1.959963984540054
WORST_CONDITION = 1e12  # of the scaled information matrix


@dataclass(frozen=True, slots=True)
class SharedDependence:
    """The whole number if all pairs share one dependence: estimate and the upper 97.5 % limit.

    strength is the dependence in standard errors, positive when the lists see the same cases. All None where
    the data cannot tell the shared dependence from the number of unseen.
    """

    estimate: float | None = None
    high: float | None = None
    strength: float | None = None


def shared_dependence(table: CaptureTable) -> SharedDependence:
    """Fit independence and one dependence shared by all pairs of lists."""
    counts = table.as_array()
    k = len(table.lists)
    cells = np.arange(1, 1 << k)
    on = (cells[:, None] >> np.arange(k) & 1).astype(np.float64)
    size = on.sum(axis=1)
    design = np.column_stack([np.ones(len(cells)), on, size * (size - 1) / 2])
    fitted = _fit(design, counts[1:])
    if fitted is None:
        return SharedDependence()
    beta, errors = fitted
    seen = float(counts.sum())
    return SharedDependence(
        estimate=seen + math.exp(beta[0]),
        high=seen + math.exp(beta[0] + NORMAL_975 * errors[0]),
        strength=float(beta[-1] / errors[-1]),
    )


def _fit(design: Floats, counts: Floats) -> tuple[Floats, Floats] | None:
    """Give coefficients and standard errors by Newton's method, or None where the steps do not settle."""
    means = counts + 0.1
    root = np.sqrt(means)
    beta = np.linalg.lstsq(design * root[:, None], root * np.log(means))[0]
    for _ in range(MOST_STEPS):
        means = np.exp(np.minimum(design @ beta, 300.0))
        information = design.T @ (design * means[:, None])
        scale = 1 / np.sqrt(np.diag(information))
        scaled = information * scale[:, None] * scale
        if not np.linalg.cond(scaled) < WORST_CONDITION:
            return None
        inverse = np.linalg.inv(scaled) * scale[:, None] * scale
        step = inverse @ (design.T @ (counts - means))
        change = float(np.abs(design @ step).max())
        beta = beta + step * min(1.0, LARGEST_STEP / max(change, SETTLED))
        if change < SETTLED:
            return beta, np.sqrt(np.diag(inverse))
    return None
