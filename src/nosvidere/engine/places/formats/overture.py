"""Overture Maps addresses: Parquet, read through DuckDB a batch at a time."""

import struct
from collections.abc import Iterator
from pathlib import Path

import duckdb

from nosvidere.engine.places.formats.gate import Raw, Reject, unusable
from nosvidere.engine.places.formats.wkb import wkb_point
from nosvidere.engine.places.model import Rejected

BATCH = 10_000
NEEDED = ("id", "geometry", "number", "street")
OPTIONAL = ("unit", "postcode", "postal_city")
FETCH = "hämta temat addresses på nytt från Overture Maps"


def raws(path: Path, rejected: Reject) -> Iterator[Raw]:
    """Yield the addresses of the file; raise UnusableFile when it is no Overture file."""
    try:
        with duckdb.connect() as database:
            yield from _rows(path, database, rejected)
    except duckdb.Error as error:
        reason = f"filen är ingen hel Parquet-fil ({str(error).splitlines()[0]})"
        raise unusable(path.name, None, reason, FETCH) from None


def _rows(path: Path, database: duckdb.DuckDBPyConnection, rejected: Reject) -> Iterator[Raw]:
    source = database.read_parquet(str(path))
    missing = [name for name in NEEDED if name not in source.columns]
    if missing:
        raise unusable(path.name, None, f"kolumner saknas: {', '.join(missing)}", FETCH)
    texts = [
        name for name in (*NEEDED, *OPTIONAL) if name in source.columns and name != "geometry"
    ]
    wanted = [*(f'"{name}"::VARCHAR' for name in texts), "geometry::BLOB"]
    rows = source.project(", ".join(wanted))
    line = 0
    while batch := rows.fetchmany(BATCH):
        for line, (*values, geometry) in enumerate(batch, start=line + 1):
            cells = {name: value or "" for name, value in zip(texts, values, strict=True)}
            try:
                lon, lat = wkb_point(geometry)
            except (struct.error, ValueError, TypeError, IndexError):
                reason = f"{path.name}, rad {line}: läget är ingen punkt som går att läsa."
                rejected(Rejected(line, reason, ",".join(cells.values())))
                continue
            yield _raw(cells, line, (lat, lon))


def _raw(cells: dict[str, str], line: int, degrees: tuple[float, float]) -> Raw:
    city = cells.get("postal_city", "")
    return Raw(
        line,
        ",".join(cells.values()),
        cells["id"],
        cells["street"],
        cells["number"],
        letter=cells.get("unit", ""),
        postcode=cells.get("postcode", ""),
        locality=city,
        municipality=city,
        lat=round(degrees[0], 7),
        lon=round(degrees[1], 7),
    )
