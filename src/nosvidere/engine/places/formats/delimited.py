"""Registers as delimited text: our own CSV and OpenAddresses."""

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
    for line, cells in rows:
        row = ",".join(cells)
        if len(cells) != len(columns):
            reason = f"{path.name}, rad {line}: raden har {len(cells)} kolumner, rubrikraden har {len(columns)}."
            rejected(Rejected(line, reason, row[:300]))
            continue
        yield to_raw(dict(zip(columns, cells, strict=True)), line, row)


def _kind(path: Path, columns: list[str]) -> ToRaw:
    """Return how to read a row: as our own CSV, or as OpenAddresses when there is no municipality column."""
    is_open = "municipality" not in columns and {"region", "unit", "locality"} & set(columns)
    missing = [name for name in (OPEN_NEEDED if is_open else OWN_NEEDED) if name not in columns]
    if missing:
        reason = f"kolumner saknas: {', '.join(missing)}"
        raise unusable(path.name, 1, reason, f"första raden ska vara {','.join(OWN)}")
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise unusable(
            path.name,
            1,
            f"kolumner finns två gånger: {', '.join(twice)}",
            "ta bort eller byt namn på den ena",
        )
    return open_addresses if is_open else _own


def _own(cells: Mapping[str, str], line: int, row: str) -> Raw:
    known = {name: cells.get(name, "") for name in (*OWN, "valid_from", "valid_to")}
    return Raw(line, row, **known)


def open_addresses(cells: Mapping[str, str], line: int, row: str) -> Raw:
    """Return one OpenAddresses row; where it has no id or hash, its content is its identity."""
    names = ("street", "number", "postcode", "locality", "district", "lat", "lon")
    known = {name: cells.get(name, "") for name in names}
    identity = cells.get("id") or "|".join(known.values())
    return Raw(
        line, row, identity, letter=cells.get("unit", ""), municipality=known["locality"], **known
    )
