"""The ads of a season: organisers who re-use texts and telephones, and many who write for themselves."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from .addresses import TownAddress
from .ad_words import ELSEWHERE, FICTION_NUMBERS, MARKS, SENTENCES, SITES
from .chance import chance, is_lucky, pick, pick_some, weighted
from .gazetteer import HOME
from .truth import EVENING_DAYS, Organiser, Stay, Truth
from .wording import mistype, place_words

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
SLOT: Final = re.compile(r"\{([^{}]*)\}")
ORGANISED_SHARE: Final = 0.55
CIRCUIT_SHARE: Final = 0.12  # of an organiser's ads, those for towns outside the region
SHARED_PHONES: Final = 15  # pairs of singles with one telephone between them
PLACE_LEVELS: Final = {"address": 0.16, "street": 0.34, "district": 0.32, "town": 0.18}
SINGLE_LEVELS: Final = {"street": 0.2, "district": 0.45, "town": 0.35}
LAST_DAY: Final = EVENING_DAYS[0] - 1

Pair = tuple[dict[str, str], dict[str, str]]  # an ad as imported, and its row of truth


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who writes ads: text with open slots, telephones (digits), and who it truly is."""

    id: str
    pattern: str
    phones: tuple[str, ...]


def make_ads(
    truth: Truth, *, seed: int, count: int
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return `count` ads as rows of the import file by time, and a row of truth for each."""
    rng = chance(seed, "ads")
    phones = fiction_phones()
    organised = _organised(truth, rng=rng, phones=phones, count=round(count * ORGANISED_SHARE))
    singles = _singles(truth, rng=rng, phones=phones, count=count - len(organised))
    pairs = sorted([*organised, *singles], key=lambda pair: (pair[0]["seen_at"], pair[0]["text"]))
    for number, (ad, fact) in enumerate(pairs, start=1):
        ad["ad_id"] = fact["ad_id"] = f"a-{number:05d}"
    return [ad for ad, _ in pairs], [fact for _, fact in pairs]


def fiction_phones() -> list[str]:
    """Return all telephone numbers set aside for fiction, the Swedish mobile ones last."""
    numbers = []
    for prefix, first, size in reversed(FICTION_NUMBERS):
        numbers += [f"{prefix}{first + step}" for step in range(size)]
    return numbers


def fix_slots(text: str, rng: np.random.Generator, *, share: float) -> str:
    """Return the text with each slot settled with the given probability, and left open otherwise."""

    def settle(slot: re.Match[str]) -> str:
        return pick(rng, slot[1].split("|")) if is_lucky(rng, share) else slot[0]

    return SLOT.sub(settle, text)


def _organised(
    truth: Truth, *, rng: np.random.Generator, phones: list[str], count: int
) -> list[Pair]:
    authors = {
        organiser.id: _draw_author(organiser.id, rng, sentences=(5, 8), share=0.7,
                                   phones=tuple(phones.pop() for _ in range(int(rng.integers(1, 4)))))
        for organiser in truth.organisers
    }  # fmt: skip
    circuits = {organiser.id: organiser for organiser in truth.organisers}
    stays = [stay for stay in truth.stays if stay.last_day >= 0 and stay.first_day <= LAST_DAY]
    days = np.asarray([_days(stay)[1] - _days(stay)[0] + 1 for stay in stays], dtype=float)
    drawn = rng.choice(len(stays), size=count, p=days / days.sum())
    return [
        _ad_for_stay(truth, stays[int(number)], authors=authors, circuits=circuits, rng=rng)
        for number in drawn
    ]


def _ad_for_stay(
    truth: Truth,
    stay: Stay,
    *,
    authors: dict[str, Author],
    circuits: dict[str, Organiser],
    rng: np.random.Generator,
) -> Pair:
    author = authors[stay.organiser]
    fact = {"author": author.id, "stay": stay.id, "address_id": stay.address_id}
    if is_lucky(rng, CIRCUIT_SHARE):
        elsewhere = pick(rng, (*circuits[stay.organiser].towns, *ELSEWHERE))
        return _write(
            author,
            place=elsewhere,
            days=_days(stay),
            truth=truth,
            rng=rng,
            fact={**fact, "stay": "", "address_id": ""},
        )
    address = truth.by_id[stay.address_id]
    place = _place(address, stay.dwelling, weighted(rng, PLACE_LEVELS), rng)
    return _write(author, place=place, days=_days(stay), truth=truth, rng=rng, fact=fact)


def _singles(
    truth: Truth, *, rng: np.random.Generator, phones: list[str], count: int
) -> list[Pair]:
    homes = list(truth.by_id.values())
    rows: list[Pair] = []
    for author in _single_authors(rng, phones):
        first = int(rng.integers(0, LAST_DAY))
        home = pick(rng, homes)
        for _ in range(min(int(rng.integers(1, 5)), count - len(rows))):
            place = _place(home, "", weighted(rng, SINGLE_LEVELS), rng)
            fact = {"author": author.id, "stay": "", "address_id": ""}
            days = (first, min(LAST_DAY, first + 6))
            rows.append(_write(author, place=place, days=days, truth=truth, rng=rng, fact=fact))
        if len(rows) == count:
            break
    return rows


def _single_authors(rng: np.random.Generator, phones: list[str]) -> Iterator[Author]:
    """Yield ever new authors; some pairs share a telephone, and those after the last number have none."""
    supply = iter(pick_some(rng, phones, len(phones)))
    number = 0
    while True:
        number += 1
        phone = next(supply, "")
        yield _draw_author(f"e-{number:04d}", rng, sentences=(3, 6), share=0.97, phones=(phone,))
        if number <= SHARED_PHONES:
            yield _draw_author(
                f"e-{number:04d}b", rng, sentences=(3, 6), share=0.97, phones=(phone,)
            )


def _draw_author(
    author_id: str,
    rng: np.random.Generator,
    *,
    sentences: tuple[int, int],
    share: float,
    phones: tuple[str, ...],
) -> Author:
    some = pick_some(rng, SENTENCES, int(rng.integers(sentences[0], sentences[1] + 1)))
    if is_lucky(rng, 0.6):
        some.insert(0, pick(rng, MARKS))
    pattern = fix_slots(pick(rng, (". ", ". ", " - ", ", ")).join(some), rng, share=share)
    return Author(author_id, pattern, phones)


def _write(
    author: Author,
    *,
    place: str,
    days: tuple[int, int],
    truth: Truth,
    rng: np.random.Generator,
    fact: dict[str, str],
) -> Pair:
    phone = pick(rng, author.phones)
    text = _worn(fix_slots(author.pattern, rng, share=1.0), rng)
    shown = phone_words(phone, rng)
    if phone and is_lucky(rng, 0.3):
        text = f"{text}. {pick(rng, ('Tel', 'Ring', 'Nr', ''))} {shown}".replace("  ", " ")
        shown = shown if is_lucky(rng, 0.5) else ""
    moment = truth.day(int(rng.integers(days[0], days[1] + 1)))
    at = datetime.combine(moment, time(), tzinfo=STOCKHOLM) + timedelta(
        minutes=int(rng.integers(7 * 60, 24 * 60))
    )
    seen_at = at.astimezone(UTC).isoformat(timespec="seconds")
    ad = {
        "ad_id": "",
        "seen_at": seen_at,
        "source": pick(rng, SITES),
        "phone": shown,
        "place_text": place,
        "text": text,
    }
    return ad, {"ad_id": "", **fact}


def phone_words(phone: str, rng: np.random.Generator) -> str:
    """Return a telephone number as it may be written: plain, spaced, with country code or digit by digit."""
    if not phone:
        return ""
    international = phone if phone.startswith("+") else f"+46{phone[1:]}"
    spaced = f"{phone[:-6]}-{phone[-6:-4]} {phone[-4:-2]} {phone[-2:]}"
    return pick(
        rng,
        (
            phone,
            spaced,
            spaced.replace("-", " "),
            international,
            f"{international[:3]} {international[3:]}",
            " ".join(phone),
        ),
    )


def _worn(text: str, rng: np.random.Generator) -> str:
    """Return the text with the small changes that copying brings."""
    words = [
        mistype(word, rng) if len(word) > 4 and is_lucky(rng, 0.03) else word
        for word in text.split()
    ]
    text = " ".join(words)
    if is_lucky(rng, 0.1):
        text = f"{text} {pick(rng, ('!', '!!', '...', '*', '***'))}"
    return text.upper() if is_lucky(rng, 0.03) else text


def _place(address: TownAddress, dwelling: str, level: str, rng: np.random.Generator) -> str:
    if level == "address":
        return place_words(address, dwelling, nicknames={}, rng=rng)
    words: dict[str, Sequence[str]] = {
        "street": (
            address.street,
            f"nära {address.street}",
            f"{address.street}, {address.municipality}",
        ),
        "district": (
            address.district,
            f"{address.district} {address.municipality}",
            f"{address.municipality}, {address.district}",
        ),
        "town": (address.municipality, address.municipality, f"{HOME} med omnejd"),
    }
    return pick(rng, words[level])


def _days(stay: Stay) -> tuple[int, int]:
    return max(0, stay.first_day), min(stay.last_day, LAST_DAY)
