"""The ground the town stands on: a gently bent plane in open sea, from kilometres to latitude and longitude.

The origin lies in Kattegat, about halfway between Sweden and Denmark, where there is water and no home.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .chance import chance

ORIGIN_LAT = 57.0
ORIGIN_LON = 11.4
SOUTH, NORTH, WEST, EAST = 56.9, 57.1, 11.2, 11.6
KM_PER_DEGREE = 111.195  # one degree of a great circle on a sphere of radius 6 371 km
KM_PER_DEGREE_LON = KM_PER_DEGREE * math.cos(math.radians(ORIGIN_LAT))
BEND_KM = 0.2
WAVELENGTHS_KM = (5.3, 7.9)

Point = tuple[float, float]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Plane:
    """The bend of the ground, so that nothing in the town is quite straight."""

    phases: tuple[float, ...]

    def bend(self, east: Floats, north: Floats) -> tuple[Floats, Floats]:
        """Return the bent kilometres of drawn kilometres."""
        short, long = (2 * math.pi / length for length in WAVELENGTHS_KM)
        a, b, c, d = self.phases
        bent_east = east + BEND_KM * (np.sin(north * short + a) + np.sin(north * long + b))
        bent_north = north + BEND_KM * (np.sin(east * short + c) + np.sin(east * long + d))
        return bent_east, bent_north

    def places(self, points: Sequence[Point] | Floats) -> Floats:
        """Return rows of (latitude, longitude), five decimals (about a metre), for drawn kilometres."""
        drawn = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        east, north = self.bend(drawn[:, 0], drawn[:, 1])
        lat = ORIGIN_LAT + north / KM_PER_DEGREE
        lon = ORIGIN_LON + east / KM_PER_DEGREE_LON
        placed: Floats = np.column_stack((lat, lon)).round(5)
        return placed

    def metres(self, starts: Floats, ends: Floats) -> Floats:
        """Return the distances between drawn points, in metres on the bent ground."""
        east_a, north_a = self.bend(starts[:, 0], starts[:, 1])
        east_b, north_b = self.bend(ends[:, 0], ends[:, 1])
        distances: Floats = np.hypot(east_b - east_a, north_b - north_a) * 1000
        return distances


def make_plane(seed: int) -> Plane:
    """Return the ground of a seed."""
    drawn = chance(seed, "plane").uniform(0, 2 * math.pi, size=4)
    return Plane(tuple(float(phase) for phase in drawn))


def densify(ring: Sequence[Point], step_km: float = 0.25) -> list[Point]:
    """Return the ring with points at most `step_km` apart, so that it bends with the ground."""
    points: list[Point] = []
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        parts = max(1, math.ceil(math.hypot(x1 - x0, y1 - y0) / step_km))
        points += [(x0 + (x1 - x0) * k / parts, y0 + (y1 - y0) * k / parts) for k in range(parts)]
    return points


def clip_half_plane(ring: Sequence[Point], *, normal: Point, limit: float) -> list[Point]:
    """Return the part of a ring where normal · point <= limit (Sutherland and Hodgman 1974)."""
    kept: list[Point] = []
    for start, end in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        before = normal[0] * start[0] + normal[1] * start[1] - limit
        after = normal[0] * end[0] + normal[1] * end[1] - limit
        if before <= 0:
            kept.append(start)
        if before * after < 0:
            share = before / (before - after)
            kept.append(
                (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
            )
    return kept
