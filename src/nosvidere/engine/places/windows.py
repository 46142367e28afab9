"""Runs of words that may be a street name, and how they stand in the text."""

from collections.abc import Sequence
from dataclasses import dataclass

from nosvidere.engine.places.fold import split_kind
from nosvidere.engine.places.tokens import DIGITS, SIGN, WORD, Token
from nosvidere.engine.places.vocabulary import MARKERS, PLACE_PREPOSITIONS

WHOLE, SHORT, NICKNAME = "whole", "short", "nickname"
TAIL, STEM, MISSPELLED = "tail", "stem", "misspelled"
WAYS = (WHOLE, NICKNAME, SHORT, TAIL, STEM, MISSPELLED)
"""How a name may be written, the surest first."""
MOST_WORDS = 5
SHORT_LINE = 8
"""A text of at most so many tokens may be an address and nothing else."""
BETWEEN = 4
"""Signs and markers that may stand between a street and its number."""
INSIDE_NAMES = frozenset(".-’'´")
GLUED_SIGNS = frozenset("!?")
SENTENCE_SIGNS = frozenset("!?;/")


@dataclass(frozen=True, slots=True, order=True)
class Like:
    """A registered name, how many letters are wrong, the word before it that is left over, the form it was compared with."""

    distance: int
    name: int
    leaves: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Street names that the tokens `first..last` may mean; `written` is the folded text in one piece."""

    first: int
    last: int
    way: str
    names: tuple[Like, ...]
    written: str
    is_short: bool = False
    """A misspelled name that is abbreviated as well."""
    is_typed: bool = False
    is_numbered: bool = False
    is_capital: bool = False
    before: str = ""
    has_qualifier_before: bool = False
    has_name_before: bool = False
    has_given_name_before: bool = False
    has_other_first: bool = False
    """A name whose first word was taken to be left out has another word there."""


@dataclass(frozen=True, slots=True)
class Window:
    """The words of the tokens `first..last`, folded."""

    first: int
    last: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """How the last word of a possible street name stands in the text."""

    tokens: Sequence[Token]
    is_typed: bool
    is_numbered: bool
    is_pointed: bool


def word_before(tokens: Sequence[Token], place: int) -> int:
    """Return the place of the word before, across signs that names hold, or -1."""
    before = place - 1
    while before >= 0 and tokens[before].sort == SIGN and tokens[before].text in INSIDE_NAMES:
        before -= 1
    is_word = before >= 0 and tokens[before].sort == WORD and not is_house_letter(tokens, before)
    return before if is_word else -1


def is_house_letter(tokens: Sequence[Token], place: int) -> bool:
    """Say whether a single letter belongs to the number before it ("8B Storgatan"), not to a name ("8 N. Storgatan")."""
    letter = tokens[place]
    if len(letter.text) != 1 or place == 0 or tokens[place - 1].sort != DIGITS:
        return False
    return letter.is_glued or "." not in {token.text for token in tokens[place + 1 : place + 2]}


def windows(tokens: Sequence[Token], last: int) -> list[Window]:
    """Return the runs of words that end at a token, the longest first."""
    found = [Window(last, last, (tokens[last].folded,))]
    place = word_before(tokens, last)
    while place >= 0 and len(found) < MOST_WORDS:
        found.append(Window(place, last, (tokens[place].folded, *found[-1].words)))
        place = word_before(tokens, place)
    return found[::-1]


def number_follows(tokens: Sequence[Token], last: int, numbers: Sequence[bool]) -> bool:
    """Say whether a possible house number comes next, at most some signs and a marker ("nr") between."""
    for place in range(last + 1, min(last + 1 + BETWEEN, len(tokens))):
        if numbers[place]:
            return True
        if not is_between(tokens, place):
            return False
    return False


def is_between(tokens: Sequence[Token], place: int) -> bool:
    """Say whether the token may stand between a street and its number: no sign that ends a sentence, unless glued ("!!7")."""
    token = tokens[place]
    if token.sort == SIGN and token.text in GLUED_SIGNS:
        return token.is_glued and any(after.is_glued for after in tokens[place + 1 : place + 2])
    return token.folded in MARKERS or (token.sort == SIGN and token.text not in SENTENCE_SIGNS)


def is_placed(tokens: Sequence[Token], first: int) -> bool:
    """Say whether the word before names where something is ("på", "vid")."""
    before = word_before(tokens, first)
    return before >= 0 and tokens[before].folded in PLACE_PREPOSITIONS


def setting_of(tokens: Sequence[Token], last: int, numbers: Sequence[bool]) -> Setting:
    """Return how the word at a place stands in the text."""
    return Setting(
        tokens,
        is_typed=bool(split_kind(tokens[last].folded)[1]),
        is_numbered=number_follows(tokens, last, numbers),
        is_pointed=tokens[last].is_capital
        or is_placed(tokens, last)
        or _follows_name(tokens, last),
    )


def _follows_name(tokens: Sequence[Token], last: int) -> bool:
    """Say whether the word before is written as a name ("Erik Mattssons back")."""
    before = word_before(tokens, last)
    return before >= 0 and tokens[before].is_capital


def found_in(window: Window, way: str, names: Sequence[int]) -> Found:
    """Return the names as found, spelled right."""
    likes = tuple(Like(0, name) for name in names)
    return Found(window.first, window.last, way, likes, "".join(window.words))
