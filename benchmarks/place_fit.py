"""Fit the weights of the resolver's confidence: conditional logit with "none of these", on seed 1 only."""

import sys
from collections.abc import Iterator

import numpy as np
import place_texts
from place_queries import Query, Register, make_register
from scipy.optimize import minimize

from nosvidere.engine.places import Index, Resolver
from nosvidere.engine.places.confidence import FEATURES, PLACES, WEIGHTS
from nosvidere.engine.places.resolver import spots_of

SIZE, COUNT, SEED, REGISTER_SEED = 60_000, 2700, 1, 11
PULL = 0.5
"""How strongly the weights are held to what they were, so that a rare feature keeps its sign."""

Choice = tuple[np.ndarray, int]
"""Features of each candidate (candidates × features), and which is right (-1: none)."""


def vector(features: dict[str, float]) -> np.ndarray:
    """Return the features in the order of the weights."""
    row = np.zeros(len(FEATURES))
    for name, value in features.items():
        row[PLACES[name]] = value
    return row


def choices(resolver: Resolver, queries: list[Query]) -> Iterator[Choice]:
    """Yield every choice that the resolver makes between houses in the texts."""
    for query in queries:
        wanted = {truth.address_id for truth in query.truths} - {""}
        for ranked in spots_of(resolver, query.text):
            if not any(candidate.row is not None for candidate in ranked):
                continue
            ids = [resolver.index.id_at(c.row) if c.row is not None else "" for c in ranked]
            right = next(
                (place for place, address_id in enumerate(ids) if address_id in wanted), -1
            )
            yield np.array([vector(candidate.features) for candidate in ranked]), right


def gather(register: Register, seed: int) -> list[Choice]:
    """Return the choices on whole and on thinned registers, with and without the country's list."""
    chance = np.random.default_rng(seed)
    whole = [
        query
        for name in ("P1", "P2", "P3", "P10")
        for query in place_texts.SETS[name](register, chance, COUNT)
    ]
    kept, removed = place_texts.without_streets(register, chance)
    gone = place_texts.on_removed(removed, register.home, chance, COUNT)
    found: list[Choice] = []
    for held, queries in ((register, whole), (kept, gone)):
        index = Index.build(held.addresses)
        for names in (register.country, None):
            resolver = Resolver(
                index, home_municipality=register.home, street_names_elsewhere=names
            )
            found += choices(resolver, queries)
    return found


def loss(weights: np.ndarray, found: list[Choice], start: np.ndarray) -> float:
    """Return the mean negative log-likelihood, with the pull towards where the weights began."""
    total = 0.0
    for features, right in found:
        scores = np.append(features @ weights, 0.0)
        top = scores.max()
        total -= scores[right] - top - np.log(np.exp(scores - top).sum())
    return total / len(found) + PULL * float(((weights - start) ** 2).sum()) / len(found)


def run() -> None:
    """Fit and print the weights."""
    start = np.array([WEIGHTS[name] for name in FEATURES])
    found = gather(make_register(REGISTER_SEED, SIZE), SEED)
    sys.stdout.write(f"{len(found)} choices, loss {loss(start, found, start):.4f}\n")
    fitted = minimize(loss, start, args=(found, start), method="L-BFGS-B", options={"maxiter": 60})
    sys.stdout.write(f"loss {fitted.fun:.4f}\n")
    for name, value in zip(FEATURES, fitted.x, strict=True):
        sys.stdout.write(f'    "{name}": {value:.2f},\n')
