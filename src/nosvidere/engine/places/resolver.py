"""Text in, mentions of registered places out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from nosvidere.engine.places import confidence, numbers, reasons
from nosvidere.engine.places.candidates import (
    Candidate,
    Context,
    Weigher,
    any_row,
    candidates,
    is_elsewhere,
)
from nosvidere.engine.places.elsewhere import NamesElsewhere
from nosvidere.engine.places.fold import fold
from nosvidere.engine.places.houses import House, HouseReader
from nosvidere.engine.places.index import Index
from nosvidere.engine.places.model import EXACT, STREET, Alternative, Mention
from nosvidere.engine.places.numbers import Dwelling
from nosvidere.engine.places.streets import (
    MISSPELLED,
    NICKNAME,
    ORDINARY,
    PLACE_PREPOSITIONS,
    SHORT,
    SHORT_LINE,
    STOPWORDS,
    WHOLE,
    Found,
    StreetFinder,
    ends_nearly_typed,
    word_before,
)
from nosvidere.engine.places.surroundings import ELSEWHERE, Named, Surroundings
from nosvidere.engine.places.tokens import DIGITS, Token, plain_text, tokens_of

MOST_ALTERNATIVES = 5
LEAST_CONFIDENCE = 0.02
LONG_NAME = 7
REACH_AFTER = 10
REACH_BEFORE = 5
REACH_OF_POSTCODE = 40
"""Letters and tokens that may stand between a house and its town or postcode."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One text, cut up: which numbers may be houses, and what is said about dwellings."""

    text: str
    tokens: Sequence[Token]
    plain: str
    possible: Sequence[bool]
    listed: Sequence[bool]
    dwellings: Sequence[Dwelling]
    postcodes: Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A street name with one of its houses, or none."""

    found: Found
    house: House | None
    is_first: bool

    @property
    def first(self) -> int:
        """Return the first token."""
        if self.house is None or self.is_first:
            return min(
                self.found.first, self.found.first if self.house is None else self.house.first
            )
        return self.house.first

    @property
    def last(self) -> int:
        """Return the last token."""
        if self.house is None or self.house.is_far:
            return self.found.last if self.house is None else self.house.last
        return max(self.house.last, self.found.last if self.is_first else 0)


def read(text: str) -> Reading:
    """Return the text cut up."""
    tokens, plain = tokens_of(text), plain_text(text)
    has_digits = any(token.sort == DIGITS for token in tokens)
    never = numbers.spans(numbers.NEVER, plain) if has_digits else []
    seldom = numbers.spans(numbers.SELDOM, plain) if has_digits else []
    said = numbers.dwellings(plain)
    inside = [(dwelling.start, dwelling.end) for dwelling in said]
    possible = [token.sort == DIGITS and not _within(token, never + inside) for token in tokens]
    listed = [
        may and not _within(token, seldom) for may, token in zip(possible, tokens, strict=True)
    ]
    return Reading(text, tokens, plain, possible, listed, said, numbers.postcodes(plain, never))


def _within(token: Token, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.start < end for start, end in spans)


class Resolver:
    """Finds registered places in what people write."""

    def __init__(
        self,
        index: Index,
        *,
        home_municipality: str = "",
        street_names_elsewhere: Collection[str] | None = None,
        nicknames: Mapping[str, str] | None = None,
    ) -> None:
        """Take the index, where the texts come from, the country's street names and local nicknames, as known."""
        self.index = index
        self.finder = StreetFinder(index, nicknames or {})
        self.surroundings = Surroundings(index)
        country = (
            None
            if street_names_elsewhere is None
            else NamesElsewhere(street_names_elsewhere, index)
        )
        self.weigher = Weigher(index, country)
        refs = self.surroundings.known.get(
            fold(home_municipality).replace(" ", "").replace("-", ""), set()
        )
        self.home = frozenset(number for field, number in refs if field == "municipality")

    def resolve(self, text: str) -> list[Mention]:
        """Return the places that the text mentions, in the order of the text; no place gives an empty list."""
        reading = read(text)
        spots, named = self.spots(reading)
        said = _dwellings_of(spots, reading)
        mentions = [
            self._mention(spot, reading, named, said.get(place))
            for place, spot in enumerate(spots)
        ]
        return [mention for mention in mentions if mention is not None]

    def spots(self, reading: Reading) -> tuple[list[Spot], list[Named]]:
        """Return the street names with their houses, and the towns named beside them."""
        found = self.finder.find(reading.tokens, reading.possible)
        if not found:
            return [], []
        spots = _spots(reading, found)
        taken = {place for spot in spots for place in range(spot.first, spot.last + 1)}
        taken |= {place for match in found for place in range(match.first, match.last + 1)}
        return spots, self.surroundings.named(reading.tokens, taken)

    def readings(self, spot: Spot, reading: Reading, named: Sequence[Named]) -> list[Candidate]:
        """Return the weighed readings of one spot, the likeliest first."""
        context = Context(_place_of(spot, named, reading), _postcode_of(spot, reading), self.home)
        written = reading.text[
            reading.tokens[spot.found.first].start : reading.tokens[spot.found.last].end
        ].lower()
        found = candidates(self.index, spot.found, spot.house)
        for candidate in found:
            self.weigher.weigh(candidate, spot.found, context, written)
            if spot.house is not None:
                candidate.features["far"] = float(spot.house.is_far)
                candidate.features["between"] = float(spot.house.is_between)
        return sorted(found, key=lambda candidate: -confidence.score(candidate.features))

    def _mention(
        self, spot: Spot, reading: Reading, named: Sequence[Named], dwelling: Dwelling | None
    ) -> Mention | None:
        ranked = self.readings(spot, reading, named)
        best, place = ranked[0], _place_of(spot, named, reading)
        if spot.house is not None and spot.house.is_between and best.row is None:
            return None
        shares = confidence.shares([confidence.score(candidate.features) for candidate in ranked])
        if shares[0] < LEAST_CONFIDENCE:
            return None
        is_away = is_elsewhere(self.index, best, place) or self._is_postcode_elsewhere(
            spot, reading
        )
        tokens, house = reading.tokens, spot.house
        start, end = tokens[spot.first].start, tokens[spot.last].end
        return Mention(
            start=start,
            end=end,
            text=reading.text[start:end],
            level=STREET if is_away else best.level,
            address_id=self.index.id_at(best.row)
            if best.row is not None and not is_away
            else None,
            street=self.index.names[best.name],
            number=str(house.number) if house else "",
            letter=house.letter if house else "",
            apartment=(dwelling.apartment if dwelling else "")
            or (house.apartment if house else ""),
            floor=dwelling.floor if dwelling else house.apartment[:2] if house else "",
            confidence=round(shares[0] * (0.5 if is_away else 1.0), 4),
            alternatives=() if is_away else self._alternatives(ranked, shares),
            reasons=reasons.of(
                self.index, spot.found, best, place if is_away or place else None, is_away=is_away
            ),
        )

    def _is_postcode_elsewhere(self, spot: Spot, reading: Reading) -> bool:
        code = _postcode_of(spot, reading)
        return bool(code) and self.surroundings.is_postcode_elsewhere(code)

    def _alternatives(
        self, ranked: Sequence[Candidate], shares: Sequence[float]
    ) -> tuple[Alternative, ...]:
        found: list[Alternative] = []
        for place, (candidate, share) in enumerate(zip(ranked, shares, strict=True)):
            if place == 0 and not candidate.rows:
                continue
            for row in candidate.rows or (candidate.row,):
                found.append(
                    self._alternative(candidate, row, share / max(1, len(candidate.rows)))
                )
        return tuple(found[:MOST_ALTERNATIVES])

    def _alternative(self, candidate: Candidate, row: int | None, share: float) -> Alternative:
        index, at = self.index, any_row(self.index, candidate)
        return Alternative(
            address_id=None if row is None else index.id_at(row),
            street=index.names[candidate.name],
            number="" if row is None else index.text("number", row),
            letter="" if row is None else index.text("letter", row),
            municipality=index.text("municipality", at),
            confidence=round(share, 4),
        )


