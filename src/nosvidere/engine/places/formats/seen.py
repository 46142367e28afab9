"""Which identities a file has held so far, in eight bytes each."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Marks = npt.NDArray[np.int64]


class Seen:
    """Identities seen in earlier batches, as hashes in sorted runs; small runs are merged, so lookups stay few.

    Two identities share a hash once in some 10^19 pairs: among five million, one chance in a million.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.runs: list[Marks] = []

    def are_new(self, identities: Sequence[str]) -> list[bool]:
        """Say of each identity, in order, whether it comes for the first time, and remember them all."""
        if not identities:
            return []
        marks = np.fromiter(map(hash, identities), np.int64, len(identities))
        are_new = np.zeros(len(marks), bool)
        batch, firsts = np.unique(marks, return_index=True)
        are_new[firsts] = True
        for run in self.runs:
            are_new &= ~_held(run, marks)
        self._remember(batch)
        return [bool(is_new) for is_new in are_new]

    def _remember(self, batch: Marks) -> None:
        while self.runs and len(self.runs[-1]) <= len(batch):
            batch = np.union1d(self.runs.pop(), batch)
        self.runs.append(batch)


def _held(run: Marks, marks: Marks) -> npt.NDArray[np.bool_]:
    """Say of each mark whether the sorted run holds it."""
    places = np.minimum(np.searchsorted(run, marks), len(run) - 1)
    return np.asarray(run[places] == marks, bool)
