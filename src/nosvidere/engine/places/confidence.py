"""How sure: each candidate weighed against the others and against "none of these" (conditional logit, McFadden 1974)."""

from collections.abc import Mapping, Sequence
from math import exp

FITTED: Mapping[str, float] = {
    "base": 1.70,
    "short": -0.45,
    "tail": -3.01,
    "stem": -2.13,
    "one_wrong": -0.89,
    "more_wrong": -3.08,
    "wrong_share": -3.25,
    "first_letter_wrong": -1.91,
    "other_diacritics": -1.30,
    "registered": 1.33,
    "letter_missing": -1.43,
    "place_agrees": 1.02,
    "postcode_agrees": 1.50,
    "home": 2.44,
    "untyped": -0.46,
    "no_rival_elsewhere": 1.04,
    "rival_elsewhere": -2.92,
}
"""Fitted by `benchmarks/places.py --fit` (register seed 11, texts seed 1) before the others were set; reported on other
seeds. Fitting again starts from these and moves them a little further."""

CHOSEN: Mapping[str, float] = {
    "not_home": -1.50,
    "nickname": -0.30,
    "other_form": -2.50,
    "short_other_letter": -2.50,
    "short_and_wrong": -2.00,
    "qualifier_before": -5.00,
    "qualifier_joined": -3.50,
    "qualifier_left_out": -3.50,
    "other_first_word": -3.66,
    "given_name_before": -4.50,
    "name_before": -1.20,
    "word_left_over": -2.00,
    "place_differs": -3.80,
    "place_unknown": -4.50,
    "postcode_differs": -3.80,
    "far": -3.80,
    "between": -4.00,
}
"""Too rare in the made-up texts to be fitted, or another street in the real world: set so that a house stays below the
auto threshold when one of them speaks against it."""

WEIGHTS: Mapping[str, float] = {**FITTED, **CHOSEN}
MOST = 0.99
"""Nothing that a text says is surer than this."""
STEEPEST = 30.0


def score(features: Mapping[str, float]) -> float:
    """Return the log-odds of one candidate against "none of these"."""
    return sum(WEIGHTS[name] * value for name, value in features.items())


def shares(scores: Sequence[float]) -> list[float]:
    """Return the probability of each candidate; what is left is "none of these"."""
    weights = [exp(min(value, STEEPEST)) for value in scores]
    total = 1.0 + sum(weights)
    return [min(MOST, weight / total) for weight in weights]
