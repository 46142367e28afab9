"""One file of arrays and strings: a versioned header, then the data, written whole or not at all, read by mapping."""

import json
import mmap
import os
import tempfile
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from nosvidere.engine.places.model import UnusableFile

MAGIC = b"NVPLACES"
VERSION = 2
ALIGN = 64
PREFIX = len(MAGIC) + 8
"""Magic, version (4 bytes) and length of the header (4 bytes), little-endian."""
STALE_S = 3600
"""A half-written file that old belongs to a process that died."""

AnyArray = npt.NDArray[Any]
About = dict[str, str | int]


def _aligned(position: int) -> int:
    return -(-position // ALIGN) * ALIGN


def as_arrays(name: str, strings: Sequence[str]) -> dict[str, AnyArray]:
    """Return the strings as two arrays: UTF-8 bytes, and where each ends."""
    encoded = [text.encode() for text in strings]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
    return {f"{name}.bytes": np.frombuffer(b"".join(encoded), np.uint8), f"{name}.ends": ends}


def strings_of(arrays: Mapping[str, AnyArray], name: str) -> list[str]:
    """Return the strings that `as_arrays` laid down."""
    raw = arrays[f"{name}.bytes"].tobytes()
    ends = arrays[f"{name}.ends"].tolist()
    return [raw[start:end].decode() for start, end in pairwise(ends)]


def write_arrays(path: Path, arrays: Mapping[str, AnyArray], about: About | None = None) -> None:
    """Write the arrays beside the path, then put the file in place in one step; `about` can be read without them."""
    layout, position = {}, 0
    for name, array in arrays.items():
        layout[name] = {"dtype": array.dtype.str, "length": len(array), "at": position}
        position = _aligned(position + array.nbytes)
    header = json.dumps({"arrays": layout, "size": position, "about": about or {}}).encode()
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    _sweep(path, Path(temporary))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(
                MAGIC + VERSION.to_bytes(4, "little") + len(header).to_bytes(4, "little") + header
            )
            base = _aligned(PREFIX + len(header))
            for name, array in arrays.items():
                file.seek(base + int(str(layout[name]["at"])))
                file.write(array.tobytes())
            file.truncate(base + position)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _sweep(path: Path, own: Path) -> None:
    """Take away what killed processes left half-written beside the path."""
    oldest = own.stat().st_mtime - STALE_S
    for left in path.parent.glob(f".{path.name}.*"):
        if left.stat().st_mtime < oldest:
            left.unlink(missing_ok=True)


def open_arrays(path: Path) -> dict[str, AnyArray]:
    """Return the arrays of an index file, mapped into memory and read-only."""
    mapped = _mapped(path)
    header, base = _header(path, mapped)
    return {
        name: np.frombuffer(mapped, np.dtype(part["dtype"]), part["length"], base + part["at"])
        for name, part in header["arrays"].items()
    }


def about(path: Path) -> About:
    """Return what was written about an index file; raise UnusableFile when it is none of this version."""
    said: About = _header(path, _mapped(path))[0]["about"]
    return said


def _mapped(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError:
        raise _unusable(path, "filen finns inte") from None
    except ValueError:
        raise _unusable(path, "filen är tom") from None
    if mapped[: len(MAGIC)] != MAGIC:
        raise _unusable(path, "filen är inget adressindex")
    version = int.from_bytes(mapped[len(MAGIC) : len(MAGIC) + 4], "little")
    if version != VERSION:
        raise _unusable(path, f"indexet har version {version}, programmet läser version {VERSION}")
    return mapped


def _header(path: Path, mapped: mmap.mmap) -> tuple[dict[str, Any], int]:
    """Return the header and where the arrays begin; raise UnusableFile when the file is not whole."""
    length = int.from_bytes(mapped[PREFIX - 4 : PREFIX], "little")
    try:
        header = json.loads(mapped[PREFIX : PREFIX + length])
    except ValueError:
        raise _unusable(path, "filens huvud är skadat") from None
    base = _aligned(PREFIX + length)
    if len(mapped) != base + header["size"]:
        raise _unusable(path, "filen är avklippt eller skadad")
    return header, base


def _unusable(path: Path, reason: str) -> UnusableFile:
    return UnusableFile(
        f"{path.name}: {reason}. Bygg indexet på nytt med ”nosvidere register index”."
    )
