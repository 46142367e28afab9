"""Text in, mentions of registered places out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from nosvidere.engine.places import confidence, reasons
from nosvidere.engine.places.candidates import (
    Candidate,
    Context,
    Weigher,
    any_row,
    candidates,
    is_elsewhere,
)
from nosvidere.engine.places.elsewhere import NamesElsewhere
from nosvidere.engine.places.index import Index
from nosvidere.engine.places.model import STREET, Alternative, Mention
from nosvidere.engine.places.numbers import Dwelling
from nosvidere.engine.places.reading import Reading, read
from nosvidere.engine.places.spots import Spot, dwellings_of, place_of, postcode_of, spots
from nosvidere.engine.places.streets import StreetFinder
from nosvidere.engine.places.surroundings import Named, Surroundings

MOST_ALTERNATIVES = 5
LONGEST_TEXT = 20_000
"""Signs of a text that are read; the longest tip is 6 000. `unread` says how many are left."""
EDGE = 80
"""Signs before the end of a text that was cut: a house there may have been cut in two."""
LEAST_CONFIDENCE = 0.05
LEAST_HOUSE, LEAST_ABROAD = 0.25, 0.2
"""Below these a house is a guess, wherever it lies or as it lies, and left out: of 67 houses below .2 that the
made-up texts gave, none was meant."""
AWAY_SHARE = 0.5
"""What is left of the confidence in the street when the text puts it in another town."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The readings of one spot, the likeliest first, each with its probability."""

    spot: Spot
    place: Named | None
    ranked: Sequence[Candidate]
    shares: Sequence[float]
    is_away: bool


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
        self.surroundings = Surroundings(index)
        country = None
        if street_names_elsewhere is not None:
            country = NamesElsewhere(street_names_elsewhere, index)
        self.weigher = Weigher(index, country)
        self.home = self.surroundings.municipalities(home_municipality)
        self.finder = StreetFinder(index, nicknames or {}, self.home)

    def resolve(self, text: str) -> list[Mention]:
        """Return the places that the text mentions, in the order of the text; no place gives an empty list.

        A text longer than `LONGEST_TEXT` is read up to there; `unread` says how much was not.
        """
        reading = read(text[:LONGEST_TEXT])
        judged = self.judged(reading)
        said = dwellings_of([each.spot for each in judged], reading)
        mentions = (self._mention(each, reading, said.get(nth)) for nth, each in enumerate(judged))
        limit = LONGEST_TEXT - EDGE if unread(text) else len(text)
        return [
            mention
            for mention in mentions
            if mention.confidence >= LEAST_CONFIDENCE and mention.end <= limit
        ]

    def judged(self, reading: Reading) -> list[Judged]:
        """Return every place that the text may mention, with its weighed readings."""
        found = self.finder.find(reading.tokens, reading.possible)
        made = spots(reading, found)
        if not made:
            return []
        taken = {place for spot in made for place in range(spot.first, spot.last + 1)}
        taken |= {place for match in found for place in range(match.first, match.last + 1)}
        named = self.surroundings.named(reading.tokens, taken)
        judged = (self._judge(spot, reading, place_of(spot, named)) for spot in made)
        return [each for each in judged if not _is_left_out(each)]

    def _judge(self, spot: Spot, reading: Reading, place: Named | None) -> Judged:
        code = postcode_of(spot, reading)
        context = Context(place, code, self.home)
        start, end = reading.tokens[spot.found.first].start, reading.tokens[spot.found.last].end
        found = candidates(self.index, spot)
        for candidate in found:
            self.weigher.weigh(candidate, spot, context, reading.text[start:end].lower())
        ranked = sorted(found, key=lambda candidate: -confidence.score(candidate.features))
        shares = confidence.shares([confidence.score(candidate.features) for candidate in ranked])
        is_away = is_elsewhere(ranked[0], place) or self.surroundings.is_postcode_elsewhere(code)
        return Judged(spot, place, ranked, shares, is_away)

    def _mention(self, judged: Judged, reading: Reading, dwelling: Dwelling | None) -> Mention:
        spot, best, is_away = judged.spot, judged.ranked[0], judged.is_away
        start, end = reading.tokens[spot.first].start, reading.tokens[spot.last].end
        number, letter, bare = _house(spot)
        inside = dwelling or Dwelling(start, end, "", "")
        row = None if is_away else best.row
        away = reasons.Away(judged.place, is_away=is_away)
        share = judged.shares[0] * (AWAY_SHARE if is_away else 1.0)
        apartment = inside.apartment or bare
        return Mention(
            start=start,
            end=end,
            text=reading.text[start:end],
            level=STREET if is_away else best.level,
            address_id=None if row is None else self.index.id_at(row),
            street=self.index.names[best.like.name],
            number=number,
            letter=letter,
            apartment=apartment,
            floor=apartment[:2] or inside.floor,
            confidence=round(share, 4),
            alternatives=tuple(islice(self._alternatives(judged), MOST_ALTERNATIVES)),
            reasons=reasons.of(self.index, spot.found, best, away),
        )

    def _alternatives(self, judged: Judged) -> Iterator[Alternative]:
        """Yield the houses of the likeliest reading, when it may be one of several, then the other readings."""
        index, best = self.index, judged.ranked[0]
        pairs = () if judged.is_away else zip(judged.ranked, judged.shares, strict=True)
        for candidate, share in pairs:
            rows: Sequence[int | None] = candidate.rows or [candidate.row] * (
                candidate is not best
            )
            for row in rows:
                yield Alternative(
                    address_id=None if row is None else index.id_at(row),
                    street=index.names[candidate.like.name],
                    number="" if row is None else index.text("number", row),
                    letter="" if row is None else index.text("letter", row),
                    municipality=index.text("municipality", any_row(index, candidate)),
                    confidence=round(share / len(rows), 4),
                )


def unread(text: str) -> int:
    """Return how many signs at the end of a text are beyond what `resolve` reads."""
    return max(0, len(text) - LONGEST_TEXT)


def _house(spot: Spot) -> tuple[str, str, str]:
    """Return (number, letter, apartment number that stands directly after them)."""
    if spot.house is None:
        return "", "", ""
    return str(spot.house.number), spot.house.letter, spot.house.apartment


def _is_left_out(judged: Judged) -> bool:
    return _is_needless(judged) or _is_guess(judged)


def _is_needless(judged: Judged) -> bool:
    """Say whether the spot is a number that only a range implies and that is not registered."""
    house = judged.spot.house
    return house is not None and house.is_between and judged.ranked[0].row is None


def _is_guess(judged: Judged) -> bool:
    """Say whether the spot is most likely no place: all its houses together are seldom meant, wherever they lie."""
    house, best = judged.spot.house, judged.ranked[0]
    is_house = house is not None and not house.is_between and best.row is not None
    scores = [confidence.score({**each.features, "not_home": 0.0}) for each in judged.ranked]
    if not is_house:
        return False
    return sum(confidence.shares(scores)) < LEAST_HOUSE or sum(judged.shares) < LEAST_ABROAD
