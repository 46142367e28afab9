"""Streets and the road graph: a grid per district, bridges over the river, country roads between the towns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from .chance import chance, is_lucky
from .gazetteer import DISTRICTS, HOME, KINDS, MUNICIPALITIES, DistrictPlan, HouseKind
from .names import StreetNames
from .plane import Floats, Plane, Point

TOWN_KMH, MAIN_KMH, COUNTRY_KMH = 30, 50, 70
LONG_KM = 0.9
SPLIT_SHARE = 0.35
BULGE_KM = 0.09
JITTER_KM = 0.012
NEIGHBOUR_KM = 0.21
COUNTRY_STEP_KM = 0.7

Grid = np.ndarray[tuple[int, int], np.dtype[np.int64]]  # node numbers by row and column


@dataclass(frozen=True, slots=True)
class Street:
    """A named street: numbers of the road nodes it runs through, in the order of its house numbers."""

    name: str
    municipality: str
    district: str
    nodes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Road:
    """An edge of the road graph: two node numbers, metres and the usual speed."""

    start: int
    end: int
    metres: int
    kmh: int


@dataclass(slots=True)
class Ground:
    """Nodes in drawn kilometres, and what has been laid between them so far."""

    points: list[Point] = field(default_factory=list)
    links: dict[tuple[int, int], int] = field(default_factory=dict)
    streets: list[Street] = field(default_factory=list)
    rims: dict[str, list[int]] = field(default_factory=dict)

    def link(self, nodes: Sequence[int], kmh: int) -> None:
        """Lay a road through the nodes."""
        for start, end in pairwise(nodes):
            self.links[min(start, end), max(start, end)] = kmh

    def nearest(self, among: Sequence[int], point: Point) -> int:
        """Return the node among some that lies nearest to a drawn point."""
        return min(among, key=lambda node: (_distance(self.points[node], point), node))


def lay_streets(seed: int) -> Ground:
    """Return all streets and links of the region."""
    ground, names = Ground(), StreetNames(seed)
    seen: set[str] = set()
    for plan in sorted(DISTRICTS, key=lambda plan: plan.name != "Torgstaden"):
        _lay_district(
            ground, plan, names=names, seed=seed, is_centre=plan.municipality not in seen
        )
        seen.add(plan.municipality)
    _join_districts(ground)
    _build_bridges(ground)
    for municipality in MUNICIPALITIES[1:]:
        _lay_country_road(ground, municipality.name)
    return ground


def roads_of(ground: Ground, plane: Plane) -> tuple[Road, ...]:
    """Return the road graph with lengths as measured on the bent ground."""
    points = np.asarray(ground.points)
    pairs = np.asarray(list(ground.links))
    metres = plane.metres(points[pairs[:, 0]], points[pairs[:, 1]])
    return tuple(
        Road(start, end, max(1, round(float(length))), kmh)
        for ((start, end), kmh), length in zip(ground.links.items(), metres, strict=True)
    )


def _lay_district(
    ground: Ground, plan: DistrictPlan, *, names: StreetNames, seed: int, is_centre: bool
) -> None:
    rng = chance(seed, f"streets {plan.municipality} {plan.name}")
    kind = KINDS[plan.kind]
    grid = _place_nodes(ground, plan, rng)
    ground.rims[plan.name] = _rim(grid)
    supply = names.for_district(plan, is_centre=is_centre)
    for nodes in _street_runs(ground, grid, kind=kind, rng=rng):
        ground.link(nodes, TOWN_KMH)
        ground.streets.append(Street(next(supply), plan.municipality, plan.name, tuple(nodes)))


def _place_nodes(ground: Ground, plan: DistrictPlan, rng: np.random.Generator) -> Grid:
    """Add a grid of nodes that bulges a little in its middle; return their numbers by row and column."""
    across = _cuts(plan.west, plan.east, KINDS[plan.kind].block_km, rng)
    along = _cuts(plan.south, plan.north, KINDS[plan.kind].block_km, rng)
    angle = rng.uniform(0, 2 * np.pi)
    east, north = np.meshgrid(across, along)
    share_east = (east - plan.west) / (plan.east - plan.west)
    share_north = (north - plan.south) / (plan.north - plan.south)
    inside = np.sin(np.pi * share_east) * np.sin(np.pi * share_north)
    first = len(ground.points)
    bulge = np.stack((np.cos(angle) * inside, np.sin(angle) * inside), axis=-1) * BULGE_KM
    slips = rng.normal(0, JITTER_KM, size=bulge.shape) * inside[..., None]
    moved = np.stack((east, north), axis=-1) + bulge + slips
    ground.points += [(float(x), float(y)) for x, y in moved.reshape(-1, 2)]
    return np.arange(first, len(ground.points)).reshape(len(along), len(across))


def _rim(grid: Grid) -> list[int]:
    rim = np.concatenate((grid[0], grid[-1], grid[:, 0], grid[:, -1]))
    return [int(node) for node in np.unique(rim)]


def _cuts(low: float, high: float, block_km: float, rng: np.random.Generator) -> Floats:
    """Return where the streets run: uneven blocks of about the given size, both rims included."""
    count = max(2, round((high - low) / block_km))
    widths = rng.uniform(0.75, 1.25, size=count)
    cuts: Floats = low + (high - low) * np.concatenate(([0.0], np.cumsum(widths) / widths.sum()))
    return cuts


def _street_runs(
    ground: Ground,
    grid: Grid,
    *,
    kind: HouseKind,
    rng: np.random.Generator,
) -> Iterator[list[int]]:
    """Yield the runs of nodes that carry one name each; no street up or down is ever broken off."""
    for column in grid.T.tolist():
        yield from _split_long(ground, column, rng)
    for number, row in enumerate(grid.tolist()):
        is_rim = number in {0, len(grid) - 1}
        for run in _runs(row, 0.0 if is_rim else kind.dropped, rng):
            yield from _split_long(ground, run, rng)


def _runs(row: list[int], dropped: float, rng: np.random.Generator) -> Iterator[list[int]]:
    run = row[:1]
    for node in row[1:]:
        if is_lucky(rng, dropped):
            yield from [run] * (len(run) > 1)
            run = []
        run = [*run, node]
    yield from [run] * (len(run) > 1)


def _split_long(ground: Ground, run: list[int], rng: np.random.Generator) -> Iterator[list[int]]:
    length = _distance(ground.points[run[0]], ground.points[run[-1]])
    if length > LONG_KM and is_lucky(rng, SPLIT_SHARE):
        middle = len(run) // 2
        yield run[: middle + 1]
        yield run[middle:]
    else:
        yield run


def _join_districts(ground: Ground) -> None:
    """Link each rim node to the nearest rim node of another district on the same bank."""
    owner = {node: name for name, rim in ground.rims.items() for node in rim}
    nodes = list(owner)
    points = np.asarray([ground.points[node] for node in nodes])
    names = np.asarray([owner[node] for node in nodes])
    for node, point, name in zip(nodes, points, names, strict=True):
        gaps = np.hypot(*(points - point).T)
        gaps[(names == name) | (np.sign(points[:, 0]) != np.sign(point[0]))] = np.inf
        if gaps.min() <= NEIGHBOUR_KM:
            ground.link([node, nodes[int(gaps.argmin())]], MAIN_KMH)


def _build_bridges(ground: Ground) -> None:
    """Link the two banks in the middle of each row of districts."""
    banks = [plan for plan in DISTRICTS if plan.municipality == HOME and plan.west == 0.12]  # noqa: PLR2004 - as drawn
    for east in banks:
        west = next(
            plan for plan in DISTRICTS if (plan.east, plan.south) == (-east.west, east.south)
        )
        middle = (east.south + east.north) / 2
        start = ground.nearest(ground.rims[west.name], (west.east, middle))
        ground.link([start, ground.nearest(ground.rims[east.name], (east.west, middle))], MAIN_KMH)


def _lay_country_road(ground: Ground, municipality: str) -> None:
    """Link a neighbouring town to the nearest rim of the main town, with a node every 700 metres."""
    ours = _rim_nodes(ground, municipality)
    theirs = _rim_nodes(ground, HOME)
    start = min(ours, key=lambda node: (_distance(ground.points[node], (0.0, 0.0)), node))
    end = ground.nearest(theirs, ground.points[start])
    (x0, y0), (x1, y1) = ground.points[start], ground.points[end]
    count = round(_distance((x0, y0), (x1, y1)) / COUNTRY_STEP_KM)
    first = len(ground.points)
    shares = [step / (count + 1) for step in range(1, count + 1)]
    ground.points += [(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share) for share in shares]
    nodes = [start, *range(first, first + count), end]
    ground.link(nodes, COUNTRY_KMH)
    ground.streets.append(Street(f"{municipality}vägen", HOME, "", tuple(nodes)))


def _rim_nodes(ground: Ground, municipality: str) -> list[int]:
    names = [plan.name for plan in DISTRICTS if plan.municipality == municipality]
    return [node for name in names for node in ground.rims[name]]


def _distance(start: Point, end: Point) -> float:
    return float(np.hypot(end[0] - start[0], end[1] - start[1]))
