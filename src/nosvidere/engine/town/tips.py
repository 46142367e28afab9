"""The tips of a season: what neighbours send in, true or not, with a line of truth beside each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np

from .addresses import TownAddress
from .chance import chance, is_lucky, pick, pick_some, weighted
from .tip_words import (
    DISPUTE,
    ELSEWHERE,
    ENDINGS,
    INNOCENT,
    LOOKS,
    MALICE,
    OPENINGS,
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
KINDS: Final = {
    "ACTIVE": 0.41, "PAST": 0.14, "INNOCENT": 0.15, "DISPUTE": 0.10, "MALICIOUS": 0.07, "PREJUDICE": 0.05, "VAGUE": 0.05,
    "URGENT": 0.03,
}  # fmt: skip
CHANNELS: Final = {
    "FORM": 0.62,
    "PHONE_114_14": 0.2,
    "EMAIL": 0.1,
    "PATROL": 0.05,
    "LANDLORD": 0.03,
}
LOUD_WEIGHTS: Final = {"loud": 6.0, "middling": 3.0, "quiet": 0.6}
STAY_SIGNS: Final = {
    "F01": 9, "F02": 8, "F03": 5, "F04": 6, "F05": 5, "F06": 3, "F07": 3, "P02": 3, "P03": 1, "P04": 1, "P06": 2, "P07": 0.3,
}  # fmt: skip
LET_SIGNS: Final = {
    "SHORT_LET": ("T01", "T04", "T05", "T06", "F06"),
    "FLAT_SUBLET": ("T01", "T02", "T05"),
    "FLAT_RENTED": ("T03", "T05"),
    "FLAT_COOP": ("T02", "T01"),
}
DISPUTE_SIGNS: Final = ("F01", "F03", "F05", "P02", "P04")
LAST_DAY: Final = EVENING_DAYS[0] - 1


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
        if not people or (len(people) < 5 and is_lucky(self.rng, 0.6)):  # noqa: PLR2004 - five doors on a landing
            people.append(self.new_key() if is_lucky(self.rng, 0.6) else None)
        return pick(self.rng, people)

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

    def about_stay(self, stay: Stay, kind: str) -> Draft:
        """Return a tip on a flat that is or was in use, with signs that fit how it is let."""
        signs = self._signs_of(stay)
        if is_lucky(self.rng, 0.08):
            language, text, signs = pick(self.rng, ELSEWHERE)
            place = self._place(stay.address_id, stay.dwelling)
            written, place_text = text.format(place=place), ""
        else:
            language = "sv"
            written, place_text = self._written(stay.address_id, stay.dwelling, self._seen(signs))
        at = self._moment(max(0, stay.first_day + 1), min(stay.last_day, LAST_DAY))
        truth = self._truth(kind, stay.address_id, stay=stay, language=language)
        return Draft(at, self.people.someone(stay.address_id), written, place_text, signs, truth)

    def about_decoy(self, decoy: Decoy) -> Draft:
        """Return a tip on a home where nothing goes on."""
        tell = {"INNOCENT": self._innocent, "DISPUTE": self._dispute, "MALICIOUS": self._malicious}
        informant, signs, seen = tell[decoy.kind](decoy)
        written, place_text = self._written(decoy.address_id, decoy.dwelling, seen)
        truth = self._truth(decoy.kind, decoy.address_id)
        return Draft(self._moment(0, LAST_DAY), informant, written, place_text, signs, truth)

    def on_looks(self, address: TownAddress) -> Draft:
        """Return a tip that holds nothing but looks, origin or language."""
        seen = pick(self.rng, PREJUDICE)
        written, place_text = self._written(address.id, pick(self.rng, address.dwellings), seen)
        informant = self.people.someone(address.id)
        truth = self._truth("PREJUDICE", address.id)
        return Draft(self._moment(0, LAST_DAY), informant, written, place_text, (), truth)

    def vaguely(self, stay: Stay) -> Draft:
        """Return a tip on a real flat whose place is told too loosely to find."""
        address = self.truth.by_id[stay.address_id]
        where = pick(self.rng, VAGUE).format(
            district=address.district, municipality=address.municipality, street=address.street
        )
        signs = self._signs_of(stay)
        text = self._dressed(pick(self.rng, PLACED).format(place=where, seen=self._seen(signs)))
        at = self._moment(max(0, stay.first_day + 1), min(stay.last_day, LAST_DAY))
        truth = self._truth("VAGUE", stay.address_id, stay=stay)
        return Draft(at, None, text, "", signs, truth)

    def urgently(self, stay: Stay) -> Draft:
        """Return a tip that is about somebody's safety."""
        code = pick(self.rng, sorted(URGENT))
        written, place_text = self._written(
            stay.address_id, stay.dwelling, pick(self.rng, URGENT[code])
        )
        at = self._moment(max(0, stay.first_day + 1), min(stay.last_day, LAST_DAY))
        truth = self._truth("URGENT", stay.address_id, stay=stay)
        informant = self.people.someone(stay.address_id)
        return Draft(at, informant, written, place_text, (code,), truth)

    def copies(self, decoy: Decoy, count: int) -> Iterator[Draft]:
        """Yield tips of two who agreed on what to write: nearly the same words again and again."""
        pair = (self.people.new_key(), self.people.new_key())
        signs = ("F01", "T01")
        place = self._place(decoy.address_id, decoy.dwelling)
        text = f"På {place} {self._seen(signs)}. {pick(self.rng, MALICE)}"
        for number in range(count):
            written = roughen(text, self.rng) if number else text
            truth = self._truth("MALICIOUS", decoy.address_id)
            moment = self._moment(14, 24)
            yield Draft(moment, pair[number % 2], written, "", signs, truth)

    def _innocent(self, decoy: Decoy) -> tuple[str | None, tuple[str, ...], str]:
        some = pick_some(self.rng, INNOCENT[decoy.explanation], int(self.rng.integers(1, 3)))
        return self.people.someone(decoy.address_id), tuple(some), self._seen(some)

    def _dispute(self, decoy: Decoy) -> tuple[str | None, tuple[str, ...], str]:
        people = self.people.known.setdefault(decoy.address_id, [self.people.new_key()])
        signs = tuple(pick_some(self.rng, DISPUTE_SIGNS, int(self.rng.integers(1, 3))))
        return people[0], signs, f"{self._seen(signs)}. {pick(self.rng, DISPUTE)}"

    def _malicious(self, decoy: Decoy) -> tuple[str | None, tuple[str, ...], str]:
        people = self.people.known.setdefault(decoy.explanation, [self.people.new_key()])
        signs = tuple(pick_some(self.rng, sorted(SEEN), int(self.rng.integers(2, 5))))
        return people[0], signs, f"{self._seen(signs[:2])}. {pick(self.rng, MALICE)}"

    def _signs_of(self, stay: Stay) -> tuple[str, ...]:
        weights = dict(STAY_SIGNS)
        signs = {weighted(self.rng, weights) for _ in range(int(self.rng.integers(1, 4)))}
        if is_lucky(self.rng, 0.55):
            signs.add(pick(self.rng, LET_SIGNS[stay.form]))
        return tuple(sorted(signs))

    def _seen(self, signs: Sequence[str]) -> str:
        seen = [pick(self.rng, SEEN[sign]) for sign in pick_some(self.rng, signs, len(signs))]
        return pick(self.rng, (", ", ". ", " och ", ". Dessutom ", ", ")).join(seen)

    def _place(self, address_id: str, dwelling: str) -> str:
        address = self.truth.by_id[address_id]
        return place_words(address, dwelling, nicknames=self.nicknames, rng=self.rng)

    def _written(self, address_id: str, dwelling: str, seen: str) -> tuple[str, str]:
        """Return the text and the place field: the address stands in one of them, or in both."""
        place = self._place(address_id, dwelling)
        if is_lucky(self.rng, 0.12):
            seen = f"{seen}. {pick(self.rng, LOOKS)}"
        if is_lucky(self.rng, 0.45):
            again = self._place(address_id, dwelling) if is_lucky(self.rng, 0.2) else ""
            pattern = "{place}. {seen}" if again else pick(self.rng, UNPLACED)
            return self._dressed(pattern.format(place=again, seen=seen)), place
        return self._dressed(pick(self.rng, PLACED).format(place=place, seen=seen)), ""

    def _dressed(self, body: str) -> str:
        opening, ending = pick(self.rng, OPENINGS), pick(self.rng, ENDINGS)
        ending = ending.format(since=pick(self.rng, SINCES), weekday=pick(self.rng, WEEKDAYS))
        return roughen(tidy(f"{opening} {tidy(body)}. {ending}"), self.rng)

    def _moment(self, first: int, last: int) -> datetime:
        """Return an instant between two days of the season, mostly in the evening."""
        day = self.truth.day(int(self.rng.integers(min(first, last), last + 1)))
        minute = int(self.rng.triangular(6 * 60, 20 * 60, 24 * 60 - 1))
        local = datetime.combine(day, time(), tzinfo=STOCKHOLM) + timedelta(minutes=minute)
        return local.astimezone(UTC)

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


