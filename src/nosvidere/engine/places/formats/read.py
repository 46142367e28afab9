"""Any register file → addresses: the kind is told by the content first, then by the name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nosvidere.engine.places.formats import delimited, geojson, geopackage, osm, overture
from nosvidere.engine.places.formats.gate import Progress, Raw, Reject, passed, unusable
from nosvidere.engine.places.model import Address

Reader = Callable[[Path, Reject], Iterator[Raw]]


@dataclass(frozen=True, slots=True)
class Source:
    """What a register file is: its form, whom its terms of use say to name, the columns that are not read."""

    form: str
    attribution: str = ""
    unread: tuple[str, ...] = ()


# Whom to name. Sources, read 2026-11: lantmateriet.se (CC BY 4.0), openstreetmap.org/copyright (ODbL 1.0),
# docs.overturemaps.org/attribution, openaddresses.io (each source has terms of its own).
LANTMATERIET = Source("Lantmäteriet GeoPackage", "© Lantmäteriet, CC BY 4.0")
OPENSTREETMAP = Source("OpenStreetMap", "© OpenStreetMaps bidragsgivare, ODbL 1.0")
OVERTURE = Source("Overture Parquet", "Overture Maps Foundation och dess källor")
OPENADDRESSES = Source("OpenAddresses", "OpenAddresses och dess källor")
OWN = "CSV"


def _no_progress(_done: int) -> None:
    pass


def read_register(
    path: Path, *, today: date, rejected: Reject, progress: Progress = _no_progress
) -> Iterator[Address]:
    """Yield the addresses of a register file, one at a time in constant memory.

    Reads our own CSV, Lantmäteriet GeoPackage, OpenAddresses (CSV, GeoJSON), OpenStreetMap (.osm.pbf) and
    Overture (Parquet). Rows that cannot be taken go to `rejected`; raises UnusableFile when the file itself cannot be
    used, if possible before the first address. Addresses that are not in force on `today` are rejected.
    """
    raws = _reader(path)(path, rejected)
    return passed(raws, file=path.name, today=today, rejected=rejected, progress=progress)


def source_of(path: Path) -> Source:
    """Return what a register file is; raise UnusableFile when it is none."""
    reader = _reader(path)
    if reader is not delimited.raws:
        return SOURCES[reader]
    is_open = delimited.is_openaddresses(path)
    unread = delimited.unread_columns(path)
    if is_open:
        return Source(OPENADDRESSES.form, OPENADDRESSES.attribution, unread)
    return Source(OWN, unread=unread)


SOURCES: dict[Reader, Source] = {
    geopackage.raws: LANTMATERIET,
    overture.raws: OVERTURE,
    osm.raws: OPENSTREETMAP,
    geojson.raws: OPENADDRESSES,
}


def _reader(path: Path) -> Reader:
    start = _start(path)
    for reader, marks, suffixes in (
        (geopackage.raws, start.startswith(b"SQLite format 3\x00"), {".gpkg"}),
        (overture.raws, start.startswith(b"PAR1"), {".parquet"}),
        (osm.raws, start[6:15] == b"OSMHeader", {".pbf"}),
    ):
        if start and (marks or path.suffix.lower() in suffixes):
            return reader
    if start.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        remedy = "packa upp den och läs in filen som ligger i"
        raise unusable(path.name, None, "filen är packad (zip eller gzip)", remedy)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"[")):
        return geojson.raws
    return delimited.raws


def _start(path: Path) -> bytes:
    """Return the first bytes of a file; raise UnusableFile for a folder or what cannot be opened."""
    if path.is_dir():
        remedy = "läs in filerna i den en i taget"
        raise unusable(path.name, None, "det är en mapp, ingen fil", remedy)
    if not path.is_file():
        raise unusable(path.name, None, "filen finns inte", "kontrollera sökvägen")
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except PermissionError:
        remedy = "ge den som kör programmet rätt att läsa den"
        raise unusable(path.name, None, "filen får inte läsas", remedy) from None
