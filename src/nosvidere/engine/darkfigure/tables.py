"""Capture tables: how many cases were seen on exactly which lists, read from CSV or made from counts."""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

FEWEST_LISTS = 2  # with one list there is no overlap to learn from
MOST_LISTS = 9  # models are written with one digit per list, and wider tables are nearly all zeros
MOST_CASES = 10_000_000  # about the population of Sweden; a larger total is a typing error
MOST_BYTES = 1_000_000  # 2⁹ rows of counts are a few kilobytes
COUNT_NAMES = ("count", "antal")
LONGEST_NAME = 40

Parsed = TypeVar("Parsed")


class UnusableTable(ValueError):
    """A capture table that cannot be used; the message says where, why and what to do, in Swedish."""


@dataclass(frozen=True, slots=True)
class CaptureTable:
    """Counts of cases by the exact set of lists they were seen on; never a person.

    `counts[c]` is the number of cases whose set of lists is the bit pattern `c` (bit i = list i),
    so the length is 2**k and `counts[0]`, the cases nobody saw, is always 0.
    `sha256` is the hash of the file read, or of the table's own CSV text when it was made from counts.
    """

    lists: tuple[str, ...]
    counts: tuple[int, ...]
    sha256: str = ""

    def __post_init__(self) -> None:
        """Refuse what no estimate can be made from, and fill in the hash."""
        _check_names(self.lists)
        _check_counts(self.lists, self.counts)
        if not self.sha256:
            digest = hashlib.sha256(self.as_csv().encode()).hexdigest()
            object.__setattr__(self, "sha256", digest)

    @classmethod
    def from_rows(
        cls, lists: Sequence[str], rows: Iterable[tuple[Sequence[int], int]]
    ) -> "CaptureTable":
        """Make the table of `(history, count)` rows, a history being one 0 or 1 per list."""
        counts = [0] * (1 << len(lists))
        for history, count in rows:
            counts[_pattern(history)] += count
        return cls(tuple(lists), tuple(counts))

    @classmethod
    def from_sets(cls, lists: Sequence[str], rows: Mapping[frozenset[str], int]) -> "CaptureTable":
        """Make the table of counts by the set of list names, as a query over sources gives them."""
        histories = (([int(name in seen) for name in lists], n) for seen, n in rows.items())
        return cls.from_rows(lists, histories)

    @property
    def observed(self) -> int:
        """Give the number of cases seen on at least one list."""
        return sum(self.counts)

    @property
    def overlaps(self) -> int:
        """Give the number of cases seen on two or more lists."""
        return sum(n for pattern, n in enumerate(self.counts) if pattern.bit_count() > 1)

    @property
    def list_totals(self) -> dict[str, int]:
        """Give the number of cases on each list."""
        return {name: self.margin(1 << i) for i, name in enumerate(self.lists)}

    def margin(self, pattern: int) -> int:
        """Give the number of cases seen on all lists of the bit pattern, and perhaps on others."""
        return sum(n for cell, n in enumerate(self.counts) if cell & pattern == pattern)

    def overlap_table(self) -> list[list[int]]:
        """Give the k x k table of cases on both lists; the diagonal holds each list's total."""
        bits = [1 << i for i in range(len(self.lists))]
        return [[self.margin(a | b) for b in bits] for a in bits]

    def as_array(self) -> npt.NDArray[np.float64]:
        """Give the counts as a float array of shape (2**k,)."""
        return np.array(self.counts, dtype=np.float64)

    def as_csv(self) -> str:
        """Write the table as `read_table` reads it: only rows with cases, in order of the pattern."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*self.lists, "count"])
        for pattern, n in enumerate(self.counts):
            if n:
                writer.writerow([*(pattern >> i & 1 for i in range(len(self.lists))), n])
        return out.getvalue()


def read_table(path: Path) -> CaptureTable:
    """Read a capture table from CSV: one column of 0 and 1 per list, and a column `count` or `antal`.

    Comma, semicolon and tab are understood, and a byte order mark. Raises UnusableTable with file,
    line, reason and what to do, in Swedish.
    """
    return _named(path, parse_table)


def parse_table(raw: bytes) -> CaptureTable:
    """Read a capture table from the bytes of a CSV file, as `read_table` does."""
    rows = _rows(_text(raw))
    header_line, header = rows[0]
    names, count_at = _header(header_line, header)
    counts: dict[int, int] = {}
    for line, cells in rows[1:]:
        pattern, count = _row(line, cells, names=names, count_at=count_at)
        if pattern in counts:
            _refuse(line, "samma kombination av listor finns redan. Slå ihop raderna till en.")
        counts[pattern] = count
    full = tuple(counts.get(pattern, 0) for pattern in range(1 << len(names)))
    return CaptureTable(names, full, hashlib.sha256(raw).hexdigest())


def read_columns(path: Path, columns: Sequence[Sequence[str]]) -> list[tuple[int, ...]]:
    """Read whole numbers from the named columns (each under any of its names), as `read_table` reads."""
    return _named(path, lambda raw: _columns(_rows(_text(raw)), columns))


def _named(path: Path, parse: Callable[[bytes], Parsed]) -> Parsed:
    """Parse the file's bytes; what is refused is told with the file's name."""
    try:
        return parse(path.read_bytes())
    except OSError as error:
        reason = f"{path.name}: filen går inte att läsa. Kontrollera att den finns och får läsas."
        raise UnusableTable(reason) from error
    except UnusableTable as error:
        reason = f"{path.name}: {error}"
        raise UnusableTable(reason) from error


def _columns(
    rows: list[tuple[int, list[str]]], columns: Sequence[Sequence[str]]
) -> list[tuple[int, ...]]:
    """Pick the named columns; the first holds keys, which may not come twice."""
    line, header = rows[0]
    places = _places(line, [name.lower() for name in header], columns)
    picked: dict[int, tuple[int, ...]] = {}
    for row_line, cells in rows[1:]:
        if len(cells) != len(header):
            _refuse(row_line, f"{len(cells)} värden, men rubriken har {len(header)} kolumner.")
        values = tuple(_count(row_line, cells[at]) for at in places)
        if values[0] in picked:
            _refuse(row_line, f"{values[0]} finns redan. Slå ihop raderna till en.")
        picked[values[0]] = values
    return list(picked.values())


def _places(line: int, header: list[str], columns: Sequence[Sequence[str]]) -> list[int]:
    """Find where each of the named columns stands; there may be no others."""
    found = [[at for at, name in enumerate(header) if name in names] for names in columns]
    if len(header) != len(columns) or any(len(places) != 1 for places in found):
        wanted = " och ".join(names[0] for names in columns)
        _refuse(line, f"rubriken ska vara {wanted}.")
    return [places[0] for places in found]


def _refuse(line: int, reason: str) -> None:
    """Raise with the line in front."""
    message = f"rad {line}: {reason}"
    raise UnusableTable(message)


def _text(raw: bytes) -> str:
    """Decode the file, or say what is wrong with it as a whole."""
    if len(raw) > MOST_BYTES:
        reason = "filen är för stor för en tabell med antal. Den ska ha en rad per kombination, inte per fall."
        raise UnusableTable(reason)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = "filen är inte UTF-8. Spara om den som CSV UTF-8."
        raise UnusableTable(reason) from error
    if "\0" in text:
        reason = "filen är inte en textfil. Spara tabellen som CSV UTF-8."
        raise UnusableTable(reason)
    return text


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Split into (line, cells), without empty lines; the separator is the header's most used one."""
    header = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    try:
        reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        rows = [(reader.line_num, [c.strip() for c in row]) for row in reader]
    except csv.Error as error:
        reason = "filen går inte att läsa som CSV. Kontrollera citattecken och skiljetecken."
        raise UnusableTable(reason) from error
    filled = [(line, cells) for line, cells in rows if any(cells)]
    if not filled:
        reason = "filen är tom. Den ska ha en kolumn per lista och en kolumn count."
        raise UnusableTable(reason)
    return filled


