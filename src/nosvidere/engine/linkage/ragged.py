"""Rows of unequal length kept as one flat array: the shape of ads' words, shingles and contacts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ragged:
    """`values` of all rows after each other; row i ends before `ends[i]`."""

    values: Ints
    ends: Ints

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> "Ragged":
        """Return the rows as one flat array."""
        held = [np.asarray(row, dtype=np.int64) for row in rows]
        lengths = np.asarray([len(row) for row in held], dtype=np.int64)
        flat = np.concatenate(held) if held else np.empty(0, dtype=np.int64)
        return cls(flat, np.cumsum(lengths))

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
        shift = np.repeat(starts - (ends - lengths), lengths)
        return Ragged(self.values[np.arange(len(shift), dtype=np.int64) + shift], ends)

    def totals(self, of_value: NDArray[np.generic]) -> NDArray[np.generic]:
        """Return the sum of `of_value` (one per value) in each row; an empty row sums to zero."""
        running = np.concatenate([np.zeros(1, dtype=of_value.dtype), np.cumsum(of_value)])
        return np.asarray(running[self.ends] - running[self.ends - self.lengths()])


def distinct(values: Ints) -> Ints:
    """Return the sorted distinct values (by sorting: numpy's hashing way is ten times slower here)."""
    ordered = np.sort(values)
    if not len(ordered):
        return ordered
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])]
