"""What the commands that read a file share: progress on a terminal, and the rows that were not taken."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

ALL_TAKEN, SOME_REJECTED, UNUSABLE = 0, 1, 2


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], None]]:
    """Give a function that shows how many rows have been read; on anything but a terminal it shows nothing."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(what)
        yield lambda n: progress.update(task, description=f"{what}: {n}")


def tell_rejected(rejected: Sequence[tuple[int, str]], *, of_all: int) -> int:
    """List the rows that were not taken with line and reason, on standard error; return the exit status."""
    for line, reason in rejected:
        click.echo(f"rad {line}: {reason}", err=True)
    if of_all > len(rejected):
        click.echo(f"… och {of_all - len(rejected)} rader till", err=True)
    return SOME_REJECTED if of_all else ALL_TAKEN


@contextmanager
def usable(*unusable: type[Exception]) -> Iterator[None]:
    """Tell in one line that a file cannot be read at all, and end with the exit status that says so."""
    try:
        yield
    except unusable as error:
        click.echo(str(error), err=True)
        raise SystemExit(UNUSABLE) from error