def _header(line: int, header: list[str]) -> tuple[tuple[str, ...], int]:
    """Find the lists and the column of counts."""
    places = [at for at, name in enumerate(header) if name.lower() in COUNT_NAMES]
    if len(places) != 1:
        _refuse(line, "det ska finnas precis en kolumn som heter count (eller antal).")
    names = tuple(name for at, name in enumerate(header) if at != places[0])
    _check_names(names)
    return names, places[0]


def _row(line: int, cells: list[str], *, names: Sequence[str], count_at: int) -> tuple[int, int]:
    """Read one row into its bit pattern and its count."""
    if len(cells) != len(names) + 1:
        _refuse(line, f"{len(cells)} värden, men rubriken har {len(names) + 1} kolumner.")
    history = cells[:count_at] + cells[count_at + 1 :]
    for name, value in zip(names, history, strict=True):
        if value not in {"0", "1"}:
            _refuse(line, f"{_shown(value)} i kolumnen {name} är inte 0 eller 1.")
    pattern = _pattern([int(value) for value in history])
    if pattern == 0:
        _refuse(line, "bara nollor. Fall som ingen lista har sett kan inte räknas; ta bort raden.")
    return pattern, _count(line, cells[count_at])


def _count(line: int, value: str) -> int:
    """Read a count: a whole number, zero or more."""
    if not re.fullmatch(r"\d{1,9}", value, re.ASCII):
        _refuse(line, f"antalet {_shown(value)} är inte ett helt tal, noll eller större.")
    return int(value)


