"""OpenAddresses as GeoJSON: one feature a line, or one collection laid out with one feature a line."""

import json
from collections.abc import Iterator
from pathlib import Path

from nosvidere.engine.places.formats import delimited, text
from nosvidere.engine.places.formats.gate import Raw, Reject, unusable
from nosvidere.engine.places.model import Rejected

LONGEST_LINE = 1 << 20


def raws(path: Path, rejected: Reject) -> Iterator[Raw]:
    """Yield the features of the file, line by line; raise UnusableFile when it cannot be read so."""
    text.check_text(path)
    features = 0
    with path.open(encoding="utf-8-sig") as file:
        for line, written in enumerate(iter(lambda: file.readline(LONGEST_LINE), ""), start=1):
            row = written.strip().rstrip(",")
            if len(written) == LONGEST_LINE:
                remedy = (
                    "skriv om den med en adress per rad: ogr2ogr -f GeoJSONSeq NY.geojsonl FIL"
                )
                raise unusable(
                    path.name,
                    line,
                    "filen har allt på en rad och kan inte läsas lite i taget",
                    remedy,
                )
            if '"geometry"' not in row:
                continue
            features += 1
            try:
                yield _raw(json.loads(row), line, row)
            except (ValueError, LookupError, TypeError, AttributeError):
                rejected(
                    Rejected(
                        line,
                        f"{path.name}, rad {line}: raden är ingen hel GeoJSON-adress.",
                        row[:300],
                        "columns",
                    )
                )
    if not features:
        raise unusable(
            path.name,
            None,
            "filen har inga adresser",
            "kontrollera att det är GeoJSON från OpenAddresses",
        )


def _raw(feature: dict[str, dict[str, object]], line: int, row: str) -> Raw:
    properties = {
        delimited.OTHER_NAMES.get(name.lower(), name.lower()): "" if value is None else str(value)
        for name, value in feature["properties"].items()
    }
    lon, lat = feature["geometry"]["coordinates"][:2]  # type: ignore[index] # checked by the caller's except
    return delimited.raw_of(properties | {"lat": str(lat), "lon": str(lon)}, line, row)
