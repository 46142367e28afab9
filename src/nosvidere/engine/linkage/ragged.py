"""Rows of unequal length kept as one flat array: the shape of ads' words, shingles and contacts."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Unsigned = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Ragged:
    """`values` of all rows after each other; row i ends before `ends[i]`."""

    values: Ints
    ends: Ints

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> "Ragged":
        """Return the rows as one flat array."""
        flat, ends = array("q"), array("q")
        for row in rows:
            flat.extend(row)
            ends.append(len(flat))
        return cls(np.asarray(flat, dtype=np.int64), np.asarray(ends, dtype=np.int64))

    @classmethod
    def joined(cls, parts: Sequence["Ragged"]) -> "Ragged":
        """Return the rows of all parts, in order."""
        if not parts:
            return cls.of([])
        offsets = np.cumsum([0, *(len(part.values) for part in parts[:-1])])
        ends = [part.ends + offset for part, offset in zip(parts, offsets, strict=True)]
        return cls(np.concatenate([part.values for part in parts]), np.concatenate(ends))

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.ends)

    def lengths(self) -> Ints:
        """Return how many values each row has."""
        return np.diff(self.ends, prepend=0)

    def owners(self) -> Ints:
        """Return, for each value, the row it stands in."""
        return np.repeat(np.arange(len(self), dtype=np.int64), self.lengths())

    def row(self, number: int) -> Ints:
        """Return the values of one row."""
        start = self.ends[number - 1] if number else 0
        return self.values[start : self.ends[number]]

    def take(self, rows: Ints) -> "Ragged":
        """Return the chosen rows, in the chosen order."""
        lengths = self.lengths()[rows]
        ends = np.cumsum(lengths)
        starts = (self.ends - self.lengths())[rows]
        at = np.repeat(starts - (ends - lengths), lengths)
        at += np.arange(len(at), dtype=np.int64)
        return Ragged(self.values[at], ends)

    def totals(self, of_value: Unsigned) -> Unsigned:
        """Return the sum of `of_value` (one per value) in each row, wrapped at 64 bits."""
        running: Unsigned = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(of_value)])
        sums: Unsigned = running[self.ends] - running[self.ends - self.lengths()]
        return sums


def distinct(values: Ints) -> Ints:
    """Return the sorted distinct values (by sorting: numpy's hashing way is ten times slower here)."""
    ordered = np.sort(values)
    is_new = np.ones(len(ordered), dtype=bool)
    is_new[1:] = ordered[1:] != ordered[:-1]
    return np.asarray(ordered[is_new], dtype=np.int64)
