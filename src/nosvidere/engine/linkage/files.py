"""A file of ads in, a file of groups out."""

import csv
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from operator import attrgetter
from pathlib import Path
from typing import TextIO

import numpy as np

from nosvidere.engine.linkage.candidates import SetWork, on_duckdb
from nosvidere.engine.linkage.corpus import Corpus, Texts
from nosvidere.engine.linkage.found import Found
from nosvidere.engine.linkage.hashing import Hasher
from nosvidere.engine.linkage.linking import group, group_ids
from nosvidere.engine.linkage.normalise import read_text
from nosvidere.engine.linkage.ragged import Ragged
from nosvidere.engine.linkage.reading import AdRow, Rejected, read_ads
from nosvidere.engine.linkage.settings import DEFAULT, LinkSettings

_ADS_AT_A_TIME = 20_000


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What a run read and found; singles are groups of one and are not counted as groups."""

    ads: int
    rejected: int
    text_groups: int
    organiser_groups: int
    ads_grouped: int
    """Ads that stand with at least one other in an organiser group."""
    quarantined: int
    """Contacts used in so many unrelated texts that they tie nothing."""


def _nothing(_: int) -> None:
    """Tell nobody."""


def link_file(
    ads: Path,
    *,
    out: Path,
    rejected: Path | None = None,
    key: bytes,
    today: date,
    progress: Callable[[int], None] = _nothing,
    place_of: Callable[[str], str] | None = None,
    settings: LinkSettings = DEFAULT,
    run: SetWork = on_duckdb,
    workers: int = 1,
) -> LinkReport:
    """Write `ad_id,text_group,organiser_group` per ad to `out` and bad rows to `rejected`.

    Both files appear whole or not at all. `place_of` gives the address id of a place text; without
    it the place is the keyed hash of its words. `run` does the set work, here or on a cluster;
    `workers` above one hash in processes of their own. Raises UnusableFile as `read_ads` does.
    """
    refused: list[Rejected] = []
    rows = read_ads(ads, today=today, rejected=refused.append, progress=progress)
    with _Hashing(key, workers) as hashing:
        corpus = Corpus.joined(_minimised(rows, hashing, place_of))
    texts = Texts.of(corpus)
    corpus = corpus.without_words()
    found = group(corpus, settings=settings, run=run, texts=texts)
    _write(out, ("ad_id", "text_group", "organiser_group"), _groups_by_ad(corpus, found))
    if rejected is not None:
        _write(rejected, ("line", "reason", "row"), ((r.line, r.reason, r.row) for r in refused))
    return _report(found, rejected=len(refused))


def _groups_by_ad(corpus: Corpus, found: Found) -> Iterator[tuple[str, str, str]]:
    text_group = group_ids("t", corpus, found.text_group)
    organiser_group = group_ids("o", corpus, found.organiser_group)
    return zip(corpus.ad_ids, text_group, organiser_group, strict=True)


def _report(found: Found, *, rejected: int) -> LinkReport:
    organiser_size = np.bincount(found.organiser_group)
    return LinkReport(
        ads=len(found.text_group),
        rejected=rejected,
        text_groups=int((np.bincount(found.text_group) > 1).sum()),
        organiser_groups=int((organiser_size > 1).sum()),
        ads_grouped=int(organiser_size[organiser_size > 1].sum()),
        quarantined=int(found.ties.is_quarantined.sum()),
    )


def _minimised(
    rows: Iterator[AdRow], hashing: "_Hashing", place_of: Callable[[str], str] | None
) -> Iterator[Corpus]:
    """Yield the ads as keyed hashes, some thousands at a time, so that texts are soon forgotten."""
    begun: deque[tuple[list[AdRow], Future[_Hashed]]] = deque()
    while part := list(islice(rows, _ADS_AT_A_TIME)):
        begun.append((part, hashing.begin(part)))
        if len(begun) > hashing.ahead:
            yield _columns(*begun.popleft(), place_of)
    while begun:
        yield _columns(*begun.popleft(), place_of)


def _columns(
    rows: list[AdRow], hashed: "Future[_Hashed]", place_of: Callable[[str], str] | None
) -> Corpus:
    places, contacts, words, shingles = hashed.result()
    return Corpus(
        list(map(attrgetter("ad_id"), rows)),
        list(map(attrgetter("seen_at"), rows)),
        list(map(attrgetter("source"), rows)),
        [row.place_text and place_of(row.place_text) for row in rows] if place_of else places,
        contacts,
        words,
        shingles,
    )


_Hashed = tuple[list[str], Ragged, Ragged, Ragged]
"""Places, contacts, words and shingles of some ads."""


class _Hashing:
    """Hashes in this process, or in several beside it, which answer in the order they were asked."""

    def __init__(self, key: bytes, workers: int) -> None:
        self._key = key
        # Fresh processes: a forked one would inherit locks that DuckDB's threads may hold.
        self._pool = (
            ProcessPoolExecutor(workers, mp_context=get_context("spawn")) if workers > 1 else None
        )
        self.ahead = 2 * workers if workers > 1 else 0

    def begin(self, rows: list[AdRow]) -> "Future[_Hashed]":
        """Return the hashes to come of some ads."""
        asked = (
            self._key,
            [row.place_text for row in rows],
            [row.phone for row in rows],
            [row.text for row in rows],
        )
        if self._pool is not None:
            return self._pool.submit(_hashed, *asked)
        done: Future[_Hashed] = Future()
        done.set_result(_hashed(*asked))
        return done

    def __enter__(self) -> "_Hashing":
        return self

    def __exit__(self, *_: object) -> None:
        _hasher_of.cache_clear()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _hashed(key: bytes, places: list[str], phones: list[str], texts: list[str]) -> _Hashed:
    hasher = _hasher_of(key)
    readings = list(map(read_text, texts))
    words = Ragged.of(map(hasher.words, (reading.words for reading in readings)))
    return (
        [place and hasher.place(place) for place in places],
        Ragged.of(map(hasher.contacts, phones, readings)),
        words,
        hasher.shingles(words),
    )


@lru_cache(maxsize=1)
def _hasher_of(key: bytes) -> Hasher:
    """Return the hasher of a run, which knows the words it has met."""
    return Hasher(key)


def _write(path: Path, header: Sequence[str], rows: Iterator[Sequence[object]]) -> None:
    with _whole(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


@contextmanager
def _whole(path: Path) -> Iterator[TextIO]:
    """Open a file beside `path` that takes its place when it is complete, and is gone otherwise."""
    half = path.with_name(f".{path.name}.part")
    try:
        with half.open("w", encoding="utf-8", newline="") as file:
            yield file
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
