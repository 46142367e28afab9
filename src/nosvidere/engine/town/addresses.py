"""Entrances along the streets, and the dwellings behind them with their lägenhetsnummer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from .chance import chance, is_lucky
from .gazetteer import DISTRICTS, FIRST_POSTCODE, KINDS, DistrictPlan
from .plane import Floats, Plane, Point
from .police import area_code, local_code
from .streets import Ground, Street

SETBACK_KM = 0.014
CELLAR_SHARE = 0.05
GROUND_FLOOR = 10  # the floor of the entrance in a lägenhetsnummer
LETTERS = "ABCD"


@dataclass(frozen=True, slots=True)
class TownAddress:
    """An entrance: an address as in a register, the codes of its police units, its dwellings (four digits each)."""

    id: str
    street: str
    number: str
    letter: str
    postcode: str
    locality: str
    municipality: str
    district: str
    lat: float
    lon: float
    police_area: str
    local_area: str
    dwellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entrance:
    street: str
    number: int
    letter: str
    point: Point
    dwellings: tuple[str, ...]


def place_addresses(
    ground: Ground, plane: Plane, *, seed: int, count: int
) -> tuple[TownAddress, ...]:
    """Return exactly `count` entrances, by district and street, numbered as in Sweden: odd left, even right."""
    counts = _shares([plan.share for plan in DISTRICTS], count)
    addresses: list[TownAddress] = []
    for order, (plan, entrances) in enumerate(zip(DISTRICTS, counts, strict=True)):
        streets = [street for street in ground.streets if street.district == plan.name]
        built = _build_district(ground, plan, streets=streets, seed=seed, count=entrances)
        addresses += _register(built, plan, plane=plane, first=len(addresses), order=order)
    return tuple(addresses)


def dwellings_of(first_floor: int, floors: int, doors: int) -> tuple[str, ...]:
    """Return the lägenhetsnummer behind an entrance: floor code (10 = entrance floor), then position from the left."""
    return _dwellings(first_floor, floors, doors)


@cache
def _dwellings(first_floor: int, floors: int, doors: int) -> tuple[str, ...]:
    levels = range(first_floor, first_floor + floors)
    return tuple(f"{floor:02d}{door:02d}" for floor in levels for door in range(1, doors + 1))


def _shares(weights: Sequence[float], total: int) -> list[int]:
    """Return whole numbers in proportion to the weights that sum exactly to the total (largest remainder)."""
    exact = np.asarray(weights) * total / sum(weights)
    whole = np.floor(exact).astype(int)
    missing = total - int(whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:missing]] += 1
    return [int(number) for number in whole]


def _build_district(
    ground: Ground, plan: DistrictPlan, *, streets: Sequence[Street], seed: int, count: int
) -> list[_Entrance]:
    rng = chance(seed, f"houses {plan.municipality} {plan.name}")
    lines = [np.asarray([ground.points[node] for node in street.nodes]) for street in streets]
    counts = _shares([float(_lengths(line)[-1]) for line in lines], count)
    entrances: list[_Entrance] = []
    for street, line, number in zip(streets, lines, counts, strict=True):
        for side, on_side in ((1, number - number // 2), (-1, number // 2)):
            points = _frontage(line, on_side, side=side, rng=rng)
            labels = _labels(on_side, side=side, lettered=KINDS[plan.kind].lettered, rng=rng)
            entrances += [
                _Entrance(street.name, label, letter, point, _draw_dwellings(plan.kind, rng))
                for point, (label, letter) in zip(points, labels, strict=True)
            ]
    return entrances


def _lengths(line: Floats) -> Floats:
    """Return how far along the line each of its points lies."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    return np.concatenate(([0.0], np.cumsum(steps)))


def _frontage(line: Floats, count: int, *, side: int, rng: np.random.Generator) -> list[Point]:
    """Return points along one side of a street, spread evenly with some irregularity."""
    along = _lengths(line)
    spots = (
        (np.arange(count) + 0.5 + rng.uniform(-0.2, 0.2, size=count)) / max(count, 1) * along[-1]
    )
    east, north = (np.interp(spots, along, line[:, axis]) for axis in (0, 1))
    step = np.clip(np.searchsorted(along, spots) - 1, 0, len(line) - 2)
    ahead = line[step + 1] - line[step]
    ahead /= np.hypot(*ahead.T)[:, None]
    east, north = east - side * SETBACK_KM * ahead[:, 1], north + side * SETBACK_KM * ahead[:, 0]
    return [(float(x), float(y)) for x, y in zip(east, north, strict=True)]


def _labels(
    count: int, *, side: int, lettered: float, rng: np.random.Generator
) -> Iterator[tuple[int, str]]:
    """Yield house numbers, every other one, now and then with lettered entrances."""
    number, left = (1 if side > 0 else 2), count
    while left:
        group = min(left, int(rng.integers(2, len(LETTERS) + 1))) if is_lucky(rng, lettered) else 1
        for letter in LETTERS[:group] if group > 1 else ("",):
            yield number, letter
        number, left = number + 2, left - group


def _draw_dwellings(kind: str, rng: np.random.Generator) -> tuple[str, ...]:
    house = KINDS[kind]
    floors = int(rng.integers(house.floors[0], house.floors[1] + 1))
    doors = int(rng.integers(house.doors[0], house.doors[1] + 1))
    has_cellar = floors > 1 and is_lucky(rng, CELLAR_SHARE)
    return dwellings_of(GROUND_FLOOR - has_cellar, floors, doors)


def _register(
    built: Sequence[_Entrance], plan: DistrictPlan, *, plane: Plane, first: int, order: int
) -> Iterator[TownAddress]:
    places = plane.places([entrance.point for entrance in built]).tolist()
    middle = (plan.west + plan.east) / 2
    for number, (entrance, (lat, lon)) in enumerate(
        zip(built, places, strict=True), start=first + 1
    ):
        code = FIRST_POSTCODE + 2 * order + (entrance.point[0] > middle)
        yield TownAddress(
            id=f"vh-{number:05d}",
            street=entrance.street,
            number=str(entrance.number),
            letter=entrance.letter,
            postcode=f"{code // 100} {code % 100:02d}",
            locality=plan.municipality,
            municipality=plan.municipality,
            district=plan.name,
            lat=lat,
            lon=lon,
            police_area=area_code(plan.municipality),
            local_area=local_code(plan.local_area),
            dwellings=entrance.dwellings,
        )
