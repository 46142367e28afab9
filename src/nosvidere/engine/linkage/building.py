"""A batch over all ads written down as the store that later ads are added to."""

import secrets
import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from nosvidere.engine.linkage.background import Background
from nosvidere.engine.linkage.corpus import Corpus
from nosvidere.engine.linkage.found import Found
from nosvidere.engine.linkage.linking import group, group_ids
from nosvidere.engine.linkage.ragged import Ints, Ragged
from nosvidere.engine.linkage.settings import LinkSettings
from nosvidere.engine.linkage.store import opened, packed, place_key

_AT_A_TIME = 500_000


def build_store(
    path: Path, corpus: Corpus, *, settings: LinkSettings, background: Background | None
) -> None:
    """Group all ads and write the store; it has its name only when it is complete."""
    found = group(corpus, settings=settings, background=background)
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        base = opened(half)
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("BEGIN")
        _write(base, corpus, found, settings)
        base.execute("COMMIT")
        base.close()
        for beside in ("-wal", "-shm"):
            path.with_name(path.name + beside).unlink(missing_ok=True)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def _write(base: sqlite3.Connection, corpus: Corpus, found: Found, settings: LinkSettings) -> None:
    kept = [("rest", found.background.rest), ("sources", found.background.sources)]
    base.executemany("INSERT INTO setting VALUES (?, ?)", kept)
    base.executemany("INSERT INTO word VALUES (?, ?, ?)", _words(found))
    base.executemany("INSERT INTO text VALUES (?, ?, ?, ?, ?, ?)", _texts(found))
    _write_postings(base, found.texts.shingles.values, _owners(found))
    _write_near(base, found)
    base.executemany("INSERT INTO ad VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _ads(corpus, found))
    base.executemany("INSERT OR IGNORE INTO ad_key VALUES (?, ?)", _keys(corpus))
    base.executemany(
        "INSERT INTO large VALUES (?, ?, ?, ?, ?)",
        _large(corpus, found, settings.contact_limit),
    )


def _words(found: Found) -> Iterator[tuple[int, float, int]]:
    """Yield each word of the background with its weight and how many texts have it now."""
    texts = np.bincount(found.texts.words.indices, minlength=len(found.texts.word_hashes))
    words = found.background.words
    held = np.zeros(len(words), dtype=np.int64)
    is_here = np.isin(words, found.texts.word_hashes)
    held[is_here] = texts[np.searchsorted(found.texts.word_hashes, words[is_here])]
    return zip(words.tolist(), found.background.weights.tolist(), held.tolist(), strict=True)


def _texts(found: Found) -> Iterator[tuple[int, bytes, bytes, float, int, int]]:
    texts = found.texts
    hashes = texts.word_hashes[texts.words.indices]
    weights = np.append(found.background.weigh(texts.word_hashes)[texts.words.indices], 0.0)
    starts = texts.words.indptr.tolist()
    whole = np.add.reduceat(weights, starts[:-1]).tolist() if len(texts) else []
    own, source = _lowest(texts.ids, found.own), _lowest(texts.ids, found.source)
    for at, (start, stop) in enumerate(pairwise(starts)):
        yield (
            int(texts.ids[at]),
            hashes[start:stop].tobytes(),
            packed(texts.shingles.row(at)),
            whole[at],
            int(own[at]),
            int(source[at]),
        )


def _lowest(ids: Ints, groups: Ints) -> Ints:
    """Return the lowest id of each text's group."""
    return np.asarray(ids[np.unique(groups, return_index=True)[1]][groups], dtype=np.int64)


def _owners(found: Found) -> Ints:
    return np.asarray(found.texts.ids[found.texts.shingles.owners()], dtype=np.int64)


def _write_postings(base: sqlite3.Connection, key: Ints, text: Ints) -> None:
    """Write pairs of numbers in order, each once, so that the file grows at its end alone."""
    order = np.lexsort((text, key))
    for start in range(0, len(order), _AT_A_TIME):
        part = order[start : start + _AT_A_TIME]
        rows = zip(key[part].tolist(), text[part].tolist(), strict=True)
        base.executemany("INSERT OR IGNORE INTO posting VALUES (?, ?)", rows)


def _write_near(base: sqlite3.Connection, found: Found) -> None:
    pairs, ids = found.near.pairs, found.texts.ids
    text = np.concatenate([pairs.left, pairs.right])
    other = np.concatenate([pairs.right, pairs.left])
    alike = np.concatenate([found.near.alike, found.near.alike])
    order = np.lexsort((other, text))
    for start in range(0, len(order), _AT_A_TIME):
        part = order[start : start + _AT_A_TIME]
        columns = (ids[text[part]].tolist(), ids[other[part]].tolist(), alike[part].tolist())
        base.executemany("INSERT INTO near VALUES (?, ?, ?)", zip(*columns, strict=True))


def _ads(corpus: Corpus, found: Found) -> Iterator[tuple[object, ...]]:
    text_group = group_ids("t", corpus, found.text_group)
    organiser_group = group_ids("o", corpus, found.organiser_group)
    of_ad, ids = found.texts.of_ad.tolist(), found.texts.ids.tolist()
    for at, ad_id in enumerate(corpus.ad_ids):
        yield (
            at + 1,
            ad_id,
            corpus.seen_at[at],
            ids[of_ad[at]] if of_ad[at] >= 0 else None,
            packed(corpus.contacts.row(at)),
            place_key(corpus.places[at]) if corpus.places[at] else None,
            text_group[at],
            organiser_group[at],
        )


def _keys(corpus: Corpus) -> list[tuple[int, int]]:
    owners = (corpus.contacts.owners() + 1).tolist()
    keys = list(zip(corpus.contacts.values.tolist(), owners, strict=True))
    keys += [(place_key(place), at + 1) for at, place in enumerate(corpus.places) if place]
    return sorted(keys)


def _large(
    corpus: Corpus, found: Found, limit: int
) -> Iterator[tuple[int, int, int, bool, float]]:
    contacts, ads = np.unique(_distinct(corpus.contacts), return_counts=True)
    many = ads > limit
    at = np.searchsorted(found.ties.contact_hashes, contacts[many])
    return zip(
        contacts[many].tolist(),
        ads[many].tolist(),
        found.ties.contacts.groups_with()[at].tolist() if len(at) else [],
        found.ties.is_quarantined[at].tolist(),
        found.ties.margin[at].tolist(),
        strict=True,
    )


def _distinct(rows: Ragged) -> Ints:
    """Return each value once for each row that has it."""
    order = np.lexsort((rows.values, rows.owners()))
    values, owners = rows.values[order], rows.owners()[order]
    is_new = np.ones(len(values), dtype=bool)
    is_new[1:] = (values[1:] != values[:-1]) | (owners[1:] != owners[:-1])
    return np.asarray(values[is_new], dtype=np.int64)
