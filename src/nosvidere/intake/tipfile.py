"""Files of tips → rows, one at a time; what cannot be read is handed back with line and reason. No database here."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from nosvidere.engine.places import Rejected, UnusableFile
from nosvidere.engine.signs import SCHEME

CHANNELS = ("web", "phone", "landlord", "import", "patrol")
LONGEST_LINE = 200_000
SHOWN = 80
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SAVE_AS_UTF8 = (
    "Gör så här: spara filen som UTF-8, till exempel: iconv -f LATIN1 -t UTF-8 FIL > NY_FIL"
)


@dataclass(frozen=True, slots=True)
class TipRow:
    """One tip as it stood in the file; `informant` is an opaque key, "" when nobody knows who sent it."""

    id: str
    received_at: datetime
    channel: str
    text: str
    signs: tuple[str, ...]
    place_text: str
    informant: str


class _Unfit(ValueError):
    """One row that cannot be taken; the text is the reason in Swedish."""


def read_tips(
    path: Path,
    *,
    today: date,
    rejected: Callable[[Rejected], None],
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[TipRow]:
    """Yield the tips of a file of JSON lines; hand bad rows to `rejected` and rows read to `progress`.

    Fields: id, received_at, channel, text, signs, place_text, informant. Raises UnusableFile for a file without rows.
    """
    if not path.is_file():
        message = f"{path.name}: filen finns inte. Gör så här: ange en fil med ett tips i JSON på varje rad."
        raise UnusableFile(message)
    seen: set[str] = set()
    count = 0
    for line, text in _lines(path):
        count += 1
        try:
            row = _row(text, seen, today)
        except _Unfit as unfit:
            rejected(Rejected(line, str(unfit), text[:SHOWN]))
        else:
            seen.add(row.id)
            yield row
        progress(count)
    if not count:
        message = f"{path.name}: filen är tom. Gör så här: hämta eller exportera filen på nytt."
        raise UnusableFile(message)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line number, text) of each line that is not empty; memory is that of one line."""
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(LONGEST_LINE):
            number += 1
            try:
                text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            except UnicodeDecodeError as error:
                message = f"{path.name}, rad {number}: texten är inte UTF-8 utan ser ut som Latin-1. {SAVE_AS_UTF8}"
                raise UnusableFile(message) from error
            if text:
                yield number, text


def _row(text: str, seen: set[str], today: date) -> TipRow:
    fields = _fields(text)
    row = TipRow(
        id=_string(fields, "id"),
        received_at=_instant(_string(fields, "received_at")),
        channel=_string(fields, "channel", default="import"),
        text=_string(fields, "text", default=""),
        signs=_signs(fields.get("signs") or []),
        place_text=_string(fields, "place_text", default=""),
        informant=_string(fields, "informant", default=""),
    )
    _check(row, seen, today)
    return row


def _fields(text: str) -> dict[str, object]:
    if len(text) >= LONGEST_LINE - 1:
        message = f"raden är längre än {LONGEST_LINE} tecken"
        raise _Unfit(message)
    try:
        fields = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"raden är inte hel JSON (tecken {error.pos + 1}); är filen avklippt?"
        raise _Unfit(message) from error
    except RecursionError as error:
        message = "raden har fält i fält i fält; ett tips är platt"
        raise _Unfit(message) from error
    if not isinstance(fields, dict):
        message = "raden är inte ett tips: det ska vara ett JSON-objekt"
        raise _Unfit(message)
    return fields


def _string(fields: dict[str, object], name: str, *, default: str | None = None) -> str:
    value = fields.get(name)
    if value is None and default is not None:
        return default
    if not isinstance(value, str) or (default is None and not value.strip()):
        message = f"fältet {name} saknas eller är inte text"
        raise _Unfit(message)
    if CONTROL.search(value):
        message = f"fältet {name} innehåller styrtecken"
        raise _Unfit(message)
    return value


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"received_at ”{text}” är ingen tid som 2020-10-20T18:30:00+02:00"
        raise _Unfit(message) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _signs(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        message = 'signs ska vara en lista med koder, till exempel ["F01"]'
        raise _Unfit(message)
    unknown = [code for code in value if code not in SCHEME.signs]
    if unknown:
        message = f"tecknet {unknown[0]} finns inte i tabellen över tecken"
        raise _Unfit(message)
    return tuple(value)


def _check(row: TipRow, seen: set[str], today: date) -> None:
    if row.id in seen:
        message = f"id {row.id} finns redan tidigare i filen"
        raise _Unfit(message)
    if row.channel not in CHANNELS:
        message = f"channel ”{row.channel}” är ingen av {', '.join(CHANNELS)}"
        raise _Unfit(message)
    if row.received_at.date() > today:
        message = f"received_at {row.received_at.date()} ligger framåt i tiden"
        raise _Unfit(message)
    if not (row.text.strip() or row.place_text.strip()):
        message = "tipset har varken text eller plats"
        raise _Unfit(message)
