"""Fit the weights of the resolver's confidence: conditional logit with "none of these", on seed 1 only."""

import sys
from collections.abc import Iterator

import numpy as np
import place_texts
from place_queries import Query, Register, make_register
from scipy.optimize import minimize

from nosvidere.engine.places import Index, Resolver
from nosvidere.engine.places.candidates import Candidate, any_row
from nosvidere.engine.places.confidence import FITTED, WEIGHTS
from nosvidere.engine.places.reading import read

SIZE, COUNT, SEED, REGISTER_SEED = 60_000, 2700, 1, 11
PULL = 20.0
"""How strongly the weights are held to what they were, so that a rare feature keeps its sign."""

FEATURES = tuple(WEIGHTS)
PLACES = {name: place for place, name in enumerate(FEATURES)}
Choice = tuple[np.ndarray, int]
"""Features of each candidate (candidates × features), and which is right (-1: none)."""


def vector(features: dict[str, float]) -> np.ndarray:
    """Return the features in the order of the weights."""
    row = np.zeros(len(FEATURES))
    for name, value in features.items():
        row[PLACES[name]] = value
    return row


def choices(resolver: Resolver, queries: list[Query], home: str) -> Iterator[Choice]:
    """Yield every choice that the resolver makes between places in the texts."""
    for query in queries:
        for judged in resolver.judged(read(query.text)):
            facts = [
                is_true(resolver.index, candidate, query, home) for candidate in judged.ranked
            ]
            right = facts.index(True) if True in facts else -1
            yield np.array([vector(candidate.features) for candidate in judged.ranked]), right


def is_true(index: Index, candidate: Candidate, query: Query, home: str) -> bool:
    """Say whether a candidate is a house that the text means, or the street of one that is not registered."""
    if candidate.row is not None:
        return index.id_at(candidate.row) in {truth.address_id for truth in query.truths}
    street = (
        index.names[candidate.like.name],
        index.text("municipality", any_row(index, candidate)),
    )
    return street in {(truth.street, home) for truth in query.truths if not truth.address_id}


def gather(register: Register, seed: int) -> list[Choice]:
    """Return the choices on whole and on thinned registers, with and without the country's list."""
    chance = np.random.default_rng(seed)
    whole = [
        query
        for name in ("P1", "P2", "P3", "P5")
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
            found += choices(resolver, queries, register.home)
    return found


def loss(
    weights: np.ndarray, rows: np.ndarray, starts: np.ndarray, right: np.ndarray
) -> tuple[float, np.ndarray]:
    """Return the mean negative log-likelihood and its gradient.

    `rows` are the candidates of all choices one after the other, each choice ended by "none of these" (all zeros);
    `starts` is where each choice begins, `right` which row is right.
    """
    scores = rows @ weights
    tops = np.repeat(np.maximum.reduceat(scores, starts), np.diff(np.append(starts, len(rows))))
    raised = np.exp(scores - tops)
    shares = raised / np.repeat(
        np.add.reduceat(raised, starts), np.diff(np.append(starts, len(rows)))
    )
    gradient = rows.T @ shares - rows[right].sum(axis=0)
    return float(-np.log(shares[right]).sum()) / len(starts), gradient / len(starts)


def pulled(
    weights: np.ndarray, laid: tuple[np.ndarray, np.ndarray, np.ndarray], start: np.ndarray
) -> tuple[float, np.ndarray]:
    """Return the loss and gradient with a pull towards where the weights began."""
    value, gradient = loss(weights, *laid)
    off, count = weights - start, len(laid[1])
    return value + PULL * float((off**2).sum()) / count, gradient + 2 * PULL * off / count


def laid_out(found: list[Choice]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the choices as `loss` wants them."""
    none = np.zeros((1, len(FEATURES)))
    rows = np.concatenate([np.vstack((features, none)) for features, _ in found])
    lengths = np.array([len(features) + 1 for features, _ in found])
    starts = np.cumsum(lengths) - lengths
    picks = np.array([right for _, right in found])
    return rows, starts, starts + np.where(picks < 0, lengths - 1, picks)


def run() -> None:
    """Fit and print the weights."""
    start = np.array([WEIGHTS[name] for name in FEATURES])
    found = gather(make_register(REGISTER_SEED, SIZE), SEED)
    laid = laid_out(found)
    sys.stdout.write(f"{len(found)} choices, loss {loss(start, *laid)[0]:.4f}\n")
    fitted = minimize(pulled, start, args=(laid, start), jac=True, method="L-BFGS-B")
    sys.stdout.write(f"loss {fitted.fun:.4f}\n")
    for name, value in zip(FEATURES, fitted.x, strict=True):
        if name in FITTED:
            sys.stdout.write(f'    "{name}": {value:.2f},\n')
