"""Registers as delimited text: our own CSV and OpenAddresses."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
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

DATES = ("valid_from", "valid_to")
READ = frozenset({*OWN, *DATES, "unit"})


def raws(path: Path, rejected: Reject) -> Iterator[Raw]:
    """Yield the rows of a delimited register; raise UnusableFile when it is none."""
    text.check_text(path)
    rows = text.rows_of(path)
    _, header = next(rows)
    columns = _columns(header)
    is_open = _is_open(path, columns)
    _check_once(path, columns)
    for line, cells in rows:
        row = ",".join(cells)
        if len(cells) != len(columns):
            reason = f"{path.name}, rad {line}: raden har {len(cells)} kolumner, rubrikraden har {len(columns)}."
            rejected(Rejected(line, reason, row[:300], "columns"))
            continue
        yield raw_of(dict(zip(columns, cells, strict=True)), line, row, is_open=is_open)


def is_openaddresses(path: Path) -> bool:
    """Say whether a delimited file is laid out as OpenAddresses; raise UnusableFile when it is no register."""
    text.check_text(path)
    return _is_open(path, _columns(next(text.rows_of(path))[1]))


def unread_columns(path: Path) -> tuple[str, ...]:
    """Return the headings of a delimited file that stand for nothing in the register."""
    header = next(text.rows_of(path))[1]
    pairs = zip(header, _columns(header), strict=True)
    return tuple(heading.strip() for heading, column in pairs if column not in READ)


def _columns(header: list[str]) -> list[str]:
    return [OTHER_NAMES.get(name, name) for name in (fold(cell.strip()) for cell in header)]


def _is_open(path: Path, columns: list[str]) -> bool:
    """Say whether rows are OpenAddresses: no municipality column; raise UnusableFile when needed columns are missing."""
    is_open = "municipality" not in columns and not OPEN_MARKS.isdisjoint(columns)
    needed = OPEN_NEEDED if is_open else OWN_NEEDED
    if missing := [name for name in needed if name not in columns]:
        reason = f"kolumner saknas: {', '.join(missing)} (filen har: {', '.join(columns)[:200]})"
        raise unusable(path.name, 1, reason, f"första raden ska vara {','.join(OWN)}")
    return is_open


def _check_once(path: Path, columns: list[str]) -> None:
    if twice := sorted(name for name, count in Counter(columns).items() if name and count > 1):
        reason = f"kolumner finns två gånger: {', '.join(twice)}"
        raise unusable(path.name, 1, reason, "ta bort eller byt namn på den ena")


def raw_of(cells: Mapping[str, str], line: int, row: str, *, is_open: bool = True) -> Raw:
    """Return one row, as OpenAddresses or as our own CSV.

    OpenAddresses has the letter in `unit` and no municipality; where it has no id or hash, its content is its identity.
    """

    def cell(name: str) -> str:
        return cells.get(name, "")

    return Raw(
        line,
        row,
        (cell("id") or _content(cells)) if is_open else cell("id"),
        cell("street"),
        cell("number"),
        letter=cell("unit" if is_open else "letter"),
        postcode=cell("postcode"),
        locality=cell("locality"),
        municipality=cell("locality" if is_open else "municipality"),
        district=cell("district"),
        lat=cell("lat"),
        lon=cell("lon"),
        valid_from=cell("valid_from"),
        valid_to=cell("valid_to"),
    )


def _content(cells: Mapping[str, str]) -> str:
    """Return an identity made of what a row says."""
    said = "|".join(cells.get(name, "") for name in (*OWN[1:], "unit"))
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()
