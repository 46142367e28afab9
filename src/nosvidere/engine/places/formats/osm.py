"""OpenStreetMap (.osm.pbf): addr:* on nodes, and on ways and areas by their centroid."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import osmium

from nosvidere.engine.places.formats.gate import Raw, Reject, unusable
from nosvidere.engine.places.formats.seen import Seen
from nosvidere.engine.places.model import Rejected

FETCH = "hämta utdraget på nytt, till exempel från Geofabrik, och kontrollera det med osmium fileinfo -e FIL"
ROWS_AT_A_TIME = 1000
LEAST_AREA = 1e-14  # square degrees: what is smaller has no inside
APARTMENT = re.compile(r"\d{4}")
LETTERS = re.compile(r"(\d+)\s*([A-Za-z])\s*-\s*(?:\1)?\s*([A-Za-z])")
KINDS = {"n": "node", "w": "way", "r": "relation"}

Spot = tuple[float, float]
"""Latitude and longitude, degrees."""


@dataclass(slots=True)
class Needed:
    """What must be looked up before ways and areas have a place."""

    nodes: osmium.IdTracker
    ways_of: dict[int, list[int]]
    locations: osmium.index.LocationTable


def raws(path: Path, rejected: Reject) -> Iterator[Raw]:
    """Yield the addresses of the file; raise UnusableFile when it is damaged, before the first address.

    An address that stands on several objects of one house (its entrance, a shop in it) is taken once, the others named.
    Interpolated ways are no registered addresses: they are named and passed over.
    """
    try:
        yield from _once(path, _rows(path, rejected), rejected)
    except RuntimeError as error:
        reason = f"filen är ingen hel OpenStreetMap-fil ({error})"
        raise unusable(path.name, None, reason, FETCH) from None


def _rows(path: Path, rejected: Reject) -> Iterator[Raw]:
    needed = _needed(path)
    for node in _addressed(path, osmium.osm.NODE):
        yield from _raws(node, (node.location.lat, node.location.lon))
    for way in _addressed(path, osmium.osm.WAY):
        refs = [node.ref for node in way.nodes]
        yield from _placed(path, way, _spots(refs, needed), rejected)
    yield from _areas(path, needed, rejected)


def _areas(path: Path, needed: Needed, rejected: Reject) -> Iterator[Raw]:
    for area in _addressed(path, osmium.osm.RELATION):
        outer = [m.ref for m in area.members if m.type == "w" and m.role != "inner"]
        refs = [ref for way in outer for ref in needed.ways_of.get(way, ())]
        yield from _placed(path, area, _spots(refs, needed), rejected)


def _addressed(path: Path, entities: Any) -> Iterable[Any]:
    keys = osmium.filter.KeyFilter("addr:housenumber", "addr:interpolation")
    return osmium.FileProcessor(path, entities).with_filter(keys)


def _with_ids(path: Path, entities: Any, wanted: osmium.IdTracker) -> Iterable[Any]:
    return osmium.FileProcessor(path, entities).with_filter(wanted.id_filter())


def _needed(path: Path) -> Needed:
    """Return the places of the nodes of all ways and areas with addresses: three passes, none holds the whole file."""
    needed = Needed(osmium.IdTracker(), {}, osmium.index.create_map("flex_mem"))
    members = osmium.IdTracker()
    for relation in _addressed(path, osmium.osm.RELATION):
        members.add_references(relation)
    for way in _addressed(path, osmium.osm.WAY):
        needed.nodes.add_references(way)
    for way in _with_ids(path, osmium.osm.WAY, members):
        needed.ways_of[way.id] = [node.ref for node in way.nodes]
        needed.nodes.add_references(way)
    for node in _with_ids(path, osmium.osm.NODE, needed.nodes):
        needed.locations.set(node.id, node.location)
    return needed


def _spots(refs: Sequence[int], needed: Needed) -> list[Spot]:
    """Return where the nodes lie; those that the extract does not hold are passed over."""
    found = []
    for ref in refs:
        try:
            location = needed.locations.get(ref)
        except KeyError:
            continue
        found.append((location.lat, location.lon))
    return found


def centroid(spots: Sequence[Spot]) -> Spot:
    """Return the centroid of a closed ring, of anything else the mean of its points; there is at least one."""
    (lat0, lon0), area, north, east = spots[0], 0.0, 0.0, 0.0
    if spots[0] == spots[-1]:
        around = [(lat - lat0, lon - lon0) for lat, lon in spots]
        for (lat1, lon1), (lat2, lon2) in pairwise(around):
            cross = lon1 * lat2 - lon2 * lat1
            area, north, east = (
                area + cross,
                north + (lat1 + lat2) * cross,
                east + (lon1 + lon2) * cross,
            )
    if abs(area) < LEAST_AREA:
        return sum(lat for lat, _ in spots) / len(spots), sum(lon for _, lon in spots) / len(spots)
    return lat0 + north / (3 * area), lon0 + east / (3 * area)


def _placed(path: Path, thing: Any, spots: Sequence[Spot], rejected: Reject) -> Iterator[Raw]:
    name, tags = _name(thing), dict(thing.tags)
    if "addr:interpolation" in tags:
        reason = "adresserna är bara uppskattade längs en linje (interpolation) och läses inte in"
        rejected(_rejected(path, name, reason, "interpolation"))
    elif not spots:
        reason = "läget saknas: filen har inte objektets punkter"
        rejected(_rejected(path, name, reason, "geometry"))
    else:
        yield from _raws(thing, centroid(spots))


def _rejected(path: Path, name: str, reason: str, kind: str) -> Rejected:
    line = int(name.split("/")[1])
    return Rejected(line, f"{path.name}, {name}: {reason}.", name, kind)


def _name(thing: Any) -> str:
    return f"{KINDS[thing.type_str()]}/{thing.id}"


def _raws(thing: Any, spot: Spot) -> Iterator[Raw]:
    """Yield the addresses of one object: one for each house number that it bears."""
    name, tags = _name(thing), dict(thing.tags)
    numbers = numbers_in(tags.get("addr:housenumber", ""))
    only = _raw(thing.id, name, tags, spot)
    for number in numbers:
        yield replace(only, number=number, id=name if len(numbers) == 1 else f"{name}/{number}")


def numbers_in(written: str) -> list[str]:
    """Return the house numbers of a tag: "4;6" is two, "2A-2D" four; "4-6" is one address, as in other registers."""
    numbers: list[str] = []
    for part in re.split("[;,]", written):
        letters = LETTERS.fullmatch(part.strip())
        first, last = (ord(letters[2].upper()), ord(letters[3].upper())) if letters else (1, 0)
        spread = (
            [f"{letters[1]}{chr(letter)}" for letter in range(first, last + 1)] if letters else []
        )
        numbers.extend(spread or [part.strip()])
    return list(dict.fromkeys(numbers))


def _raw(line: int, name: str, tags: Mapping[str, str], spot: Spot) -> Raw:
    def tag(*keys: str) -> str:
        return next((tags[f"addr:{key}"] for key in keys if f"addr:{key}" in tags), "")

    unit = tag("unit")
    return Raw(
        line,
        f"{name} {tag('street', 'place')} {tag('housenumber')}",
        name,
        tag("street", "place", "hamlet"),
        "",
        letter="" if APARTMENT.fullmatch(unit) else unit,
        postcode=tag("postcode"),
        locality=tag("city"),
        municipality=tag("municipality", "city"),
        district=tag("suburb", "district"),
        lat=round(spot[0], 7),
        lon=round(spot[1], 7),
        what=name.partition("/")[0],
    )


def _once(path: Path, raws: Iterator[Raw], rejected: Reject) -> Iterator[Raw]:
    """Yield each address once: the same words within a kilometre or so are one house."""
    seen = Seen()
    while some := list(islice(raws, ROWS_AT_A_TIME)):
        for raw, is_new in zip(some, seen.are_new([_words(raw) for raw in some]), strict=True):
            if is_new:
                yield raw
            else:
                reason = f"{raw.street} {raw.number} finns redan på ett annat objekt"
                rejected(_rejected(path, f"{raw.what}/{raw.line}", reason, "same_address"))


def _words(raw: Raw) -> str:
    near = f"{float(raw.lat or 0):.2f},{float(raw.lon or 0):.2f}"
    words = (raw.street, raw.number, raw.letter, raw.postcode, raw.locality, near)
    return "|".join(words).casefold()
