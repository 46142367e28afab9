"""How common each word was when the whole was last counted: the fixed ground on which every later ad is weighed.

Weights that followed each new ad would change the likeness of all pairs at once. They are counted in a
batch, kept, and renewed only by a new count, so that one ad more changes what is near it and nothing else.
"""

from dataclasses import dataclass

import numpy as np

from nosvidere.engine.linkage.corpus import Texts
from nosvidere.engine.linkage.ragged import Floats, Ints
from nosvidere.engine.linkage.settings import DEFAULT, LinkSettings
from nosvidere.engine.linkage.similarity import word_weights


@dataclass(frozen=True, slots=True)
class Background:
    """The words that weigh less than the rarest, sorted, with their weights; `rest` is the weight of all others."""

    words: Ints
    weights: Floats
    rest: float
    sources: int
    """How many sources were counted."""

    @classmethod
    def of(cls, texts: Texts, source: Ints, settings: LinkSettings = DEFAULT) -> "Background":
        """Return the weights as these texts give them; `source` numbers the hand behind each."""
        weights, rest = word_weights(texts, source, largest=settings.largest_weight)
        is_common = weights < rest
        count = int(source.max(initial=-1)) + 1
        return cls(texts.word_hashes[is_common], weights[is_common], rest, count)

    @classmethod
    def blank(cls, settings: LinkSettings = DEFAULT) -> "Background":
        """Return the background before anything was counted: every word weighs the same."""
        return cls(np.empty(0, np.int64), np.empty(0), settings.largest_weight, 0)

    def weigh(self, words: Ints) -> Floats:
        """Return the weight of each word."""
        found = np.full(len(words), self.rest)
        if len(self.words):
            at = np.minimum(np.searchsorted(self.words, words), len(self.words) - 1)
            is_known = self.words[at] == words
            found[is_known] = self.weights[at[is_known]]
        return found
