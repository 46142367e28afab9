"""Records → text groups and organiser groups, with every edge that made them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nosvidere.engine.linkage.candidates import Pairs, candidates
from nosvidere.engine.linkage.clusters import (
    joined,
    renumbered,
    without_bridges,
)
from nosvidere.engine.linkage.corpus import Corpus, Texts
from nosvidere.engine.linkage.evidence import Edge, edges_of
from nosvidere.engine.linkage.found import Found
from nosvidere.engine.linkage.hashing import AdRecord
from nosvidere.engine.linkage.organisers import organisers, ties_of
from nosvidere.engine.linkage.profiles import with_strays, without_strangers
from nosvidere.engine.linkage.ragged import Flags, Floats, Ints
from nosvidere.engine.linkage.settings import DEFAULT, LinkSettings
from nosvidere.engine.linkage.similarity import likeness, word_weights

_HOPEFUL = (
    0.4  # a pair below this share of the threshold cannot reach it when words are weighed anew
)


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which ads share a text and which share a hand, and why."""

    text_group: dict[str, str]
    """Group id of each ad; the id is drawn from the group's first ad, so it stays when ads are added."""
    organiser_group: dict[str, str]
    edges: tuple[Edge, ...]
    quarantined: frozenset[int]
    """Hashes of contacts used in so many unrelated texts that they tie nothing."""


def link(records: Sequence[AdRecord], *, settings: LinkSettings = DEFAULT) -> Grouping:
    """Return the groups of the ads; the same whatever order the records come in."""
    corpus = Corpus.of(records)
    found = group(corpus, settings=settings)
    text_group = group_ids("t", corpus, found.text_group)
    organiser_group = group_ids("o", corpus, found.organiser_group)
    return Grouping(
        text_group=dict(zip(corpus.ad_ids, text_group, strict=True)),
        organiser_group=dict(zip(corpus.ad_ids, organiser_group, strict=True)),
        edges=edges_of(corpus, found),
        quarantined=frozenset(found.ties.contact_hashes[found.ties.is_quarantined].tolist()),
    )


def group(corpus: Corpus, *, settings: LinkSettings = DEFAULT) -> Found:
    """Return everything found about a sorted corpus, as arrays."""
    texts = Texts.of(corpus)
    pairs = candidates(texts.shingles, rare=settings.rare_phrase)
    plainly = likeness(texts, pairs, np.ones(texts.words.shape[1]))
    alike = pairs.where(plainly >= settings.text_threshold * settings.sure_factor)
    hopeful = pairs.where(plainly >= settings.text_threshold * _HOPEFUL)
    second = compared(texts, hopeful, joined(len(texts), alike), settings)
    own = without_strangers(texts, second.source, second.weights, settings)
    source = with_strays(texts, own, second.weights, settings, pairs=hopeful)
    is_shown = second.is_edge | (
        (own[hopeful.left] == own[hopeful.right]) < (source[hopeful.left] == source[hopeful.right])
    )
    edges = hopeful.where(is_shown)
    text_group = _of_ads(texts, source)
    ties = ties_of(corpus, text_group, settings)
    return Found(
        texts=texts,
        source=source,
        edges=edges,
        likeness=second.likeness[is_shown],
        is_dotted=source[edges.left] != source[edges.right],
        text_group=text_group,
        organiser_group=organisers(text_group, ties),
        ties=ties,
        crowded_place=settings.crowded_place,
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """The second pass over the candidate pairs."""

    weights: Floats
    likeness: Floats
    """Of every pair compared."""
    is_edge: Flags
    source: Ints


def compared(texts: Texts, pairs: Pairs, source: Ints, settings: LinkSettings) -> Compared:
    """Return edges and groups, with words weighed by how many of the sources known so far use them.

    The sources come from a first, plain comparison. Counting ads instead would make the words of a
    hand that wrote most of the ads look common, and the hand would vanish because it is large.
    """
    weights = word_weights(texts, source, largest=settings.largest_weight)
    alike = likeness(texts, pairs, weights)
    is_edge = alike >= settings.text_threshold
    edges = pairs.where(is_edge)
    is_strong = alike[is_edge] >= settings.text_threshold * settings.strong_factor
    groups, _ = without_bridges(len(texts), edges, is_strong)
    return Compared(weights, alike, is_edge, groups)


def _of_ads(texts: Texts, source: Ints) -> Ints:
    """Return the text group of each ad; an ad without words is a group of its own."""
    groups = np.arange(len(texts.of_ad), dtype=np.int64) + len(texts)
    has_text = texts.of_ad >= 0
    groups[has_text] = source[texts.of_ad[has_text]]
    return renumbered(groups)


def group_ids(prefix: str, corpus: Corpus, groups: Ints) -> list[str]:
    """Return the group id of each ad: the prefix and 64 bits drawn from the group's first ad."""
    first = np.unique(groups, return_index=True)[1]
    names = [f"{prefix}{_drawn(corpus.ad_ids[at])}" for at in first]
    return [names[at] for at in groups]


def _drawn(ad_id: str) -> str:
    return hashlib.blake2b(ad_id.encode(), digest_size=8, person=b"linkage group").hexdigest()
