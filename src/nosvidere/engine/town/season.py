"""A season in the town: what is seen of it, and the truth beside it."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np

from .addresses import TownAddress
from .ads import make_ads
from .chance import chance
from .landlords import make_landlords
from .observations import make_observations
from .operation import choose_addresses, make_shifts, play_operation, press_figures
from .tips import make_tips
from .town import Town
from .truth import EVENING_DAYS, PUBLISHED_DAY, Stay, Truth, make_truth

DEFAULT_START = date(2020, 9, 1)
VISITS_A_DAY = {"loud": 5.0, "middling": 3.2, "quiet": 1.8}


@dataclass(frozen=True, slots=True)
class Season:
    """What is seen of a season (tips, ads, observations, landlords), the planned shifts, and the truth.

    `truth` holds plain values by name; `truth["active"]` are the addresses in use on an operation evening.
    """

    start: date
    tips: list[dict[str, Any]]
    ads: list[dict[str, str]]
    observations: list[dict[str, Any]]
    landlords: list[dict[str, Any]]
    shifts: list[dict[str, Any]]
    truth: dict[str, Any]


def make_season(
    town: Town, seed: int, *, tips: int = 500, ads: int = 5000, start: date = DEFAULT_START
) -> Season:
    """Return the season of a seed; what is seen ends the day before the first operation evening."""
    truth = make_truth(town, seed=seed, start=start)
    tip_rows, tip_facts = make_tips(truth, nicknames=town.nicknames, seed=seed, count=tips)
    ad_rows, ad_facts = make_ads(truth, seed=seed, count=ads)
    known = _known(town, truth, tip_facts, ad_facts)
    owners, reactions = make_landlords(known, seed=seed)
    shifts = make_shifts(town, truth)
    told = _told(truth, seed) | {"tips": tip_facts, "ads": ad_facts, "landlords": reactions}
    told["operation"] = _script(told, truth, shifts=shifts, seed=seed)
    observations = make_observations(truth, seed=seed)
    return Season(start, tip_rows, ad_rows, observations, owners, shifts, told)


def _known(
    town: Town, truth: Truth, tips: list[dict[str, Any]], ads: list[dict[str, str]]
) -> list[TownAddress]:
    """Return all entrances that anything in the season is about, in the order of the register."""
    about = {row["address_id"] for row in (*tips, *ads)} | {
        stay.address_id for stay in truth.stays
    }
    about |= {decoy.address_id for decoy in truth.decoys}
    return [address for address in town.addresses if address.id in about]


def _told(truth: Truth, seed: int) -> dict[str, Any]:
    innocent = [decoy.address_id for decoy in truth.decoys if decoy.kind == "INNOCENT"]
    return {
        "season": {
            "start": truth.start.isoformat(),
            "seen_until": truth.day(EVENING_DAYS[0] - 1).isoformat(),
            "evenings": [evening.isoformat() for evening in truth.evenings()],
            "published": truth.day(PUBLISHED_DAY).isoformat(),
        },
        "active": sorted({stay.address_id for stay in truth.active()}),
        "innocent": sorted(innocent),
        "organisers": [asdict(organiser) for organiser in truth.organisers],
        "stays": [_stay_row(truth, stay) for stay in truth.stays],
        "decoys": [asdict(decoy) for decoy in truth.decoys],
        "visits": _visits(truth, chance(seed, "visits")),
    }


def _stay_row(truth: Truth, stay: Stay) -> dict[str, Any]:
    row = asdict(stay)
    first, last = truth.day(row.pop("first_day")), truth.day(row.pop("last_day"))
    return row | {"first_on": first.isoformat(), "last_on": last.isoformat()}


def _visits(truth: Truth, rng: np.random.Generator) -> list[dict[str, Any]]:
    """Return the number of buyers' visits per flat and day, from the start of the season."""
    rows = []
    for stay in truth.stays:
        days = range(max(0, stay.first_day), stay.last_day + 1)
        counts = rng.poisson(VISITS_A_DAY[stay.loudness], size=len(days))
        rows += [
            {"stay": stay.id, "on": truth.day(day).isoformat(), "visits": int(visits)}
            for day, visits in zip(days, counts, strict=True)
        ]
    return rows


def _script(
    told: dict[str, Any], truth: Truth, *, shifts: list[dict[str, Any]], seed: int
) -> dict[str, Any]:
    checked = choose_addresses(truth, told["tips"])
    by_ad = {row["address_id"] for row in told["ads"]}
    by_tip = {row["address_id"] for row in told["tips"]}
    script = play_operation(told, checked, seed=seed, by_ad=by_ad, by_tip=by_tip)
    return {**script, "figures": press_figures(script, shifts)}
