"""Travel times: shortest paths on a road graph, or straight lines as a fallback that says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import KDTree

Minutes = NDArray[np.int64]
Metres = NDArray[np.float64]

EARTH_RADIUS_M = 6_371_009.0  # mean radius, GRS 80 (Moritz 2000)
UNREACHABLE = 100_000  # minutes, longer than any operation: no road leads there
ROUNDING = 1e-9  # a leg of exactly n minutes stays n when floats say a hair more


class Travel(Protocol):
    """Gives travel times between places."""

    @property
    def name(self) -> str:
        """Return what the page calls this way of reckoning, in Swedish."""

    @property
    def is_fallback(self) -> bool:
        """Say whether the times are only guessed."""

    def minutes(self, points: Sequence[tuple[float, float]]) -> Minutes:
        """Return whole minutes, rounded up, from each (lat, lon) to each, shape n × n."""


@dataclass(frozen=True, slots=True)
class StraightLine:
    """Straight lines, made longer by `detour`, at one speed: a guess for want of a road graph.

    Both numbers are assumptions for driving in a town in the evening, not measurements.
    """

    speed_kmh: float = 25.0
    detour: float = 1.3

    def __post_init__(self) -> None:
        """Raise ValueError for a speed that gets nowhere or a way shorter than the straight one."""
        if not (self.speed_kmh > 0 and self.detour >= 1):
            message = (
                "Fågelvägen behöver en hastighet över 0 km/h och en omväg på minst 1, "
                f"fick {self.speed_kmh} och {self.detour}."
            )
            raise ValueError(message)

    @property
    def name(self) -> str:
        """Return the name with the speed in it."""
        return f"fågelvägen i {self.speed_kmh:g} km/h"

    @property
    def is_fallback(self) -> bool:
        """Say that the times are only guessed."""
        return True

    def minutes(self, points: Sequence[tuple[float, float]]) -> Minutes:
        """Return whole minutes, rounded up, from each (lat, lon) to each, shape n × n."""
        metres_per_minute = self.speed_kmh * 1000 / 60
        return _whole(great_circle_m(points, points) * self.detour / metres_per_minute)


@dataclass(frozen=True, slots=True)
class Road:
    """A piece of road between two (lat, lon), driven in `minutes`."""

    start: tuple[float, float]
    end: tuple[float, float]
    minutes: float
    is_one_way: bool = False


class RoadGraph:
    """Shortest paths in time on roads; a place off the road walks to the nearest end of a road."""

    name = "kortaste väg i vägnätet"
    is_fallback = False

    def __init__(self, roads: Sequence[Road], *, walking_kmh: float = 5.0) -> None:
        """Raise ValueError when there is no road or a road takes no time."""
        if not roads or any(road.minutes <= 0 for road in roads):
            message = "Vägnätet behöver minst en väg, och varje väg ska ta mer än 0 minuter."
            raise ValueError(message)
        self._ends = sorted({end for road in roads for end in (road.start, road.end)})
        self._graph = _graph_of(roads, self._ends)
        self._tree = KDTree(_unit_vectors(self._ends))
        self._walking_m_per_minute = walking_kmh * 1000 / 60

    def minutes(self, points: Sequence[tuple[float, float]]) -> Minutes:
        """Return whole minutes, rounded up, from each (lat, lon) to each, shape n × n.

        `UNREACHABLE` stands where no road leads; a place to itself is 0.
        """
        chords, nearest = self._tree.query(_unit_vectors(points))
        walk = _metres_of(np.asarray(chords)) / self._walking_m_per_minute
        ends, index = np.unique(np.asarray(nearest), return_inverse=True)
        on_road = dijkstra(self._graph, indices=ends)[:, ends][np.ix_(index, index)]
        total = on_road + walk[:, None] + walk[None, :]
        at = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        same = (at[:, None] == at[None]).all(axis=2)
        return _whole(np.where(same, 0.0, np.minimum(total, UNREACHABLE)))


def great_circle_m(
    origins: Sequence[tuple[float, float]], targets: Sequence[tuple[float, float]]
) -> Metres:
    """Return metres over the ground on a sphere from each (lat, lon) to each, shape n × m."""
    chords = np.linalg.norm(_unit_vectors(origins)[:, None] - _unit_vectors(targets)[None], axis=2)
    return _metres_of(chords)


def _graph_of(roads: Sequence[Road], ends: Sequence[tuple[float, float]]) -> csr_array:
    number = {end: index for index, end in enumerate(ends)}
    fastest: dict[tuple[int, int], float] = {}
    for road in roads:
        a, b = number[road.start], number[road.end]
        for pair in [(a, b)] if road.is_one_way else [(a, b), (b, a)]:
            fastest[pair] = min(road.minutes, fastest.get(pair, road.minutes))
    rows, columns = zip(*fastest, strict=True)
    return csr_array((list(fastest.values()), (rows, columns)), shape=(len(ends), len(ends)))


def _unit_vectors(points: Sequence[tuple[float, float]]) -> Metres:
    lat, lon = np.radians(np.asarray(points, dtype=np.float64).reshape(-1, 2)).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _metres_of(chords: Metres) -> Metres:
    return 2 * EARTH_RADIUS_M * np.arcsin(np.clip(chords / 2, 0, 1))


def _whole(minutes: Metres) -> Minutes:
    return np.ceil(minutes - ROUNDING).astype(np.int64)
