"""The rows that were not taken: all of them in a file, only the first few and the counts in memory."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from nosvidere.engine import linkage, places

COLUMNS = ("file", "line", "reason", "row")
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row of one of the files that was not taken."""

    file: str
    line: int
    reason: str


class Refusals:
    """Writes each refused row as it comes, so that a file of nothing but bad rows costs no memory."""

    def __init__(self, stream: TextIO) -> None:
        """Begin a file of refused rows."""
        self._writer = csv.writer(stream, lineterminator="\n")
        self._writer.writerow(COLUMNS)
        self.by_file: Counter[str] = Counter()
        self.first: list[Refusal] = []

    def __len__(self) -> int:
        """Return how many rows were refused."""
        return self.by_file.total()

    def of(self, file: Path) -> Callable[[places.Rejected | linkage.Rejected], None]:
        """Return a function that takes the refused rows of one file."""
        return lambda row: self._note(Refusal(file.name, row.line, row.reason), row.row)

    def _note(self, refusal: Refusal, row: str) -> None:
        self._writer.writerow((refusal.file, refusal.line, refusal.reason, row))
        self.by_file[refusal.file] += 1
        if len(self.first) < SHOWN:
            self.first.append(refusal)


@contextmanager
def refusals_in(file: Path) -> Iterator[Refusals]:
    """Give the refusals that end up in a file."""
    with file.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        yield Refusals(stream)
