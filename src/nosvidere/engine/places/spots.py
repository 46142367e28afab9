"""Street names put together with their houses, dwellings, towns and postcodes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nosvidere.engine.places.entrances import letter_before
from nosvidere.engine.places.houses import House, HouseReader
from nosvidere.engine.places.numbers import Dwelling
from nosvidere.engine.places.reading import Reading
from nosvidere.engine.places.spelling import ends_nearly_typed
from nosvidere.engine.places.surroundings import ELSEWHERE, Named
from nosvidere.engine.places.tokens import Token
from nosvidere.engine.places.vocabulary import ORDINARY, STOPWORDS
from nosvidere.engine.places.windows import (
    MISSPELLED,
    NICKNAME,
    SHORT,
    SHORT_LINE,
    STEM,
    TAIL,
    WHOLE,
    Found,
    is_placed,
)

LONG_NAMES = {WHOLE: 7, SHORT: 6}
"""From this length on a registered name before a number is a street, however it stands."""
REACH_AFTER, REACH_BEFORE = 10, 5
"""Tokens that may stand between a house and its town."""
NEW_SENTENCE = re.compile(r"[.!?]\s+[^\W\d_]{3}")
POSTCODE_THERE = re.compile(r"\d\d\d \d\d(?!\d)|\d{5}\s+[A-ZÅÄÖ][a-zåäö]")
CALLED_POSTCODE = re.compile(r"(?:postnr|postnummer|postadress)\W{0,3}$", re.IGNORECASE)
REACH_OF_POSTCODE = 40
"""Signs of text that may stand between a house and its postcode."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A street name with one of its houses, or none; the tokens `first..last` say it."""

    found: Found
    house: House | None
    first: int
    last: int


def spots(reading: Reading, found: Sequence[Found]) -> list[Spot]:
    """Return each street name with its houses, left to right.

    A name without a house is left out when the same street is named with one.
    """
    reader = HouseReader(reading.tokens, reading.possible, reading.listed)
    made: list[Spot] = []
    for place, match in enumerate(found):
        end = found[place + 1].first if place + 1 < len(found) else len(reading.tokens)
        begin = made[-1].last + 1 if made else 0
        made.extend(_of_street(match, reading, reader, (begin, end)))
    housed = {spot.found.names[0].name for spot in made if spot.house is not None}
    return [
        spot for spot in made if spot.house is not None or spot.found.names[0].name not in housed
    ]


def _of_street(
    match: Found, reading: Reading, reader: HouseReader, limits: tuple[int, int]
) -> Iterator[Spot]:
    houses = _houses_of(match, reading, reader, limits)
    if houses:
        houses = _with_entrance(houses, match, reading)
        houses += reader.neighbours(houses[-1].last + 1, limits[1])
    if not houses and _is_street_alone(match, reading.tokens):
        yield Spot(match, None, match.first, match.last)
    for nth, house in enumerate(houses):
        if nth:
            yield Spot(match, house, house.first, house.last)
        else:
            yield Spot(match, house, min(match.first, house.first), max(match.last, house.last))


def _houses_of(
    match: Found, reading: Reading, reader: HouseReader, limits: tuple[int, int]
) -> list[House]:
    begin, end = limits
    houses: list[House] = []
    if _may_have_house(match, reading.tokens):
        houses = reader.after(match.last + 1) or _kind_taken_for_floor(match, reading, reader)
    houses = [house for house in houses if house.last < end]
    if not houses:
        houses = [house for house in reader.before(match.first) if house.first >= begin]
    if not houses and match.way not in {TAIL, STEM}:
        houses = reader.far(match.last + 1, end)
    return houses


def _with_entrance(houses: list[House], match: Found, reading: Reading) -> list[House]:
    """Return the houses, an only one with the letter that is told of before the street ("uppgång B, Storgatan 5")."""
    letter, first = letter_before(reading.tokens, match.first)
    is_one = len(houses) == 1 and houses[0].first > match.last and not houses[0].letter
    return [replace(houses[0], first=first, letter=letter)] if letter and is_one else houses


