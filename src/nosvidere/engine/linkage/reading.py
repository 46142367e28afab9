"""Files of ads → rows, one at a time; what cannot be read is handed back with line and reason."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

import duckdb

COLUMNS = ("ad_id", "seen_at", "source", "phone", "place_text", "text")
_ROWS_AT_A_TIME = 5_000
_LONGEST_LINE = 1_000_000
_SHOWN = 80
_ENOUGH = 200
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_PARQUET = b"PAR1"
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class AdRow(NamedTuple):
    """One ad as it stood in the file."""

    ad_id: str
    seen_at: str
    source: str
    phone: str
    place_text: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken, and why."""

    line: int
    reason: str
    row: str = ""


class UnusableFile(ValueError):
    """A file that cannot be read at all; the message says what to do."""


def _nothing(_: object) -> None:
    """Tell nobody."""


def read_ads(
    path: Path,
    *,
    today: date,
    rejected: Callable[[Rejected], None],
    progress: Callable[[int], None] = _nothing,
) -> Iterator[AdRow]:
    """Yield the ads of a CSV or Parquet file; hand bad rows to `rejected` and rows read to `progress`.

    Columns: `ad_id,seen_at,source,phone,place_text,text`; all but `ad_id` and one of `text` and
    `phone` may be missing. Raises UnusableFile for a file that holds no ads.
    """
    raw = _parquet_rows(path) if _opening(path) == _PARQUET else _csv_rows(path)
    check = _Checker(today)
    for count, (line, fields) in enumerate(raw, start=1):
        row = fields if isinstance(fields, str) else check.row(line, fields)
        if isinstance(row, AdRow):
            yield row
        else:
            rejected(Rejected(line, row, _shown(fields)))
        if count % _ROWS_AT_A_TIME == 0:
            progress(count)


def _opening(path: Path) -> bytes:
    if not path.is_file():
        msg = f"{path}: filen finns inte. Ange en fil med annonser (CSV eller Parquet)."
        raise UnusableFile(msg)
    with path.open("rb") as file:
        opening = file.read(4)
    if not opening:
        msg = f"{path}: filen är tom. Exportera annonserna på nytt."
        raise UnusableFile(msg)
    if opening[:2] in _WIDE:
        msg = f"{path}, rad 1: filen är sparad som UTF-16. Spara den som CSV i UTF-8."
        raise UnusableFile(msg)
    return opening


def _shown(fields: Sequence[str] | str) -> str:
    return "" if isinstance(fields, str) else ",".join(fields)[:_SHOWN]


class _Checker:
    """Says whether a row is an ad; remembers which ids have been seen."""

    def __init__(self, today: date) -> None:
        self._today = today.isoformat()
        self._seen: set[str] = set()

    def row(self, line: int, fields: Sequence[str]) -> AdRow | str:
        """Return the ad, or the reason why the row is none."""
        row = AdRow._make((*fields, line))
        reason = self._fault(row, fields)
        if reason:
            return reason
        self._seen.add(row.ad_id)
        return row

    def _fault(self, row: AdRow, fields: Sequence[str]) -> str:
        if not row.ad_id:
            return "ad_id saknas"
        if _CONTROL.search("".join(fields)):
            return "raden innehåller styrtecken"
        if row.ad_id in self._seen:
            return f"ad_id {row.ad_id} finns redan tidigare i filen"
        if not (row.text or row.phone):
            return "raden har varken text eller telefon"
        return _date_fault(row.seen_at, self._today) if row.seen_at else ""


@lru_cache(maxsize=4096)
def _date_fault(seen_at: str, today: str) -> str:
    try:
        day = datetime.fromisoformat(seen_at).date().isoformat()
    except ValueError:
        return f"seen_at är inte ett datum: {seen_at[:_SHOWN]}; skriv som 2020-10-20"
    return f"seen_at ligger i framtiden: {day}" if day > today else ""


def _chosen(path: Path, header: Sequence[str]) -> list[int]:
    """Return where each of our columns stands in the file; -1 when it is missing."""
    names = [name.strip().casefold() for name in header]
    for name in COLUMNS:
        if names.count(name) > 1:
            msg = f"{path}, rad 1: kolumnen {name} finns två gånger. Ta bort den ena."
            raise UnusableFile(msg)
    shown = _NOT_UTF8.sub("?", ", ".join(names))[:_ENOUGH]
    if "ad_id" not in names or not {"text", "phone"} & set(names):
        msg = (
            f"{path}, rad 1: kolumner saknas. Filen behöver ad_id och minst en av text och phone; "
            f"den har {shown}."
        )
        raise UnusableFile(msg)
    return [names.index(name) if name in names else -1 for name in COLUMNS]


def _parquet_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    with duckdb.connect() as connection:
        try:
            found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        except duckdb.Error as error:
            msg = f"{path}: Parquet-filen går inte att läsa ({error}). Exportera den på nytt."
            raise UnusableFile(msg) from error
        where = _chosen(path, [column[0] for column in found.description])
        line = 0
        while rows := found.fetchmany(_ROWS_AT_A_TIME):
            for row in rows:
                line += 1
                yield line, [_as_text(row[at]) if at >= 0 else "" for at in where]


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _csv_rows(path: Path) -> Iterator[tuple[int, list[str] | str]]:
    with path.open("rb") as file:
        lines = _Lines(file)
        header = lines.next_line().removeprefix("\ufeff")
        delimiter = max(",;\t", key=header.count)
        names = next(csv.reader([header], delimiter=delimiter), [])
        where = _chosen(path, names)
        rows = csv.reader(lines, delimiter=delimiter, strict=True)
        while (row := _next_row(lines, rows)) is not None:
            line, fields = row
            if isinstance(fields, str):
                yield line, fields
            elif fields:
                yield line, _in_our_order(fields, where, len(names))


def _in_our_order(fields: list[str], where: list[int], expected: int) -> list[str] | str:
    if len(fields) < expected:
        return f"raden är avhuggen: {len(fields)} av {expected} fält"
    if len(fields) > expected:
        return f"raden har för många fält: {len(fields)} i stället för {expected}"
    return [fields[at].strip() if at >= 0 else "" for at in where]


class _Lines:
    """The lines of a file, which can be put back when a quote turned out never to be closed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._back: list[str] = []
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def next_line(self) -> str:
        """Return the next line, "" at the end of the file."""
        if self._back:
            return self._back.pop()
        return self._file.readline(_LONGEST_LINE).decode("utf-8", "surrogateescape")

    def __next__(self) -> str:
        line = self.next_line()
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line

    def start_row(self) -> int:
        """Forget the lines of the row before; return the number of the first line of the next."""
        self.number += len(self.taken)
        self.taken = []
        return self.number + 2

    def keep_first(self) -> None:
        """Put back all lines but the first of this row."""
        self._back.extend(reversed(self.taken[1:]))
        del self.taken[1:]


def _next_row(lines: _Lines, rows: Iterator[list[str]]) -> tuple[int, list[str] | str] | None:
    line = lines.start_row()
    try:
        fields = next(rows)
    except StopIteration:
        return None
    except csv.Error:
        lines.keep_first()
        return line, "raden är avhuggen: ett citattecken öppnas men stängs aldrig"
    if _NOT_UTF8.search("".join(fields)):
        return line, "raden är inte UTF-8 (troligen Latin-1); spara filen som UTF-8"
    return line, fields
