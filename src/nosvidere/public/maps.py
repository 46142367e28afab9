"""The map on which somebody who tips may point: from the whole register and nothing else; no tip is ever looked at.

It is there only where the index that was laid says where its addresses lie.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from nosvidere.engine.places import Drawing, Index, Part, Plan, Square, UnusableFile, has_points
from nosvidere.public.suggestions import is_open, laid_index, suggestions, written

EVEN_BYTES = 30_000
"""Every page of the map is filled up to a multiple of this, so that nobody on the wire learns which square it shows."""

HELD_S = 0.25
"""Every answer takes this long; a sixteenth of 3.5 million addresses is drawn in some 0.12 s."""
ROW_DIGITS = 9


def has_map() -> bool:
    """Say whether an index lies where this site looks for one, with points in it."""
    return is_open() and _has_points(settings.PLACES_INDEX, _built())


def _built() -> int:
    return Path(settings.PLACES_INDEX).stat().st_mtime_ns


@lru_cache(maxsize=1)
def _has_points(file: Path, _built: int) -> bool:
    try:
        return has_points(file)
    except UnusableFile:
        return False


@lru_cache(maxsize=1)
def _plan(_file: Path, _built: int, home: str) -> Plan:
    return Plan(laid_index(), home)


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of the map that opens when it is pressed."""

    square: str
    place: str
    name: str


@dataclass(frozen=True, slots=True)
class House:
    """A registered address that can be chosen."""

    row: int
    address: str


@dataclass(frozen=True, slots=True)
class MapPage:
    """What one page of the map shows."""

    drawing: Drawing
    paths: tuple[tuple[int, str], ...]
    cells: tuple[Cell, ...]
    houses: tuple[House, ...]
    wider: str


def map_page(square: str) -> MapPage:
    """Return the page of a square; one that is not known is the first. There must be a map."""
    plan = _plan(settings.PLACES_INDEX, _built(), settings.HOME_MUNICIPALITY)
    drawing = plan.draw(Square.read(square))
    return MapPage(
        drawing,
        paths=tuple((size, _path(drawing, size)) for size in (1, 2, 3)),
        cells=tuple(_cell(part) for part in drawing.parts),
        houses=tuple(_house(row, plan.index) for row in drawing.rows),
        wider=str(drawing.square.wider()) if drawing.square.zoom else "",
    )


def _path(drawing: Drawing, size: int) -> str:
    return "".join(f"M{x} {y}h0" for x, y, own in drawing.dots if own == size)


def _house(row: int, index: Index) -> House:
    address = index.at(row)
    return House(row, f"{address.street} {address.number}{address.letter}")


def _cell(part: Part) -> Cell:
    streets = ", ".join(part.streets)
    name = streets
    if part.more:
        name = _("%(streets)s. Fler gator: %(count)s") % {"streets": streets, "count": part.more}
    return Cell(str(part.square), f"map-row-{part.row} map-col-{part.col}", name)


def place_with(place: str, row: str) -> str | None:
    """Return what was typed with a chosen address before it, in the place of one chosen earlier; None for no such row."""
    index = laid_index()
    if not _is_row(row, index):
        return None
    address = written(index.at(int(row)))
    first, *rest = place.splitlines() or [""]
    if any(one.address == first for one in suggestions(first)):
        return "\n".join((address, *rest))
    return "\n".join(part for part in (address, place) if part)


def _is_row(row: str, index: Index) -> bool:
    return row.isascii() and row.isdigit() and len(row) <= ROW_DIGITS and int(row) < len(index)