def _shown(value: str) -> str:
    """Quote a value for a message, shortened."""
    return f"”{value[:20]}”"


def _pattern(history: Sequence[int]) -> int:
    """Pack a history of 0 and 1 into bits, first list lowest."""
    return sum(seen << i for i, seen in enumerate(history))


def _check_names(names: Sequence[str]) -> None:
    """Refuse too few or too many lists, and names that cannot be told apart."""
    if len(names) < FEWEST_LISTS:
        reason = f"{len(names)} lista. Minst två listor behövs för att se överlapp (tre för en skattning)."
        raise UnusableTable(reason)
    if len(names) > MOST_LISTS:
        reason = f"{len(names)} listor, högst {MOST_LISTS} går att använda. Slå ihop listor som liknar varandra."
        raise UnusableTable(reason)
    if not all(name and len(name) <= LONGEST_NAME and name.isprintable() for name in names):
        reason = f"varje lista ska ha ett namn på 1–{LONGEST_NAME} tecken i rubriken."
        raise UnusableTable(reason)
    if len({name.casefold() for name in names}) < len(names):
        reason = "två listor har samma namn. Ge varje lista sitt eget namn."
        raise UnusableTable(reason)


def _check_counts(lists: Sequence[str], counts: Sequence[int]) -> None:
    """Refuse counts that no table of seen cases can hold."""
    if len(counts) != 1 << len(lists):
        reason = (
            f"{len(counts)} antal, men {len(lists)} listor ger {1 << len(lists)} kombinationer."
        )
        raise UnusableTable(reason)
    if counts[0] != 0:
        reason = "fall som ingen lista har sett kan inte räknas."
        raise UnusableTable(reason)
    if min(counts) < 0:
        reason = "ett antal är negativt."
        raise UnusableTable(reason)
    if not 0 < sum(counts) <= MOST_CASES:
        reason = f"tabellen har {sum(counts)} fall. Den ska ha minst 1 och högst {MOST_CASES}."
        raise UnusableTable(reason)
    for i, name in enumerate(lists):
        if not any(n for pattern, n in enumerate(counts) if pattern >> i & 1):
            reason = f"listan {name} har inga fall. Ta bort kolumnen; en tom lista säger inget."
            raise UnusableTable(reason)
