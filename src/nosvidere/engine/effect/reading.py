"""A file of counts per area, before and after, as CSV or JSON.

The CSV has a first line with the names, comma or semicolon between:
`area,role,before,after,before_hours,after_hours`. `role` is treated, control, displacement (next to the treated
area) or displacement_control; the counts are whole numbers; the two columns of unit-hours may be left empty or
out. The JSON is a list of objects with the same names.
"""

import csv
import io
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROLES = ("treated", "control", "displacement", "displacement_control")
NEEDED = ("area", "role", "before", "after")


class UnusableEffectFile(ValueError):
    """The file cannot be read at all; the message says which, why and what to do."""


@dataclass(frozen=True, slots=True)
class AreaCounts:
    """One area: its part in the comparison, its counts, and the hours worked when they are known."""

    area: str
    role: str
    before: int
    after: int
    before_hours: float | None
    after_hours: float | None


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that could not be used: its line (JSON: its number), and why."""

    line: int
    reason: str


def read_rows(path: Path) -> tuple[list[AreaCounts], list[RejectedRow]]:
    """Return the areas and the rejected rows; raise UnusableEffectFile when there is nothing to compare."""
    kept: dict[tuple[str, str], AreaCounts] = {}
    rejected: list[RejectedRow] = []
    for line, row in _raw_rows(path):
        try:
            area = _area(row)
            _check_new(area, kept)
        except ValueError as wrong:
            rejected.append(RejectedRow(line, str(wrong)))
        else:
            kept[area.role, area.area] = area
    if not any(role == "treated" for role, _ in kept):
        raise _unusable(path, "ingen användbar rad har rollen treated", "Lägg till insatsområdet.")
    return list(kept.values()), rejected


def _check_new(area: AreaCounts, kept: Collection[tuple[str, str]]) -> None:
    if (area.role, area.area) in kept:
        raise ValueError(f"området {area.area} finns redan som {area.role}")


def _raw_rows(path: Path) -> list[tuple[int, Mapping[str, Any]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as missing:
        raise _unusable(path, "filen går inte att öppna", "Kontrollera sökvägen.") from missing
    except UnicodeDecodeError as wrong:
        raise _unusable(path, "filen är inte UTF-8", "Spara den som UTF-8.") from wrong
    return (
        _json_rows(path, text) if text.lstrip().startswith(("[", "{")) else _csv_rows(path, text)
    )


def _csv_rows(path: Path, text: str) -> list[tuple[int, Mapping[str, Any]]]:
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",")
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    lacking = [name for name in NEEDED if name not in names]
    if lacking:
        raise _unusable(
            path, f"rad 1 saknar {', '.join(lacking)}", f"Första raden ska ha {','.join(NEEDED)}."
        )
    reader.fieldnames = names
    return [(reader.line_num, row) for row in reader]


def _json_rows(path: Path, text: str) -> list[tuple[int, Mapping[str, Any]]]:
    try:
        rows = json.loads(text)
    except json.JSONDecodeError as wrong:
        raise _unusable(path, f"rad {wrong.lineno} är inte JSON", "Rätta raden.") from wrong
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _unusable(path, "filen är ingen lista av rader", "Skriv en lista av objekt.")
    return list(enumerate(rows, start=1))


def _area(row: Mapping[str, Any]) -> AreaCounts:
    return AreaCounts(
        area=_text(row, "area"),
        role=_role(row),
        before=_count(row, "before"),
        after=_count(row, "after"),
        before_hours=_hours(row, "before_hours"),
        after_hours=_hours(row, "after_hours"),
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    text = "" if value is None else str(value).strip()
    if not text:
        raise ValueError(f"{name} saknas")
    return text


def _role(row: Mapping[str, Any]) -> str:
    role = _text(row, "role").lower()
    if role not in ROLES:
        raise ValueError(f"okänd roll {role}: väntade {', '.join(ROLES)}")
    return role


def _count(row: Mapping[str, Any], name: str) -> int:
    text = _text(row, name)
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{name} är {text}: väntade ett helt tal, 0 eller mer")
    return int(text)


def _hours(row: Mapping[str, Any], name: str) -> float | None:
    value = row.get(name)
    if value is None or not str(value).strip():
        return None
    try:
        hours = float(str(value).strip().replace(",", "."))
    except ValueError:
        hours = 0.0
    if not 0 < hours < float("inf"):
        raise ValueError(f"{name} är {value}: väntade timmar över 0")
    return hours


def _unusable(path: Path, reason: str, remedy: str) -> UnusableEffectFile:
    return UnusableEffectFile(f"{path.name}: {reason}. {remedy}")
