"""A file of ads in, a file of groups out."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import TextIO

import numpy as np

from nosvidere.engine.linkage.corpus import Corpus
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
) -> LinkReport:
    """Write `ad_id,text_group,organiser_group` per ad to `out` and bad rows to `rejected`.

    Both files appear whole or not at all. `place_of` gives the address id of a place text; without
    it the place is the keyed hash of its words. Raises UnusableFile as `read_ads` does.
    """
    refused: list[Rejected] = []
    hasher = Hasher(key)
    rows = read_ads(ads, today=today, rejected=refused.append, progress=progress)
    corpus = Corpus.joined(list(_minimised(rows, hasher, place_of or hasher.place)))
    found = group(corpus, settings=settings)
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
    rows: Iterator[AdRow], hasher: Hasher, place_of: Callable[[str], str]
) -> Iterator[Corpus]:
    """Yield the ads as keyed hashes, some thousands at a time, so that texts are soon forgotten."""
    while part := list(islice(rows, _ADS_AT_A_TIME)):
        yield _columns(part, hasher, place_of)


def _columns(rows: list[AdRow], hasher: Hasher, place_of: Callable[[str], str]) -> Corpus:
    readings = [read_text(row.text) for row in rows]
    words = Ragged.of(map(hasher.words, (reading.words for reading in readings)))
    return Corpus(
        list(map(attrgetter("ad_id"), rows)),
        list(map(attrgetter("seen_at"), rows)),
        list(map(attrgetter("source"), rows)),
        [row.place_text and place_of(row.place_text) for row in rows],
        Ragged.of(map(hasher.contacts, map(attrgetter("phone"), rows), readings)),
        words,
        hasher.shingles(words),
    )


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
