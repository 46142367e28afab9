"""The published operation: four evening shifts of three fronts, and what happens at the checked addresses."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np

from .chance import chance, is_lucky, pick
from .gazetteer import MUNICIPALITIES
from .police import LEADING_AREA, area_code, local_code
from .town import Town
from .truth import Truth

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
# The figures of the press release of 2020-10-20, which the season reproduces: eight men between 24 and 41, one attempt.
AGES: Final = (24, 27, 29, 31, 33, 36, 38, 41)
CHECKS: Final = 30
STARTS, HOURS = time(17, 0), 8
CALL_SIGNS: Final = (("BUYER", "71-10"), ("BUYER", "71-20"), ("OUTREACH", "71-30"), ("PREMISES", "71-40"),
                     ("PREMISES", "71-50"), ("PREMISES", "71-60"))  # fmt: skip
SKILLS: Final = {"BUYER": (), "OUTREACH": ("SOCIAL_WORKER", "INTERPRETER"), "PREMISES": ()}
HARBOUR: Final = "Tågvirket"
BUYER_PLACES: Final = ("FLAT_SUBLET", "SHORT_LET", "FLAT_RENTED", "FLAT_COOP")


def make_shifts(town: Town, truth: Truth) -> list[dict[str, Any]]:
    """Return the four evening shifts with their teams, lent from all six police areas, led by one local area."""
    station = next(address for address in town.addresses if address.district == HARBOUR)
    return [
        {
            "id": f"pass-{number}",
            "kind": "EVENING",
            "starts_at": _local(evening).isoformat(),
            "ends_at": (_local(evening) + timedelta(hours=HOURS)).isoformat(),
            "leading_unit": local_code(LEADING_AREA),
            "muster": {"address_id": station.id, "lat": station.lat, "lon": station.lon},
            "teams": _teams(number),
        }
        for number, evening in enumerate(truth.evenings(), start=1)
    ]


def _local(evening: date) -> datetime:
    return datetime.combine(evening, STARTS, tzinfo=STOCKHOLM)


def _teams(shift: int) -> list[dict[str, Any]]:
    """Return six teams; the lending units go round, so that each area takes part every evening."""
    lenders = [area_code(place.name) for place in MUNICIPALITIES[1:]]
    turned = lenders[shift % len(lenders) :] + lenders[: shift % len(lenders)]
    units = (local_code(LEADING_AREA), *turned)
    return [
        {
            "id": f"pass-{shift}-{sign}",
            "call_sign": sign,
            "unit": unit,
            "front": front,
            "skills": list(SKILLS[front]),
        }
        for (front, sign), unit in zip(CALL_SIGNS, units, strict=True)
    ]


def choose_addresses(
    truth: Truth, tips: Sequence[dict[str, Any]], *, count: int = CHECKS
) -> list[str]:
    """Return well-evidenced addresses for the published script: mostly flats in use, some that turn out not to be."""
    told: dict[str, int] = {}
    for tip in tips:
        told[tip["address_id"]] = told.get(tip["address_id"], 0) + 1
    ranked = sorted(told, key=lambda address: (-told[address], address))
    active = {stay.address_id for stay in truth.active()}
    used = [address for address in ranked if address in active][: count - count // 5]
    empty = [address for address in ranked if address not in active][: count - len(used)]
    return sorted([*used, *empty])


def play_operation(
    truth: dict[str, Any],
    checked: Sequence[str],
    *,
    seed: int,
    by_ad: Collection[str] = (),
    by_tip: Collection[str] = (),
) -> dict[str, list[dict[str, Any]]]:
    """Return what happens when these addresses are checked in this order over the four evenings.

    The eight offence reports fall at checked addresses that are truly in use; ValueError when there is none.
    `by_ad` and `by_tip` are the addresses known from ads and from tips.
    """
    rng = chance(seed, "operation")
    evenings = truth["season"]["evenings"]
    checks = []
    for number, address_id in enumerate(checked):
        check = _check(truth, address_id, evenings[number * len(evenings) // len(checked)], rng)
        origin = {"id": f"k-{number + 1:02d}", "origin": _origin(address_id, by_ad, by_tip)}
        checks.append(origin | check)
    used = [check for check in checks if check["outcome"] == "CONFIRMED"]
    if not used:
        message = (
            f"None of the {len(checked)} addresses is in use; no report can be written there."
        )
        raise ValueError(message)
    return {"checks": checks, **_results(used, rng)}


def _results(
    used: Sequence[dict[str, Any]], rng: np.random.Generator
) -> dict[str, list[dict[str, Any]]]:
    """Return what follows where a flat was in use: reports, help, information, notices to come."""
    reports = _reports(used, rng)
    return {
        "offence_reports": reports,
        "help_offers": [
            _help_offer(check, rng) for check in used for _ in range(check["persons_met"])
        ],
        "buyers_informed": [{"report": report["id"], "card_given": True} for report in reports],
        "landlords_told": [{"check": row["id"], "address_id": row["address_id"]} for row in used],
    }


def _origin(address_id: str, by_ad: Collection[str], by_tip: Collection[str]) -> str:
    if address_id in by_ad:
        return "BOTH" if address_id in by_tip else "AD"
    return "TIP"


def _check(
    truth: dict[str, Any], address_id: str, evening: str, rng: np.random.Generator
) -> dict[str, Any]:
    is_active = address_id in truth["active"]
    otherwise = "INNOCENT" if address_id in truth["innocent"] else "NOT_CONFIRMED"
    minute = int(rng.integers(0, HOURS * 60 - 60))
    at = _local(date.fromisoformat(evening)) + timedelta(minutes=minute)
    return {
        "address_id": address_id,
        "at": at.isoformat(timespec="seconds"),
        "outcome": "CONFIRMED" if is_active else otherwise,
        "persons_met": int(rng.integers(1, 3)) if is_active else 0,
    }


def _reports(used: Sequence[dict[str, Any]], rng: np.random.Generator) -> list[dict[str, Any]]:
    ages = [AGES[int(number)] for number in rng.permutation(len(AGES))]
    attempted = int(rng.integers(len(AGES)))
    chosen = [
        used[int(number) % len(used)] for number in rng.permutation(max(len(used), len(AGES)))
    ]
    return [
        {
            "id": f"r-{number + 1}",
            "check": check["id"],
            "kind": "PURCHASE_SEXUAL_ACT",
            "completion": "ATTEMPT" if number == attempted else "COMPLETED",
            "front": "BUYER",
            "place_type": pick(rng, BUYER_PLACES),
            "age": age,
            "sex": "M",
        }
        for number, (age, check) in enumerate(zip(ages, chosen, strict=False))
    ]


def _help_offer(check: dict[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    answers = ("ACCEPTED", "LATER", "DECLINED", "DECLINED")
    return {
        "check": check["id"],
        "card_given": True,
        "interpreter": is_lucky(rng, 0.5),
        "answer": pick(rng, answers),
    }


def press_figures(
    script: dict[str, list[dict[str, Any]]], shifts: Sequence[dict[str, Any]]
) -> dict[str, int]:
    """Return the figures of the public summary, each counted from the script and the shifts."""
    reports = script["offence_reports"]
    ages = [report["age"] for report in reports]
    origins = Counter(check["origin"] for check in script["checks"])
    return {
        "addresses_checked": len({check["address_id"] for check in script["checks"]}),
        "from_ads_or_tips": origins["TIP"] + origins["AD"] + origins["BOTH"],
        **_staffing(shifts),
        "men_reported": len(reports),
        "youngest": min(ages),
        "oldest": max(ages),
        "attempts": Counter(report["completion"] for report in reports)["ATTEMPT"],
        "help_offered": len(script["help_offers"]),
        "buyers_informed": len(script["buyers_informed"]),
        "landlords_told": len(script["landlords_told"]),
    }


def _staffing(shifts: Sequence[dict[str, Any]]) -> dict[str, int]:
    teams = [team for shift in shifts for team in shift["teams"]]
    return {
        "evening_shifts": len(shifts),
        "police_areas": len({"-".join(team["unit"].split("-")[:2]) for team in teams}),
        "leading_units": len({shift["leading_unit"] for shift in shifts}),
        "fronts": len({team["front"] for team in teams}),
    }
