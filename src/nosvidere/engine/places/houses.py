"""House numbers that belong to a street's name: one, several, ranges, letters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nosvidere.engine.places.numbers import CARDINALS, is_bare_apartment
from nosvidere.engine.places.streets import MARKERS
from nosvidere.engine.places.tokens import DIGITS, SIGN, WORD, Token

LISTING = frozenset(", och o & + samt eller / el respektive resp plus".split())
JOINING = frozenset("/ - – —".split())
RANGE = frozenset("- – — − till tom".split())
DEFINITE_NUMBERS = {
    "ettan": 1, "tvaan": 2, "trean": 3, "fyran": 4, "femman": 5, "sexan": 6, "sjuan": 7, "attan": 8, "nian": 9, "tian": 10,
    "elvan": 11, "tolvan": 12, "trettonen": 13, "trettan": 13, "fjortonen": 14, "fjortan": 14, "femtonen": 15, "femtan": 15,
    "sextonen": 16, "sextan": 16, "sjuttonen": 17, "sjuttan": 17, "artonen": 18, "artan": 18, "nittonen": 19, "nittan": 19, "tjugan": 20,
}  # fmt: skip
SPELLED_NUMBERS = {word: nth for word, nth in CARDINALS.items() if word not in {"en", "ett"}}
NUMBER_ENDINGS = frozenset("an :an ans a:n".split())
NO_LETTERS = frozenset("iåäö")
"""Single letters that are words in Swedish, when small and followed by a word."""
BETWEEN = 4
FAR = 25
MARKERS_FAR = frozenset("nr nummer no num port porten uppgang husnummer husnr".split())
LONG_RANGE = 40
LONGEST_NUMBER = 4
"""Digits of a house number; a dwelling on a country road may be at metre 1203."""


@dataclass(frozen=True, slots=True)
class House:
    """A number and letter as written, at the tokens `first..last`; `is_between` when a range implies it."""

    first: int
    last: int
    number: int
    letter: str = ""
    apartment: str = ""
    is_between: bool = False
    is_far: bool = False


def _letter_at(tokens: Sequence[Token], place: int) -> str:
    """Return the letter that follows a number at a place, or ""."""
    if place >= len(tokens) or tokens[place].sort != WORD or len(tokens[place].text) != 1:
        return ""
    token = tokens[place]
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after and after.is_glued and after.sort == WORD:
        return ""
    if token.is_glued or token.is_capital:
        return token.text.upper()
    goes_on = after is not None and after.sort != SIGN
    if token.text in NO_LETTERS or (token.text in "ov" and goes_on):
        return ""
    return token.text.upper()


def _skip(tokens: Sequence[Token], place: int, most: int = BETWEEN) -> int:
    """Return the place after signs and markers ("nr", "port") that may stand before a number."""
    for _ in range(most):
        if place >= len(tokens):
            break
        token = tokens[place]
        if token.folded in MARKERS or (token.sort == SIGN and token.text not in "!?/"):
            place += 1
    return place


def _after_number(tokens: Sequence[Token], place: int) -> int:
    """Return the last place of a number with its ending ("12:an", "12an")."""
    if (
        place + 2 < len(tokens)
        and tokens[place + 1].text == ":"
        and tokens[place + 2].folded in NUMBER_ENDINGS
    ):
        return place + 2
    if (
        place + 1 < len(tokens)
        and tokens[place + 1].is_glued
        and tokens[place + 1].folded in NUMBER_ENDINGS
    ):
        return place + 1
    return place


class HouseReader:
    """Reads house numbers in one text.

    `allowed[i]` says whether token i may be a house number directly after a street, `listed[i]` whether elsewhere.
    """

    def __init__(
        self, tokens: Sequence[Token], allowed: Sequence[bool], listed: Sequence[bool]
    ) -> None:
        """Take the tokens of the text."""
        self.tokens, self.allowed, self.listed = tokens, allowed, listed

    def house_at(
        self, place: int, allowed: Sequence[bool], *, is_first: bool = False
    ) -> House | None:
        """Return the house whose number stands at the place; spelled-out numbers only directly after a street."""
        if place >= len(self.tokens):
            return None
        token = self.tokens[place]
        if token.sort == DIGITS and allowed[place] and len(token.text) <= LONGEST_NUMBER:
            last = _after_number(self.tokens, place)
            letter = _letter_at(self.tokens, place + 1) if last == place else ""
            return House(place, last + bool(letter), int(token.text), letter)
        spelled = DEFINITE_NUMBERS.get(token.folded) or (
            SPELLED_NUMBERS.get(token.folded) if is_first else None
        )
        if spelled is None:
            return None
        letter = _letter_at(self.tokens, place + 1)
        return House(place, place + bool(letter), spelled, letter)

    def after(self, place: int, *, is_sure: bool = False) -> list[House]:
        """Return the houses listed from the place after a street's name on."""
        start = _skip(self.tokens, place)
        sure = [True] * len(self.tokens) if is_sure else self.allowed
        first = self.house_at(start, sure, is_first=start == place)
        return self._listed(first) if first else []

    def _listed(self, first: House) -> list[House]:
        houses = [first]
        while True:
            place = houses[-1].last + 1
            if apartment := self._apartment_at(place, houses[-1]):
                houses[-1] = apartment
                continue
            more = self._next(place, houses[-1])
            if not more:
                return houses
            houses.extend(more)

    def _apartment_at(self, place: int, house: House) -> House | None:
        """Return the house with a bare apartment number that follows it ("12, 1203", "12/1203")."""
        if house.apartment:
            return None
        for at in (place, place + 1):
            if at >= len(self.tokens) or (at > place and self.tokens[place].text not in ",/-:–("):
                return None
            digits = self.tokens[at].text
            if (
                self.tokens[at].sort == DIGITS
                and is_bare_apartment(digits)
                and house.number < int(digits)
            ):
                return replace(house, last=at, apartment=digits)
        return None

    def _next(self, place: int, house: House) -> list[House]:
        """Return the next house of the list, with those that a range implies before it."""
        at, is_range = place, False
        while at < len(self.tokens) and at < place + 3:
            word = self.tokens[at].folded
            if word in RANGE:
                is_range = True
            elif word not in LISTING and not (word == "." and at > place):
                break
            at += 1
        if at == place:
            return []
        at = _skip(self.tokens, at, 2)
        return self._numbered(at, house, is_range=is_range) or self._lettered(
            at, house, is_range=is_range
        )

    def _numbered(self, at: int, house: House, *, is_range: bool) -> list[House]:
        is_joined = self.tokens[at - 1].text in JOINING
        found = self.house_at(at, self.allowed if is_joined else self.listed)
        if found is None:
            return []
        between = []
        if is_range and house.number < found.number <= house.number + LONG_RANGE:
            step = 1 if (found.number - house.number) % 2 else 2
            between = [
                House(house.first, found.last, number, is_between=True)
                for number in range(house.number + step, found.number, step)
            ]
        return [*between, found]

    def _lettered(self, at: int, house: House, *, is_range: bool) -> list[House]:
        """Return a further letter at the same number ("5 A och B", "5A–C")."""
        letter = _letter_at(self.tokens, at) if house.letter else ""
        if not letter or not (
            self.tokens[at].is_capital or self.tokens[house.last].text.islower()
        ):
            return []
        between = range(ord(house.letter) + 1, ord(letter)) if is_range else ()
        implied = [
            House(house.first, at, house.number, chr(code), is_between=True) for code in between
        ]
        return [*implied, House(at, at, house.number, letter)]

    def before(self, first: int) -> list[House]:
        """Return the houses named before a street ("nr 5 och 7 på Storgatan", "12 Storgatan")."""
        end = first - 1
        has_preposition = end >= 0 and self.tokens[end].folded in {"pa", "i", "vid", "a"}
        end -= has_preposition
        start = end
        while start >= 0 and self._is_part_of_list(start):
            start -= 1
        start += 1
        while start <= end and self.tokens[start].folded in LISTING | RANGE | MARKERS:
            start += 1
        house = (
            self.house_at(start, self.listed)
            if start <= end and self._is_named_so(start)
            else None
        )
        houses = self._listed(house) if house else []
        return houses if houses and houses[-1].last == end else []

    def _is_part_of_list(self, place: int) -> bool:
        token = self.tokens[place]
        is_number = token.sort == DIGITS and self.listed[place]
        is_word = token.folded in LISTING | RANGE | MARKERS | NUMBER_ENDINGS or token.text == ":"
        is_letter = token.sort == WORD and len(token.text) == 1 and token.text not in NO_LETTERS
        return is_number or is_word or is_letter or token.folded in DEFINITE_NUMBERS

    def _is_named_so(self, place: int) -> bool:
        """Say whether a number before a street is called a house number: "nr 5", "5:an", or first in the text."""
        is_definite = (
            _after_number(self.tokens, place) > place
            or self.tokens[place].folded in DEFINITE_NUMBERS
        )
        return (
            is_definite
            or place == 0
            or self.tokens[place - 1].folded in MARKERS
            or self.tokens[place - 1].text == "."
        )

    def far(self, place: int, end: int) -> list[House]:
        """Return the houses that are called so further on ("Storgatan, det är i nr 5 eller 7")."""
        for at in range(place, min(place + FAR, end)):
            is_marked = self.tokens[at].folded in MARKERS_FAR and at + 1 < end
            start = _skip(self.tokens, at) if is_marked else at
            is_definite = not is_marked and start < end and self._is_definite(start)
            house = self.house_at(start, self.listed) if is_marked or is_definite else None
            if house and house.last < end:
                return [replace(found, is_far=True) for found in self._listed(house)]
        return []

    def _is_definite(self, place: int) -> bool:
        return (
            self.tokens[place].folded in DEFINITE_NUMBERS
            or _after_number(self.tokens, place) > place
        )


def char_span(house: House, tokens: Sequence[Token]) -> tuple[int, int]:
    """Return where the house stands in the text."""
    return tokens[house.first].start, tokens[house.last].end
