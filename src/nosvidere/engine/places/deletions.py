"""Names within two edits, found through what is left when letters are taken away (SymSpell, Garbe 2012)."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

PREFIX_LENGTH = 10
"""Only the first letters are indexed; the whole name is compared afterwards."""
LEAST_LENGTHS = (4, 6)
"""From this length on one letter may be taken away, from that on two."""
MULTIPLIER = 0x01000193

Keys = npt.NDArray[np.uint32]


def deletions_for(length: int) -> int:
    """Return how many letters may be taken away from a name of this length."""
    return sum(length >= least for least in LEAST_LENGTHS)


@lru_cache(maxsize=64)
def _kept(length: int, deletions: int) -> tuple[npt.NDArray[np.int64], Keys]:
    """Return (places kept, weight of each), both of shape (ways, length), padded with weight 0."""
    rows, weights = [], []
    for gone in range(deletions + 1):
        for dropped in combinations(range(length), gone):
            kept = [place for place in range(length) if place not in dropped]
            power = [pow(MULTIPLIER, nth + 1, 1 << 32) for nth in range(len(kept))]
            rows.append(kept + [0] * gone)
            weights.append(power + [0] * gone)
    return np.array(rows, np.int64), np.array(weights, np.uint32)


def keys_of(name: str) -> Keys:
    """Return the hashes of what is left of one name's first letters."""
    codes = np.frombuffer(name[:PREFIX_LENGTH].encode("latin-1", "replace"), np.uint8).astype(
        np.uint32
    )
    kept, weights = _kept(len(codes), deletions_for(len(name)))
    return _spread((codes[kept] * weights).sum(axis=1, dtype=np.uint32))


def _spread(keys: Keys) -> Keys:
    mixed = (keys ^ (keys >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
    return mixed ^ (mixed >> np.uint32(12))


def all_keys(names: Sequence[str]) -> tuple[Keys, npt.NDArray[np.uint32]]:
    """Return (hashes, number of the name) of every name's deletions, in no order."""
    groups: dict[tuple[int, int], list[int]] = {}
    for place, name in enumerate(names):
        groups.setdefault((min(len(name), PREFIX_LENGTH), deletions_for(len(name))), []).append(
            place
        )
    keys, owners = [], []
    for (length, deletions), places in groups.items():
        kept, weights = _kept(length, deletions)
        text = "".join(names[place][:PREFIX_LENGTH] for place in places)
        codes = np.frombuffer(text.encode("latin-1", "replace"), np.uint8).reshape(-1, length)
        for way, weight in zip(kept, weights, strict=True):
            keys.append(_spread((codes[:, way] * weight).sum(axis=1, dtype=np.uint32)))
            owners.append(np.array(places, np.uint32))
    return np.concatenate(keys), np.concatenate(owners)


class Neighbours:
    """Finds the names that may lie within two edits of a written one."""

    def __init__(self, starts: npt.NDArray[np.uint32], owners: npt.NDArray[np.uint32]) -> None:
        """Take where each bucket starts (2^bits + 1) and the names in the buckets."""
        self.starts, self.owners = starts, owners
        self.shift = np.uint32(33 - (len(starts) - 1).bit_length())

    @classmethod
    def of(cls, names: Sequence[str]) -> "Neighbours":
        """Return the index over the names; a name is known by its place in the sequence."""
        keys, owners = (
            all_keys(names) if names else (np.zeros(0, np.uint32), np.zeros(0, np.uint32))
        )
        bits = max(4, len(keys).bit_length())
        buckets = keys >> np.uint32(32 - bits)
        order = np.argsort(buckets, kind="stable")
        starts = np.searchsorted(buckets[order], np.arange((1 << bits) + 1)).astype(np.uint32)
        return cls(starts, owners[order])

    def near(self, name: str) -> list[int]:
        """Return the places of names that share what is left after deletions, unverified."""
        buckets = (keys_of(name) >> self.shift).astype(np.intp)
        froms, tos = self.starts[buckets], self.starts[buckets + 1]
        filled = tos > froms
        parts = [
            self.owners[start:end]
            for start, end in zip(froms[filled].tolist(), tos[filled].tolist(), strict=True)
        ]
        return np.unique(np.concatenate(parts)).tolist() if parts else []