def _kind_taken_for_floor(match: Found, reading: Reading, reader: HouseReader) -> list[House]:
    """Return the houses after a name that ends in a word that floors are called by as well ("Odens plan 3")."""
    last = reading.tokens[match.last]
    if any(last.start <= dwelling.start < last.end for dwelling in reading.dwellings):
        return reader.after(match.last + 1, is_sure=True)
    return []


def _may_have_house(match: Found, tokens: Sequence[Token]) -> bool:
    """Say whether a number after the name can be a house: an ordinary word that is also a name needs more."""
    if match.written in STOPWORDS:
        return False
    is_ordinary = match.written in ORDINARY
    if not is_ordinary and (match.is_typed or ends_nearly_typed(tokens[match.last].folded)):
        return True
    least = LONG_NAMES.get(match.way)
    is_long = least is not None and len(match.written) >= least and not is_ordinary
    return (
        is_long or match.is_capital or len(tokens) <= SHORT_LINE or is_placed(tokens, match.first)
    )


def _is_street_alone(match: Found, tokens: Sequence[Token]) -> bool:
    """Say whether a name without a house is worth naming."""
    if match.way in {SHORT, TAIL, STEM}:
        return False
    if match.way == NICKNAME or (match.is_typed and match.written not in ORDINARY):
        return True
    return match.way != MISSPELLED and match.is_capital and is_placed(tokens, match.first)


def dwellings_of(made: Sequence[Spot], reading: Reading) -> dict[int, Dwelling]:
    """Return what is said about the dwelling at each spot: to the house before it, else to the first after it."""
    ends = [
        (reading.tokens[spot.last].end, place)
        for place, spot in enumerate(made)
        if spot.house is not None
    ]
    said: dict[int, Dwelling] = {}
    for dwelling in reading.dwellings:
        if not ends or _is_in_name(dwelling, made, reading.tokens):
            continue
        place = max(
            (place for end, place in ends if end <= dwelling.start + 1), default=ends[0][1]
        )
        said[place] = _joined(said[place], dwelling) if place in said else dwelling
    return said


def _is_in_name(dwelling: Dwelling, made: Sequence[Spot], tokens: Sequence[Token]) -> bool:
    """Say whether what looks like a floor begins inside a street's name ("Odens plan 3")."""
    names = ((tokens[spot.found.first].start, tokens[spot.found.last].end) for spot in made)
    return any(start <= dwelling.start < end for start, end in names)


def _joined(first: Dwelling, second: Dwelling) -> Dwelling:
    apartment = first.apartment or second.apartment
    return Dwelling(
        first.start, second.end, apartment, apartment[:2] or first.floor or second.floor
    )


def place_of(spot: Spot, named: Sequence[Named]) -> Named | None:
    """Return the town or district that the text puts the spot in.

    The next one named after it, else the last before it, else the only one that the text is about.
    """
    after = [place for place in named if spot.last < place.first <= spot.last + REACH_AFTER]
    before = [place for place in named if spot.first - REACH_BEFORE <= place.last < spot.first]
    if after or before:
        return [*after[:1], *before[-1:]][0]
    anywhere = {
        place.text: place
        for place in named
        if place.is_in or place.sort == ELSEWHERE or _is_heading(place)
    }
    return next(iter(anywhere.values())) if len(anywhere) == 1 else None


def _is_heading(place: Named) -> bool:
    """Say whether a registered town stands first in the text, as in a log ("Norrmyra 22.45: …")."""
    return place.first == 0 and place.is_town


def postcode_of(spot: Spot, reading: Reading) -> str:
    """Return the postcode that stands shortly after the spot, else the only one before it, or ""."""
    begin, end = reading.tokens[spot.first].start, reading.tokens[spot.last].end
    after = [
        code
        for start, code in reading.postcodes
        if 0 <= start - end < REACH_OF_POSTCODE
        and not NEW_SENTENCE.search(reading.text, end, start)
    ]
    before = [
        code
        for start, code in reading.postcodes
        if 0 < begin - start < REACH_OF_POSTCODE and _is_called_postcode(reading.text, start)
    ]
    return next(iter(after or before), "")


def _is_called_postcode(text: str, start: int) -> bool:
    """Say whether five digits before a street are a postcode: written apart, before a town, or called so."""
    return bool(POSTCODE_THERE.match(text, start) or CALLED_POSTCODE.search(text[:start]))
