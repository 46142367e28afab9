"""Poisson log-linear fits of many models and many tables at once.

All 2**k cells share one lattice: a model is a set of terms, and the information matrix of any model has at
(a, b) the sum of the fitted means of all cells that hold both terms, that is one superset sum looked up at
a | b. So a batch needs one small matrix product and one batched solve per step, whatever the models are.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

SETTLED = 1e-6  # largest change of a log mean in the last step; the step taken squares the error
MOST_STEPS = 20
LARGEST_STEP = 3.0  # in log means; longer steps overshoot where an exponential meets a poor start
RIDGE = 1e-12  # of the diagonal; keeps the solve defined when terms cannot be told apart
PROBE_MISS = 1e-3  # a known vector must come back from the solve this well, or the matrix counts as singular
NO_TERM = -1  # fills rows whose model is shorter than the batch is wide


@lru_cache(maxsize=16)
def subsets(k: int) -> Floats:
    """Give the (2**k, 2**k) matrix of 1 where row term ⊆ column cell; column 0, the unseen cell, is 0."""
    cells = np.arange(1 << k)
    inside = (cells[:, None] & cells[None, :]) == cells[:, None]
    inside[:, 0] = False
    return np.asarray(inside, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Fits:
    """What a batch of fits gives, one row per table and model.

    beta (R, p) coefficients, 0 where the term is minus infinity or absent; means (R, 2**k) fitted means of
    the seen cells; loglik (R,) full Poisson log-likelihood; is_settled (R,) the steps converged and the
    information matrix is well conditioned, which proves that a unique maximum exists; last_step (R, p).
    """

    beta: Floats
    means: Floats
    loglik: Floats
    is_settled: Bools
    last_step: Floats

    @property
    def unseen(self) -> Floats:
        """Give the fitted mean of the cell nobody saw, shape (R,)."""
        return np.asarray(np.exp(np.minimum(self.beta[:, 0], 700.0)))


@dataclass(frozen=True, slots=True)
class _Batch:
    """The rows still being fitted: what does not change between steps."""

    counts: Floats  # (R, C)
    terms: Ints  # (R, p)
    is_live: Bools  # (R, p) the coefficient is finite
    is_open: Floats  # (R, C) 1 where the cell's mean is not forced to zero
    wanted: Floats  # (R, p) the margins that the fitted means must reproduce
    inside: Floats  # (C, C)

    def take(self, keep: Bools) -> "_Batch":
        """Give the batch of the rows kept."""
        return _Batch(
            self.counts[keep], self.terms[keep], self.is_live[keep],
            self.is_open[keep], self.wanted[keep], self.inside,
        )  # fmt: skip

    def log_means(self, beta: Floats) -> Floats:
        """Sum the coefficients of each cell's terms: (R, p) to (R, C)."""
        spread = np.zeros_like(self.counts)
        rows = np.arange(len(beta))[:, None]
        spread[rows, self.terms] = np.where(self.is_live, beta, 0.0)
        return np.asarray(spread @ self.inside)

    def means(self, beta: Floats) -> Floats:
        """Give the fitted means of the open cells."""
        return np.asarray(np.exp(np.minimum(self.log_means(beta), 300.0)) * self.is_open)

    def margins(self, values: Floats) -> Floats:
        """Sum values over the cells that hold each live term: (R, C) to (R, p)."""
        sums = values @ self.inside.T
        return np.where(self.is_live, np.take_along_axis(sums, self.terms, axis=1), 0.0)

    def information(self, means: Floats) -> Floats:
        """Give the (R, p, p) information matrices, with 1 on the diagonal of terms that are not live."""
        rows, p = self.terms.shape
        sums = means @ self.inside.T
        unions = self.terms[:, :, None] | self.terms[:, None, :]
        matrix = np.take_along_axis(sums, unions.reshape(rows, p * p), axis=1).reshape(rows, p, p)
        if not self.is_live.all():
            matrix *= self.is_live[:, :, None] & self.is_live[:, None, :]
        matrix[:, range(p), range(p)] += ~self.is_live
        return matrix


