"""One text, cut up before anything is looked for in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from nosvidere.engine.places import numbers
from nosvidere.engine.places.numbers import Dwelling
from nosvidere.engine.places.tokens import DIGITS, Token, plain_text, tokens_of


@dataclass(frozen=True, slots=True)
class Reading:
    """Which numbers may be houses directly after a street (`possible`) or elsewhere (`listed`), and what else is said."""

    text: str
    tokens: Sequence[Token]
    possible: Sequence[bool]
    listed: Sequence[bool]
    dwellings: Sequence[Dwelling]
    postcodes: Sequence[tuple[int, str]]


def read(text: str) -> Reading:
    """Return the text cut up."""
    tokens, plain = tokens_of(text), plain_text(text)
    said = numbers.dwellings(plain)
    digits = [place for place, token in enumerate(tokens) if token.sort == DIGITS]
    never = numbers.spans(numbers.NEVER, plain) if digits else []
    seldom = numbers.spans(numbers.SELDOM, plain) if digits else []
    inside = [(dwelling.start, dwelling.end) for dwelling in said]
    possible, listed = [False] * len(tokens), [False] * len(tokens)
    for place in digits:
        possible[place] = not _is_within(tokens[place], never + inside)
        listed[place] = possible[place] and not _is_within(tokens[place], seldom)
    return Reading(text, tokens, possible, listed, said, numbers.postcodes(plain, never))


def _is_within(token: Token, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.start < end for start, end in spans)
