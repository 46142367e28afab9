"""Files and folders that appear whole or not at all."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HALF = ".nosvidere-halvskrivet"


@contextmanager
def whole_file(file: Path) -> Iterator[Path]:
    """Give a file beside `file` to write in; it takes its place when the block ends well, and is gone otherwise."""
    if file.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
    half = file.with_name(f".{file.name}{HALF}")
    try:
        yield half
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """Give a folder to write in; its files take their places in `out` when the block ends well, and are gone otherwise.

    Other files that `out` holds already are left alone. Raises OSError at once when `out` cannot be a folder.
    """
    out = out.resolve()
    if out.exists() and not out.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(out))
    # Inside a folder that is there already: it may be a file system of its own.
    half = out / HALF if out.is_dir() else out.with_name(f".{out.name}{HALF}")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    try:
        yield half
        _take_place(half, out)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _take_place(half: Path, out: Path) -> None:
    if not out.exists():
        half.rename(out)
        return
    for file in sorted(path for path in half.rglob("*") if path.is_file()):
        place = out / file.relative_to(half)
        place.parent.mkdir(parents=True, exist_ok=True)
        file.replace(place)
