"""Who tells what about which home: the drafts of tips."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np

from .addresses import TownAddress
from .chance import is_lucky, pick, pick_some, weighted
from .phones import phone_words
from .tip_words import (
    DISPUTE,
    ELSEWHERE,
    ENDINGS,
    INNOCENT,
    LOOKS,
    MALICE,
    OPENINGS,
    PHONE_NOTES,
    PLACED,
    PREJUDICE,
    SEEN,
    SINCES,
    UNPLACED,
    URGENT,
    VAGUE,
    WEEKDAYS,
)
from .truth import EVENING_DAYS, Decoy, Stay, Truth
from .wording import place_words, roughen, tidy

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
STAY_SIGNS: Final = {
    "F01": 9, "F02": 8, "F03": 5, "F04": 6, "F05": 5, "F06": 3, "F07": 3, "P02": 4, "P03": 1, "P04": 1.5, "P06": 2.5, "P07": 0.3,
}  # fmt: skip
LET_SIGNS: Final = {
    "SHORT_LET": ("T01", "T04", "T05", "T06", "F06"),
    "FLAT_SUBLET": ("T01", "T02", "T05"),
    "FLAT_RENTED": ("T03", "T05"),
    "FLAT_COOP": ("T02", "T01"),
}
DISPUTE_SIGNS: Final = ("F01", "F03", "F05", "P02", "P04")
LAST_DAY: Final = EVENING_DAYS[0] - 1
DOORS_ON_A_LANDING: Final = 5
COPIED_DAYS: Final = (26, 37)
LATE_SHARE: Final = 0.4
LATE_DAYS: Final = 10
NAMELESS_SHARE: Final = 0.18  # by telephone, without a receipt code to come back with


@dataclass(frozen=True, slots=True)
class Draft:
    """A tip before it gets its number: when, by whom, the words, and what it is really about."""

    at: datetime
    informant: str | None
    text: str
    place_text: str
    signs: tuple[str, ...]
    truth: dict[str, Any]


@dataclass(slots=True)
class Neighbourhood:
    """The informants around each place, each with a key if the receipt code is used again."""

    rng: np.random.Generator
    known: dict[str, list[str | None]] = field(default_factory=dict)
    count: int = 0

    def someone(self, address_id: str) -> str | None:
        """Return one of the few who watch an address: the same person comes back now and then."""
        people = self.known.setdefault(address_id, [])
        if not people or (len(people) < DOORS_ON_A_LANDING and is_lucky(self.rng, 0.85)):
            people.append(None if is_lucky(self.rng, NAMELESS_SHARE) else self.new_key())
        return pick(self.rng, people)

    def the_same(self, subject: str) -> str | None:
        """Return the only one who writes about a subject."""
        if subject not in self.known:
            self.known[subject] = [self.new_key()]
        return self.known[subject][0]

    def new_key(self) -> str:
        """Return the key of an informant not met before."""
        self.count += 1
        return f"i-{self.count:04d}"


class Teller:
    """Makes drafts about one truth in one town."""

    def __init__(self, truth: Truth, nicknames: dict[str, str], rng: np.random.Generator) -> None:
        """Keep what all tips draw from."""
        self.truth, self.nicknames, self.rng = truth, nicknames, rng
        self.people = Neighbourhood(rng)
        self.phones = {organiser.id: organiser.phones for organiser in truth.organisers}

    def about_stay(self, stay: Stay, kind: str) -> Draft:
        """Return a tip on a flat that is or was in use, with signs that fit how it is let."""
        language, text, signs = "sv", "", self._signs_of(stay)
        if is_lucky(self.rng, 0.08):
            language, text, signs = pick(self.rng, ELSEWHERE)
            written = (text.format(place=self._place(stay.address_id, stay.dwelling)), "")
        else:
            seen = self._seen(signs)
            if is_lucky(self.rng, 0.05):
                phone = phone_words(pick(self.rng, self.phones[stay.organiser]), self.rng)
                seen = f"{seen}. {pick(self.rng, PHONE_NOTES).format(phone=phone)}"
            written = self._written(stay.address_id, stay.dwelling, seen)
        truth = self._truth(kind, stay.address_id, stay=stay, language=language)
        informant = self.people.someone(stay.address_id)
        return Draft(self._while_in_use(stay), informant, *written, signs, truth)

    def about_decoy(self, decoy: Decoy) -> Draft:
        """Return a tip on a home where nothing goes on."""
        tell = {"INNOCENT": self._innocent, "DISPUTE": self._dispute, "MALICIOUS": self._malicious}
        informant, signs, seen = tell[decoy.kind](decoy)
        written = self._written(decoy.address_id, decoy.dwelling, seen)
        truth = self._truth(decoy.kind, decoy.address_id)
        return Draft(self._lately(), informant, *written, signs, truth)

    def mistakenly(self, address: TownAddress) -> Draft:
        """Return a tip on any home: somebody saw one thing once, and it was nothing."""
        signs = (weighted(self.rng, STAY_SIGNS),)
        dwelling = pick(self.rng, address.dwellings)
        written = self._written(address.id, dwelling, self._seen(signs))
        truth = self._truth("MISTAKEN", address.id)
        return Draft(self._lately(), self.people.someone(address.id), *written, signs, truth)

    def on_looks(self, address: TownAddress) -> Draft:
        """Return a tip that holds nothing but looks, origin or language."""
        seen = pick(self.rng, PREJUDICE)
        written = self._written(address.id, pick(self.rng, address.dwellings), seen)
        truth = self._truth("PREJUDICE", address.id)
        return Draft(self._lately(), self.people.someone(address.id), *written, (), truth)

    def vaguely(self, stay: Stay) -> Draft:
        """Return a tip on a real flat whose place is told too loosely to find."""
        address = self.truth.by_id[stay.address_id]
        where = pick(self.rng, VAGUE).format(
            district=address.district, municipality=address.municipality, street=address.street
        )
        signs = self._signs_of(stay)
        text = self._dressed(pick(self.rng, PLACED).format(place=where, seen=self._seen(signs)))
        truth = self._truth("VAGUE", stay.address_id, stay=stay)
        return Draft(self._while_in_use(stay), None, text, "", signs, truth)

    def urgently(self, stay: Stay) -> Draft:
        """Return a tip that is about somebody's safety."""
        code = pick(self.rng, sorted(URGENT))
        written = self._written(stay.address_id, stay.dwelling, pick(self.rng, URGENT[code]))
        truth = self._truth("URGENT", stay.address_id, stay=stay)
        informant = self.people.someone(stay.address_id)
        return Draft(self._while_in_use(stay), informant, *written, (code,), truth)

    def copies(self, decoy: Decoy, count: int) -> Iterator[Draft]:
        """Yield tips of two who agreed on what to write: nearly the same words again and again."""
        pair = (self.people.new_key(), self.people.new_key())
        signs = ("F01", "T01")
        place = self._place(decoy.address_id, decoy.dwelling)
        text = f"På {place} {self._seen(signs)}. {pick(self.rng, MALICE)}"
        for number in range(count):
            truth = self._truth("MALICIOUS", decoy.address_id)
            moment = self._moment(int(self.rng.integers(*COPIED_DAYS)))
            yield Draft(moment, pair[number % 2], roughen(text, self.rng), "", signs, truth)

    def _innocent(self, decoy: Decoy) -> tuple[str | None, tuple[str, ...], str]:
        some = pick_some(self.rng, INNOCENT[decoy.explanation], int(self.rng.integers(1, 3)))
        return self.people.someone(decoy.address_id), tuple(some), self._seen(some)

    def _dispute(self, decoy: Decoy) -> tuple[str | None, tuple[str, ...], str]:
        signs = tuple(pick_some(self.rng, DISPUTE_SIGNS, int(self.rng.integers(1, 3))))
        words = f"{self._seen(signs)}. {pick(self.rng, DISPUTE)}"
        return self.people.the_same(decoy.address_id), signs, words

    def _malicious(self, decoy: Decoy) -> tuple[str | None, tuple[str, ...], str]:
        signs = tuple(pick_some(self.rng, sorted(SEEN), int(self.rng.integers(2, 5))))
        words = f"{self._seen(signs[:2])}. {pick(self.rng, MALICE)}"
        return self.people.the_same(decoy.explanation), signs, words

    def _signs_of(self, stay: Stay) -> tuple[str, ...]:
        signs = {weighted(self.rng, STAY_SIGNS) for _ in range(int(self.rng.integers(1, 4)))}
        if is_lucky(self.rng, 0.85):
            signs.add(pick(self.rng, LET_SIGNS[stay.form]))
        return tuple(sorted(signs))

    def _seen(self, signs: Sequence[str]) -> str:
        seen = [pick(self.rng, SEEN[sign]) for sign in pick_some(self.rng, signs, len(signs))]
        joint = pick(self.rng, (", ", ". ", " och ", ". Sen är det så att ", ", "))
        if joint == ". " and is_lucky(self.rng, 0.7):
            seen = [tidy(part) for part in seen]
        return joint.join(seen)

    def _place(self, address_id: str, dwelling: str) -> str:
        address = self.truth.by_id[address_id]
        return place_words(address, dwelling, nicknames=self.nicknames, rng=self.rng)

    def _written(self, address_id: str, dwelling: str, seen: str) -> tuple[str, str]:
        """Return the text and the place field: the address stands in one of them, or in both."""
        place = self._place(address_id, dwelling)
        if is_lucky(self.rng, 0.12):
            seen = f"{seen}. {pick(self.rng, LOOKS)}"
        if not is_lucky(self.rng, 0.45):
            return self._dressed(pick(self.rng, PLACED).format(place=place, seen=seen)), ""
        if is_lucky(self.rng, 0.2):
            again = self._place(address_id, dwelling)
            return self._dressed(f"{again}. {tidy(seen)}"), place
        return self._dressed(pick(self.rng, UNPLACED).format(seen=seen)), place

    def _dressed(self, body: str) -> str:
        opening, ending = pick(self.rng, OPENINGS), pick(self.rng, ENDINGS)
        ending = ending.format(since=pick(self.rng, SINCES), weekday=pick(self.rng, WEEKDAYS))
        goes_on = opening.endswith(("att", "men", ","))
        body = body[:1].lower() + body[1:] if goes_on else tidy(body)
        return roughen(tidy(f"{opening} {body}. {ending}"), self.rng)

    def _while_in_use(self, stay: Stay) -> datetime:
        """Return an instant while the flat is in use and the season is seen; some write only days later."""
        first, last = max(0, stay.first_day), min(stay.last_day, LAST_DAY)
        day = int(self.rng.integers(min(first + 1, last), last + 1))
        if is_lucky(self.rng, LATE_SHARE):
            day = min(LAST_DAY, day + int(self.rng.integers(1, LATE_DAYS + 1)))
        return self._moment(day)

    def _lately(self) -> datetime:
        """Return an instant of the season; people write more as the weeks go and the word spreads."""
        return self._moment(int((LAST_DAY + 1) * self.rng.random() ** 0.25))

    def _moment(self, day: int) -> datetime:
        """Return an instant on a day of the season, mostly in the evening."""
        minute = int(self.rng.triangular(6 * 60, 20 * 60, 24 * 60 - 1))
        local = datetime.combine(self.truth.day(day), time(), tzinfo=STOCKHOLM)
        return (local + timedelta(minutes=minute)).astimezone(UTC)

    def _truth(
        self, kind: str, address_id: str, *, stay: Stay | None = None, language: str = "sv"
    ) -> dict[str, Any]:
        return {
            "kind": kind,
            "address_id": address_id,
            "stay": stay.id if stay else "",
            "organiser": stay.organiser if stay else "",
            "language": language,
        }
