"""The fictitious town as a whole."""

from dataclasses import dataclass

from .addresses import TownAddress, place_addresses
from .gazetteer import DISTRICTS, HOME
from .layers import Layer, make_layers
from .plane import make_plane
from .police import LEADING_AREA, Unit, local_code, make_units
from .streets import Road, Street, lay_streets, roads_of
from .words import NICKNAMES


@dataclass(frozen=True, slots=True)
class Town:
    """The town and its neighbours: addresses, streets, road graph, map layers and police units.

    `nodes` are (latitude, longitude); `roads` and `streets` name nodes by their place in it.
    """

    name: str
    seed: int
    districts: tuple[str, ...]
    streets: tuple[Street, ...]
    addresses: tuple[TownAddress, ...]
    nodes: tuple[tuple[float, float], ...]
    roads: tuple[Road, ...]
    layers: dict[str, Layer]
    units: list[Unit]
    leading_unit: str
    nicknames: dict[str, str]


def make_town(seed: int, *, addresses: int = 20_000) -> Town:
    """Return the town of a seed with exactly so many entrances; the same seed gives the same town."""
    plane, ground = make_plane(seed), lay_streets(seed)
    return Town(
        name=HOME,
        seed=seed,
        districts=tuple(plan.name for plan in DISTRICTS),
        streets=tuple(ground.streets),
        addresses=place_addresses(ground, plane, seed=seed, count=addresses),
        nodes=tuple((lat, lon) for lat, lon in plane.places(ground.points).tolist()),
        roads=roads_of(ground, plane),
        layers=make_layers(ground, plane),
        units=make_units(),
        leading_unit=local_code(LEADING_AREA),
        nicknames=dict(NICKNAMES),
    )