def _spots(reading: Reading, found: Sequence[Found]) -> list[Spot]:
    """Return each street name with its houses; a name without a house is left out when another place says it better."""
    reader = HouseReader(reading.tokens, reading.possible, reading.listed)
    spots: list[Spot] = []
    for place, match in enumerate(found):
        end = found[place + 1].first if place + 1 < len(found) else len(reading.tokens)
        begin = spots[-1].last + 1 if spots else 0
        houses = _houses_of(match, reading, reader, (begin, end))
        if houses:
            spots.extend(Spot(match, house, nth == 0) for nth, house in enumerate(houses))
        elif _is_street_alone(match, reading.tokens):
            spots.append(Spot(match, None, is_first=True))
    housed = {spot.found.names[0].name for spot in spots if spot.house is not None}
    return [
        spot for spot in spots if spot.house is not None or spot.found.names[0].name not in housed
    ]


def _houses_of(
    match: Found,
    reading: Reading,
    reader: HouseReader,
    limits: tuple[int, int],
) -> list[House]:
    begin, end = limits
    houses = reader.after(match.last + 1) or _kind_taken_for_floor(match, reading, reader)
    if not _is_house_name(match, reading.tokens):
        houses = []
    houses = [house for house in houses if house.last < end]
    if not houses:
        houses = [house for house in reader.before(match.first) if house.first >= begin]
    if not houses and match.way in {WHOLE, NICKNAME, SHORT, MISSPELLED}:
        houses = reader.far(match.last + 1, end)
    return houses


