"""A map of the registered addresses, in squares opened one within the other; it knows nothing but the register."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from nosvidere.engine.places.index import Index
from nosvidere.engine.places.storage import AnyArray, open_arrays

SIDE = 4
"""A square is opened into this many rows and columns."""
DEEPEST = 9
LISTED = 30
"""A square that holds no more addresses than this lists them."""
MOST_DOTS = 400
BINS = 20
"""More addresses than `MOST_DOTS` are counted in as many rows and columns, each drawn at its middle."""
UNITS = 400
"""A drawn square is so many units wide and high; 0 is the north-western corner."""
TRIMMED = (1, 99)
"""Percentiles of the addresses that the first square reaches over, before its margin."""
MARGIN = 1.08
THIRDS = (33, 67)
LEAST_DEG = 0.001
MANY_NAMES = 4
LETTER, LINE = 8, 18
"""How wide a letter is drawn at most, and how high a line, in units."""
SQUARE = re.compile(r"([0-9])\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class Square:
    """One of the squares that the first one is divided into after `zoom` steps; row 0 lies in the north."""

    zoom: int = 0
    row: int = 0
    col: int = 0

    @classmethod
    def read(cls, text: str) -> "Square":
        """Return the square that a text names ("2.13.7"), or the first one when it names none."""
        match = SQUARE.fullmatch(text)
        zoom, row, col = map(int, match.groups()) if match else (0, 0, 0)
        is_there = zoom <= DEEPEST and max(row, col) < SIDE**zoom
        return cls(zoom, row, col) if is_there else cls()

    def __str__(self) -> str:
        """Return the square as `read` takes it."""
        return f"{self.zoom}.{self.row}.{self.col}"

    def wider(self) -> "Square":
        """Return the square that this one lies in; the first one lies in itself."""
        return Square(max(0, self.zoom - 1), self.row // SIDE, self.col // SIDE)

    def part(self, row: int, col: int) -> "Square":
        """Return a square within this one."""
        return Square(self.zoom + 1, self.row * SIDE + row, self.col * SIDE + col)


@dataclass(frozen=True, slots=True)
class Part:
    """A square with addresses, its two greatest streets, and how many streets more."""

    square: Square
    row: int
    col: int
    streets: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Label:
    """A name drawn with its middle at a point."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What one square shows: dots as (x, y, size 1 to 3), names, and either squares to open or rows of the index."""

    square: Square
    dots: tuple[tuple[int, int, int], ...]
    labels: tuple[Label, ...]
    parts: tuple[Part, ...]
    rows: tuple[int, ...]


def has_points(path: Path) -> bool:
    """Say whether an index file says where any address lies; raise UnusableFile when it is none."""
    arrays = open_arrays(path)
    return bool((np.isfinite(arrays["lat"]) & np.isfinite(arrays["lon"])).any())


