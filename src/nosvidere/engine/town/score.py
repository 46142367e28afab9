"""How good a ranking of addresses is, now that the truth is known; and three simple rankings to beat."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .chance import chance, pick_some

DEPTH = 30
Told = Sequence[
    tuple[str, str]
]  # (instant of receipt as ISO text, address id) per tip, as resolved


@dataclass(frozen=True, slots=True)
class Score:
    """The first addresses of a ranking against the truth."""

    precision: float
    active_found: float
    wrong_homes: int
    depth: int


def score_ranking(ranked: Sequence[str], truth: dict[str, Any], *, depth: int = DEPTH) -> Score:
    """Return the share of the first `depth` addresses that are in use, the share of all flats in use found, and wrong homes.

    A ranking shorter than `depth` is not padded: precision is over the addresses it names.
    """
    first = list(dict.fromkeys(ranked))[:depth]
    active = set(truth["active"])
    found = sum(address in active for address in first)
    return Score(
        precision=found / len(first) if first else 0.0,
        active_found=found / len(active),
        wrong_homes=len(first) - found,
        depth=len(first),
    )


def rank_by_tips(told: Told) -> list[str]:
    """Return the addresses by number of tips, most first."""
    counts = Counter(address for _, address in told)
    return sorted(counts, key=lambda address: (-counts[address], address))


def rank_newest(told: Told) -> list[str]:
    """Return the addresses by their latest tip, newest first."""
    return list(dict.fromkeys(address for _, address in sorted(told, reverse=True)))


def rank_by_chance(addresses: Iterable[str], *, seed: int) -> list[str]:
    """Return the addresses in an order drawn from a seed."""
    known = sorted(set(addresses))
    return pick_some(chance(seed, "baseline"), known, len(known))
