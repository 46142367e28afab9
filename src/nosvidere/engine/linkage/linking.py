"""Records → text groups and organiser groups, with every edge that made them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nosvidere.engine.linkage.background import Background
from nosvidere.engine.linkage.candidates import SetWork, candidates, on_duckdb
from nosvidere.engine.linkage.clusters import joined, renumbered
from nosvidere.engine.linkage.corpus import Corpus, Texts
from nosvidere.engine.linkage.evidence import Edge, edges_of
from nosvidere.engine.linkage.found import Found
from nosvidere.engine.linkage.hands import Near, hands_of, hope
from nosvidere.engine.linkage.hashing import AdRecord
from nosvidere.engine.linkage.organisers import organisers, ties_of
from nosvidere.engine.linkage.ragged import Ints
from nosvidere.engine.linkage.settings import DEFAULT, LinkSettings
from nosvidere.engine.linkage.similarity import likeness


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which ads share a text and which share a hand, and why."""

    text_group: dict[str, str]
    """Group id of each ad; the id is drawn from the group's first ad, so it stays when ads are added."""
    organiser_group: dict[str, str]
    edges: tuple[Edge, ...]
    quarantined: frozenset[int]
    """Hashes of contacts used in so many unrelated texts that they tie nothing."""


def link(
    records: Sequence[AdRecord],
    *,
    settings: LinkSettings = DEFAULT,
    background: Background | None = None,
) -> Grouping:
    """Return the groups of the ads; the same whatever order the records come in."""
    corpus = Corpus.of(records)
    found = group(corpus, settings=settings, background=background)
    text_group = group_ids("t", corpus, found.text_group)
    organiser_group = group_ids("o", corpus, found.organiser_group)
    return Grouping(
        text_group=dict(zip(corpus.ad_ids, text_group, strict=True)),
        organiser_group=dict(zip(corpus.ad_ids, organiser_group, strict=True)),
        edges=edges_of(corpus, found),
        quarantined=frozenset(found.ties.contact_hashes[found.ties.is_quarantined].tolist()),
    )


def group(
    corpus: Corpus,
    *,
    settings: LinkSettings = DEFAULT,
    background: Background | None = None,
    run: SetWork = on_duckdb,
    texts: Texts | None = None,
) -> Found:
    """Return everything found about a sorted corpus, as arrays; without a background, the corpus is its own.

    `texts` are those of the corpus when they are known; its words and shingles are then not asked for.
    """
    texts = Texts.of(corpus) if texts is None else texts
    pairs = candidates(texts.shingles, rare=settings.rare_phrase, run=run)
    plainly = likeness(texts, pairs, np.ones(texts.words.shape[1]))
    if background is None:
        alike = pairs.where(plainly >= settings.text_threshold * settings.sure_factor)
        background = Background.of(texts, joined(len(texts), alike), settings)
    hopeful = pairs.where(plainly >= hope(settings))
    weights = background.weigh(texts.word_hashes)
    weighed = likeness(texts, hopeful, weights)
    is_near = weighed >= hope(settings)
    near = Near(hopeful.where(is_near), weighed[is_near])
    hands = hands_of(texts, near, weights, settings)
    text_group = _of_ads(texts, hands.source)
    ties = ties_of(corpus, text_group, settings)
    return Found(
        texts=texts,
        background=background,
        near=near,
        own=hands.own,
        source=hands.source,
        edges=near.pairs.where(hands.is_shown),
        likeness=near.alike[hands.is_shown],
        is_dotted=hands.is_apart[hands.is_shown],
        text_group=text_group,
        organiser_group=organisers(text_group, ties),
        ties=ties,
        crowded_place=settings.crowded_place,
    )


def _of_ads(texts: Texts, source: Ints) -> Ints:
    """Return the text group of each ad; an ad without words is a group of its own."""
    groups = np.arange(len(texts.of_ad), dtype=np.int64) + len(texts)
    has_text = texts.of_ad >= 0
    groups[has_text] = source[texts.of_ad[has_text]]
    return renumbered(groups)


def group_ids(prefix: str, corpus: Corpus, groups: Ints) -> list[str]:
    """Return the group id of each ad: the prefix and 64 bits drawn from the group's first ad."""
    first = np.unique(groups, return_index=True)[1]
    names = [f"{prefix}{drawn(corpus.ad_ids[at])}" for at in first]
    return [names[at] for at in groups]


def drawn(ad_id: str) -> str:
    """Return the 64 bits that name a group by its first ad."""
    return hashlib.blake2b(ad_id.encode(), digest_size=8, person=b"linkage group").hexdigest()
