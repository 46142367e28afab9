"""Estimates by log-linear models with pairwise dependences added one at a time.

Independence is the model without any (Fienberg 1972). Stepwise adds the pair whose number of common cases is
least likely under the current model, while that probability is under the threshold (Chan, Silverman & Vincent
2021); pairs without common cases get the parameter minus infinity.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import pdtr, pdtrc

from nosvidere.engine.darkfigure.existence import settle
from nosvidere.engine.darkfigure.fitting import NO_TERM, Bools, Floats, Ints, fit, subsets
from nosvidere.engine.darkfigure.models import Model, interactions, main_effects, notation
from nosvidere.engine.darkfigure.results import MethodResult, finite_or_none
from nosvidere.engine.darkfigure.tables import CaptureTable

P_THRESHOLD = 0.02  # Chan, Silverman & Vincent 2021, section 3
NO_ESTIMATE = "Överlappen mellan listorna räcker inte: ingen ändlig skattning finns."


@dataclass(slots=True)
class Paths:
    """Where the stepwise choice has come for each table; rows of NaN had no estimate to start from."""

    counts: Floats  # (R, 2**k)
    terms: Ints  # (R, W) filled up with NO_TERM
    beta: Floats  # (R, W)
    means: Floats  # (R, 2**k)
    loglik: Floats  # (R,)
    width: Ints  # (R,) number of terms
    exists: Bools  # (R,)

    @property
    def estimates(self) -> Floats:
        """Give seen and unseen together, shape (R,); NaN where no estimate exists."""
        unseen = np.exp(np.where(self.exists, self.beta[:, 0], np.nan))
        return np.asarray(self.counts.sum(axis=1) + unseen)

    def model(self, row: int) -> Model:
        """Give the row's model."""
        return tuple(int(term) for term in self.terms[row, : self.width[row]])


def independence(table: CaptureTable) -> MethodResult:
    """Estimate with lists that do not depend on each other (Fienberg 1972).

    Assumes a closed population, cases matched without error, equal chances within a list, and independence.
    Positive dependence makes it too low, negative too high.
    """
    return _result("independence", start(table.as_array()[None]))


def stepwise(table: CaptureTable, *, threshold: float = P_THRESHOLD) -> MethodResult:
    """Estimate with the pairwise dependences the data ask for (Chan, Silverman & Vincent 2021).

    Assumes as `independence`, but lets pairs of lists depend on each other; dependence that all pairs share
    is not seen. Equal to SparseMSE 2.0.1 on the published tables.
    """
    return _result("stepwise", choose(table.as_array()[None], threshold=threshold))


def independence_estimates(counts: Floats) -> Floats:
    """Give the independence estimate of each table: (R, 2**k) to (R,), NaN where there is none."""
    return start(counts).estimates


def stepwise_estimates(counts: Floats) -> Floats:
    """Give the stepwise estimate of each table: (R, 2**k) to (R,), NaN where there is none."""
    return choose(counts).estimates


def start(counts: Floats) -> Paths:
    """Fit independence to every table."""
    k = counts.shape[1].bit_length() - 1
    pairs = interactions(k, 2)
    width = 1 + k
    terms = np.full((len(counts), width + len(pairs)), NO_TERM, dtype=np.int64)
    terms[:, :width] = main_effects(k)
    fits, exists = settle(counts, terms[:, :width], fit(counts, terms[:, :width]))
    exists &= counts.sum(axis=1) > 0
    beta = np.zeros(terms.shape)
    beta[:, :width] = fits.beta
    widths = np.full(len(counts), width)
    return Paths(counts, terms, beta, fits.means, fits.loglik, widths, exists)


def choose(counts: Floats, *, threshold: float = P_THRESHOLD) -> Paths:
    """Follow the stepwise choice for every table at once, shape (R, 2**k), each on its own path."""
    paths = start(counts)
    pairs = np.array(interactions(counts.shape[1].bit_length() - 1, 2), dtype=np.int64)
    seen = (counts @ subsets(counts.shape[1].bit_length() - 1).T)[:, pairs]
    is_closed = np.zeros(
        seen.shape, dtype=bool
    )  # the pair is in the model, or would end the estimate
    rows = np.flatnonzero(paths.exists)
    while len(rows):
        chances = _chances(paths, rows, pairs, seen)
        chances[is_closed[rows]] = np.inf
        best = chances.argmin(axis=1)
        goes_on = chances[np.arange(len(rows)), best] < threshold
        rows, best = rows[goes_on], best[goes_on]
        is_closed[rows, best] = True
        _add(paths, rows, pairs[best])
    return paths


def _chances(paths: Paths, rows: Ints, pairs: Ints, seen: Floats) -> Floats:
    """Give how likely each pair's number of common cases, or one more extreme, is under the current model.

    The smaller Poisson tail; where none was seen it is the chance of none.
    """
    inside = subsets(paths.counts.shape[1].bit_length() - 1)
    expected = paths.means[rows] @ inside[pairs].T
    at = seen[rows]
    upper = np.where(at > 0, pdtrc(np.maximum(at - 1, 0), expected), 1.0)
    return np.asarray(np.minimum(upper, pdtr(at, expected)), dtype=np.float64)


def _add(paths: Paths, rows: Ints, pair: Ints) -> None:
    """Add a pair to each row's model where an estimate then still exists."""
    if not len(rows):
        return
    inside = subsets(paths.counts.shape[1].bit_length() - 1)
    widest = int(paths.width[rows].max()) + 1
    each = np.arange(len(rows))
    terms, beta = paths.terms[rows, :widest], paths.beta[rows, :widest]
    terms[each, paths.width[rows]] = pair
    seen = (paths.counts[rows] * inside[pair]).sum(axis=1)
    expected = (paths.means[rows] * inside[pair]).sum(axis=1)
    beta[each, paths.width[rows]] = np.log(np.maximum(seen, 1e-9) / expected)
    counts = paths.counts[rows]
    fits, exists = settle(counts, terms, fit(counts, terms, start=beta))
    rows = rows[exists]
    paths.terms[rows, :widest], paths.beta[rows, :widest] = terms[exists], fits.beta[exists]
    paths.means[rows], paths.loglik[rows] = fits.means[exists], fits.loglik[exists]
    paths.width[rows] += 1


def _result(method: str, paths: Paths) -> MethodResult:
    """Give the first row's estimate and model."""
    estimate = finite_or_none(float(paths.estimates[0]))
    if estimate is None:
        return MethodResult(method, None, model=notation(paths.model(0)), reason=NO_ESTIMATE)
    total = float(paths.counts[0].sum())
    bic = float(-2 * paths.loglik[0] + paths.width[0] * np.log(total))
    return MethodResult(method, estimate, model=notation(paths.model(0)), bic=bic)
