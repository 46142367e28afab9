"""How sure: each candidate weighed against the others and against "none of these" (conditional logit, McFadden 1974)."""

from collections.abc import Mapping, Sequence
from math import exp

FEATURES = (
    "base", "short", "nickname", "tail", "stem", "one_wrong", "more_wrong", "wrong_share", "first_letter_wrong",
    "other_diacritics", "qualifier_before", "other_first_word", "name_before", "registered", "letter_missing", "place_agrees", "place_differs",
    "place_unknown", "postcode_agrees", "postcode_differs", "home", "not_home", "untyped", "far", "between", "no_rival_elsewhere",
    "rival_elsewhere",
)  # fmt: skip
PLACES = {name: place for place, name in enumerate(FEATURES)}

WEIGHTS: Mapping[str, float] = {
    "base": 3.0, "short": -0.6, "nickname": -0.3, "tail": -2.0, "stem": -2.0, "one_wrong": -1.5, "more_wrong": -3.0,
    "wrong_share": -3.0, "first_letter_wrong": -1.5, "other_diacritics": -1.5, "qualifier_before": -3.5, "other_first_word": -3.5, "name_before": -1.0,
    "registered": 1.5, "letter_missing": -1.0, "place_agrees": 1.5, "place_differs": -2.5, "place_unknown": -2.5,
    "postcode_agrees": 1.5, "postcode_differs": -2.0, "home": 2.0, "not_home": -1.0, "untyped": -0.7, "far": -1.0, "between": -1.5,
    "no_rival_elsewhere": 0.7, "rival_elsewhere": -3.5,
}  # fmt: skip
"""Fitted by `benchmarks/places.py --fit` (seed 1, synthetic register); reported on other seeds."""
VECTOR = tuple(WEIGHTS[name] for name in FEATURES)
MOST = 0.99


def score(features: Mapping[str, float]) -> float:
    """Return the log-odds of one candidate against "none of these"."""
    return sum(VECTOR[PLACES[name]] * value for name, value in features.items())


def shares(scores: Sequence[float]) -> list[float]:
    """Return the probability of each candidate; what is left is "none of these"."""
    weights = [exp(min(value, 30.0)) for value in scores]
    total = 1.0 + sum(weights)
    return [min(MOST, weight / total) for weight in weights]
