"""The hidden truth of a season: organisers, the flats they use and leave, and homes that only look alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import numpy as np

from .addresses import TownAddress
from .chance import chance, pick, pick_some, weighted
from .gazetteer import HOME, MUNICIPALITIES
from .phones import fiction_phones
from .tip_words import INNOCENT
from .town import Town

EVENING_DAYS: Final = (37, 38, 41, 42)  # with the default start: 8, 9, 12 and 13 October 2020
PUBLISHED_DAY: Final = 49  # 20 October 2020, a week after the last evening
ORGANISERS: Final = 11
FIRST_DAY: Final = -12  # organisers were at work before the season begins
STAY_DAYS: Final = (3, 24)
FORMS: Final = {"SHORT_LET": 0.40, "FLAT_SUBLET": 0.30, "FLAT_RENTED": 0.2, "FLAT_COOP": 0.1}
LOUDNESS: Final = {"loud": 0.6, "middling": 0.27, "quiet": 0.13}
INNOCENT_HOMES, DISPUTED_HOMES, MALICIOUS_HOMES = 10, 9, 5


@dataclass(frozen=True, slots=True)
class Organiser:
    """Someone who runs several flats at once in the towns of a circuit, with a few telephones."""

    id: str
    flats: int
    phones: tuple[str, ...]
    towns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stay:
    """A flat used by an organiser from one day of the season to another, both included."""

    id: str
    organiser: str
    address_id: str
    dwelling: str
    form: str
    loudness: str
    first_day: int
    last_day: int

    def covers(self, day: int) -> bool:
        """Say whether the flat is in use on a day of the season."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Decoy:
    """A home where nothing goes on, and why people tip about it: INNOCENT, DISPUTE or MALICIOUS."""

    address_id: str
    dwelling: str
    kind: str
    explanation: str


@dataclass(slots=True)
class Truth:
    """What goes on in the season, with days counted from its start."""

    start: date
    organisers: list[Organiser]
    stays: list[Stay]
    decoys: list[Decoy]
    by_id: dict[str, TownAddress] = field(repr=False)

    def evenings(self) -> tuple[date, ...]:
        """Return the dates of the four operation evenings."""
        return tuple(self.day(number) for number in EVENING_DAYS)

    def day(self, number: int) -> date:
        """Return the date of a day of the season."""
        return self.start + timedelta(days=number)

    def active(self) -> list[Stay]:
        """Return the stays in use on at least one operation evening."""
        return [stay for stay in self.stays if any(stay.covers(day) for day in EVENING_DAYS)]

    def past(self) -> list[Stay]:
        """Return the stays seen in the season but left before the operation."""
        return [stay for stay in self.stays if 0 < stay.last_day < EVENING_DAYS[0]]


class Vacancies:
    """Flats still free to be used or tipped about: each entrance at most once in a season."""

    def __init__(self, addresses: Sequence[TownAddress], rng: np.random.Generator) -> None:
        """Take entrances with several dwellings, in drawn order."""
        flats = [address for address in addresses if len(address.dwellings) > 1]
        self._rng = rng
        self._free: dict[str, list[TownAddress]] = {place.name: [] for place in MUNICIPALITIES}
        for address in pick_some(rng, flats, len(flats)):
            self._free[address.municipality].append(address)

    def take(self, municipality: str) -> tuple[TownAddress, str]:
        """Return a free entrance in a municipality and one dwelling behind it."""
        if not self._free[municipality]:
            message = f"No free flat is left in {municipality}: the town has too few addresses for a season."
            raise ValueError(message)
        address = self._free[municipality].pop()
        return address, pick(self._rng, address.dwellings)


def make_truth(town: Town, *, seed: int, start: date) -> Truth:
    """Return the hidden truth of a season; about fifty flats are in use when the operation comes."""
    rng = chance(seed, "truth")
    vacancies = Vacancies(town.addresses, rng)
    phones = fiction_phones()
    organisers = [_draw_organiser(number, phones, rng) for number in range(1, ORGANISERS + 1)]
    stays: list[Stay] = []
    for organiser in organisers:
        for _ in range(organiser.flats):
            stays += _move_about(organiser, vacancies=vacancies, rng=rng, first=len(stays))
    decoys = _draw_decoys(vacancies, rng)
    return Truth(
        start, organisers, stays, decoys, {address.id: address for address in town.addresses}
    )


def _draw_organiser(number: int, phones: list[str], rng: np.random.Generator) -> Organiser:
    neighbours = [place.name for place in MUNICIPALITIES[1:]]
    towns = (HOME, *pick_some(rng, neighbours, int(rng.integers(0, 3))))
    own = tuple(phones.pop() for _ in range(int(rng.integers(1, 4))))
    return Organiser(f"o-{number:02d}", int(rng.integers(2, 6)), own, towns)


def _move_about(
    organiser: Organiser, *, vacancies: Vacancies, rng: np.random.Generator, first: int
) -> list[Stay]:
    """Return one flat after another, from before the season until after the operation."""
    stays: list[Stay] = []
    day = FIRST_DAY + int(rng.integers(0, STAY_DAYS[1]))
    while day <= EVENING_DAYS[-1]:
        town = HOME if rng.random() < 2 / 3 else pick(rng, organiser.towns)
        address, dwelling = vacancies.take(town)
        last = day + int(rng.integers(STAY_DAYS[0], STAY_DAYS[1] + 1)) - 1
        stays.append(
            Stay(f"s-{first + len(stays) + 1:03d}", organiser.id, address.id, dwelling,
                 weighted(rng, FORMS), weighted(rng, LOUDNESS), day, last)
        )  # fmt: skip
        day = last + 1 + int(rng.integers(0, 4))
    return stays


def _draw_decoys(vacancies: Vacancies, rng: np.random.Generator) -> list[Decoy]:
    reasons = [("INNOCENT", pick(rng, sorted(INNOCENT))) for _ in range(INNOCENT_HOMES)]
    reasons += [("DISPUTE", "GRANNKONFLIKT")] * DISPUTED_HOMES
    reasons += [("MALICIOUS", "ILLVILJA")] * (MALICIOUS_HOMES - 1) + [("MALICIOUS", "SAMVERKAN")]
    decoys = []
    for kind, explanation in reasons:
        address, dwelling = vacancies.take(HOME)
        decoys.append(Decoy(address.id, dwelling, kind, explanation))
    return decoys
