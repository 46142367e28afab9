"""Why two ads stand together: one edge per reason, in Swedish."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nosvidere.engine.linkage.corpus import Corpus
from nosvidere.engine.linkage.found import Found
from nosvidere.engine.linkage.organisers import Keys
from nosvidere.engine.linkage.ragged import Ints, Ragged, distinct


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
    for ad, text in enumerate(found.texts.of_ad):
        first = found.texts.first_ad[text]
        if text >= 0 and first != ad:
            yield Edge(
                corpus.ad_ids[first], corpus.ad_ids[ad], "text", 1.0,
                "texterna är ordagrant lika", is_dotted=False,
            )  # fmt: skip


def _alike(corpus: Corpus, found: Found) -> Iterator[Edge]:
    rarity = PhraseRarity(found.texts.shingles, found.source)
    ends = zip(found.edges.left, found.edges.right, strict=True)
    for (left, right), alike, is_dotted in zip(ends, found.likeness, found.is_dotted, strict=True):
        reason = f"texten är {decimal(alike)} lik; {rarity.sentence(int(left), int(right))}"
        if is_dotted:
            reason += "; en ensam svag länk, som inte slår ihop grupperna"
        yield Edge(
            corpus.ad_ids[found.texts.first_ad[left]],
            corpus.ad_ids[found.texts.first_ad[right]],
            "text", float(alike), reason, is_dotted=bool(is_dotted),
        )  # fmt: skip


def _shared(corpus: Corpus, found: Found, keys: Keys, *, kind: str) -> Iterator[Edge]:
    first_ad = np.unique(found.text_group, return_index=True)[1]
    used = keys.groups_with()
    starts = np.flatnonzero(np.diff(keys.key, prepend=-1))
    for start, stop in pairwise([*starts.tolist(), len(keys.key)]):
        key, count = int(keys.key[start]), int(used[keys.key[start]])
        reason, is_dotted = _why(found, key, count, kind)
        for left, right in pairwise(keys.group[start:stop]):
            names = corpus.ad_ids[first_ad[left]], corpus.ad_ids[first_ad[right]]
            yield Edge(*names, kind, 1 / (count - 1), reason, is_dotted)


def _why(found: Found, key: int, count: int, kind: str) -> tuple[str, bool]:
    if kind == "place":
        crowded = " Många olika bor eller annonserar där." if count > found.crowded_place else ""
        return (
            f"samma plats i {count} olika texter; en plats ensam slår aldrig ihop.{crowded}",
            True,
        )
    if found.ties.is_quarantined[key]:
        return (
            f"kontaktuppgiften finns i {count} olika texter utan annat samband och räknas inte",
            True,
        )
    return (
        f"samma kontaktuppgift i {count} olika texter; personer kan dela telefon för sin säkerhet",
        False,
    )


class PhraseRarity:
    """In how many sources a phrase stands."""

    def __init__(self, shingles: Ragged, source: Ints) -> None:
        """Count each phrase once per source."""
        self._shingles = shingles
        self._sources = int(source.max(initial=-1)) + 1
        hashes, number = np.unique(shingles.values, return_inverse=True)
        cells = distinct(number * max(self._sources, 1) + source[shingles.owners()])
        self._hashes = hashes
        self._held = np.bincount(cells // max(self._sources, 1), minlength=len(hashes))

    def sentence(self, left: int, right: int) -> str:
        """Return how rare the rarest phrase is that both texts have."""
        both = np.intersect1d(self._shingles.row(left), self._shingles.row(right))
        held = int(self._held[np.searchsorted(self._hashes, both)].min())
        return f"frasen finns i {whole(held)} av {whole(self._sources)} källor"


def whole(number: int) -> str:
    """Return a whole number with Swedish spacing: 41 000."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def decimal(number: float) -> str:
    """Return a number with two decimals and a Swedish comma: 0,93."""
    return f"{number:.2f}".replace(".", ",")
