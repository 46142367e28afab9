"""What the fictitious region consists of: municipalities, districts, police areas. All names are invented.

Postcodes run from 991 01: the Swedish series ends at 984 99, so none of them exists.
"""

from dataclasses import dataclass
from typing import Final

HOME: Final = "Videhamn"
REGION: Final = "Videbygden"
FIRST_POSTCODE: Final = 99101


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality with its centre in drawn kilometres; it is also one police area."""

    name: str
    code: str
    centre: tuple[float, float]


@dataclass(frozen=True, slots=True)
class DistrictPlan:
    """A district as drawn: its rectangle in kilometres, its kind of houses and its share of the entrances."""

    name: str
    municipality: str
    local_area: str
    west: float
    south: float
    east: float
    north: float
    kind: str
    share: float
    theme: str


@dataclass(frozen=True, slots=True)
class HouseKind:
    """How houses of a kind stand: metres between streets, floors, doors per floor, share of lettered entrances."""

    block_km: float
    floors: tuple[int, int]
    doors: tuple[int, int]
    lettered: float
    dropped: float
    suffixes: tuple[str, ...]


KINDS: Final = {
    "stenstad": HouseKind(0.125, (3, 5), (2, 3), 0.20, 0.0, ("gatan", "gatan", "gatan", "gränd")),
    "lamell": HouseKind(0.17, (3, 4), (2, 2), 0.45, 0.05, ("gatan", "vägen", "gatan", "stigen")),
    "punkthus": HouseKind(0.25, (6, 9), (3, 4), 0.30, 0.05, ("gatan", "allén", "vägen")),
    "hamn": HouseKind(0.21, (3, 5), (2, 2), 0.25, 0.05, ("gatan", "kajen", "gränd")),
    "småstad": HouseKind(0.15, (2, 3), (1, 2), 0.15, 0.05, ("gatan", "vägen", "gränd")),
    "radhus": HouseKind(0.15, (1, 1), (1, 1), 0.50, 0.15, ("vägen", "stigen", "slingan")),
    "villa": HouseKind(0.14, (1, 1), (1, 1), 0.06, 0.18, ("vägen", "stigen", "backen", "vägen")),
}

MUNICIPALITIES: Final = (
    Municipality(HOME, "9901", (0.0, 0.5)),
    Municipality("Tångersala", "9902", (-5.1, 5.3)),
    Municipality("Grenvalla", "9903", (5.3, 5.0)),
    Municipality("Mosselhult", "9904", (-6.7, -0.9)),
    Municipality("Ljungerstad", "9905", (6.8, -0.8)),
    Municipality("Hästingelöv", "9906", (4.7, -5.7)),
)

# Four columns and four rows around the river, which runs from north to south at 0 km east.
_COLUMNS = ((-3.0, -1.6), (-1.5, -0.12), (0.12, 1.5), (1.6, 3.0))
_ROWS = ((2.05, 3.4), (0.6, 1.95), (-0.85, 0.5), (-2.3, -0.95))
_TOWN = (
    (("Tallhöjderna", "villa", 4.6, "träd"), ("Norrvretet", "lamell", 4.7, "väder"),
     ("Kvarnskiftet", "lamell", 4.7, "djur"), ("Orrslätten", "villa", 4.6, "fågel")),
    (("Hantverkslyckan", "radhus", 4.0, "hantverk"), ("Vinterbroslätt", "lamell", 4.8, "årstid"),
     ("Lärkhöjden", "punkthus", 1.6, "stjärna"), ("Björkskiftet", "villa", 4.6, "bär")),
    (("Klosterlyckan", "lamell", 4.6, "ört"), ("Torgstaden", "stenstad", 5.4, "torg"),
     ("Rådmansstaden", "stenstad", 5.2, "yrke"), ("Slussgärdet", "punkthus", 1.6, "verktyg")),
    (("Saltängarna", "villa", 4.4, "fisk"), ("Tågvirket", "hamn", 4.6, "sjö"),
     ("Ankarsholmen", "hamn", 4.6, "skepp"), ("Kolkajen", "lamell", 3.4, "järn")),
)  # fmt: skip
_LOCAL_AREAS = ("Nord", "Mitt", "City", "Syd")


def _districts_in_town() -> list[DistrictPlan]:
    plans = []
    for row, (south, north) in enumerate(_ROWS):
        for column, (west, east) in enumerate(_COLUMNS):
            name, kind, share, theme = _TOWN[row][column]
            area = f"{HOME} {_LOCAL_AREAS[row]}"
            plans.append(
                DistrictPlan(name, HOME, area, west, south, east, north, kind, share, theme)
            )
    return plans


_AROUND = {
    "Tångersala": (("Klockarlyckan", "småstad", 3.4, "torg"), ("Ekmarkslyckan", "villa", 2.9, "träd")),
    "Grenvalla": (("Stationsgärdet", "småstad", 3.4, "väder"), ("Nyponlunden", "villa", 2.9, "bär")),
    "Mosselhult": (("Brukslyckan", "småstad", 3.2, "järn"), ("Vassviken", "villa", 2.9, "fisk")),
    "Ljungerstad": (("Hedtorget", "småstad", 3.4, "yrke"), ("Rapshöjden", "villa", 2.9, "ört")),
    "Hästingelöv": (("Marknadsplan", "småstad", 3.2, "djur"), ("Hovslagarängen", "villa", 2.9, "hantverk")),
}  # fmt: skip


def _districts_around() -> list[DistrictPlan]:
    plans = []
    for place in MUNICIPALITIES[1:]:
        x, y = place.centre
        for side, (name, kind, share, theme) in enumerate(_AROUND[place.name]):
            west = x - 1.15 + 1.2 * side
            area = f"{place.name} {('Västra', 'Östra')[side]}"
            rectangle = (west, y - 0.5, west + 1.1, y + 0.55)
            plans.append(DistrictPlan(name, place.name, area, *rectangle, kind, share, theme))
    return plans


DISTRICTS: Final = (*_districts_in_town(), *_districts_around())

# The river from the north coast to the harbour bay: kilometres north and half its width in kilometres.
RIVER: Final = ((9.6, 0.03), (6.0, 0.045), (3.6, 0.06), (0.0, 0.075), (-2.75, 0.1))
BAY: Final = (
    (0.8, -9.9),
    (1.3, -6.0),
    (1.1, -4.0),
    (1.25, -2.6),
    (-0.9, -2.6),
    (-1.0, -4.0),
    (-1.2, -6.0),
    (-0.9, -9.9),
)
LAKE: Final = (
    (-2.9, 6.1),
    (-2.5, 6.5),
    (-2.0, 6.55),
    (-1.6, 6.2),
    (-1.5, 5.8),
    (-1.9, 5.4),
    (-2.4, 5.3),
    (-2.8, 5.6),
)
COAST_KM: Final = (9.6, 8.6)
