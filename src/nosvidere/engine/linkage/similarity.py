"""How alike two texts are: weighted Jaccard of their words, a word weighing more the fewer sources use it."""

import numpy as np
from scipy.sparse import csr_array

from nosvidere.engine.linkage.candidates import Pairs
from nosvidere.engine.linkage.corpus import Texts
from nosvidere.engine.linkage.ragged import Floats, Ints, distinct

_PAIRS_AT_A_TIME = 5_000  # what fits in the processor's own memory goes three times as fast
_STEPS = 1024  # weights in whole steps of 1/1024 add up to the same in any order


def word_weights(texts: Texts, source: Ints, *, largest: float) -> tuple[Floats, float]:
    """Return the weight of each word, ln(sources / sources with the word), at most `largest`; and that of a new word.

    `source` numbers the hand behind each text as known so far; a word that one hand repeats in a
    thousand ads is as rare as if it stood in one (inverse document frequency, Spärck Jones 1972).
    """
    rows = np.repeat(np.arange(len(texts)), np.diff(texts.words.indptr))
    width = texts.words.shape[1]
    cells = distinct(source[rows] * width + texts.words.indices)
    held = np.bincount(cells % width, minlength=width) if width else np.empty(0)
    sources = source.max(initial=0) + 2
    weights = np.minimum(np.log(sources / np.append(np.maximum(held, 1), 1)), largest)
    stepped: Floats = np.round(weights * _STEPS) / _STEPS
    return stepped[:-1], float(stepped[-1])


def likeness(texts: Texts, pairs: Pairs, weights: Floats) -> Floats:
    """Return for each pair the weight of their shared words over the weight of all their words."""
    weighed = csr_array(
        (weights[texts.words.indices], texts.words.indices, texts.words.indptr),
        shape=texts.words.shape,
    )
    total: Floats = np.asarray(weighed.sum(axis=1)).ravel()
    shared = np.empty(len(pairs))
    for start in range(0, len(pairs), _PAIRS_AT_A_TIME):
        part = slice(start, start + _PAIRS_AT_A_TIME)
        both = weighed[pairs.left[part]].multiply(texts.words[pairs.right[part]])
        shared[part] = np.asarray(both.sum(axis=1)).ravel()
    whole = total[pairs.left] + total[pairs.right] - shared
    return np.asarray(shared / np.where(whole > 0, whole, 1.0))
