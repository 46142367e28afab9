"""The estimate of the hierarchical model with the lowest BIC, out of all of them.

BIC = -2 log-likelihood + terms * log(cases), the terms with parameter minus infinity counted (Silverman, Chan &
Vincent 2024). To order 3 for four lists, else to order 2; more than six lists have too many models.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np

from nosvidere.engine.darkfigure.existence import settle
from nosvidere.engine.darkfigure.fitting import Fits, Floats, fit
from nosvidere.engine.darkfigure.models import (
    Model,
    hierarchical_models,
    interactions,
    main_effects,
    notation,
)
from nosvidere.engine.darkfigure.results import Candidate, MethodResult, none_exists
from nosvidere.engine.darkfigure.tables import CaptureTable

MOST_LISTS_FOR_BIC = 6  # 32 768 models of order 2; seven lists would have two million
MOST_LISTS_FITTED_WHOLE = 5  # above this the models are bounded before they are fitted
TOP_SHOWN = 10
TOP_IN_REPLICATES = (
    20  # each replicate chooses among these; Silverman, Chan & Vincent 2024, section 4
)
TOO_MANY_LISTS = f"Att jämföra alla modeller går för högst {MOST_LISTS_FOR_BIC} listor."
NO_MODEL = "Ingen av modellerna har en ändlig skattning."
SLACK = 1e-6  # a bound from a fit that runs away is this near its limit


@dataclass(frozen=True, slots=True)
class Scored:
    """One model with its estimate, its BIC, and the coefficients to start other fits from."""

    model: Model
    estimate: float
    bic: float
    beta: tuple[float, ...]

    @property
    def candidate(self) -> Candidate:
        """Give the model as a result shows it."""
        return Candidate(notation(self.model), self.estimate, bic=self.bic)


def order_for(k: int) -> int:
    """Give the largest number of lists in one term: 3 for four lists, else 2."""
    return 3 if k == 4 else 2  # noqa: PLR2004 - the sentence above


def bic(table: CaptureTable) -> MethodResult:
    """Estimate with the model that has the lowest BIC; `top` holds the ten best that have an estimate.

    Assumes as `independence`, but for the dependences in the model. Limits: the best models can be nearly
    equal in BIC and far apart in estimate, so look at `top`. Equal to MultipleSystemsEstimation 1.2.0.
    """
    if len(table.lists) > MOST_LISTS_FOR_BIC:
        return none_exists("bic", TOO_MANY_LISTS)
    best = best_models(table, limit=TOP_SHOWN)
    if not best:
        return none_exists("bic", NO_MODEL)
    top = tuple(scored.candidate for scored in best)
    return MethodResult("bic", best[0].estimate, model=top[0].model, bic=best[0].bic, top=top)


def best_models(table: CaptureTable, *, limit: int) -> list[Scored]:
    """Give the models with the lowest BIC that have an estimate, best first; exact, also where bounded."""
    k = len(table.lists)
    counts = table.as_array()
    models: Sequence[Model] = hierarchical_models(k, order_for(k))
    if k > MOST_LISTS_FITTED_WHOLE:
        models = _within_reach(counts, models, limit)
    return _ranked(_score(counts, models))[:limit]


def bic_estimator(table: CaptureTable) -> Callable[[Floats], Floats]:
    """Give the estimator that chooses anew among the table's best models for every table it is given."""
    if len(table.lists) > MOST_LISTS_FOR_BIC:
        return _no_estimates
    return partial(best_of, models=best_models(table, limit=TOP_IN_REPLICATES))


def best_of(counts: Floats, *, models: Sequence[Scored]) -> Floats:
    """Give for each table the estimate of the model with the lowest BIC: (R, 2**k) to (R,)."""
    total = counts.sum(axis=1)
    lowest, estimates = np.full(len(counts), np.inf), np.full(len(counts), np.nan)
    for scored in models:
        terms = np.tile(np.array(scored.model, dtype=np.int64), (len(counts), 1))
        begin = np.tile(np.array(scored.beta), (len(counts), 1))
        fits, exists = settle(counts, terms, fit(counts, terms, start=begin))
        values = np.where(exists, _bic(fits, total, len(scored.model)), np.inf)
        is_better = values < lowest
        lowest[is_better] = values[is_better]
        estimates[is_better] = (total + fits.unseen)[is_better]
    return estimates


def _no_estimates(counts: Floats) -> Floats:
    """Give no estimate for any table."""
    return np.full(len(counts), np.nan)


