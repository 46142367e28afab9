"""Tips that are the same text sent again, so that one voice is not counted as many."""

from collections.abc import Sequence

import numpy as np

from nosvidere.engine.linkage.candidates import candidates
from nosvidere.engine.linkage.clusters import joined
from nosvidere.engine.linkage.corpus import Corpus, Texts
from nosvidere.engine.linkage.hashing import Hasher
from nosvidere.engine.linkage.normalise import read_text
from nosvidere.engine.linkage.ragged import Ragged
from nosvidere.engine.linkage.similarity import likeness

NEAR_IDENTICAL = 0.8  # one word in ten changed in each of two tips leaves 0.82
_KEY = b"compared at once and forgotten"  # hashes do not leave this module


def near_identical(texts: Sequence[str]) -> list[int]:
    """Return a label per text: near-identical texts have the same, the number of the first of them.

    A text without words is like no other.
    """
    hasher = Hasher(_KEY)
    words = Ragged.of(hasher.words(read_text(text).words) for text in texts)
    names = [f"{number:012d}" for number in range(len(texts))]
    blank = [""] * len(texts)
    nothing = Ragged.of([] for _ in texts)
    corpus = Corpus(names, blank, blank, blank, nothing, words, hasher.shingles(words))
    found = Texts.of(corpus)
    pairs = candidates(found.shingles, rare=len(texts))
    alike = likeness(found, pairs, np.ones(found.words.shape[1]))
    group = joined(len(found), pairs.where(alike >= NEAR_IDENTICAL))
    first = np.full(int(group.max(initial=-1)) + 1, len(texts))
    np.minimum.at(first, group, found.first_ad)
    return [int(first[group[at]]) if at >= 0 else n for n, at in enumerate(found.of_ad)]
