"""Several texts from one hand laid over each other: what they have in common, and the slots where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

MOST_ALIGNED = 50


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text: common to most of the texts, or what this one has in a slot."""

    words: str
    is_slot: bool


def aligned(texts: Sequence[str]) -> list[tuple[Piece, ...]]:
    """Return each text in pieces; words that at least half of the texts have in the same order are common.

    Raises ValueError for more texts than can be read side by side.
    """
    if len(texts) > MOST_ALIGNED:
        msg = f"{len(texts)} texter; högst {MOST_ALIGNED} läggs bredvid varandra"
        raise ValueError(msg)
    split = [text.split() for text in texts]
    return [_pieces(words, split) for words in split]


def _pieces(words: Sequence[str], others: Sequence[Sequence[str]]) -> tuple[Piece, ...]:
    held = [0] * len(words)
    for other in others:
        for block in SequenceMatcher(None, words, other, autojunk=False).get_matching_blocks():
            for at in range(block.a, block.a + block.size):
                held[at] += 1
    least = max(len(others) / 2, min(len(others), 2))
    runs = groupby(zip(words, held, strict=True), key=lambda word: word[1] < least)
    return tuple(Piece(" ".join(word for word, _ in run), is_slot) for is_slot, run in runs)
