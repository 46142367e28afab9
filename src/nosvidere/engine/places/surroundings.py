"""Towns, districts and postcodes that a text names, and which of them lie outside the register."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import cos, isnan, radians
from pathlib import Path

import numpy as np

from nosvidere.engine.places.fold import fold
from nosvidere.engine.places.index import Index
from nosvidere.engine.places.tokens import SIGN, WORD, Token
from nosvidere.engine.places.vocabulary import (
    AWAY,
    FIRST_NAMES,
    IN,
    NO_PLACES,
    PLACE_ENDINGS,
    SHORT_TOWNS,
)

KM_PER_DEGREE = 111.2
NEAR_ADDRESSES_KM = 4.0
"""A place so near a registered address is within the register."""
NEAR_CENTRE_KM = 12.0
"""The same, measured from a registered town's centre, when the register has no coordinates."""
SAMPLE = 4000
MOST_WORDS = 3
LEAST_PLACE = 3
WORDS_TO_STREET = 3
LEAST_SMALL = 4
"""Letters of a place that is written without a capital."""
KNOWN, ELSEWHERE, UNKNOWN = "known", "elsewhere", "unknown"


@dataclass(frozen=True, slots=True)
class Town:
    """A Swedish town or municipality; without coordinates when it bears no town's name."""

    name: str
    lat: float
    lon: float
    is_municipality: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A place that the tokens `first..last` name; `refs` are (field, text number) in the register."""

    first: int
    last: int
    sort: str
    text: str
    is_in: bool
    refs: frozenset[tuple[str, int]] = frozenset()

    @property
    def is_town(self) -> bool:
        """Say whether the register knows it as a municipality or a postal town, not only as a district."""
        return any(field != "district" for field, _ in self.refs)


@cache
def towns() -> tuple[Town, ...]:
    """Return the Swedish towns and municipalities of the list that comes with the program."""
    lines = Path(__file__).with_name("towns.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return tuple(
        Town(
            row["name"],
            float(row["lat"] or "nan"),
            float(row["lon"] or "nan"),
            row["is_municipality"] == "1",
        )
        for row in rows
    )


class Surroundings:
    """Knows which places the register holds and which towns lie elsewhere."""

    def __init__(self, index: Index) -> None:
        """Take the index; what is near its addresses is within it."""
        self.known: dict[str, set[tuple[str, int]]] = {}
        for name, field, number in index.places():
            self.known.setdefault(_key(name), set()).add((field, number))
        points, reach = self._points(index)
        self.elsewhere = {
            _key(fold(town.name)): town
            for town in towns()
            if _key(fold(town.name)) not in self.known
            and (town.is_municipality or not _is_near(town, points, reach))
        }
        codes = (
            index.texts[number] for number in np.unique(index.arrays["field.postcode"]).tolist()
        )
        self.districts = {code[:3] for code in codes if code}

    def _points(self, index: Index) -> tuple[np.ndarray, float]:
        lat, lon = index.arrays["lat"], index.arrays["lon"]
        places = np.flatnonzero(~np.isnan(lat))
        if len(places):
            places = places[:: max(1, len(places) // SAMPLE)]
            return np.column_stack((lat[places], lon[places])), NEAR_ADDRESSES_KM
        centres = [
            (town.lat, town.lon)
            for town in towns()
            if _key(fold(town.name)) in self.known and not isnan(town.lat)
        ]
        return np.array(centres).reshape(-1, 2), NEAR_CENTRE_KM

    def named(self, tokens: Sequence[Token], taken: Iterable[int]) -> list[Named]:
        """Return the places that the tokens name, those of street names and houses left out."""
        found: list[Named] = []
        busy, place = set(taken), 0
        while place < len(tokens):
            named = self._named_at(tokens, place, busy) if tokens[place].sort == WORD else None
            if named:
                found.append(named)
            place = named.last + 1 if named else place + 1
        return found

    def _named_at(self, tokens: Sequence[Token], place: int, busy: set[int]) -> Named | None:
        if _is_no_location(tokens, place, busy):
            return None
        before = tokens[max(0, place - 1)]
        is_in = place > 0 and before.folded in IN
        named = None
        if tokens[place].is_capital or is_in or before.sort != WORD:
            named = self._listed_at(tokens, place, busy)
        if named is None and _looks_like_place(tokens, place, busy, is_in=is_in):
            named = Named(place, place, UNKNOWN, tokens[place].text, is_in)
        return named and replace(named, is_in=is_in)

    def _listed_at(self, tokens: Sequence[Token], place: int, busy: set[int]) -> Named | None:
        """Return the registered place, or the town elsewhere, that begins at a token."""
        for last, key in _runs(tokens, place, busy):
            if named := self._known_or_elsewhere(tokens[place : last + 1], key):
                said = " ".join(token.text for token in tokens[place : last + 1])
                return Named(place, last, named[0], said, is_in=False, refs=named[1])
        return None

    def _known_or_elsewhere(
        self, words: Sequence[Token], key: str
    ) -> tuple[str, frozenset[tuple[str, int]]] | None:
        """Return (sort, references) of the place that the words name, or None."""
        key = SHORT_TOWNS.get(key, key)
        if key in self.known:
            return KNOWN, frozenset(self.known[key])
        is_written_so = words[0].is_capital or len(key) >= LEAST_SMALL
        return (ELSEWHERE, frozenset()) if key in self.elsewhere and is_written_so else None

    def is_postcode_elsewhere(self, code: str) -> bool:
        """Say whether the register has postcodes, but none that begins like this one."""
        return bool(code and self.districts) and code[:3] not in self.districts

    def municipalities(self, name: str) -> frozenset[int]:
        """Return the text numbers of the municipality in the register, none when it is not registered."""
        refs = self.known.get(_key(fold(name)), set())
        return frozenset(number for field, number in refs if field == "municipality")


def _is_no_location(tokens: Sequence[Token], place: int, busy: set[int]) -> bool:
    """Say whether the word before makes a town something else: where one comes from or goes, or a surname.

    "till Växjö, Storgatan 4" is a location all the same: a comma and a street come next.
    """
    before = tokens[place - 1].folded if place else ""
    is_street_next = is_street_after(tokens, place, busy)
    return before in FIRST_NAMES or (before in AWAY and not is_street_next)


def is_street_after(tokens: Sequence[Token], place: int, busy: set[int]) -> bool:
    """Say whether a comma and then a street come next, at most a few words between ("Växjö, närmare bestämt Storgatan")."""
    if [token.text for token in tokens[place + 1 : place + 2]] not in ([","], [":"]):
        return False
    return not busy.isdisjoint(range(place + 2, place + 2 + WORDS_TO_STREET))


def _key(folded: str) -> str:
    return folded.replace(" ", "").replace("-", "")


def _runs(tokens: Sequence[Token], place: int, busy: set[int]) -> Iterator[tuple[int, str]]:
    """Yield (last token, key) of the words from a place on, the longest run first, then without a genitive s."""
    keys: list[tuple[int, str]] = []
    key, last = "", place
    while len(keys) < MOST_WORDS and _is_free_word(tokens, last, busy):
        key += tokens[last].folded
        keys.append((last, key))
        last += 2 if tokens[last + 1 : last + 2] and tokens[last + 1].text == "-" else 1
    yield from reversed(keys)
    if keys and keys[0][1].endswith("s"):
        yield place, keys[0][1][:-1]


def _is_free_word(tokens: Sequence[Token], place: int, busy: set[int]) -> bool:
    return place < len(tokens) and place not in busy and tokens[place].sort == WORD


def _looks_like_place(tokens: Sequence[Token], place: int, busy: set[int], *, is_in: bool) -> bool:
    """Say whether a word that no list holds is a place: "i Tokarp", "i tokarp", ", Tokarp", "Storgatan 4 tokarp"."""
    token, small = tokens[place], tokens[place].text.lower()
    if (
        place == 0
        or place in busy
        or len(small) < LEAST_PLACE
        or not NO_PLACES.isdisjoint((small, token.folded))
    ):
        return False
    if is_in or _ends_address(tokens, place, busy):
        return token.is_capital or (small.endswith(PLACE_ENDINGS) and len(small) >= LEAST_SMALL)
    return tokens[place - 1].text == "," and token.is_capital and not token.text.isupper()


def _ends_address(tokens: Sequence[Token], place: int, busy: set[int]) -> bool:
    """Say whether a word stands directly after a house and ends the line or the clause."""
    after = tokens[place + 1 : place + 2]
    return place - 1 in busy and (not after or after[0].sort == SIGN)


def _is_near(town: Town, points: "np.ndarray", reach_km: float) -> bool:
    if isnan(town.lat) or not len(points):
        return False
    scale = cos(radians(town.lat))
    east, north = (points[:, 1] - town.lon) * scale, points[:, 0] - town.lat
    return bool((np.hypot(east, north) * KM_PER_DEGREE).min() < reach_km)
