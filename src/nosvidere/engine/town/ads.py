"""The ads of a season: organisers who re-use texts and telephones, and many who write for themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from .ad_words import ELSEWHERE, LISTS, MARKED_SENTENCES, MARKS, OWN_SENTENCES, SENTENCES, SITES
from .addresses import TownAddress
from .chance import chance, is_lucky, pick, pick_some, weighted
from .gazetteer import HOME
from .phones import fiction_phones, phone_words
from .truth import EVENING_DAYS, Stay, Truth
from .wording import LONG_WORD, mistype, place_words, tidy

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
SLOT: Final = re.compile(r"\{([^{}]*)\}")
ORGANISED_SHARE: Final = 0.55
CIRCUIT_SHARE: Final = 0.12  # of an organiser's ads, those for towns outside the region
SHARED_PHONES: Final = 15  # pairs of singles with one telephone between them
MOST_TEMPLATES: Final = 3
PLACE_LEVELS: Final = {"address": 0.24, "street": 0.34, "district": 0.27, "town": 0.15}
SINGLE_LEVELS: Final = {"street": 0.2, "district": 0.45, "town": 0.35}
LAST_DAY: Final = EVENING_DAYS[0] - 1
SINGLE_DAYS: Final = 7  # a single stays about a week with the same words

Row = dict[str, str]
Pair = tuple[Row, Row]  # an ad as imported, and its row of truth


@dataclass(frozen=True, slots=True)
class Template:
    """A text with open slots and the telephones it is used with; `author` is who truly wrote it."""

    id: str
    author: str
    pattern: str
    phones: tuple[str, ...]


def make_ads(truth: Truth, *, seed: int, count: int) -> tuple[list[Row], list[Row]]:
    """Return `count` ads as rows of the import file by time, and a row of truth for each."""
    writer = Writer(truth, chance(seed, "ads"))
    organised = writer.organised(round(count * ORGANISED_SHARE))
    pairs = [*organised, *writer.singles(count - len(organised))]
    pairs.sort(key=lambda pair: (pair[0]["seen_at"], pair[0]["text"]))
    for number, (ad, fact) in enumerate(pairs, start=1):
        ad["ad_id"] = fact["ad_id"] = f"a-{number:05d}"
    return [ad for ad, _ in pairs], [fact for _, fact in pairs]


def fix_slots(text: str, rng: np.random.Generator, *, share: float) -> str:
    """Return the text with each slot settled with the given probability, and left open otherwise."""

    def settle(slot: re.Match[str]) -> str:
        words = LISTS[slot[1]].split(";") if slot[1] in LISTS else slot[1].split("|")
        return pick(rng, words) if is_lucky(rng, share) else slot[0]

    return SLOT.sub(settle, text)


class Writer:
    """Writes the ads of one season."""

    def __init__(self, truth: Truth, rng: np.random.Generator) -> None:
        """Keep what all ads draw from."""
        self._truth, self._rng = truth, rng

    def organised(self, count: int) -> list[Pair]:
        """Return ads for the flats in use, more for those used longer."""
        templates = self._organiser_templates()
        stays = [stay for stay in self._truth.stays if _is_advertised(stay)]
        days = np.asarray([_last(stay) - _first(stay) + 1 for stay in stays], dtype=float)
        drawn = self._rng.choice(len(stays), size=count, p=days / days.sum())
        return [self._for_stay(stays[int(number)], templates) for number in drawn]

    def singles(self, count: int) -> list[Pair]:
        """Return ads of people who write for themselves, one to four each, never with an address."""
        homes = list(self._truth.by_id.values())
        templates = self._single_templates()
        pairs: list[Pair] = []
        while len(pairs) < count:
            template, home = next(templates), pick(self._rng, homes)
            first = int(self._rng.integers(0, LAST_DAY + 1))
            for _ in range(min(int(self._rng.integers(1, 5)), count - len(pairs))):
                place = self._place(home, "", weighted(self._rng, SINGLE_LEVELS))
                days = (first, min(LAST_DAY, first + SINGLE_DAYS - 1))
                pairs.append(self._write(template, place=place, days=days))
        return pairs

    def _organiser_templates(self) -> dict[str, list[Template]]:
        templates = {}
        for organiser in self._truth.organisers:
            names = range(1, int(self._rng.integers(1, MOST_TEMPLATES + 1)) + 1)
            templates[organiser.id] = [
                self._draw_template(f"{organiser.id}/{name}", organiser.id, organiser.phones)
                for name in names
            ]
        return templates

    def _single_templates(self) -> Iterator[Template]:
        """Yield ever new ones; some pairs share a telephone, and when the numbers run out the rest have none."""
        used = {phone for organiser in self._truth.organisers for phone in organiser.phones}
        free = [phone for phone in fiction_phones() if phone not in used]
        phones = iter(pick_some(self._rng, free, len(free)))
        number = 0
        while True:
            number += 1
            phones_of_one = (next(phones, ""),)
            for author in (f"e-{number:04d}", f"e-{number:04d}b")[: 1 + (number <= SHARED_PHONES)]:
                yield self._draw_template(author, author, phones_of_one)

    def _draw_template(self, template_id: str, author: str, phones: tuple[str, ...]) -> Template:
        is_organised = template_id != author
        least, most, fixed = (2, 3, 0.8) if is_organised else (1, 2, 0.97)
        some = []
        for sentences in (SENTENCES, OWN_SENTENCES, MARKED_SENTENCES):
            some += pick_some(self._rng, sentences, int(self._rng.integers(least, most + 1)))
        some = pick_some(self._rng, some, len(some))
        if is_lucky(self._rng, 0.6):
            some.insert(0, pick(self._rng, MARKS))
        settled = [tidy(fix_slots(sentence, self._rng, share=fixed)) for sentence in some]
        pattern = pick(self._rng, (". ", ". ", " - ", ", ")).join(settled)
        return Template(template_id, author, pattern, phones)

    def _for_stay(self, stay: Stay, templates: dict[str, list[Template]]) -> Pair:
        template = pick(self._rng, templates[stay.organiser])
        days = (_first(stay), _last(stay))
        if is_lucky(self._rng, CIRCUIT_SHARE):
            return self._write(template, place=pick(self._rng, ELSEWHERE), days=days)
        address = self._truth.by_id[stay.address_id]
        place = self._place(address, stay.dwelling, weighted(self._rng, PLACE_LEVELS))
        return self._write(template, place=place, days=days, stay=stay)

    def _write(
        self, template: Template, *, place: str, days: tuple[int, int], stay: Stay | None = None
    ) -> Pair:
        shown = phone_words(pick(self._rng, template.phones), self._rng)
        text = self._worn(fix_slots(template.pattern, self._rng, share=1.0))
        if shown and is_lucky(self._rng, 0.3):
            text = f"{text}. {pick(self._rng, ('Tel', 'Ring', 'Nr', 'Telefon'))} {shown}"
            shown = pick(self._rng, (shown, ""))
        ad = {
            "ad_id": "",
            "seen_at": self._moment(days),
            "source": pick(self._rng, SITES),
            "phone": shown,
            "place_text": place,
            "text": text,
        }
        about = {"stay": stay.id if stay else "", "address_id": stay.address_id if stay else ""}
        return ad, {"ad_id": "", "author": template.author, "template": template.id, **about}

    def _moment(self, days: tuple[int, int]) -> str:
        day = self._truth.day(int(self._rng.integers(days[0], days[1] + 1)))
        minute = int(self._rng.integers(7 * 60, 24 * 60))
        local = datetime.combine(day, time(), tzinfo=STOCKHOLM) + timedelta(minutes=minute)
        return local.astimezone(UTC).isoformat(timespec="seconds")

    def _worn(self, text: str) -> str:
        """Return the text with the small changes that copying brings."""
        text = " ".join(self._perhaps_mistyped(word) for word in text.split())
        if is_lucky(self._rng, 0.1):
            text = f"{text} {pick(self._rng, ('!', '!!', '...', '*', '***'))}"
        return text.upper() if is_lucky(self._rng, 0.03) else text

    def _perhaps_mistyped(self, word: str) -> str:
        is_slip = len(word) >= LONG_WORD and is_lucky(self._rng, 0.03)
        return mistype(word, self._rng) if is_slip else word

    def _place(self, address: TownAddress, dwelling: str, level: str) -> str:
        if level == "address":
            return place_words(address, dwelling, nicknames={}, rng=self._rng)
        street, district, town = address.street, address.district, address.municipality
        words = {
            "street": (street, f"nära {street}", f"{street}, {town}"),
            "district": (district, f"{district} {town}", f"{town}, {district}"),
            "town": (town, town, f"{HOME} med omnejd"),
        }
        return pick(self._rng, words[level])


def _is_advertised(stay: Stay) -> bool:
    return stay.last_day >= 0 and stay.first_day <= LAST_DAY


def _first(stay: Stay) -> int:
    return max(0, stay.first_day)


def _last(stay: Stay) -> int:
    return min(stay.last_day, LAST_DAY)
