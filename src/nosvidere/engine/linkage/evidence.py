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
        yield Edge(
            left=corpus.ad_ids[found.texts.first_ad[of_ad[ad]]],
            right=corpus.ad_ids[ad],
            kind="text",
            weight=1.0,
            reason="texterna är ordagrant lika",
            is_dotted=False,
            is_copy=True,
        )


def _alike(corpus: Corpus, found: Found) -> Iterator[Edge]:
    rarity = PhraseRarity(found.texts.shingles, found.source)
    ends = zip(found.edges.left.tolist(), found.edges.right.tolist(), strict=True)
    for (left, right), alike, is_dotted in zip(ends, found.likeness, found.is_dotted, strict=True):
        held = rarity.held(left, right)
        yield Edge(
            left=corpus.ad_ids[found.texts.first_ad[left]],
            right=corpus.ad_ids[found.texts.first_ad[right]],
            kind="text",
            weight=float(alike),
            reason=f"texten är {decimal(alike)} lik; {phrase_sentence(held, rarity.sources)}"
            + ("; en ensam svag länk, som inte slår ihop grupperna" if is_dotted else ""),
            is_dotted=bool(is_dotted),
            seen_in=held,
            out_of=rarity.sources,
        )


def _shared(corpus: Corpus, found: Found, keys: Keys, *, kind: str) -> Iterator[Edge]:
    first_ad = np.unique(found.text_group, return_index=True)[1]
    starts = np.flatnonzero(np.diff(keys.key, prepend=-1))
    for start, stop in pairwise([*starts.tolist(), len(keys.key)]):
        reason, is_dotted = _why(found, int(keys.key[start]), stop - start, kind)
        for left, right in pairwise(keys.group[start:stop]):
            yield Edge(
                left=corpus.ad_ids[first_ad[left]],
                right=corpus.ad_ids[first_ad[right]],
                kind=kind,
                weight=1 / (stop - start - 1),
                reason=reason,
                is_dotted=is_dotted,
                seen_in=stop - start,
                out_of=len(first_ad),
            )


def _why(found: Found, key: int, count: int, kind: str) -> tuple[str, bool]:
    """Return the reason of a shared key, and whether it joins nothing."""
    if kind == "place":
        crowded = " Många olika annonserar där." if count > found.crowded_place else ""
        return (
            f"samma plats i {count} olika texter; en plats ensam slår aldrig ihop.{crowded}",
            True,
        )
    if found.ties.is_quarantined[key]:
        return f"kontaktuppgiften finns i {count} orelaterade texter och räknas inte", True
    return f"samma kontaktuppgift i {count} olika texter; {SAFETY}", False


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
