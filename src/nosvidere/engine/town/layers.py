"""The map layers of the town as GeoJSON: land, water, municipalities, districts and streets."""

import math
from collections.abc import Sequence
from typing import Any

from .gazetteer import (
    BAY,
    COAST_KM,
    DISTRICTS,
    HOME,
    LAKE,
    MUNICIPALITIES,
    RIVER,
    DistrictPlan,
    Municipality,
)
from .plane import Plane, Point, clip_half_plane, densify
from .police import area_code, local_code
from .streets import Ground

COAST_POINTS = 120
HOME_REACH_KM2 = (
    13.5  # weight of the main municipality in the division of land: it reaches a little further
)

Layer = dict[str, Any]  # a GeoJSON FeatureCollection


def make_layers(ground: Ground, plane: Plane) -> dict[str, Layer]:
    """Return the layers by name, each a FeatureCollection in longitude and latitude."""
    return {
        "land": _collection([_area(plane, coast(), {"name": "Videön"})]),
        "water": _collection([_area(plane, ring, {"name": name}) for name, ring in _waters()]),
        "municipalities": _collection([_municipality(plane, place) for place in MUNICIPALITIES]),
        "districts": _collection([_district(plane, plan) for plan in DISTRICTS]),
        "streets": _collection(_streets(ground, plane)),
    }


def coast() -> list[Point]:
    """Return the coastline in drawn kilometres: an oval with bays and points."""
    ring = []
    for step in range(COAST_POINTS):
        angle = 2 * math.pi * step / COAST_POINTS
        reach = 1 + 0.035 * math.sin(5 * angle + 1) + 0.02 * math.sin(11 * angle) - 0.025
        ring.append((COAST_KM[0] * reach * math.cos(angle), COAST_KM[1] * reach * math.sin(angle)))
    return ring


def _waters() -> list[tuple[str, list[Point]]]:
    west = [(-half, north) for north, half in RIVER]
    east = [(half, north) for north, half in reversed(RIVER)]
    return [("Videån", west + east), ("Hamnviken", list(BAY)), ("Tjärnesjön", list(LAKE))]


def _municipality(plane: Plane, place: Municipality) -> dict[str, Any]:
    """Return the land that lies nearest to a centre (a power diagram); the main one reaches further."""
    ring = coast()
    for other in MUNICIPALITIES:
        normal = (other.centre[0] - place.centre[0], other.centre[1] - place.centre[1])
        ring = clip_half_plane(ring, normal=normal, limit=(_power(other) - _power(place)) / 2)
    codes = {"name": place.name, "code": place.code, "police_area": area_code(place.name)}
    return _area(plane, ring, codes)


def _power(place: Municipality) -> float:
    weight = HOME_REACH_KM2 if place.name == HOME else 0.0
    return place.centre[0] ** 2 + place.centre[1] ** 2 - weight


def _district(plane: Plane, plan: DistrictPlan) -> dict[str, Any]:
    west, south, east, north = plan.west, plan.south, plan.east, plan.north
    ring = [(west, south), (east, south), (east, north), (west, north)]
    names = {"name": plan.name, "municipality": plan.municipality}
    return _area(plane, ring, {**names, "local_area": local_code(plan.local_area)})


def _streets(ground: Ground, plane: Plane) -> list[dict[str, Any]]:
    places = plane.places(ground.points).tolist()
    return [
        {
            "type": "Feature",
            "properties": {"name": street.name, "municipality": street.municipality},
            "geometry": {
                "type": "LineString",
                "coordinates": [places[node][::-1] for node in street.nodes],
            },
        }
        for street in ground.streets
    ]


def _area(plane: Plane, ring: Sequence[Point], properties: dict[str, str]) -> dict[str, Any]:
    places = plane.places(densify(ring)).tolist()
    corners = [[lon, lat] for lat, lon in (*places, places[0])]
    geometry = {"type": "Polygon", "coordinates": [corners]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _collection(features: list[dict[str, Any]]) -> Layer:
    return {"type": "FeatureCollection", "features": features}
