"""The chain's report as a PDF, set by Typst."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

import typst

from nosvidere.engine.planning import Stop
from nosvidere.rules.operation import FRONTS
from nosvidere.sites.chain.lengths import families, length_of, longest, number
from nosvidere.sites.chain.page import ORIGINS, counted
from nosvidere.sites.chain.rank import RankedPlace
from nosvidere.sites.chain.remarks import remarks
from nosvidere.sites.chain.results import Results

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "sites" / "report.typ"
PLACES_IN_REPORT = 30


def report_pdf(results: Results) -> bytes:
    """Return the report as PDF: the figures, the heaviest places with reasons for and against, the plan by evening."""
    told = json.dumps(content_of(results), ensure_ascii=False)
    return typst.compile(TEMPLATE.read_bytes(), sys_inputs={"content": told})


def content_of(results: Results) -> dict[str, object]:
    """Return what the report's template prints."""
    # A street may bear the same name in two towns: a team must know which.
    names = {p.address.id: f"{_name(p)}, {_area(p)}" for p in results.ranked}
    shown = results.ranked[:PLACES_IN_REPORT]
    whole = longest(shown)
    return {
        "on": results.on.isoformat(),
        "tips": len(results.gathered.tips),
        "ads": len(results.gathered.ads),
        "places": len(results.ranked),
        "eligible": sum(p.weighing.is_eligible for p in results.ranked),
        "refused": len(results.gathered.refused),
        "remarks": remarks(results),
        "families": families(),
        "ranked": [_place(place, whole) for place in shown],
        "evenings": list(_evenings(results, names)),
        "unserved": [
            {"address": names[u.visit_id], "reason": u.reason_sv} for u in results.plan.unserved
        ],
    }


def _name(place: RankedPlace) -> str:
    return f"{place.address.street} {place.address.number}{place.address.letter}"


def _area(place: RankedPlace) -> str:
    names = (place.address.district, place.address.municipality)
    return ", ".join(dict.fromkeys(name for name in names if name))


def _place(place: RankedPlace, whole: float) -> dict[str, object]:
    weighing = place.weighing
    length = length_of(weighing, whole=whole)
    return {
        "rank": place.rank,
        "address": _name(place),
        "area": _area(place),
        "weight": number(weighing.weight),
        "parts": [[part.letter, part.width, part.has_room] for part in length.parts],
        "pulled": length.pulled.width if length.pulled else 0,
        "says": length.says,
        "origin": ORIGINS[place.origin],
        "for": weighing.summary,
        "against": counted([part.text for part in weighing.counter]) or ["Inget känt."],
        "eligible": weighing.is_eligible,
    }


def _evenings(results: Results, names: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """Yield the plan evening by evening: each team with its stops in order."""
    by_shift: dict[str, list[Stop]] = defaultdict(list)
    for stop in sorted(results.plan.stops, key=lambda stop: stop.order):
        by_shift[stop.team_shift_id].append(stop)
    at_work = [shift for shift in results.laid.shifts if by_shift[shift.id]]
    for evening, shifts in groupby(at_work, key=lambda shift: shift.evening):
        yield {
            "number": evening + 1,
            "teams": [
                {
                    "name": shift.team.capitalize(),
                    "front": FRONTS[shift.front],
                    "stops": _stops(by_shift[shift.id], names),
                }
                for shift in shifts
            ],
        }


def _stops(stops: list[Stop], names: Mapping[str, str]) -> list[dict[str, object]]:
    return [
        {"address": names[stop.visit_id], "from": stop.arrive_minute, "until": stop.leave_minute}
        for stop in stops
    ]
