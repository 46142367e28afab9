"""Chance with a name: every part of the town draws from its own stream of one seed."""

import zlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Thing = TypeVar("Thing")


def chance(seed: int, part: str) -> np.random.Generator:
    """Return the generator of one part; the same seed and part give the same draws."""
    if seed < 0:
        message = f"A seed is a whole number from 0, got {seed}."
        raise ValueError(message)
    return np.random.default_rng([seed, zlib.crc32(part.encode())])


def pick(rng: np.random.Generator, things: Sequence[Thing]) -> Thing:
    """Return one thing, each as likely."""
    return things[int(rng.integers(len(things)))]


def pick_some(rng: np.random.Generator, things: Sequence[Thing], count: int) -> list[Thing]:
    """Return `count` different things (all of them when there are fewer), in drawn order."""
    order = rng.permutation(len(things))[:count]
    return [things[int(number)] for number in order]


def weighted(rng: np.random.Generator, weights: dict[str, float]) -> str:
    """Return one key, as likely as its weight says."""
    names = list(weights)
    total = sum(weights.values())
    return names[int(rng.choice(len(names), p=[weight / total for weight in weights.values()]))]


def is_lucky(rng: np.random.Generator, share: float) -> bool:
    """Say yes with the given probability."""
    return bool(rng.random() < share)