def make_tips(
    truth: Truth, *, nicknames: dict[str, str], seed: int, count: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return `count` tips by time of receipt as they come in, and a line of truth for each."""
    rng = chance(seed, "tips")
    teller = Teller(truth, nicknames, rng)
    counts = _count_kinds(count)
    drafts: list[Draft] = []
    for kind, tell in _tellers(teller, truth).items():
        drafts += tell(counts[kind])
    drafts.sort(key=lambda draft: (draft.at, draft.text))
    numbered = [(f"t-{number:04d}", draft) for number, draft in enumerate(drafts, start=1)]
    return (
        [_as_received(tip_id, draft, rng) for tip_id, draft in numbered],
        [{"id": tip_id, **draft.truth} for tip_id, draft in numbered],
    )


def _count_kinds(count: int) -> dict[str, int]:
    """Return how many tips of each kind; what rounding leaves goes to the true ones."""
    counts = {kind: int(share * count) for kind, share in KINDS.items()}
    counts["ACTIVE"] += count - sum(counts.values())
    return counts


def _tellers(teller: Teller, truth: Truth) -> dict[str, Callable[[int], list[Draft]]]:
    """Return for each kind how a number of tips of it comes about."""
    active = [stay for stay in truth.active() if stay.first_day < LAST_DAY]
    decoys = {kind: [decoy for decoy in truth.decoys if decoy.kind == kind] for kind in KINDS}
    rng, homes = teller.rng, list(truth.by_id.values())
    return {
        "ACTIVE": lambda n: [
            teller.about_stay(stay, "ACTIVE") for stay in _noticed(active, n, rng)
        ],
        "PAST": lambda n: [
            teller.about_stay(stay, "PAST") for stay in _noticed(truth.past(), n, rng)
        ],
        "INNOCENT": lambda n: [
            teller.about_decoy(pick(rng, decoys["INNOCENT"])) for _ in range(n)
        ],
        "DISPUTE": lambda n: [teller.about_decoy(pick(rng, decoys["DISPUTE"])) for _ in range(n)],
        "MALICIOUS": lambda n: _malice(teller, decoys["MALICIOUS"], n),
        "PREJUDICE": lambda n: [teller.on_looks(pick(rng, homes)) for _ in range(n)],
        "VAGUE": lambda n: [teller.vaguely(pick(rng, active)) for _ in range(n)],
        "URGENT": lambda n: [teller.urgently(pick(rng, active)) for _ in range(n)],
    }


def _malice(teller: Teller, decoys: Sequence[Decoy], count: int) -> list[Draft]:
    """Return the tips of one who writes again and again, and of two who copy each other."""
    copied = count // 3
    alone = [teller.about_decoy(pick(teller.rng, decoys[:-1])) for _ in range(count - copied)]
    return [*alone, *teller.copies(decoys[-1], copied)]


def _noticed(stays: Sequence[Stay], count: int, rng: np.random.Generator) -> list[Stay]:
    """Return the stays that tips are about, as often as they are loud and long."""
    days = np.asarray(
        [min(stay.last_day, LAST_DAY) - max(stay.first_day, 0) + 1 for stay in stays]
    )
    weights = np.sqrt(days) * [LOUD_WEIGHTS[stay.loudness] for stay in stays]
    drawn = rng.choice(len(stays), size=count, p=weights / weights.sum())
    return [stays[int(number)] for number in drawn]


def _as_received(tip_id: str, draft: Draft, rng: np.random.Generator) -> dict[str, Any]:
    channel = weighted(rng, CHANNELS)
    is_ticked = channel == "FORM" or is_lucky(rng, 0.5)
    return {
        "id": tip_id,
        "received_at": draft.at.isoformat(timespec="seconds"),
        "channel": channel,
        "text": draft.text,
        "signs": list(draft.signs) if is_ticked else [],
        "place_text": draft.place_text,
        "informant": draft.informant,
    }
