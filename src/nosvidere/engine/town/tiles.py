"""The map of the town as vector tiles in one PMTiles archive."""

import gzip
import io
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, product
from typing import Any, Final

import h3
import mapbox_vector_tile
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from .addresses import TownAddress
from .layers import Layer
from .plane import EAST, NORTH, ORIGIN_LAT, ORIGIN_LON, SOUTH, WEST, Point, clip_half_plane
from .town import Town

FIRST_ZOOM, LAST_ZOOM = 8, 14
EXTENT, BUFFER = 4096, 64
CELL_RESOLUTION = 9
# At which zooms a layer is cut, in the order of drawing.
ZOOMS: Final = {
    "land": (8, 14), "municipalities": (8, 14), "water": (8, 14), "districts": (9, 14), "streets": (12, 14), "cells": (10, 13),
    "addresses": (14, 14),
}  # fmt: skip

TileKey = tuple[int, int, int]
Feature = dict[str, Any]
Tiles = dict[TileKey, dict[str, list[Feature]]]
Cutter = Callable[[Any, int], Iterator[tuple[int, int, Feature]]]


def make_archive(town: Town) -> bytes:
    """Return a PMTiles archive (version 3) of the town, zooms 8 to 14, gzipped Mapbox vector tiles."""
    layers = {
        **town.layers,
        "cells": cells_layer(town.addresses),
        "addresses": _address_layer(town),
    }
    tiles: Tiles = defaultdict(lambda: defaultdict(list))
    for name, (first, last) in ZOOMS.items():
        for zoom in range(first, last + 1):
            _cut_layer(layers[name], name, zoom=zoom, tiles=tiles)
    return _archive(tiles, town.name)


