"""Quasi-Poisson regression with an offset, of one series or of many at once, in numpy alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

ROUNDS = 50
SETTLED = 1e-10
EVEN = 1e-6  # the dispersion of a series without any scatter: rounding alone must not look like a finding
FAR = 30.0  # e to this power is beyond any count
RIDGE = 1e-13  # keeps the equations of a series without an estimate solvable, and moves no other
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients (series × terms), their standard errors, the dispersion of each series, and whether it settled.

    A series that did not settle has no estimate: its likelihood rises for ever as a coefficient does.
    """

    coefficients: Matrix
    errors: Matrix
    dispersion: Matrix
    is_settled: NDArray[np.bool_]
    degrees: int

    def p_values(self) -> Matrix:
        """Return the two-sided p-value of each coefficient, from Student's t."""
        return np.asarray(2 * stats.t.sf(np.abs(self.coefficients / self.errors), self.degrees))


def fit(design: Matrix, counts: Matrix, offset: Matrix) -> Fit:
    """Return log-linear fits by iterated weighted least squares (McCullagh & Nelder 1989, ch. 9).

    `design` is periods × terms with the constant first, `counts` series × periods, `offset` the log of the
    exposure per period. The dispersion is Pearson's chi-square over the degrees of freedom.
    """
    means = counts + 0.5
    coefficients = np.zeros((len(counts), design.shape[1]))
    moved = np.full(len(counts), np.inf)
    for _ in range(ROUNDS):
        working = np.log(means) - offset + (counts - means) / means
        updated = _solve(design, means, working)
        moved = np.max(np.abs(updated - coefficients), axis=1)
        coefficients = updated
        means = np.exp(np.clip(coefficients @ design.T + offset, -FAR, FAR))
        if (moved < SETTLED).all():
            break
    degrees = design.shape[0] - design.shape[1]
    dispersion = np.maximum(((counts - means) ** 2 / means).sum(axis=1) / degrees, EVEN)
    spread = np.diagonal(np.linalg.inv(_information(design, means)), axis1=1, axis2=2)
    errors = np.sqrt(spread * dispersion[:, None])
    return Fit(coefficients, errors, dispersion, moved < SETTLED, degrees)


def _information(design: Matrix, means: Matrix) -> Matrix:
    terms = design.shape[1]
    products = (design[:, :, None] * design[:, None, :]).reshape(len(design), terms * terms)
    information = (means @ products).reshape(-1, terms, terms)
    ridge = RIDGE * np.trace(information, axis1=1, axis2=2)
    return np.asarray(information + ridge[:, None, None] * np.eye(terms))


def _solve(design: Matrix, means: Matrix, working: Matrix) -> Matrix:
    right = (means * working) @ design
    return np.asarray(np.linalg.solve(_information(design, means), right[:, :, None])[:, :, 0])
