"""What a street name and a house number may mean in the register, and what speaks for and against each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nosvidere.engine.places import fold
from nosvidere.engine.places.elsewhere import NamesElsewhere
from nosvidere.engine.places.houses import House
from nosvidere.engine.places.index import NO_NUMBER, Index
from nosvidere.engine.places.model import ENTRANCE_UNKNOWN, EXACT, LETTER_NOT_REGISTERED, STREET
from nosvidere.engine.places.spelling import is_nearly_qualifier
from nosvidere.engine.places.spots import Spot
from nosvidere.engine.places.surroundings import ELSEWHERE, KNOWN, UNKNOWN, Named
from nosvidere.engine.places.vocabulary import FIRST_NAMES
from nosvidere.engine.places.windows import NICKNAME, SHORT, STEM, TAIL, WHOLE, Found, Like

MOST_STREETS = 40
DIACRITICS = re.compile(r"[åäöéü]")
WAY_FEATURES = {SHORT: "short", NICKNAME: "nickname", TAIL: "tail", STEM: "stem"}
LEAST_STEM = 3
SHORT_STEM = 6
"""Names this short, the ending not counted, often differ by one letter: Lindgatan, Lundgatan."""
GUESSED = frozenset({TAIL, STEM})
NO_HOUSE = House(0, 0, NO_NUMBER)
"""A name without a number: a farm's address has none."""

Features = dict[str, float]


@dataclass(slots=True)
class Candidate:
    """One reading: a street, and a row when the house is registered; `rows` when it may be one of several."""

    like: Like
    street: int
    level: str
    row: int | None = None
    rows: Sequence[int] = ()
    features: Features = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """What the text says around a mention, and what the deployer told."""

    place: Named | None
    postcode: str
    home: frozenset[int]
    """Text numbers of the home municipality in the register."""


def candidates(index: Index, spot: Spot) -> list[Candidate]:
    """Return the readings of a street name and a house, without features."""
    house = spot.house or NO_HOUSE
    return [
        candidate
        for like in spot.found.names
        for street in index.streets(like.name)[:MOST_STREETS]
        for candidate in _of_street(index, like, street, house)
    ]


def _of_street(index: Index, like: Like, street: int, house: House) -> Iterator[Candidate]:
    rows = index.rows(street, house.number)
    letters = {row: index.text("letter", row) for row in rows}
    exact = [row for row, letter in letters.items() if letter == house.letter]
    if exact:
        yield from (Candidate(like, street, EXACT, row) for row in exact)
    elif not rows or house is NO_HOUSE:
        yield Candidate(like, street, STREET)
    else:
        yield _one_of_several(like, street, house.letter, letters)


def _one_of_several(like: Like, street: int, letter: str, letters: Mapping[int, str]) -> Candidate:
    """Return the reading of a number whose entrances all have other letters, or letters with an addition."""
    fitting = [row for row, known in letters.items() if letter in {"", known.split(" ")[0]}]
    level = ENTRANCE_UNKNOWN if fitting else LETTER_NOT_REGISTERED
    return Candidate(like, street, level, rows=fitting or list(letters))


def any_row(index: Index, candidate: Candidate) -> int:
    """Return a row that shows where the street lies: the house's own, or the street's first."""
    if candidate.row is not None:
        return candidate.row
    return candidate.rows[0] if candidate.rows else index.street_starts[candidate.street]


