"""How a command on files ends: its exit status, and one clear sentence when a file or a folder cannot be used."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

ALL_TAKEN, SOME_REJECTED, UNUSABLE, NO_ESTIMATE = 0, 1, 2, 3
FILE = click.Path(path_type=Path)

ANOTHER_PLACE = "ange en annan plats för resultatet, med --out"
REASONS = {
    errno.ENOSPC: ("disken är full", "frigör plats eller ange en annan plats för resultatet"),
    errno.EDQUOT: ("utrymmet är slut", "frigör plats eller ange en annan plats för resultatet"),
    errno.EFBIG: ("filen blev större än vad som är tillåtet här", ANOTHER_PLACE),
    errno.EACCES: ("rättighet saknas", "ge dig rätt att läsa eller skriva där, eller ange en annan plats"),
    errno.EPERM: ("rättighet saknas", "ge dig rätt att läsa eller skriva där, eller ange en annan plats"),
    errno.EROFS: ("där går det bara att läsa", ANOTHER_PLACE),
    errno.ENOTDIR: ("det ligger en fil där en mapp behövs", "ange en mapp, eller flytta filen"),
    errno.EEXIST: ("det ligger en fil där en mapp behövs", "ange en mapp, eller flytta filen"),
    errno.EISDIR: ("det är en mapp, inte en fil", "ange en fil"),
    errno.ENOENT: ("den finns inte och går inte att skapa", "kontrollera sökvägen"),
}  # fmt: skip


@contextmanager
def usable(*unusable: type[Exception], out: Path | None = None) -> Iterator[None]:
    """Tell in one sentence what cannot be used, and end with status 2: a kind of error that says so, or the disk's.

    `out` is named when the disk does not say which file it means.
    """
    try:
        yield
    except unusable as error:
        click.echo(str(error), err=True)
        raise SystemExit(UNUSABLE) from error
    except BrokenPipeError:  # whoever read the output has had enough: click ends quietly
        raise
    except OSError as error:
        click.echo(told(error, out), err=True)
        raise SystemExit(UNUSABLE) from error


def told(error: OSError, out: Path | None) -> str:
    """Return what the disk refused, why, and what to do, in Swedish."""
    reason, remedy = REASONS.get(error.errno or 0, (f"{error.strerror or error}", ANOTHER_PLACE))
    return f"{error.filename or out}: {reason}. Inget är halvskrivet. Gör så här: {remedy}."
