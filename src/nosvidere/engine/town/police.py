"""The police organisation of the fictitious region, as data."""

from dataclasses import dataclass
from typing import Final

from .gazetteer import DISTRICTS, HOME, MUNICIPALITIES, REGION

AUTHORITY_CODE: Final = "PM"
REGION_CODE: Final = "VB"
LEADING_AREA: Final = f"{HOME} Syd"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its code, name, kind (authority, region, area, lpo, group) and the code of its parent."""

    code: str
    name: str
    kind: str
    parent: str


def make_units() -> list[Unit]:
    """Return one region with six police areas, their local police areas and a few groups, parents first."""
    units = [
        Unit(AUTHORITY_CODE, "Polismyndigheten", "authority", ""),
        Unit(REGION_CODE, f"Polisregion {REGION}", "region", AUTHORITY_CODE),
        Unit(f"{REGION_CODE}-MH", "Människohandelsgruppen", "group", REGION_CODE),
        Unit(f"{REGION_CODE}-UN", "Regionala underrättelseenheten", "group", REGION_CODE),
    ]
    units += [
        Unit(area_code(place.name), f"Polisområde {place.name}", "area", REGION_CODE)
        for place in MUNICIPALITIES
    ]
    for plan in dict.fromkeys((plan.municipality, plan.local_area) for plan in DISTRICTS):
        units.append(
            Unit(local_code(plan[1]), f"Lokalpolisområde {plan[1]}", "lpo", area_code(plan[0]))
        )
    leading = local_code(LEADING_AREA)
    units.append(
        Unit(f"{leading}-BF", f"Brottsförebyggande gruppen {LEADING_AREA}", "group", leading)
    )
    return units


def area_code(municipality: str) -> str:
    """Return the code of the police area of a municipality."""
    return f"{REGION_CODE}-{municipality[:3].upper()}"


def local_code(local_area: str) -> str:
    """Return the code of a local police area, such as VB-VID-SYD."""
    municipality, side = local_area.split()
    return f"{area_code(municipality)}-{side.upper()}"
