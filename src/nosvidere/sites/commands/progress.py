"""Progress on a terminal; silence elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


@contextmanager
def counting() -> Iterator[Callable[[str, int], None]]:
    """Give a function that shows how many of something have been read, on standard error when that is a terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed:.0f}"),
        TimeElapsedColumn(),
    )
    with Progress(
        *columns, console=Console(file=sys.stderr), disable=not sys.stderr.isatty()
    ) as progress:
        tasks: dict[str, int] = {}

        def count(what: str, done: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=None)  # type: ignore[assignment]  # a TaskID is an int
            progress.update(tasks[what], completed=done)  # type: ignore[arg-type]  # as above

        yield count
