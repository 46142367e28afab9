"""All ads of a run side by side, in one order that does not depend on how they came in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np
from scipy.sparse import csr_array

from nosvidere.engine.linkage.hashing import AdRecord
from nosvidere.engine.linkage.ragged import Floats, Ints, Ragged, Unsigned, distinct

_STIR = np.uint64(0x9E3779B97F4A7C15)  # splitmix64's constant (Steele, Lea and Flood 2014)


@dataclass(frozen=True, slots=True)
class Corpus:
    """The records as columns; row i of each column is the same ad."""

    ad_ids: list[str]
    seen_at: list[str]
    sources: list[str]
    places: list[str]
    contacts: Ragged
    words: Ragged
    shingles: Ragged

    @classmethod
    def of(cls, records: Sequence[AdRecord]) -> "Corpus":
        """Return the records as columns, sorted by the day they were seen and their id."""
        whole = cls(
            [record.ad_id for record in records],
            [record.seen_at for record in records],
            [record.source for record in records],
            [record.place for record in records],
            Ragged.of(record.contacts for record in records),
            Ragged.of(record.words for record in records),
            Ragged.of(record.shingles for record in records),
        )
        return whole.sorted()

    @classmethod
    def joined(cls, coming: Iterable["Corpus"]) -> "Corpus":
        """Return all parts as one, sorted; the parts are let go of as soon as they are joined."""
        parts = list(coming)
        whole = cls(
            list(chain.from_iterable(part.ad_ids for part in parts)),
            list(chain.from_iterable(part.seen_at for part in parts)),
            list(chain.from_iterable(part.sources for part in parts)),
            list(chain.from_iterable(part.places for part in parts)),
            Ragged.joined([part.contacts for part in parts]),
            Ragged.joined([part.words for part in parts]),
            Ragged.joined([part.shingles for part in parts]),
        )
        parts.clear()
        return whole.sorted()

    def sorted(self) -> "Corpus":
        """Return the same ads in order of day and id; raise ValueError when an id comes twice."""
        if len(set(self.ad_ids)) != len(self.ad_ids):
            msg = "samma ad_id förekommer två gånger"
            raise ValueError(msg)
        keys = list(zip(self.seen_at, self.ad_ids, strict=True))
        order = sorted(range(len(keys)), key=keys.__getitem__)
        rows = np.asarray(order, dtype=np.int64)
        return Corpus(
            [self.ad_ids[at] for at in order],
            [self.seen_at[at] for at in order],
            [self.sources[at] for at in order],
            [self.places[at] for at in order],
            self.contacts.take(rows),
            self.words.take(rows),
            self.shingles.take(rows),
        )

    def without_words(self) -> "Corpus":
        """Return the same ads without words and shingles: of a million ads they are most of the memory."""
        nothing = Ragged.of([])
        return replace(self, words=nothing, shingles=nothing)

    def __len__(self) -> int:
        """Return the number of ads."""
        return len(self.ad_ids)


@dataclass(frozen=True, slots=True)
class Texts:
    """The distinct texts in the order of their ids; word for word copies are one text with several ads."""

    ids: Ints
    """63 bits drawn from the words and phrases of the text alone, so that no other ad moves it in the order."""
    of_ad: Ints
    """Text number of each ad, -1 for an ad without words."""
    first_ad: Ints
    words: csr_array = field(repr=False)
    """Texts by words, 1.0 where the word stands in the text."""
    word_hashes: Ints
    shingles: Ragged

    @classmethod
    def of(cls, corpus: Corpus) -> "Texts":
        """Return the distinct texts of the ads."""
        signature = text_ids(corpus.words, corpus.shingles)
        written = np.flatnonzero(corpus.words.lengths() > 0)
        ids, first, inverse = np.unique(signature[written], return_index=True, return_inverse=True)
        of_ad = np.full(len(corpus), -1, dtype=np.int64)
        of_ad[written] = inverse
        first_ad = written[first]
        matrix, hashes = _matrix(corpus.words.take(first_ad))
        return cls(ids, of_ad, first_ad, matrix, hashes, corpus.shingles.take(first_ad))

    @classmethod
    def of_words(cls, ids: Ints, words: Ragged) -> "Texts":
        """Return some texts, sorted by id, of which only the words are asked for."""
        matrix, hashes = _matrix(words)
        numbers = np.arange(len(ids), dtype=np.int64)
        return cls(ids, numbers, numbers, matrix, hashes, Ragged.of([] for _ in ids))

    def __len__(self) -> int:
        """Return the number of distinct texts."""
        return len(self.first_ad)


def text_ids(words: Ragged, shingles: Ragged) -> Ints:
    """Return the id of each text: equal for texts with the same words and phrases."""
    whole = _signature(words) + _signature(shingles) * _STIR
    stirred = (whole ^ (whole >> np.uint64(31))) * _STIR
    return np.asarray(stirred >> np.uint64(1), dtype=np.int64)


def _signature(rows: Ragged) -> Unsigned:
    """Return a number that is equal for rows with the same values, whatever their order."""
    values = rows.values.astype(np.uint64)
    stirred = (values ^ (values >> np.uint64(29))) * _STIR
    return rows.totals(stirred ^ (stirred >> np.uint64(32)))


def _matrix(words: Ragged) -> tuple[csr_array, Ints]:
    hashes = distinct(words.values)
    columns = np.searchsorted(hashes, words.values)
    cells = distinct(words.owners() * len(hashes) + columns)
    rows, held = np.divmod(cells, max(len(hashes), 1))
    starts = np.searchsorted(rows, np.arange(len(words) + 1))
    ones: Floats = np.ones(len(held))
    shape = (len(words), len(hashes))
    return csr_array((ones, held.astype(np.int32), starts.astype(np.int32)), shape=shape), hashes