class Weigher:
    """Gives each candidate its features."""

    def __init__(self, index: Index, elsewhere: NamesElsewhere | None) -> None:
        """Take the index and, where there is one, the country's street names."""
        self.index, self.elsewhere = index, elsewhere

    def weigh(self, candidate: Candidate, spot: Spot, context: Context, written: str) -> None:
        """Fill in the features of a candidate; `written` is the name as it stands in the text, in small letters."""
        found = spot.found
        features = {
            "base": 1.0,
            "registered": float(candidate.level != STREET),
            "letter_missing": float(candidate.level == LETTER_NOT_REGISTERED),
            "untyped": float(not (found.is_typed or found.is_capital)),
            "other_diacritics": self._other_diacritics(candidate, written),
        }
        features |= (
            self._misspelling(candidate, found)
            if candidate.like.distance
            else self._way(candidate, found, written)
        )
        features |= _word_before(candidate, found) | _house(spot.house or NO_HOUSE)
        if self.elsewhere is not None:
            features |= _against_country(candidate, found, written, self.elsewhere)
        candidate.features = features | self._place(candidate, context)

    def _way(self, candidate: Candidate, found: Found, written: str) -> Features:
        features = {WAY_FEATURES[found.way]: 1.0} if found.way in WAY_FEATURES else {}
        if found.way == WHOLE:
            known = self.index.names[candidate.like.name]
            features["other_form"] = float(fold.spelled_form(written) != fold.spelled_form(known))
        if found.way == TAIL:
            features["other_first_word"] = float(found.has_other_first)
            qualifier = fold.qualifier_of(self.index.forms[candidate.like.name])
            features["qualifier_left_out"] = float(bool(qualifier))
        return features

    def _other_diacritics(self, candidate: Candidate, written: str) -> float:
        """Return 1 when the text has å ä ö, but other ones than the name."""
        if not DIACRITICS.search(written):
            return 0.0
        known = self.index.names[candidate.like.name].lower()
        return float(DIACRITICS.findall(written) != DIACRITICS.findall(known))

    def _misspelling(self, candidate: Candidate, found: Found) -> Features:
        distance, form = candidate.like.distance, candidate.like.form
        known = self.index.forms[candidate.like.name]
        stem = max(LEAST_STEM, len(fold.split_kind(known)[0]))
        is_other_letter = len(known) == len(form) and sorted(known) != sorted(form)
        return {
            "short_other_letter": float(is_other_letter and stem <= SHORT_STEM),
            "short_and_wrong": float(found.is_short),
            "one_wrong": float(distance == 1),
            "more_wrong": float(distance - 1),
            "wrong_share": distance / stem,
            "first_letter_wrong": float(known[0] != form[0]),
            "qualifier_joined": float(form[1:] == known and form[0] in fold.SHORT_WORDS),
        }

    def _place(self, candidate: Candidate, context: Context) -> Features:
        row, place, features = any_row(self.index, candidate), context.place, {}
        if context.home and not (place and place.is_town):
            is_home = self.index.columns["municipality"][row] in context.home
            features["home" if is_home else "not_home"] = 1.0
        code = self.index.text("postcode", row)
        if context.postcode and code:
            features["postcode_agrees" if code == context.postcode else "postcode_differs"] = 1.0
        return features | self._named_place(row, place)

    def _named_place(self, row: int, place: Named | None) -> Features:
        if place is None:
            return {}
        if place.sort != KNOWN:
            return {"place_unknown": float(place.sort == UNKNOWN)}
        columns = self.index.columns
        if any(columns[field][row] == number for field, number in place.refs):
            return {"place_agrees": 1.0}
        is_told = any(self.index.text(field, row) for field, _ in place.refs)
        return {"place_differs": float(is_told)}


def _word_before(candidate: Candidate, found: Found) -> Features:
    left = candidate.like.leaves
    return {
        "qualifier_before": float(found.has_qualifier_before or is_nearly_qualifier(left)),
        "given_name_before": float(found.has_given_name_before or left in FIRST_NAMES),
        "name_before": float(found.has_name_before),
        "word_left_over": float(bool(left)),
    }


def _house(house: House) -> Features:
    return {"far": float(house.is_far), "between": float(house.is_between)}


def _against_country(
    candidate: Candidate, found: Found, written: str, country: NamesElsewhere
) -> Features:
    """Return whether a street elsewhere is named as the text says, or as like it as the registered one."""
    is_joined_name = bool(found.before) and country.holds(found.before + found.written)
    if is_joined_name or fold.spelled_form(written) in country.exact:
        return {"rival_elsewhere": 2.0}
    like = candidate.like
    if like.distance or like.leaves or found.way in GUESSED:
        return _against_likes(country, like.form or found.written, like.distance)
    return {}


def _against_likes(country: NamesElsewhere, form: str, distance: int) -> Features:
    if country.holds(form):
        return {"rival_elsewhere": 2.0}
    is_rivalled = country.has_nearer(form, distance)
    return {"rival_elsewhere": 1.0} if is_rivalled else {"no_rival_elsewhere": 1.0}


def is_elsewhere(candidate: Candidate, place: Named | None) -> bool:
    """Say whether the text names a town that the candidate does not lie in."""
    if place is None or place.sort == UNKNOWN:
        return False
    if place.sort == ELSEWHERE:
        return True
    is_municipality = any(field == "municipality" for field, _ in place.refs)
    return is_municipality and bool(candidate.features.get("place_differs"))