def _bic(fits: Fits, total: Floats, terms: int) -> Floats:
    """Give the BIC of each row."""
    return np.asarray(-2 * fits.loglik + terms * np.log(total))


def _score(counts: Floats, models: Sequence[Model]) -> list[Scored]:
    """Fit every model to the table, small ones first, and keep those with an estimate.

    A model that holds all terms of one without an estimate has none either: the direction in which the
    smaller one's likelihood never stops rising is open to it too, or its terms cannot be told apart.
    """
    scored: list[Scored] = []
    hopeless: list[int] = []
    for size in sorted({len(model) for model in models}):
        alike = _hopeful([model for model in models if len(model) == size], hopeless)
        if not alike:
            continue
        terms = np.array(alike, dtype=np.int64)
        tables = np.tile(counts, (len(alike), 1))
        fits, exists = settle(tables, terms, fit(tables, terms))
        values = _bic(fits, tables.sum(axis=1), size)
        estimates = counts.sum() + fits.unseen
        scored += [
            Scored(alike[i], float(estimates[i]), float(values[i]), tuple(fits.beta[i].tolist()))
            for i in np.flatnonzero(exists)
        ]
        hopeless += [_packed(alike[i]) for i in np.flatnonzero(~exists)]
    return scored


def _hopeful(models: list[Model], hopeless: Sequence[int]) -> list[Model]:
    """Leave out the models that hold all terms of a hopeless one."""
    if not hopeless:
        return models
    packed = np.array([_packed(model) for model in models], dtype=np.uint64)
    is_left = np.ones(len(models), dtype=bool)
    for bad in np.array(hopeless, dtype=np.uint64):
        is_left &= packed & bad != bad
    return [models[i] for i in np.flatnonzero(is_left).tolist()]


def _packed(model: Model) -> int:
    """Pack the model's terms into one whole number; with six lists they are under 64."""
    return sum(1 << term for term in model)


def _ranked(scored: list[Scored]) -> list[Scored]:
    """Order by BIC; of equals the smaller model first."""
    return sorted(scored, key=lambda s: (round(s.bic, 9), len(s.model), s.model))


def _within_reach(counts: Floats, models: Sequence[Model], limit: int) -> list[Model]:
    """Leave out the models that cannot be among the best, by bounds on their likelihood.

    A model that lacks two pairs fits no better than the full model without those two, and needs no fit when
    that bound and its number of terms already lie above the goal.
    """
    k = len(counts).bit_length() - 1
    pairs = interactions(k, 2)
    lacking = list(combinations(range(len(pairs)), 2))
    without = np.array(
        [
            [*main_effects(k), *(p for at, p in enumerate(pairs) if at not in two)]
            for two in lacking
        ]
    )
    fits = fit(np.tile(counts, (len(without), 1)), without)
    holds = np.array([[pair in model for pair in pairs] for model in map(frozenset, models)])
    bound = np.full(len(models), -2 * fits.loglik.max() - SLACK)
    bound[holds.sum(axis=1) >= len(pairs) - 1] = -np.inf
    for (a, b), loglik in zip(lacking, fits.loglik, strict=True):
        lacks_both = ~holds[:, a] & ~holds[:, b]
        bound[lacks_both] = np.maximum(bound[lacks_both], -2 * loglik - SLACK)
    bound += (1 + k + holds.sum(axis=1)) * np.log(counts.sum())
    goal = _goal(counts, limit)
    return [models[i] for i in np.flatnonzero(bound <= goal).tolist()]


def _goal(counts: Floats, limit: int) -> float:
    """Give a BIC that at least `limit` models reach: walk to a best neighbour and keep all models met."""
    k = len(counts).bit_length() - 1
    pairs = interactions(k, 2)
    met: dict[Model, Scored] = {}
    here = main_effects(k)
    while True:
        near = [_changed(here, pair) for pair in pairs]
        fresh = [model for model in (here, *near) if model not in met]
        met.update({scored.model: scored for scored in _score(counts, fresh)})
        best = _ranked(list(met.values()))
        if not best or best[0].model == here:
            return best[limit - 1].bic if len(best) >= limit else np.inf
        here = best[0].model


def _changed(model: Model, pair: int) -> Model:
    """Give the model with the pair added, or taken out."""
    pairs = set(model[1:]) ^ {pair}
    singles = sorted(t for t in pairs if t.bit_count() == 1)
    return (0, *singles, *sorted(t for t in pairs if t.bit_count() > 1))
