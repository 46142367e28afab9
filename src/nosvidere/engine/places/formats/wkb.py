"""Points as GeoPackage and Parquet hold them: well-known binary."""

import struct
from pathlib import Path

from nosvidere.engine.places.model import Rejected

ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
POINT, MULTIPOINT = 1, 4
NO_POINT = (struct.error, ValueError, TypeError, LookupError)
"""What reading a geometry raises when it is no point."""


def no_point(path: Path, line: int, row: str) -> Rejected:
    """Return the row that has no readable point."""
    reason = f"{path.name}, rad {line}: läget är ingen punkt som går att läsa."
    return Rejected(line, reason, row, "geometry")


def geopackage_point(blob: bytes) -> tuple[float, float]:
    """Return (x, y) of a GeoPackage geometry: a point, or the first of a multipoint. Raise ValueError.

    Source: OGC 12-128r18, clause 2.1.3 (header) and OGC 06-103r4 (well-known binary).
    """
    if blob[:2] != b"GP" or blob[3] & 0b10000:
        message = "no point"
        raise ValueError(message)
    return wkb_point(blob, 8 + ENVELOPE_BYTES[(blob[3] >> 1) & 0b111])


def wkb_point(blob: bytes, at: int = 0) -> tuple[float, float]:
    """Return (x, y) of well-known binary that begins at a byte. Raise ValueError."""
    order = "<" if blob[at] else ">"
    kind = struct.unpack_from(order + "I", blob, at + 1)[0] & 0xFFFF
    if kind % 1000 == MULTIPOINT:
        if not struct.unpack_from(order + "I", blob, at + 5)[0]:
            message = "no point in the multipoint"
            raise ValueError(message)
        return wkb_point(blob, at + 9)
    if kind % 1000 != POINT:
        message = f"geometry of kind {kind}"
        raise ValueError(message)
    x, y = struct.unpack_from(order + "2d", blob, at + 5)
    return x, y