def cells_layer(addresses: Sequence[TownAddress]) -> Layer:
    """Return the H3 cells (resolution 9) with their numbers of entrances and dwellings, each at its centre."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for address in addresses:
        cell = counts[h3.latlng_to_cell(address.lat, address.lon, CELL_RESOLUTION)]
        cell[0] += 1
        cell[1] += len(address.dwellings)
    features = []
    for name in sorted(counts):
        lat, lon = h3.cell_to_latlng(name)
        properties = {"cell": name, "addresses": counts[name][0], "dwellings": counts[name][1]}
        features.append(_point(lon, lat, properties))
    return {"type": "FeatureCollection", "features": features}


def _address_layer(town: Town) -> Layer:
    features = [
        _point(place.lon, place.lat, {"number": place.number + place.letter})
        for place in town.addresses
    ]
    return {"type": "FeatureCollection", "features": features}


def _point(lon: float, lat: float, properties: dict[str, Any]) -> Feature:
    geometry = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _cut_layer(layer: Layer, name: str, *, zoom: int, tiles: Tiles) -> None:
    cutters: dict[str, Cutter] = {
        "Polygon": _cut_area,
        "LineString": _cut_line,
        "Point": _cut_point,
    }
    for feature in layer["features"]:
        geometry = feature["geometry"]
        for x, y, cut in cutters[geometry["type"]](geometry["coordinates"], zoom):
            piece = {
                "geometry": {"type": geometry["type"], **cut},
                "properties": feature["properties"],
            }
            tiles[zoom, x, y][name].append(piece)


def _cut_point(position: Sequence[float], zoom: int) -> Iterator[tuple[int, int, Feature]]:
    x, y = _world(position, zoom)
    yield int(x), int(y), {"coordinates": _within([(x, y)], int(x), int(y))[0]}


def _cut_line(line: Sequence[Sequence[float]], zoom: int) -> Iterator[tuple[int, int, Feature]]:
    """Yield per tile the segments that come near it, joined where they follow on each other."""
    pieces: dict[tuple[int, int], list[list[Point]]] = defaultdict(list)
    for start, end in pairwise([_world(position, zoom) for position in line]):
        for tile in _tiles_of([start, end]):
            _lengthen(pieces[tile], start, end)
    for (x, y), runs in pieces.items():
        lines = [_within(run, x, y) for run in runs]
        yield x, y, {"type": "MultiLineString", "coordinates": lines}


def _lengthen(runs: list[list[Point]], start: Point, end: Point) -> None:
    """Add a segment to the last run when it follows on it, as a run of its own when not."""
    if runs and runs[-1][-1] == start:
        runs[-1].append(end)
    else:
        runs.append([start, end])


def _cut_area(
    rings: Sequence[Sequence[Sequence[float]]], zoom: int
) -> Iterator[tuple[int, int, Feature]]:
    ring = [_world(position, zoom) for position in rings[0][:-1]]
    for x, y in _tiles_of(ring):
        inside = _within(_clip(ring, x, y), x, y)
        if len(inside) > 2:  # noqa: PLR2004 - a triangle is the least area
            yield x, y, {"coordinates": [[*inside, inside[0]]]}


def _clip(ring: list[Point], x: int, y: int) -> list[Point]:
    margin = BUFFER / EXTENT
    sides = (((1, 0), x + 1), ((-1, 0), -x), ((0, 1), y + 1), ((0, -1), -y))
    for normal, limit in sides:
        ring = clip_half_plane(ring, normal=normal, limit=limit + margin)
    return ring


def _world(position: Sequence[float], zoom: int) -> Point:
    """Return the place in tiles from the north-west corner of the Mercator world."""
    lon, lat = position
    y = math.asinh(math.tan(math.radians(lat)))
    return (lon + 180) / 360 * 2**zoom, (1 - y / math.pi) / 2 * 2**zoom


def _tiles_of(points: Sequence[Point]) -> Iterator[tuple[int, int]]:
    margin = BUFFER / EXTENT
    columns = [point[0] for point in points]
    rows = [point[1] for point in points]
    across = range(math.floor(min(columns) - margin), math.floor(max(columns) + margin) + 1)
    down = range(math.floor(min(rows) - margin), math.floor(max(rows) + margin) + 1)
    yield from product(across, down)


def _within(points: Sequence[Point], x: int, y: int) -> list[tuple[int, int]]:
    """Return the points in the whole numbers of a tile, without repeats in a row."""
    scaled = [(round((px - x) * EXTENT), round((py - y) * EXTENT)) for px, py in points]
    return scaled[:1] + [after for before, after in pairwise(scaled) if after != before]


def _archive(tiles: Tiles, name: str) -> bytes:
    target = io.BytesIO()
    writer: Any = Writer(target)  # type: ignore[no-untyped-call]  # the package types its tiles, not its writer
    keys = sorted(tiles, key=lambda key: zxy_to_tileid(*key))
    for key in keys:
        parts = [{"name": layer, "features": features} for layer, features in tiles[key].items()]
        tile = mapbox_vector_tile.encode(
            parts, default_options={"y_coord_down": True, "extents": EXTENT}
        )
        writer.write_tile(zxy_to_tileid(*key), gzip.compress(tile, mtime=0))
    writer.finalize(_header(), _metadata(name))
    return target.getvalue()


def _header() -> dict[str, Any]:
    return {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": round(WEST * 10**7),
        "min_lat_e7": round(SOUTH * 10**7),
        "max_lon_e7": round(EAST * 10**7),
        "max_lat_e7": round(NORTH * 10**7),
        "center_zoom": 12,
        "center_lon_e7": round(ORIGIN_LON * 10**7),
        "center_lat_e7": round(ORIGIN_LAT * 10**7),
    }


def _metadata(name: str) -> dict[str, Any]:
    layers = [
        {"id": layer, "minzoom": first, "maxzoom": last, "fields": {}}
        for layer, (first, last) in ZOOMS.items()
    ]
    return {"name": name, "attribution": "Påhittad stad", "vector_layers": layers}
