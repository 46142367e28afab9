"""Overture Maps addresses: Parquet, read through DuckDB a batch at a time."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from nosvidere.engine.places.formats.gate import Raw, Reject, unusable
from nosvidere.engine.places.formats.wkb import NO_POINT, no_point, wkb_point

BATCH = 10_000
NEEDED = ("id", "geometry", "number", "street")
TEXTS = ("id", "number", "street", "unit", "postcode", "postal_city")
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
    texts = _text_columns(path, source.columns)
    wanted = (f"coalesce(\"{name}\"::VARCHAR, '')" for name in texts)
    database.execute(source.project(", ".join((*wanted, "geometry::BLOB"))).sql_query())
    for line, (*values, geometry) in enumerate(_one_by_one(database), start=1):
        cells = dict(zip(texts, values, strict=True))
        try:
            lon, lat = wkb_point(geometry)
        except NO_POINT:
            rejected(no_point(path, line, ",".join(cells.values())))
            continue
        yield _raw(cells, line, (lat, lon))


def _text_columns(path: Path, columns: Sequence[str]) -> list[str]:
    """Return the columns of text that the file has; raise UnusableFile when one that is needed is missing."""
    if missing := [name for name in NEEDED if name not in columns]:
        raise unusable(path.name, None, f"kolumner saknas: {', '.join(missing)}", FETCH)
    return [name for name in TEXTS if name in columns]


def _one_by_one(database: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while batch := database.fetchmany(BATCH):
        yield from batch


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