def fit(counts: Floats, terms: Ints, start: Floats | None = None, steps: int = MOST_STEPS) -> Fits:
    """Fit each row's model to each row's table by maximum likelihood.

    counts (R, 2**k) with column 0 unused; terms (R, p) bit patterns, filled up with NO_TERM; start (R, p)
    coefficients near the answer. Terms whose margin is zero are set to minus infinity and their cells to
    mean zero (extended maximum likelihood, Chan, Silverman & Vincent 2021). Newton's method, which for this
    link is iteratively reweighted least squares. Whether a maximum exists at all is not decided here.
    """
    whole = _batch(counts, terms)
    beta = _cold_start(whole) if start is None else np.where(whole.is_live, start, 0.0)
    last_step, is_settled = np.zeros_like(beta), np.zeros(len(beta), dtype=bool)
    rows, batch = np.arange(len(beta)), whole
    for _ in range(steps):
        step, change, is_sound = _newton(batch, beta[rows])
        beta[rows] += step
        last_step[rows] = step
        is_done = change < SETTLED
        is_settled[rows[is_done]] = is_sound[is_done]
        rows, batch = rows[~is_done], batch.take(~is_done)
        if not len(rows):
            break
    means = whole.means(beta)
    loglik = (beta * whole.wanted).sum(1) - means.sum(1) - gammaln(whole.counts + 1).sum(1)
    return Fits(beta, means, loglik, is_settled, last_step)


def fit_one(counts: Floats, model: tuple[int, ...]) -> Fits:
    """Fit one model to each of the tables, shape (R, 2**k)."""
    return fit(counts, np.tile(np.array(model, dtype=np.int64), (len(counts), 1)))


def error_of_log_unseen(counts: Floats, model: tuple[int, ...], fits: Fits) -> float:
    """Give the first row's standard error of the log of the unseen, from the inverse information matrix."""
    batch = _batch(counts, np.tile(np.array(model, dtype=np.int64), (len(counts), 1)))
    first = np.zeros((len(counts), len(model), 1))
    first[:, 0] = 1.0
    return float(np.sqrt(_solve(batch.information(fits.means), first)[0, 0, 0]))


def _batch(counts: Floats, terms: Ints) -> _Batch:
    """Find the live terms and the open cells of each row."""
    inside = subsets(counts.shape[1].bit_length() - 1)
    margins = counts @ inside.T
    is_term = terms != NO_TERM
    at_terms = np.take_along_axis(margins, terms, axis=1)
    is_live = is_term & (at_terms > 0)
    is_open = np.ones_like(counts)
    if not (is_live | ~is_term).all():
        empty = np.zeros_like(counts)
        row, column = np.nonzero(is_term & ~is_live)
        empty[row, terms[row, column]] = 1.0
        is_open = (empty @ inside == 0).astype(np.float64)
    is_open[:, 0] = 0.0
    return _Batch(counts, terms, is_live, is_open, np.where(is_live, at_terms, 0.0), inside)


def _cold_start(batch: _Batch) -> Floats:
    """Take one weighted least squares step from the counts themselves."""
    means = (batch.counts + 0.1) * batch.is_open
    working = means * np.log(batch.counts + 0.1) + (batch.counts - means) * batch.is_open
    return _solve(batch.information(means), batch.margins(working)[:, :, None])[:, :, 0]


def _newton(batch: _Batch, beta: Floats) -> tuple[Floats, Floats, Bools]:
    """Give each row's step, its largest change of a log mean, and whether the matrix was sound."""
    means = batch.means(beta)
    matrix = batch.information(means)
    slope = batch.wanted - batch.margins(means)
    known = _probe(beta.shape[1]) / np.sqrt(np.einsum("rii->ri", matrix))
    image = np.einsum("rij,rj->ri", matrix, known)
    solved = _solve(matrix, np.stack([slope, image], axis=2))
    step = solved[:, :, 0]
    change = np.abs(batch.log_means(step) * batch.is_open).max(axis=1)
    miss = np.abs(solved[:, :, 1] / known - 1).max(axis=1)
    step = step * np.minimum(1.0, LARGEST_STEP / np.maximum(change, 1e-300))[:, None]
    return step, change, miss < PROBE_MISS


@lru_cache(maxsize=64)
def _probe(p: int) -> Floats:
    """Give a vector that no null vector of whole numbers is orthogonal to: golden-section fractions."""
    return np.asarray(0.5 + np.modf(np.arange(1, p + 1) * 0.6180339887498949)[0])


def _solve(matrix: Floats, right: Floats) -> Floats:
    """Solve the batch after scaling every matrix to a unit diagonal."""
    scale = 1.0 / np.sqrt(np.einsum("rii->ri", matrix))
    scaled = matrix * scale[:, :, None] * scale[:, None, :]
    scaled[:, range(scale.shape[1]), range(scale.shape[1])] += RIDGE
    return np.asarray(np.linalg.solve(scaled, right * scale[:, :, None]) * scale[:, :, None])
