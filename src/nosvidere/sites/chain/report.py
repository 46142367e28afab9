"""The chain's report as a PDF, set by Typst."""

import json
from pathlib import Path

import typst

from nosvidere.sites.chain.page import ORIGINS
from nosvidere.sites.chain.results import Results

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "sites" / "report.typ"
PLACES_IN_REPORT = 30


def report_pdf(results: Results) -> bytes:
    """Return the report as PDF: the figures, the heaviest places with reasons for and against, the plan by evening."""
    told = json.dumps(_content(results), ensure_ascii=False)
    made = typst.compile(TEMPLATE.read_bytes(), sys_inputs={"content": told})
    if not isinstance(made, bytes):
        message = f"Typst gave {type(made).__name__} where one PDF was expected."
        raise TypeError(message)
    return made


def _content(results: Results) -> dict[str, object]:
    names = {
        p.address.id: f"{p.address.street} {p.address.number}{p.address.letter}"
        for p in results.ranked
    }
    return {
        "on": results.on.isoformat(),
        "tips": len(results.gathered.tips),
        "ads": len(results.gathered.ads),
        "places": len(results.ranked),
        "eligible": sum(p.weighing.is_eligible for p in results.ranked),
        "travel": results.plan.travel_name,
        "ranked": [
            {
                "rank": p.rank,
                "address": names[p.address.id],
                "area": p.address.district or p.address.municipality,
                "weight": f"{p.weighing.weight:.1f}".replace(".", ","),
                "origin": ORIGINS[p.origin],
                "for": p.weighing.summary,
                "against": " ".join(part.text for part in p.weighing.counter) or "Inget känt.",
            }
            for p in results.ranked[:PLACES_IN_REPORT]
        ],
        "stops": [
            {
                "team": stop.team_shift_id,
                "order": stop.order,
                "address": names[stop.visit_id],
                "minute": stop.arrive_minute,
            }
            for stop in sorted(results.plan.stops, key=lambda s: (s.team_shift_id, s.order))
        ],
        "unserved": [
            {"address": names[u.visit_id], "reason": u.reason_sv} for u in results.plan.unserved
        ],
    }
