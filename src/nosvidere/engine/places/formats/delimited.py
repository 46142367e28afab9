"""Registers as delimited text: our own CSV and OpenAddresses."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from nosvidere.engine.places.fold import fold
from nosvidere.engine.places.formats import text
from nosvidere.engine.places.formats.gate import Raw, Reject, unusable
from nosvidere.engine.places.model import Rejected

OWN = (
    "id",
    "street",
    "number",
    "letter",
    "postcode",
    "locality",
    "municipality",
    "district",
    "lat",
    "lon",
)
OWN_NEEDED = ("id", "street", "number")
OPEN_NEEDED = ("street", "number")
OPEN_MARKS = frozenset({"region", "unit", "locality"})
OTHER_NAMES = {
    "longitude": "lon", "long": "lon", "lng": "lon", "x": "lon", "latitude": "lat", "y": "lat", "hash": "id",
    "gata": "street", "gatunamn": "street", "nummer": "number", "husnummer": "number", "bokstav": "letter",
    "postnummer": "postcode", "postort": "locality", "ort": "locality", "city": "locality",
    "kommun": "municipality", "distrikt": "district", "unit": "unit",
}  # fmt: skip

ToRaw = Callable[[Mapping[str, str], int, str], Raw]


def raws(path: Path, rejected: Reject) -> Iterator[Raw]:
    """Yield the rows of a delimited register; raise UnusableFile when it is none."""
    text.check_text(path)
    rows = text.rows_of(path)
    _, header = next(rows)
    columns = [OTHER_NAMES.get(name, name) for name in (fold(cell.strip()) for cell in header)]
    to_raw = _kind(path, columns)
    _check_once(path, columns)
    for line, cells in rows:
        row = ",".join(cells)
        if len(cells) != len(columns):
            reason = f"{path.name}, rad {line}: raden har {len(cells)} kolumner, rubrikraden har {len(columns)}."
            rejected(Rejected(line, reason, row[:300]))
            continue
        yield to_raw(dict(zip(columns, cells, strict=True)), line, row)


def _kind(path: Path, columns: list[str]) -> ToRaw:
    """Return how to read a row: as our own CSV, or as OpenAddresses when there is no municipality column."""
    is_open = "municipality" not in columns and not OPEN_MARKS.isdisjoint(columns)
    needed = OPEN_NEEDED if is_open else OWN_NEEDED
    if missing := [name for name in needed if name not in columns]:
        remedy = f"första raden ska vara {','.join(OWN)}"
        raise unusable(path.name, 1, f"kolumner saknas: {', '.join(missing)}", remedy)
    return open_addresses if is_open else _own


def _check_once(path: Path, columns: list[str]) -> None:
    if twice := sorted(name for name, count in Counter(columns).items() if name and count > 1):
        reason = f"kolumner finns två gånger: {', '.join(twice)}"
        raise unusable(path.name, 1, reason, "ta bort eller byt namn på den ena")


def _own(cells: Mapping[str, str], line: int, row: str) -> Raw:
    def cell(name: str) -> str:
        return cells.get(name, "")

    return Raw(
        line,
        row,
        cell("id"),
        cell("street"),
        cell("number"),
        letter=cell("letter"),
        postcode=cell("postcode"),
        locality=cell("locality"),
        municipality=cell("municipality"),
        district=cell("district"),
        lat=cell("lat"),
        lon=cell("lon"),
        valid_from=cell("valid_from"),
        valid_to=cell("valid_to"),
    )


def open_addresses(cells: Mapping[str, str], line: int, row: str) -> Raw:
    """Return one OpenAddresses row; where it has no id or hash, its content is its identity."""

    def cell(name: str) -> str:
        return cells.get(name, "")

    content = [cell(name) for name in (*OWN[1:], "unit")]
    return Raw(
        line,
        row,
        cell("id") or "|".join(content),
        cell("street"),
        cell("number"),
        letter=cell("unit"),
        postcode=cell("postcode"),
        locality=cell("locality"),
        municipality=cell("locality"),
        district=cell("district"),
        lat=cell("lat"),
        lon=cell("lon"),
    )
