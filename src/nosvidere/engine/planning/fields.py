"""Take typed values out of a JSON object; what is wrong is told in Swedish with where and what was there."""

import math
from collections.abc import Iterator, Mapping

Json = Mapping[str, object]
PAIR = 2


def object_of(value: object, where: str) -> Json:
    """Return the value as a JSON object."""
    if not isinstance(value, dict):
        raise _wrong(where, "ska vara ett objekt", value)
    return value


def rows_of(row: Json, key: str, name: str) -> Iterator[tuple[Json, str]]:
    """Yield each object of a list with what to call it: its id, or its number from 1."""
    for number, one in enumerate(list_of(row, key, "filen"), start=1):
        known = object_of(one, f"{name} nummer {number} i {key}")
        yield known, f"{name} {known.get('id', f'nummer {number} i {key}')}:"


def list_of(row: Json, key: str, where: str) -> list[object]:
    """Return a list; one that is not there is empty."""
    value = row.get(key, [])
    if not isinstance(value, list):
        raise _wrong(f"{where} {key}", "ska vara en lista", value)
    return value


def text_of(row: Json, key: str, where: str) -> str:
    """Return a text that is not empty."""
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise _wrong(f"{where} {key}", "ska vara en text", value)
    return value


def words_of(row: Json, key: str, where: str) -> frozenset[str]:
    """Return a list of texts as a set."""
    words = list_of(row, key, where)
    return frozenset(text_of({key: word}, key, where) for word in words)


def number_of(row: Json, key: str, where: str, default: float | None = None) -> float:
    """Return a finite number."""
    value = row.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _wrong(f"{where} {key}", "ska vara ett tal", value)
    return float(value)


def integer_of(row: Json, key: str, where: str, default: int | None = None) -> int:
    """Return a whole number."""
    value = row.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(f"{where} {key}", "ska vara ett heltal", value)
    return value


def numbers_of(row: Json, key: str, where: str, *, count: int) -> list[float]:
    """Return a list of exactly so many numbers."""
    values = list_of(row, key, where)
    if len(values) != count:
        raise _wrong(f"{where} {key}", f"ska vara {count} tal i en lista", values)
    return [number_of({key: value}, key, where) for value in values]


def integers_of(row: Json, key: str, where: str) -> frozenset[int]:
    """Return a list of whole numbers as a set."""
    return frozenset(integer_of({key: value}, key, where) for value in list_of(row, key, where))


def window_of(row: Json, key: str, where: str) -> tuple[int, int] | None:
    """Return two minutes, or None when the row does not have them."""
    if row.get(key) is None:
        return None
    values = list_of(row, key, where)
    if len(values) != PAIR:
        raise _wrong(f"{where} {key}", "ska vara två minuter i en lista", values)
    first, last = (integer_of({key: value}, key, where) for value in values)
    return first, last


def _wrong(what: str, expected: str, value: object) -> ValueError:
    return ValueError(f"{what} {expected}, fick {value!r}.")
