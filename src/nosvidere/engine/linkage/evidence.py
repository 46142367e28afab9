"""Why two ads stand together: one edge per reason, in Swedish."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nosvidere.engine.linkage.corpus import Corpus
from nosvidere.engine.linkage.found import Found
from nosvidere.engine.linkage.organisers import Keys
from nosvidere.engine.linkage.ragged import Ints, Ragged, distinct

SAFETY = "personer kan dela telefon för sin säkerhet"


@dataclass(frozen=True, slots=True)
class Edge:
    """One reason to hold two ads together; a dotted edge is shown but joins nothing."""

    left: str
    right: str
    kind: str
    """"text", "contact" or "place"."""
    weight: float
    """Text: likeness 0–1. Contact and place: one over the number of texts that use it beyond the first."""
    reason: str
    is_dotted: bool
    seen_in: int = 0
    """Sources that have the rarest shared phrase; texts that have the shared contact or place."""
    out_of: int = 0
    """All sources, or all texts."""
    is_copy: bool = False


def edges_of(corpus: Corpus, found: Found) -> tuple[Edge, ...]:
    """Return all edges: copies, alike texts, shared contacts and shared places, sorted by ad."""
    edges = [
        *_copies(corpus, found),
        *_alike(corpus, found),
        *_shared(corpus, found, found.ties.contacts, kind="contact"),
        *_shared(corpus, found, found.ties.places, kind="place"),
    ]
    return tuple(sorted(edges, key=lambda edge: (edge.left, edge.right, edge.kind)))


def _copies(corpus: Corpus, found: Found) -> Iterator[Edge]:
    of_ad = found.texts.of_ad
    is_copy = of_ad >= 0
    is_copy[found.texts.first_ad] = False
    for ad in np.flatnonzero(is_copy):
        yield copy_edge(corpus.ad_ids[found.texts.first_ad[of_ad[ad]]], corpus.ad_ids[ad])


def _alike(corpus: Corpus, found: Found) -> Iterator[Edge]:
    rarity = PhraseRarity(found.texts.shingles, found.source)
    first_ad = found.texts.first_ad
    ends = zip(found.edges.left.tolist(), found.edges.right.tolist(), strict=True)
    for (left, right), alike, is_dotted in zip(ends, found.likeness, found.is_dotted, strict=True):
        earlier, later = sorted((first_ad[left], first_ad[right]))
        yield alike_edge(
            corpus.ad_ids[earlier],
            corpus.ad_ids[later],
            alike=float(alike),
            is_dotted=bool(is_dotted),
            held=rarity.held(left, right),
            sources=rarity.sources,
        )


def alike_edge(
    left: str, right: str, *, alike: float, is_dotted: bool, held: int, sources: int
) -> Edge:
    """Return the edge between two ads whose texts are alike; `held` sources have their rarest shared phrase."""
    return Edge(
        left=left,
        right=right,
        kind="text",
        weight=alike,
        reason=f"texten är {decimal(alike)} lik; {phrase_sentence(held, sources)}"
        + ("; en ensam svag länk, som inte slår ihop grupperna" if is_dotted else ""),
        is_dotted=is_dotted,
        seen_in=held,
        out_of=sources,
    )


def copy_edge(left: str, right: str) -> Edge:
    """Return the edge between two ads with the same text."""
    return Edge(
        left=left,
        right=right,
        kind="text",
        weight=1.0,
        reason="texterna är ordagrant lika",
        is_dotted=False,
        is_copy=True,
    )


def _shared(corpus: Corpus, found: Found, keys: Keys, *, kind: str) -> Iterator[Edge]:
    first_ad = np.unique(found.text_group, return_index=True)[1]
    starts = np.flatnonzero(np.diff(keys.key, prepend=-1))
    for start, stop in pairwise([*starts.tolist(), len(keys.key)]):
        count, number = stop - start, int(keys.key[start])
        for left, right in pairwise(keys.group[start:stop]):
            ends = (corpus.ad_ids[first_ad[left]], corpus.ad_ids[first_ad[right]])
            if kind == "place":
                is_crowded = count > found.crowded_place
                yield place_edge(*ends, count=count, out_of=len(first_ad), is_crowded=is_crowded)
            else:
                is_held = bool(found.ties.is_quarantined[number])
                yield contact_edge(
                    *ends, count=count, out_of=len(first_ad), is_quarantined=is_held
                )


def place_edge(left: str, right: str, *, count: int, out_of: int, is_crowded: bool) -> Edge:
    """Return the edge between two ads at one place, which `count` of all texts have; it never joins."""
    crowded = " Många olika annonserar där." if is_crowded else ""
    return Edge(
        left=left,
        right=right,
        kind="place",
        weight=1 / max(count - 1, 1),
        reason=f"samma plats i {count} olika texter; en plats ensam slår aldrig ihop.{crowded}",
        is_dotted=True,
        seen_in=count,
        out_of=out_of,
    )


def contact_edge(left: str, right: str, *, count: int, out_of: int, is_quarantined: bool) -> Edge:
    """Return the edge between two ads with one contact, which `count` of all texts have."""
    return Edge(
        left=left,
        right=right,
        kind="contact",
        weight=1 / max(count - 1, 1),
        reason=f"kontaktuppgiften finns i {count} orelaterade texter och räknas inte"
        if is_quarantined
        else f"samma kontaktuppgift i {count} olika texter; {SAFETY}",
        is_dotted=is_quarantined,
        seen_in=count,
        out_of=out_of,
    )


class PhraseRarity:
    """In how many sources a phrase stands."""

    def __init__(self, shingles: Ragged, source: Ints) -> None:
        """Count each phrase once per source."""
        self.sources = int(source.max(initial=-1)) + 1
        self._shingles = shingles
        width = max(self.sources, 1)
        self._hashes, number = np.unique(shingles.values, return_inverse=True)
        cells = distinct(number * width + source[shingles.owners()])
        self._held = np.bincount(cells // width, minlength=len(self._hashes))

    def held(self, left: int, right: int) -> int:
        """Return how many sources have the rarest phrase that both texts have."""
        both = np.intersect1d(self._shingles.row(left), self._shingles.row(right))
        return int(self._held[np.searchsorted(self._hashes, both)].min())


def phrase_sentence(held: int, sources: int) -> str:
    """Return how rare a phrase is, in words."""
    return f"frasen finns i {whole(held)} av {whole(sources)} källor"


def whole(number: int) -> str:
    """Return a whole number with Swedish spacing: 41 000."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def decimal(number: float) -> str:
    """Return a number with two decimals and a Swedish comma: 0,93."""
    return f"{number:.2f}".replace(".", ",")