def _kind_taken_for_floor(match: Found, reading: Reading, reader: HouseReader) -> list[House]:
    """Return the houses after a name that ends in a word that floors are called by as well ("Odens plan 3")."""
    end, start = reading.tokens[match.last].end, reading.tokens[match.last].start
    if any(start <= dwelling.start < end for dwelling in reading.dwellings):
        return reader.after(match.last + 1, is_sure=True)
    return []


def _is_house_name(match: Found, tokens: Sequence[Token]) -> bool:
    """Say whether a number after the name can be a house: an ordinary word that is also a name needs more."""
    if (match.is_typed and match.written not in ORDINARY) or ends_nearly_typed(
        tokens[match.last].folded
    ):
        return True
    if match.written in STOPWORDS:
        return False
    if match.way == WHOLE and len(match.written) >= LONG_NAME and match.written not in ORDINARY:
        return True
    before = word_before(tokens, match.first)
    is_pointed = match.is_capital or (before >= 0 and tokens[before].folded in PLACE_PREPOSITIONS)
    return is_pointed or len(tokens) <= SHORT_LINE


def _is_street_alone(match: Found, tokens: Sequence[Token]) -> bool:
    """Say whether a name without a house is worth naming."""
    if match.way not in {WHOLE, NICKNAME, MISSPELLED}:
        return False
    if match.is_typed and match.written not in ORDINARY:
        return True
    before = word_before(tokens, match.first)
    is_placed = before >= 0 and tokens[before].folded in PLACE_PREPOSITIONS
    return match.way != MISSPELLED and (match.way == NICKNAME or (match.is_capital and is_placed))


def _dwellings_of(spots: Sequence[Spot], reading: Reading) -> dict[int, Dwelling]:
    """Return what is said about the dwelling for each spot: to the house before it, else to the first after it."""
    ends = [
        (reading.tokens[spot.last].end, place)
        for place, spot in enumerate(spots)
        if spot.house is not None
    ]
    said: dict[int, Dwelling] = {}
    for dwelling in reading.dwellings:
        if not ends or _overlaps(dwelling, spots, reading):
            continue
        place = max(
            (place for end, place in ends if end <= dwelling.start + 1), default=ends[0][1]
        )
        old = said.get(place)
        said[place] = dwelling if old is None else _joined(old, dwelling)
    return said


def _overlaps(dwelling: Dwelling, spots: Sequence[Spot], reading: Reading) -> bool:
    return any(
        reading.tokens[spot.found.first].start
        <= dwelling.start
        < reading.tokens[spot.found.last].end
        for spot in spots
    )


def _joined(first: Dwelling, second: Dwelling) -> Dwelling:
    apartment = first.apartment or second.apartment
    return Dwelling(
        first.start, second.end, apartment, apartment[:2] or first.floor or second.floor
    )


def _place_of(spot: Spot, named: Sequence[Named], reading: Reading) -> Named | None:
    """Return the town or district that the text puts the spot in: the next one named after it, else before it."""
    after = [place for place in named if spot.last < place.first <= spot.last + REACH_AFTER]
    before = [place for place in named if spot.first - REACH_BEFORE <= place.last < spot.first]
    if after:
        return after[0]
    if before:
        return before[-1]
    anywhere = [place for place in named if place.is_in or place.sort == ELSEWHERE]
    return anywhere[0] if len({place.text for place in anywhere}) == 1 else None


def _postcode_of(spot: Spot, reading: Reading) -> str:
    """Return the postcode that stands shortly after the spot, or ""."""
    end = reading.tokens[spot.last].end
    return next(
        (code for start, code in reading.postcodes if 0 <= start - end < REACH_OF_POSTCODE), ""
    )


def spots_of(resolver: Resolver, text: str) -> list[list[Candidate]]:
    """Return the weighed readings of every spot in a text: what the confidence is fitted on."""
    reading = read(text)
    spots, named = resolver.spots(reading)
    return [resolver.readings(spot, reading, named) for spot in spots]
