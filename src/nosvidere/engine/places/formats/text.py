"""Text files, looked through once before the first row is taken, so that nothing is half-loaded."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from nosvidere.engine.places.formats.gate import unusable
from nosvidere.engine.places.model import UnusableFile

CHUNK = 1 << 20
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SAVE_AS_UTF8 = (
    "spara filen som UTF-8 och försök igen, till exempel: iconv -f {kind} -t UTF-8 FIL > NY_FIL"
)
FETCH_AGAIN = "hämta eller exportera filen på nytt och försök igen"


def check_text(path: Path) -> None:
    """Raise UnusableFile unless the whole file is UTF-8 text with something in it; memory is constant."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, is_empty = 1, True
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if is_empty and chunk.startswith(WIDE):
                raise unusable(
                    path.name, None, "filen ser ut som UTF-16", SAVE_AS_UTF8.format(kind="UTF-16")
                )
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                raise _wrong_encoding(path, line, error) from None
            line += chunk.count(b"\n")
            is_empty = is_empty and not chunk.strip(b"\xef\xbb\xbf \t\r\n")
    if is_empty:
        raise unusable(path.name, None, "filen är tom", FETCH_AGAIN)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise unusable(
            path.name, line, "filen är avklippt mitt i ett tecken", FETCH_AGAIN
        ) from None


def _wrong_encoding(path: Path, line: int, error: UnicodeDecodeError) -> UnusableFile:
    line += error.object[: error.start].count(b"\n")
    return unusable(path.name, line, "texten är inte UTF-8 utan ser ut som Latin-1 (ISO 8859-1)",
                    SAVE_AS_UTF8.format(kind="LATIN1"))  # fmt: skip


def check_last_row(path: Path, columns: int, delimiter: str) -> None:
    """Raise UnusableFile when the last row breaks off: no line end and too few columns or an open quotation mark."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - CHUNK))
        tail = file.read()
    if tail.endswith((b"\n", b"\r")):
        return
    last = tail.splitlines()[-1].decode("utf-8", "replace")
    cells = next(csv.reader([last], delimiter=delimiter))
    if len(cells) < columns or last.count('"') % 2:
        raise unusable(path.name, _line_count(path), f"sista raden är avklippt (”{last[:60]}”), filen är inte hel",
                       FETCH_AGAIN)  # fmt: skip


def _line_count(path: Path) -> int:
    with path.open("rb") as file:
        return 1 + sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK), b""))


def delimiter_of(header: str) -> str:
    """Return the sign that separates the columns of the header."""
    return max(",;\t|", key=header.count)


def rows_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of each row of a delimited file, the header first; empty rows are passed over."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        delimiter = delimiter_of(file.readline())
        file.seek(0)
        reader = csv.reader(file, delimiter=delimiter)
        try:
            for cells in reader:
                if reader.line_num == 1:
                    check_last_row(path, len(cells), delimiter)
                if any(cells):
                    yield reader.line_num, cells
        except csv.Error as error:
            remedy = "rätta raden, ofta fattas ett citattecken, och försök igen"
            raise unusable(
                path.name, reader.line_num, f"raden kan inte läsas ({error})", remedy
            ) from None
