"""The chain's picture as one page that opens anywhere: no script, no other request."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nosvidere.sites.chain.lengths import Length, families, length_of, longest, number
from nosvidere.sites.chain.rank import RankedPlace
from nosvidere.sites.chain.remarks import remarks
from nosvidere.sites.chain.results import Results
from nosvidere.sites.standalone import rendered

SHOWN_PLACES = 100
MAP_SIZE = 640.0
MARGIN = 20.0
ORIGINS = {
    "TIP": "tips",
    "AD": "annonser",
    "BOTH": "tips och annonser",
    "OWN_OBS": "egen iakttagelse",
}


@dataclass(frozen=True, slots=True)
class Ring:
    """A place on the drawing: where, and whether it is check-eligible."""

    x: str
    y: str
    label: str
    is_eligible: bool


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place in the table."""

    rank: int
    address: str
    area: str
    weight: str
    length: Length
    summary: str
    reasons: list[str]
    counter: list[str]
    missing: list[str]
    origin: str
    eligible: str


def picture_page(results: Results) -> str:
    """Return the page as HTML: what to see in a sentence, the figures, the places on a drawing and in a table."""
    ranked = results.ranked
    eligible = [place for place in ranked if place.weighing.is_eligible]
    shown = ranked[:SHOWN_PLACES]
    whole = longest(shown)
    return rendered(
        "sites/picture.html",
        {
            "on": results.on.isoformat(),
            "figures": _figures(results, eligible),
            "origins": [
                (ORIGINS[o], n) for o, n in Counter(p.origin for p in eligible).most_common()
            ],
            "remarks": remarks(results),
            "rings": _rings(shown),
            "size": f"{MAP_SIZE:.0f}",
            "families": families(),
            "places": [_line(place, whole) for place in shown],
            "hidden": len(ranked) - len(shown),
        },
    )


def _figures(results: Results, eligible: Sequence[RankedPlace]) -> list[tuple[str, int]]:
    gathered = results.gathered
    return [
        ("tips lästa", len(gathered.tips)),
        ("tips med säker adress", sum(bool(tip.address_id) for tip in gathered.tips)),
        ("annonser lästa", len(gathered.ads)),
        ("platser med uppgifter", len(results.ranked)),
        ("platser som får kontrolleras", len(eligible)),
        ("besök i planen", len({stop.visit_id for stop in results.plan.stops})),
        ("rader som inte gick att ta", len(gathered.refused)),
    ]


def _line(place: RankedPlace, whole: float) -> PlaceLine:
    address, weighing = place.address, place.weighing
    return PlaceLine(
        rank=place.rank,
        address=f"{address.street} {address.number}{address.letter}",
        area=address.district or address.municipality,
        weight=number(weighing.weight),
        length=length_of(weighing, whole=whole),
        summary=weighing.summary,
        reasons=counted(weighing.reasons()[1:]),
        counter=counted([part.text for part in weighing.counter]),
        missing=list(weighing.missing),
        origin=ORIGINS[place.origin],
        eligible="får kontrolleras" if weighing.is_eligible else "får inte kontrolleras",
    )


def counted(sentences: Sequence[str]) -> list[str]:
    """Return the sentences, each once, with how many times it was said when that is more than one."""
    return [f"{n} gånger: {text}" if n > 1 else text for text, n in Counter(sentences).items()]


def _rings(places: Sequence[RankedPlace]) -> list[Ring]:
    """Return the mappable places as points of a square drawing, north up, one scale for both directions."""
    points = [
        (p, p.address.lat, p.address.lon)
        for p in places
        if p.address.lat is not None and p.address.lon is not None
    ]
    if not points:
        return []
    lats, lons = [lat for _, lat, _ in points], [lon for _, _, lon in points]
    middle = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    # A degree of longitude is about half a degree of latitude at Swedish latitudes.
    reach = max(1e-6, max(lats) - middle[0], (max(lons) - middle[1]) / 2)
    scale = (MAP_SIZE / 2 - MARGIN) / reach
    return [
        Ring(
            x=f"{MAP_SIZE / 2 + (lon - middle[1]) / 2 * scale:.1f}",
            y=f"{MAP_SIZE / 2 - (lat - middle[0]) * scale:.1f}",
            label=f"{place.address.street} {place.address.number}{place.address.letter}",
            is_eligible=place.weighing.is_eligible,
        )
        for place, lat, lon in points
    ]
