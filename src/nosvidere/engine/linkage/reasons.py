"""Every reason that holds one group of ads together, read from the store when someone asks."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from nosvidere.engine.linkage.evidence import (
    Edge,
    alike_edge,
    contact_edge,
    copy_edge,
    place_edge,
)
from nosvidere.engine.linkage.kept_ads import KeptAd, KeptAds
from nosvidere.engine.linkage.settings import LinkSettings
from nosvidere.engine.linkage.store import as_list, unpacked

_ALIKE = """
SELECT near.text, near.other, near.alike, one.source <> two.source, one.shingles, two.shingles
FROM near JOIN text one ON one.text = near.text JOIN text two ON two.text = near.other
WHERE near.text < near.other
  AND near.text IN (SELECT value FROM json_each(?)) AND near.other IN (SELECT value FROM json_each(?))
  AND (near.alike >= ? OR (one.own <> two.own AND one.source = two.source))"""
_ENOUGH = 5_000  # a phrase in more texts than this is common; how common is not counted further
_HELD = """
SELECT COUNT(DISTINCT source) FROM text WHERE text IN (SELECT text FROM posting WHERE shingle = ? LIMIT ?)"""


def reasons(
    base: sqlite3.Connection,
    ads: KeptAds,
    members: Sequence[KeptAd],
    *,
    quarantined: frozenset[int],
    settings: LinkSettings,
) -> tuple[Edge, ...]:
    """Return the edges between the members of a group: copies, alike texts, shared contacts and places."""
    edges = [
        *_copies(members),
        *_alike(base, members, settings),
        *_shared(base, ads, members, quarantined=quarantined, settings=settings),
    ]
    return tuple(sorted(edges, key=lambda edge: (edge.left, edge.right, edge.kind)))


def _first_by_text(members: Sequence[KeptAd]) -> dict[int, KeptAd]:
    first: dict[int, KeptAd] = {}
    for ad in members:
        if ad.text is not None:
            first.setdefault(ad.text, ad)
    return first


def _copies(members: Sequence[KeptAd]) -> Iterator[Edge]:
    first = _first_by_text(members)
    for ad in members:
        if ad.text is not None and first[ad.text] is not ad:
            yield copy_edge(first[ad.text].ad_id, ad.ad_id)


def _alike(
    base: sqlite3.Connection, members: Sequence[KeptAd], settings: LinkSettings
) -> Iterator[Edge]:
    first = _first_by_text(members)
    asked = as_list(first)
    rows = base.execute(_ALIKE, (asked, asked, settings.text_threshold)).fetchall()
    (sources,) = base.execute("SELECT COUNT(DISTINCT source) FROM text").fetchone()
    known: dict[int, int] = {}
    order = {ad.ad_id: at for at, ad in enumerate(members)}
    for text, other, alike, is_dotted, mine, theirs in rows:
        ends = sorted((first[text].ad_id, first[other].ad_id), key=order.__getitem__)
        held = _rarest(base, np.intersect1d(unpacked(mine), unpacked(theirs)).tolist(), known)
        yield alike_edge(*ends, alike=alike, is_dotted=bool(is_dotted), held=held, sources=sources)


def _rarest(base: sqlite3.Connection, shingles: Sequence[int], known: dict[int, int]) -> int:
    """Return in how many sources the rarest of some phrases stands."""
    for shingle in shingles:
        if shingle not in known:
            known[shingle] = base.execute(_HELD, (shingle, _ENOUGH)).fetchone()[0]
    return min(known[shingle] for shingle in shingles)


def _shared(
    base: sqlite3.Connection,
    ads: KeptAds,
    members: Sequence[KeptAd],
    *,
    quarantined: frozenset[int],
    settings: LinkSettings,
) -> Iterator[Edge]:
    first: dict[int, dict[int, KeptAd]] = {}
    for ad in members:
        for key in ad.ties():
            first.setdefault(key, {}).setdefault(ad.group, ad)
    shared = {key: list(found.values()) for key, found in first.items() if len(found) > 1}
    used = ads.use_of(shared)
    (all_texts,) = base.execute(
        "SELECT (SELECT COUNT(DISTINCT source) FROM text) + (SELECT COUNT(*) FROM ad WHERE text IS NULL)"
    ).fetchone()
    for key, found in sorted(shared.items()):
        for one, other in pairwise(found):
            ends = (one.ad_id, other.ad_id)
            if key < 0:
                is_crowded = used[key] > settings.crowded_place
                yield place_edge(*ends, count=used[key], out_of=all_texts, is_crowded=is_crowded)
            else:
                held = key in quarantined
                yield contact_edge(*ends, count=used[key], out_of=all_texts, is_quarantined=held)
