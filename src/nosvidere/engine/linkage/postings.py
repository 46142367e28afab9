"""Which texts stand near a text in the lists of its phrases: the batch's candidate rule, asked for one text at a time."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from nosvidere.engine.linkage.ragged import Ints
from nosvidere.engine.linkage.store import as_list, unpacked

TWO_SHARED = 2
Pair = tuple[int, int]
_BESIDE = """
SELECT s.value,
  (SELECT p.text FROM posting p WHERE p.shingle = s.value ORDER BY p.text LIMIT 1),
  (SELECT p.text FROM posting p WHERE p.shingle = s.value AND p.text < :text ORDER BY p.text DESC LIMIT 1),
  (SELECT p.text FROM posting p WHERE p.shingle = s.value AND p.text < :text ORDER BY p.text DESC LIMIT 1 OFFSET 1),
  (SELECT p.text FROM posting p WHERE p.shingle = s.value AND p.text > :text ORDER BY p.text LIMIT 1),
  (SELECT p.text FROM posting p WHERE p.shingle = s.value AND p.text > :text ORDER BY p.text LIMIT 1 OFFSET 1),
  (SELECT p.text FROM posting p WHERE p.shingle = s.value ORDER BY p.text LIMIT 1 OFFSET :rare)
FROM json_each(:shingles) s
"""
_AFTER = "SELECT text FROM posting WHERE shingle = ? AND text > ?"


@dataclass(frozen=True, slots=True)
class Beside:
    """Where a text stands in the list of one phrase; None where nothing stands."""

    shingle: int
    leader: int
    before: int | None
    two_before: int | None
    after: int | None
    two_after: int | None
    beyond_rare: int | None
    """The text that makes the list too long for a rare phrase."""

    def meets(self, text: int) -> Iterator[int]:
        """Yield the texts beside this one in the list; a leader meets all, which the list itself must say."""
        near = (self.leader, self.before, self.two_before, self.after, self.two_after)
        return iter({other for other in near if other is not None and other != text})

    def parted(self) -> Iterator[Pair]:
        """Yield the pairs that meet in the list only when the text between them is not there."""
        if self.two_before is not None and self.after is not None:
            yield self.two_before, self.after
        if self.before is not None and self.two_after is not None:
            yield self.before, self.two_after


class Postings:
    """The lists of all phrases."""

    def __init__(self, base: sqlite3.Connection, *, rare: int) -> None:
        """Read and write the lists in `base`; a phrase in at most `rare` texts is a rare one."""
        self._base = base
        self._rare = rare

    def insert(self, text: int, shingles: Ints) -> None:
        """Enter a text in the lists of its phrases."""
        self._base.executemany(
            "INSERT INTO posting VALUES (?, ?)", ((s, text) for s in shingles.tolist())
        )

    def delete(self, text: int, shingles: Ints) -> None:
        """Take a text out of the lists of its phrases."""
        self._base.executemany(
            "DELETE FROM posting WHERE shingle = ? AND text = ?",
            ((s, text) for s in shingles.tolist()),
        )

    def beside(self, text: int, shingles: Ints) -> list[Beside]:
        """Return where a text stands, or would stand, in each list."""
        asked = {"text": text, "shingles": as_list(shingles.tolist()), "rare": self._rare}
        return [Beside(*row) for row in self._base.execute(_BESIDE, asked)]

    def partners(self, text: int, lists: Iterable[Beside]) -> set[int]:
        """Return the texts that a text in these lists is to be compared with."""
        met: Counter[int] = Counter()
        rare: set[int] = set()
        for one in lists:
            if one.leader == text:
                others = {row[0] for row in self._base.execute(_AFTER, (one.shingle, text))}
            else:
                others = set(one.meets(text))
            met.update(others)
            if one.beyond_rare is None:
                rare |= others
        return rare | {other for other, times in met.items() if times >= TWO_SHARED}

    def are_partners(self, lower: int, upper: int) -> bool:
        """Say whether two texts, the lower id first, are to be compared."""
        both = np.intersect1d(self.shingles(lower), self.shingles(upper))
        times = 0
        for one in self.beside(upper, both):
            if lower in (one.leader, one.before, one.two_before):
                times += TWO_SHARED if one.beyond_rare is None else 1
        return times >= TWO_SHARED

    def shaken(self, text: int, lists: Iterable[Beside]) -> tuple[set[Pair], set[int]]:
        """Return the pairs, and the texts with all their pairs, that the coming or going of a text may change.

        `lists` are those with the text in them. It may stand between two others, lead a list in
        another's stead, or make a phrase too common to be enough on its own.
        """
        pairs: set[Pair] = set()
        leaders: set[int] = set()
        for one in lists:
            pairs.update(one.parted())
            if one.leader == text and one.two_after is not None and one.after is not None:
                leaders.add(one.after)
            if one.beyond_rare is not None:
                pairs.update(self._at_the_limit(one.shingle, text))
        return pairs, leaders

    def _at_the_limit(self, shingle: int, text: int) -> Iterator[Pair]:
        """Yield the pairs of the others in a list that is one too long for a rare phrase."""
        listed = "SELECT text FROM posting WHERE shingle = ? ORDER BY text LIMIT ?"
        held = [row[0] for row in self._base.execute(listed, (shingle, self._rare + 2))]
        if len(held) == self._rare + 1:
            yield from combinations((other for other in held if other != text), 2)

    def shingles(self, text: int) -> Ints:
        """Return the phrases of a text."""
        found = self._base.execute("SELECT shingles FROM text WHERE text = ?", (text,)).fetchone()
        return unpacked(found[0])
