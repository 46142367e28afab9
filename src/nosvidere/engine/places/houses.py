"""House numbers that belong to a street's name: one, several, ranges, letters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nosvidere.engine.places.entrances import UP_TO_WORDS, letter_at, letter_told, text_at
from nosvidere.engine.places.numbers import is_bare_apartment
from nosvidere.engine.places.spelled import ALL_TENS, DEFINITE_NUMBERS, ONES, SPELLED_NUMBERS
from nosvidere.engine.places.tokens import DIGITS, SIGN, WORD, Token
from nosvidere.engine.places.vocabulary import (
    JOINING,
    LISTING,
    MARKERS,
    MARKERS_FAR,
    NEIGHBOURS,
    NO_LETTERS,
    NUMBER_ENDINGS,
    PLACE_PREPOSITIONS,
    RANGE,
    STOPWORDS,
)
from nosvidere.engine.places.windows import (
    BETWEEN,
    SHORT_LINE,
    is_between,
    is_house_letter,
)

MOST_BEFORE_COMMA = 3
"""A house that stands first in the text may have a comma after it: "nr 5, Storgatan"."""
FAR, NEAR, NEAR_NEIGHBOUR = 25, 6, 4
"""Tokens that a house may stand from its street, a neighbour from the house before, and its number from that word."""
LINE_SIGNS = frozenset("/;")
UP_TO = "t.o.m."
MOST_SEPARATORS = 3
BEFORE_STREETS = frozenset({"pa", "i", "vid", "a", "langs", "utmed"})
BEFORE_HOUSES = BEFORE_STREETS | {
    "hos",
    "fran",
    "utanfor",
    "bredvid",
    "forbi",
    "mittemot",
    "galler",
    "langs",
}
WHEREABOUTS = frozenset(
    [
        "uppe",
        "nere",
        "borta",
        "inne",
        "ute",
        "langst",
        "har",
        "dar",
        "bort",
        "upp",
        "ner",
        "ned",
        "hemma",
    ]
)
"""Words that may stand between a house and "på": "40 B uppe på Storgatan"."""
BEFORE_APARTMENT = frozenset(",/-:–(")
NOT_COUNTED = STOPWORDS | PLACE_PREPOSITIONS | LISTING | RANGE | NUMBER_ENDINGS | BEFORE_STREETS
"""Words after a number that count nothing."""
NOT_FIRST = LISTING | RANGE | MARKERS
LIST_WORDS = NUMBER_ENDINGS | DEFINITE_NUMBERS.keys() | {":"}
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


def _skip(tokens: Sequence[Token], place: int, most: int = BETWEEN) -> int:
    """Return the place after signs and markers ("nr", "port") that may stand before a number."""
    end = min(place + most, len(tokens))
    while place < end and is_between(tokens, place):
        place += 1
    return place


def listing_at(tokens: Sequence[Token], place: int) -> str:
    """Return the folded token at a place, "och" for "å" as it is said."""
    said = text_at(tokens, place)
    return "och" if said == "a" and tokens[place].text in {"å", "Å"} else said


def _after_number(tokens: Sequence[Token], place: int) -> int:
    """Return the last place of a number with its ending ("12:an", "12an")."""
    if text_at(tokens, place + 1) == ":" and text_at(tokens, place + 2) in NUMBER_ENDINGS:
        return place + 2
    is_ending = text_at(tokens, place + 1) in NUMBER_ENDINGS
    return place + 1 if is_ending and tokens[place + 1].is_glued else place


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
            letter, end = letter_told(self.tokens, last + 1)
            return House(place, end if letter else last, int(token.text), letter)
        if is_first and (house := self._said_at(place)):
            return house
        known = SPELLED_NUMBERS if is_first else DEFINITE_NUMBERS
        return self._in_words(place, known.get(token.folded))

    def _said_at(self, place: int) -> House | None:
        """Return the house said in two words ("trettio två"), or as "ett" where nothing is counted by it."""
        if self._is_one(place):
            return self._in_words(place, 1)
        tens = ALL_TENS.get(text_at(self.tokens, place))
        ones = ONES.get(text_at(self.tokens, place + 1))
        joined = self._in_words(place + 1, tens + ones) if tens and ones else None
        return joined and replace(joined, first=place)

    def _is_one(self, place: int) -> bool:
        """Say whether "ett" is a number: nothing is counted by it, for the clause ends there or a letter comes."""
        after = self.tokens[place + 1 : place + 2]
        is_last = not after or after[0].sort == SIGN or letter_at(self.tokens, place + 1) != ""
        return self.tokens[place].folded == "ett" and is_last

    def _in_words(self, place: int, number: int | None) -> House | None:
        if number is None:
            return None
        letter, end = letter_told(self.tokens, place + 1)
        return House(place, end if letter else place, number, letter)

    def after(self, place: int, *, is_sure: bool = False) -> list[House]:
        """Return the houses listed from the place after a street's name on."""
        start = _skip(self.tokens, place)
        start += self._is_in_house(start, place) or self._is_after_sign(start)
        sure = [True] * len(self.tokens) if is_sure else self.allowed
        first = self.house_at(start, sure, is_first=self._may_be_spelled(start, place))
        if first and self._is_comma(start - 1) and self._may_be_counted(first):
            return []
        return self._listed(first) if first else []

    def _is_in_house(self, start: int, place: int) -> bool:
        """Say whether "i" comes between a street and its house, after a comma: "Storgatan, i 12"."""
        return start > place and text_at(self.tokens, start) == "i"

    def _is_after_sign(self, start: int) -> bool:
        """Say whether only a sign parts street and house on a line of their own: "Storgatan / 12", "Storgatan; 12"."""
        return len(self.tokens) <= SHORT_LINE and text_at(self.tokens, start) in LINE_SIGNS

    def _may_be_spelled(self, start: int, place: int) -> bool:
        """Say whether a number in words may be a house: directly after the street, or after "nummer"."""
        return start == place or self.tokens[start - 1].folded in MARKERS_FAR

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
        at = place + (text_at(self.tokens, place) in BEFORE_APARTMENT)
        digits = text_at(self.tokens, at)
        is_new = not house.apartment and is_bare_apartment(digits)
        return (
            replace(house, last=at, apartment=digits)
            if is_new and house.number < int(digits)
            else None
        )

    def _next(self, place: int, house: House) -> list[House]:
        """Return the next house of the list, with those that a range implies before it."""
        words = [listing_at(self.tokens, at) for at in range(place, place + MOST_SEPARATORS)]
        count = self._up_to_at(place) or next(
            (nth for nth, word in enumerate(words) if not _is_separator(word, nth)), len(words)
        )
        if not count:
            return []
        at = _skip(self.tokens, place + count, 2)
        is_range = bool(self._up_to_at(place)) or not RANGE.isdisjoint(words[:count])
        return self._numbered(at, house, is_range=is_range) or self._lettered(
            at, house, is_range=is_range
        )

    def _up_to_at(self, place: int) -> int:
        """Return how many tokens "t.o.m." takes at a place, or 0."""
        words = [text_at(self.tokens, at) for at in range(place, place + len(UP_TO))]
        if words[: len(UP_TO_WORDS)] == UP_TO_WORDS:
            return len(UP_TO_WORDS)
        said = "".join(words)
        return next((len(form) for form in (UP_TO, UP_TO[:-1]) if said.startswith(form)), 0)

    def neighbours(self, place: int, end: int) -> list[House]:
        """Return the houses told of as next to one ("grannhuset 9", "granne på nr 4") shortly after it."""
        words = range(place, min(place + NEAR, end))
        after = next((at for at in words if text_at(self.tokens, at) in NEIGHBOURS), end)
        for at in range(after + 1, min(after + 1 + NEAR_NEIGHBOUR, end)):
            house = self.house_at(at, self.listed)
            if house and house.last < end:
                return [replace(found, is_far=True) for found in self._listed(house)]
        return []

    def _numbered(self, at: int, house: House, *, is_range: bool) -> list[House]:
        is_joined = self.tokens[at - 1].text in JOINING
        found = self.house_at(at, self.allowed if is_joined else self.listed)
        if found and not is_range and self._may_be_counted(found):
            found = None if self._is_comma(at - 1) else replace(found, is_far=True)
        if found is None:
            return []
        return [*(_between(house, found) if is_range else ()), found]

    def _is_comma(self, place: int) -> bool:
        return text_at(self.tokens, place) == ","

    def _may_be_counted(self, house: House) -> bool:
        """Say whether a small word after a number may be what is counted ("Storgatan 27, 4 inneboende")."""
        word, after = text_at(self.tokens, house.last + 1), text_at(self.tokens, house.last + 2)
        if house.letter or house.last > house.first:
            return False
        if word in {"till", "("}:
            return not after.isdigit() if word == "till" else after in SPELLED_NUMBERS
        return self._is_thing(house.last + 1) and word not in NOT_COUNTED

    def _is_thing(self, place: int) -> bool:
        """Say whether a word may be a thing: small, or with a capital where the clause goes on, as no town's name does."""
        here, after = self.tokens[place : place + 1], self.tokens[place + 1 : place + 2]
        if not here or here[0].sort != WORD:
            return False
        return not here[0].is_capital or (bool(after) and after[0].sort != SIGN)

    def _lettered(self, at: int, house: House, *, is_range: bool) -> list[House]:
        """Return a further letter at the same number ("5 A och B", "5A–C")."""
        letter = letter_at(self.tokens, at) if house.letter else ""
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
        end = self._list_end(first)
        start = self._list_start(end)
        house = self._named_at(start, is_on=end + 1 < first) if start <= end else None
        houses = self._listed(house) if house else []
        return houses if [each.last for each in houses[-1:]] == [end] else []

    def _named_at(self, start: int, *, is_on: bool) -> House | None:
        """Return the house at a place before a street, if it is called one or has a letter."""
        is_first = start > 0 and self._is_number_in_words(self.tokens[start], start)
        house = self.house_at(start, self.listed, is_first=is_first)
        is_sure = house and (house.letter or self._is_named_so(start, is_on=is_on))
        return house if is_sure else None

    def _list_end(self, first: int) -> int:
        """Return where a list of houses before a street ends: at "på", or at a comma when it stands first in the text."""
        end = first - 1
        is_on = text_at(self.tokens, end) in BEFORE_STREETS
        if is_on and not is_house_letter(self.tokens, end):
            return end - 1 - (text_at(self.tokens, end - 1) in WHEREABOUTS)
        is_first = end <= MOST_BEFORE_COMMA or self._list_start(end - 1) <= 1
        return end - 1 if self._is_comma(end) and is_first else end

    def _list_start(self, end: int) -> int:
        """Return where a list of houses that ends at a place begins; beyond the end when there is none."""
        start = end
        while start >= 0 and self._is_part_of_list(self.tokens[start], start):
            start -= 1
        start += 1
        while start <= end and self.tokens[start].folded in NOT_FIRST:
            start += 1
        return start

    def _is_part_of_list(self, token: Token, place: int) -> bool:
        if token.sort == DIGITS:
            return self.listed[place]
        is_letter = token.sort == WORD and len(token.text) == 1 and token.text not in NO_LETTERS
        is_letter = is_letter or self._is_number_in_words(token, place)
        is_letter = is_letter or listing_at(self.tokens, place) in LISTING
        return is_letter or token.folded in NOT_FIRST or token.folded in LIST_WORDS

    def _is_number_in_words(self, token: Token, place: int) -> bool:
        """Say whether a number in words comes after "nummer"."""
        return token.folded in SPELLED_NUMBERS and text_at(self.tokens, place - 1) in MARKERS_FAR

    def _is_named_so(self, place: int, *, is_on: bool) -> bool:
        """Say whether a number before a street is a house: "nr 5", "5:an", first in the text, or "i 5 på Storgatan"."""
        if place == 0 or self._is_definite(place):
            return True
        before = self.tokens[place - 1]
        is_in = is_on and before.folded in BEFORE_HOUSES
        return is_in or before.folded in MARKERS or before.text == "."

    def far(self, place: int, end: int) -> list[House]:
        """Return the houses that are called so further on ("Storgatan, det är i nr 5 eller 7")."""
        for at in range(place, min(place + FAR, end)):
            house = self._called_so(at)
            if house and house.last < end:
                return [replace(found, is_far=True) for found in self._listed(house)]
        return []

    def _called_so(self, at: int) -> House | None:
        """Return the house that a marker or a definite ending at a place announces."""
        if self.tokens[at].folded in MARKERS_FAR:
            return self.house_at(_skip(self.tokens, at), self.listed)
        return self.house_at(at, self.listed) if self._is_definite(at) else None

    def _is_definite(self, place: int) -> bool:
        return (
            self.tokens[place].folded in DEFINITE_NUMBERS
            or _after_number(self.tokens, place) > place
        )


def _is_separator(word: str, nth: int) -> bool:
    return word in LISTING or word in RANGE or (word == "." and nth > 0)


def _between(low: House, high: House) -> list[House]:
    """Return the houses that a range implies: those on the same side when both ends are odd or even."""
    if not low.number < high.number <= low.number + LONG_RANGE:
        return []
    step = 1 if (high.number - low.number) % 2 else 2
    numbers = range(low.number + step, high.number, step)
    return [House(low.first, high.last, number, is_between=True) for number in numbers]
