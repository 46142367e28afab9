"""Find and mask the words in free text that may never be weighed: who people are, not what happened."""

import re
import unicodedata
from dataclasses import dataclass

from nosvidere.engine.signs.excluded_words import COMPILED

MASK = "▇▇▇"


@dataclass(frozen=True, slots=True)
class Excluded:
    """A stretch of text that may not be weighed, and the code of the sign that says why."""

    start: int
    end: int
    text: str
    code: str


def screen(text: str) -> list[Excluded]:
    """Return the excluded stretches of the text, in order and not overlapping; offsets are into `text`."""
    composed, offsets = _composed(text)
    found = [
        (*_span(match), code) for code, pattern in COMPILED for match in pattern.finditer(composed)
    ]
    kept: list[tuple[int, int, str]] = []
    for start, end, code in sorted(found, key=lambda span: (span[0] - span[1], span)):
        if not any(start < other[1] and other[0] < end for other in kept):
            kept.append((start, end, code))
    return [
        _excluded(text, offsets[start], offsets[end], code) for start, end, code in sorted(kept)
    ]


def mask(text: str) -> str:
    """Return the text with each excluded stretch replaced by three blocks, whatever its length."""
    parts, done = [], 0
    for excluded in screen(text):
        parts += [text[done : excluded.start], MASK]
        done = excluded.end
    return "".join([*parts, text[done:]])


def _span(match: re.Match[str]) -> tuple[int, int]:
    return match.span("hit" if "hit" in match.re.groupindex else 0)


def _excluded(text: str, start: int, end: int, code: str) -> Excluded:
    return Excluded(start, end, text[start:end], code)


def _composed(text: str) -> tuple[str, list[int]]:
    """Return the text with å, ä, ö and é as single characters, and where each came from; one offset more."""
    starts = [n for n, char in enumerate(text) if n == 0 or not unicodedata.combining(char)]
    ends = [*starts[1:], len(text)]
    pieces = [unicodedata.normalize("NFC", text[a:b]) for a, b in zip(starts, ends, strict=False)]
    offsets = [a for a, piece in zip(starts, pieces, strict=True) for _ in piece]
    return "".join(pieces), [*offsets, len(text)]
