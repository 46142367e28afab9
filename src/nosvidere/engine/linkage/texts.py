"""The distinct texts between two batches: one comes, one goes, and the pairs near it follow as the batch would have them."""

import sqlite3
from collections.abc import Iterable, Sequence

import numpy as np

from nosvidere.engine.linkage.background import Background
from nosvidere.engine.linkage.hands import hope
from nosvidere.engine.linkage.postings import Pair, Postings
from nosvidere.engine.linkage.ragged import Floats, Ints, Ragged
from nosvidere.engine.linkage.settings import LinkSettings
from nosvidere.engine.linkage.store import as_list, rows_of, unpacked


class KeptTexts:
    """The texts in a store with their lists and the pairs that are near."""

    def __init__(self, base: sqlite3.Connection, settings: LinkSettings) -> None:
        """Read and write the texts in `base`."""
        self._base = base
        self._settings = settings
        self.postings = Postings(base, rare=settings.rare_phrase)

    def rest(self) -> float:
        """Return the weight of a word that the background does not have."""
        found = self._base.execute("SELECT amount FROM setting WHERE name = 'rest'").fetchone()
        return float(found[0])

    def background(self) -> Background:
        """Return the weights that the texts are compared by."""
        rows = self._base.execute("SELECT word, weight FROM word ORDER BY word").fetchall()
        amount = "SELECT amount FROM setting WHERE name = 'sources'"
        return Background(
            np.asarray([row[0] for row in rows], dtype=np.int64),
            np.asarray([row[1] for row in rows], dtype=np.float64),
            self.rest(),
            int(self._base.execute(amount).fetchone()[0]),
        )

    def weigh(self, words: Ints) -> Floats:
        """Return the weight of each of the sorted distinct words."""
        found = np.full(len(words), self.rest())
        asked = "SELECT word, weight FROM word WHERE word IN (SELECT value FROM json_each(?))"
        known = self._base.execute(asked, (as_list(words.tolist()),)).fetchall()
        if known:
            at = np.searchsorted(words, np.asarray([row[0] for row in known], dtype=np.int64))
            found[at] = [row[1] for row in known]
        return found

    def holds(self, text: int) -> bool:
        """Say whether a text is here."""
        found = self._base.execute("SELECT 1 FROM text WHERE text = ?", (text,))
        return found.fetchone() is not None

    def add(self, text: int, words: bytes, shingles: bytes) -> set[int]:
        """Take a new text in; return the texts whose pairs changed, itself among them."""
        whole = float(self.weigh(unpacked(words)).sum())
        row = (text, words, shingles, whole, text, text)
        self._base.execute("INSERT INTO text VALUES (?, ?, ?, ?, ?, ?)", row)
        self._count_words(unpacked(words), 1)
        phrases = unpacked(shingles)
        self.postings.insert(text, phrases)
        lists = self.postings.beside(text, phrases)
        touched = self._refresh(text, self.postings.partners(text, lists)) | {text}
        pairs, leaders = self.postings.shaken(text, lists)
        return touched | self._shake(pairs, leaders)

    def remove(self, text: int) -> set[int]:
        """Let a text go, with its words in the background that no other text has; return the texts whose pairs changed."""
        phrases = self.postings.shingles(text)
        lists = self.postings.beside(text, phrases)
        pairs, leaders = self.postings.shaken(text, lists)
        touched = set(self.near([text])[1].tolist())
        self.postings.delete(text, phrases)
        self._forget((text, other) for other in touched)
        words = unpacked(self._words([text])[0])
        self._base.execute("DELETE FROM text WHERE text = ?", (text,))
        self._count_words(words, -1)
        return touched | self._shake(pairs, leaders)

    def _count_words(self, words: Ints, by: int) -> None:
        asked = as_list(words.tolist())
        self._base.execute(
            "UPDATE word SET texts = texts + ? WHERE word IN (SELECT value FROM json_each(?))",
            (by, asked),
        )
        if by < 0:
            gone = "DELETE FROM word WHERE texts <= 0 AND word IN (SELECT value FROM json_each(?))"
            self._base.execute(gone, (asked,))

    def _shake(self, pairs: set[Pair], leaders: set[int]) -> set[int]:
        """Look at what the coming or going of a text may have changed; return the texts whose pairs did."""
        touched: set[int] = set()
        for leader in leaders:
            lists = self.postings.beside(leader, self.postings.shingles(leader))
            touched |= self._refresh(leader, self.postings.partners(leader, lists))
        for lower, upper in pairs:
            if lower not in leaders and upper not in leaders and self._recheck(lower, upper):
                touched |= {lower, upper}
        return touched

    def _refresh(self, text: int, partners: set[int]) -> set[int]:
        """Keep the pairs of a text as its partners are now; return those whose pairs changed."""
        known = set(self.near([text])[1].tolist())
        gone = known - partners
        self._forget((text, other) for other in gone)
        come = self._keep_near(text, sorted(partners - known))
        return gone | come | ({text} if gone or come else set())

    def _recheck(self, lower: int, upper: int) -> bool:
        """Keep or forget one pair as it is now; say whether that changed anything."""
        asked = "SELECT 1 FROM near WHERE text = ? AND other = ?"
        is_known = self._base.execute(asked, (lower, upper)).fetchone() is not None
        is_partner = self.postings.are_partners(lower, upper)
        if is_known and not is_partner:
            self._forget([(lower, upper)])
            return True
        return not is_known and is_partner and bool(self._keep_near(lower, [upper]))

    def _forget(self, pairs: Iterable[Pair]) -> None:
        both = [way for one, other in pairs for way in ((one, other), (other, one))]
        self._base.executemany("DELETE FROM near WHERE text = ? AND other = ?", both)

    def _keep_near(self, text: int, others: Sequence[int]) -> set[int]:
        """Compare a text with others; keep and return those that are near."""
        if not others:
            return set()
        words = unpacked(self._words([text])[0])
        alike, is_near = self._compared(words, others)
        found = [
            (other, value)
            for other, value, near in zip(others, alike, is_near, strict=True)
            if near
        ]
        rows = [
            row for other, value in found for row in ((text, other, value), (other, text, value))
        ]
        self._base.executemany("INSERT INTO near VALUES (?, ?, ?)", rows)
        return {other for other, _ in found}

    def _compared(self, words: Ints, others: Sequence[int]) -> tuple[list[float], list[bool]]:
        """Return the weighted likeness of some words to each text, and whether the pair is near."""
        asked = "SELECT words, whole FROM text WHERE text IN (SELECT value FROM json_each(?)) ORDER BY text"
        rows = self._base.execute(asked, (as_list(others),)).fetchall()
        held = rows_of([row[0] for row in rows])
        weights = self.weigh(words)
        at = np.minimum(np.searchsorted(words, held.values), len(words) - 1)
        is_shared = words[at] == held.values
        owner = held.owners()[is_shared]
        shared = np.bincount(owner, minlength=len(held))
        weighed = np.bincount(owner, weights=weights[at[is_shared]], minlength=len(held))
        plain = shared / (len(words) + held.lengths() - shared)
        whole = weights.sum() + np.asarray([row[1] for row in rows]) - weighed
        alike = weighed / np.where(whole > 0, whole, 1.0)
        least = hope(self._settings)
        return alike.tolist(), ((plain >= least) & (alike >= least)).tolist()

    def _words(self, texts: Sequence[int]) -> list[bytes]:
        asked = (
            "SELECT words FROM text WHERE text IN (SELECT value FROM json_each(?)) ORDER BY text"
        )
        return [row[0] for row in self._base.execute(asked, (as_list(texts),))]

    def words(self, texts: Sequence[int]) -> Ragged:
        """Return the words of some texts, in the order of their ids."""
        return rows_of(self._words(texts))

    def near(self, texts: Iterable[int]) -> tuple[Ints, Ints, Floats]:
        """Return the near pairs of some texts as text, other and likeness."""
        asked = (
            "SELECT text, other, alike FROM near WHERE text IN (SELECT value FROM json_each(?))"
        )
        rows = self._base.execute(asked, (as_list(texts),)).fetchall()
        text, other, alike = zip(*rows, strict=True) if rows else ((), (), ())
        return (
            np.asarray(text, dtype=np.int64),
            np.asarray(other, dtype=np.int64),
            np.asarray(alike, dtype=np.float64),
        )
