"""Any register file → addresses: the kind is told by the content first, then by the name."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from nosvidere.engine.places.formats import delimited, geojson, geopackage, overture
from nosvidere.engine.places.formats.gate import Progress, Raw, Reject, passed, unusable
from nosvidere.engine.places.model import Address

Reader = Callable[[Path, Reject], Iterator[Raw]]


def _no_progress(_done: int) -> None:
    pass


def read_register(
    path: Path, *, today: date, rejected: Reject, progress: Progress = _no_progress
) -> Iterator[Address]:
    """Yield the addresses of a register file, one at a time in constant memory.

    Reads our own CSV, Lantmäteriet GeoPackage, OpenAddresses (CSV, GeoJSON) and Overture (Parquet).
    Rows that cannot be taken go to `rejected`; raises UnusableFile when the file itself cannot be used,
    if possible before the first address. Addresses that are not in force on `today` are rejected.
    """
    reader = _reader(path)
    return passed(
        reader(path, rejected), file=path.name, today=today, rejected=rejected, progress=progress
    )


def _reader(path: Path) -> Reader:
    if not path.is_file():
        raise unusable(path.name, None, "filen finns inte", "kontrollera sökvägen")
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(b"SQLite format 3\x00") or path.suffix.lower() == ".gpkg":
        return geopackage.raws
    if start.startswith(b"PAR1") or path.suffix.lower() == ".parquet":
        return overture.raws
    if start.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise unusable(
            path.name,
            None,
            "filen är packad (zip eller gzip)",
            "packa upp den och läs in filen som ligger i",
        )
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"[")):
        return geojson.raws
    return delimited.raws
