"""What a street name and a house number may mean in the register, and what speaks for and against each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nosvidere.engine.places import fold
from nosvidere.engine.places.elsewhere import NamesElsewhere
from nosvidere.engine.places.houses import House
from nosvidere.engine.places.index import NO_NUMBER, Index
from nosvidere.engine.places.model import ENTRANCE_UNKNOWN, EXACT, LETTER_NOT_REGISTERED, STREET
from nosvidere.engine.places.streets import MISSPELLED, NICKNAME, SHORT, STEM, TAIL, Found, Like
from nosvidere.engine.places.surroundings import ELSEWHERE, KNOWN, UNKNOWN, Named

MOST_STREETS = 40
DIACRITICS = re.compile(r"[åäöéü]")
WAY_FEATURES = {SHORT: "short", NICKNAME: "nickname", TAIL: "tail", STEM: "stem"}


@dataclass(slots=True)
class Candidate:
    """One reading: a street, and a row when the house is registered; `rows` when it may be one of several."""

    name: int
    street: int
    level: str
    row: int | None
    rows: Sequence[int]
    like: Like
    features: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """What the text says around a mention, and what the deployer told."""

    place: Named | None
    postcode: str
    home: frozenset[int]
    """Text numbers of the home municipality in the register."""


def candidates(index: Index, found: Found, house: House | None) -> list[Candidate]:
    """Return the readings of a street name and a house, without features."""
    readings: list[Candidate] = []
    for like in found.names:
        for street in index.streets(like.name)[:MOST_STREETS]:
            readings.extend(_of_street(index, like, street, house))
    return readings


def _of_street(index: Index, like: Like, street: int, house: House | None) -> Iterator[Candidate]:
    rows = index.rows(street, NO_NUMBER if house is None else house.number)
    letter = "" if house is None else house.letter
    exact = [row for row in rows if index.text("letter", row) == letter]
    if exact:
        yield from (Candidate(like.name, street, EXACT, row, (), like) for row in exact)
    elif not rows or house is None:
        yield Candidate(like.name, street, STREET, None, (), like)
    else:
        level = LETTER_NOT_REGISTERED if letter else ENTRANCE_UNKNOWN
        yield Candidate(like.name, street, level, None, rows, like)


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

    def weigh(self, candidate: Candidate, found: Found, context: Context, written: str) -> None:
        """Fill in the features of a candidate; `written` is the name as it stands in the text."""
        features = {"base": 1.0}
        is_misspelled = candidate.like.distance > 0
        if not is_misspelled and (feature := WAY_FEATURES.get(found.way)):
            features[feature] = 1.0
        features["same_form"] = float(
            fold.spelled_form(written) == fold.spelled_form(self.index.names[candidate.name])
        )
        features["registered"] = float(candidate.level != STREET)
        features["letter_missing"] = float(candidate.level == LETTER_NOT_REGISTERED)
        features["qualifier_before"] = float(
            found.has_qualifier_before or candidate.like.leaves_word
        )
        features["other_first_word"] = float(found.has_other_first and not is_misspelled)
        is_tail = found.way == TAIL and not is_misspelled
        features["qualifier_left_out"] = float(
            is_tail and bool(fold.qualifier_of(self.index.forms[candidate.name]))
        )
        features["given_name_before"] = float(found.has_given_name_before)
        features["name_before"] = float(found.has_name_before)
        features["untyped"] = float(not found.is_typed and not found.is_capital)
        features["other_diacritics"] = self._other_diacritics(candidate, written)
        if is_misspelled:
            features |= self._misspelling(candidate, found)
        if self.elsewhere is not None:
            features |= self._against_country(candidate, found, written, self.elsewhere)
        candidate.features = features | self._place(candidate, context)

    def _other_diacritics(self, candidate: Candidate, written: str) -> float:
        """Return 1 when the text has å ä ö, but other ones than the name."""
        if not DIACRITICS.search(written):
            return 0.0
        known = "".join(DIACRITICS.findall(self.index.names[candidate.name].lower()))
        return float("".join(DIACRITICS.findall(written)) != known)

    def _misspelling(self, candidate: Candidate, found: Found) -> dict[str, float]:
        known = self.index.forms[candidate.name]
        stem = max(3, len(fold.split_kind(known)[0]))
        return {
            "one_wrong": float(candidate.like.distance == 1),
            "more_wrong": float(max(0, candidate.like.distance - 1)),
            "wrong_share": candidate.like.distance / stem,
            "first_letter_wrong": float(known[0] != found.written[0]),
        }

    def _against_country(
        self, candidate: Candidate, found: Found, written: str, country: NamesElsewhere
    ) -> dict[str, float]:
        if fold.spelled_form(written) in country.exact or (
            found.before and country.holds(found.before + found.written)
        ):
            return {"rival_elsewhere": 2.0}
        is_misspelled = candidate.like.distance > 0
        if not is_misspelled and not candidate.like.leaves_word and found.way not in {TAIL, STEM}:
            return {}
        if country.holds(found.written):
            return {"rival_elsewhere": 2.0}
        if is_misspelled and country.has_nearer(found.written, candidate.like.distance):
            return {"rival_elsewhere": 1.0}
        return {"no_rival_elsewhere": 1.0}

    def _place(self, candidate: Candidate, context: Context) -> dict[str, float]:
        row = any_row(self.index, candidate)
        features = {}
        if context.home:
            is_home = self.index.columns["municipality"][row] in context.home
            features["home" if is_home else "not_home"] = 1.0
        if context.postcode:
            code = self.index.text("postcode", row)
            if code:
                features["postcode_agrees" if code == context.postcode else "postcode_differs"] = (
                    1.0
                )
        if context.place is not None:
            features |= self._named_place(row, context.place)
        return features

    def _named_place(self, row: int, place: Named) -> dict[str, float]:
        if place.sort != KNOWN:
            return {"place_unknown": 1.0} if place.sort == UNKNOWN else {}
        columns = self.index.columns
        if any(columns[field][row] == number for field, number in place.refs):
            return {"place_agrees": 1.0}
        fields = {field for field, _ in place.refs}
        is_told = any(self.index.text(field, row) for field in fields)
        return {"place_differs": 1.0} if is_told else {}


def is_elsewhere(index: Index, candidate: Candidate, place: Named | None) -> bool:
    """Say whether the text names a town that the candidate does not lie in."""
    if place is None or place.sort == UNKNOWN:
        return False
    if place.sort == ELSEWHERE:
        return True
    towns = {number for field, number in place.refs if field == "municipality"}
    return bool(towns) and "place_differs" in candidate.features