class Plan:
    """The squares of an index, from the home municipality or from all of it."""

    def __init__(self, index: Index, home: str = "") -> None:
        """Measure the first square: it is as wide as it is high on the ground."""
        self.index = index
        self.lat, self.lon = index.arrays["lat"], index.arrays["lon"]
        at_home = self._at_home(home)
        lat, lon = self.lat[at_home], self.lon[at_home]
        (south, north), (west, east) = np.percentile(lat, TRIMMED), np.percentile(lon, TRIMMED)
        shrink = float(np.cos(np.radians((south + north) / 2)))
        self.high = max(north - south, (east - west) * shrink, LEAST_DEG) * MARGIN
        self.wide = self.high / shrink
        self.north = (south + north + self.high) / 2
        self.west = (west + east - self.wide) / 2

    def _at_home(self, home: str) -> AnyArray:
        """Return the rows with a point in the municipality; all rows with one where it has none."""
        has_point: AnyArray = np.isfinite(self.lat) & np.isfinite(self.lon)
        towns = [number for number, text in enumerate(self.index.texts) if text and text == home]
        at_home: AnyArray = has_point & np.isin(self.index.arrays["field.municipality"], towns)
        return at_home if at_home.any() else has_point

    @cached_property
    def first(self) -> Drawing:
        """Return the first square, which everybody sees; no other is remembered."""
        return self._draw(Square())

    def draw(self, square: Square) -> Drawing:
        """Return what a square shows."""
        return self._draw(square) if square.zoom else self.first

    def _draw(self, square: Square) -> Drawing:
        rows, x, y = self._within(square)
        is_listed = len(rows) <= LISTED or square.zoom == DEEPEST
        listed = rows[:LISTED] if is_listed else rows[:0]
        return Drawing(
            square,
            dots=_dots(x, y),
            labels=self._numbers(listed, x, y) if is_listed else self._names(rows, x, y),
            parts=() if is_listed else self._parts(square, rows, x, y),
            rows=tuple(listed.tolist()),
        )

    def _within(self, square: Square) -> tuple[AnyArray, AnyArray, AnyArray]:
        """Return the rows in a square, and where in it each lies, 0 to 1 from the west and from the north."""
        parts = SIDE**square.zoom
        high, wide = self.high / parts, self.wide / parts
        north, west = self.north - high * square.row, self.west + wide * square.col
        inside = (self.lat <= north) & (self.lat > north - high)
        inside &= (self.lon >= west) & (self.lon < west + wide)
        rows = np.flatnonzero(inside)
        return rows, (self.lon[rows] - west) / wide, (north - self.lat[rows]) / high

    def _parts(self, square: Square, rows: AnyArray, x: AnyArray, y: AnyArray) -> tuple[Part, ...]:
        place = _counted(y, SIDE) * SIDE + _counted(x, SIDE)
        found = []
        for number in np.unique(place).tolist():
            row, col = divmod(number, SIDE)
            names = self._greatest("street", rows[place == number])
            streets = tuple(self.index.texts[name] for name in names[:2].tolist())
            found.append(Part(square.part(row, col), row, col, streets, len(names) - len(streets)))
        return tuple(found)

    def _greatest(self, field: str, rows: AnyArray) -> AnyArray:
        """Return the numbers of the texts in a field, that of most addresses first."""
        counts = np.bincount(self.index.arrays[f"field.{field}"][rows])
        seen = np.flatnonzero(counts)
        greatest: AnyArray = seen[np.argsort(-counts[seen], kind="stable")]
        return greatest

    def _names(self, rows: AnyArray, x: AnyArray, y: AnyArray) -> tuple[Label, ...]:
        """Return the greatest name in each part, in its midst; never at an address of its own."""
        column = self.index.arrays[f"field.{self._named_by(rows)}"][rows]
        place = _counted(y, SIDE) * SIDE + _counted(x, SIDE)
        sized: dict[int, tuple[int, Label]] = {}
        for number in np.unique(place).tolist():
            here = place == number
            name = int(np.bincount(column[here]).argmax())
            own = here & (column == name)
            at_x, at_y = (_middle(float(np.median(way[own]))) for way in (x, y))
            size = int(own.sum())
            if self.index.texts[name] and size > sized.get(name, (0,))[0]:
                sized[name] = size, Label(at_x, at_y, self.index.texts[name])
        ordered = sorted(sized.values(), key=lambda each: (-each[0], each[1].text))
        return _apart([label for _, label in ordered])

    def _named_by(self, rows: AnyArray) -> str:
        """Return the field whose names tell the parts apart: towns, else districts, where there are many; else streets."""
        for field in ("locality", "district"):
            if len(self._greatest(field, rows)) >= MANY_NAMES:
                return field
        return "street"

    def _numbers(self, rows: AnyArray, x: AnyArray, y: AnyArray) -> tuple[Label, ...]:
        """Return the number of each house that is listed, above its dot."""
        labels = []
        for row, east, south in zip(rows.tolist(), x.tolist(), y.tolist(), strict=False):
            number = self.index.text("number", row) + self.index.text("letter", row)
            labels.append(Label(round(east * UNITS), round(south * UNITS) - LINE // 2, number))
        return _apart(labels)


def _counted(way: AnyArray, parts: int) -> AnyArray:
    """Return which of so many equal parts each lies in."""
    which: AnyArray = np.clip((way * parts).astype(np.int64), 0, parts - 1)
    return which


def _middle(way: float) -> int:
    """Return the middle, in units, of the bin that a point lies in."""
    step = UNITS // BINS
    return min(int(way * BINS), BINS - 1) * step + step // 2


def _dots(x: AnyArray, y: AnyArray) -> tuple[tuple[int, int, int], ...]:
    """Return a dot for each address, or where they are many one in the middle of each bin, greater for more."""
    if len(x) <= MOST_DOTS:
        points = zip((x * UNITS).round().tolist(), (y * UNITS).round().tolist(), strict=True)
        return tuple(sorted({(int(east), int(south), 1) for east, south in points}))
    counts = np.bincount(_counted(y, BINS) * BINS + _counted(x, BINS), minlength=BINS * BINS)
    low, high = np.percentile(counts[counts > 0], THIRDS)
    sizes = 1 + (counts > low).astype(int) + (counts > high)
    step = UNITS // BINS
    return tuple(
        (place % BINS * step + step // 2, place // BINS * step + step // 2, int(sizes[place]))
        for place in np.flatnonzero(counts).tolist()
    )


def _apart(labels: list[Label]) -> tuple[Label, ...]:
    """Return the labels that fit, the first ones first, moved in from the edges; one that would lie on another is left out."""
    kept: list[Label] = []
    for label in labels:
        half = len(label.text) * LETTER // 2
        x = min(max(label.x, half), UNITS - half)
        y = min(max(label.y, LINE), UNITS - LINE // 2)
        if not any(
            abs(y - other.y) < LINE and abs(x - other.x) < half + len(other.text) * LETTER // 2
            for other in kept
        ):
            kept.append(Label(x, y, label.text))
    return tuple(kept)
