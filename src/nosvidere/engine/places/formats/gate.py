"""What every row of a register must pass, whatever file it comes from."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from math import isfinite

from nosvidere.engine.places.formats.seen import Seen
from nosvidere.engine.places.model import Address, Rejected, UnusableFile

SAMPLE = 200
ROWS_AT_A_TIME = 1000
REPORT_EVERY = 10_000
LONGEST = {
    "id": 59, "street": 120, "number": 10, "letter": 12, "postcode": 6, "locality": 80, "municipality": 80,
    "district": 80, "popular_name": 120,
}  # fmt: skip
"""Signs that a field of an address may have: what the register's tables hold, with room for "/1101" after an id."""
SWEDEN_LAT, SWEDEN_LON = (54.5, 70.0), (9.5, 25.5)
SWEREF_NORTH, SWEREF_EAST = (6_050_000, 7_750_000), (150_000, 1_000_000)
"""Extent of SWEREF 99 TM (EPSG:3006) over Sweden, metres, with a margin."""
RT90_EAST = (1_150_000, 1_950_000)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ufffd]")
NUMBER = re.compile(r"(\d{1,5}(?:\s*[-–/]\s*\d{1,5})?)\s*(.*)", re.DOTALL)
ROW_LENGTH = 300
POSTCODE_DIGITS = 5

Reject = Callable[[Rejected], None]
Progress = Callable[[int], None]


@dataclass(slots=True)
class Raw:
    """One row as the file holds it."""

    line: int
    row: str
    id: str
    street: str
    number: str
    letter: str = ""
    postcode: str = ""
    locality: str = ""
    municipality: str = ""
    district: str = ""
    lat: str | float | None = None
    lon: str | float | None = None
    valid_from: str = ""
    valid_to: str = ""
    status: str = ""
    popular_name: str = ""
    what: str = "rad"
    needs_number: bool = True


class Unfit(ValueError):
    """One row that cannot be taken; the text is the reason in Swedish, the kind one of `model.REJECTIONS`."""

    def __init__(self, kind: str, reason: str) -> None:
        """Take what sort of fault it is, and the reason."""
        super().__init__(reason)
        self.kind = kind


def unusable(file: str, line: int | None, reason: str, remedy: str) -> UnusableFile:
    """Return the error with file, line, reason and what to do."""
    place = file if line is None else f"{file}, rad {line}"
    return UnusableFile(f"{place}: {reason}. Gör så här: {remedy}.")


def _within(value: float, extent: tuple[float, float]) -> bool:
    return extent[0] <= value <= extent[1]


def misfit(lat: float, lon: float) -> str:
    """Return what a pair that is no place in Sweden looks like, or "" when it is one."""
    readings = (
        ("", SWEDEN_LAT, SWEDEN_LON),
        ("omkastade (longitud i kolumnen lat)", SWEDEN_LON, SWEDEN_LAT),
        ("koordinater i SWEREF 99 TM (meter), inte grader", SWEREF_NORTH, SWEREF_EAST),
        ("omkastade koordinater i SWEREF 99 TM (meter), inte grader", SWEREF_EAST, SWEREF_NORTH),
        ("koordinater i RT 90 (meter), inte grader", SWEREF_NORTH, RT90_EAST),
        ("omkastade koordinater i RT 90 (meter), inte grader", RT90_EAST, SWEREF_NORTH),
    )
    for reading, first, second in readings:
        if _within(lat, first) and _within(lon, second):
            return reading
    return "en plats utanför Sverige"


def _degrees(value: str | float | None) -> float | None:
    if value is None or value == "":
        return None
    try:
        number = float(value)
    except ValueError:
        hint = ": skriv decimalpunkt, inte komma" if "," in str(value) else ""
        raise Unfit("coordinates", f"koordinaten ”{value}” är inget tal{hint}") from None
    if not isfinite(number):
        raise Unfit("coordinates", f"koordinaten ”{value}” är inget tal")
    return number


def coordinates(raw: Raw) -> tuple[float | None, float | None]:
    """Return (latitude, longitude) in degrees, both None when the row has none; raise Unfit."""
    lat, lon = _degrees(raw.lat), _degrees(raw.lon)
    if lat is None and lon is None:
        return None, None
    if lat is None or lon is None:
        raise Unfit("coordinates", "bara den ena av lat och lon är ifylld")
    if looks := misfit(lat, lon):
        raise Unfit("coordinates", f"koordinaterna {raw.lat}, {raw.lon} ser ut som {looks}")
    return lat, lon


def house_number(raw: Raw) -> tuple[str, str]:
    """Return (number, letter); the letter may be written together with the number. Raise Unfit."""
    number, letter = raw.number.strip(), raw.letter.strip().upper()
    if not number:
        if raw.needs_number:
            raise Unfit("number", "husnummer saknas")
        return "", letter
    parts = NUMBER.fullmatch(number)
    if parts is None:
        raise Unfit("number", f"husnumret ”{number}” börjar inte med ett tal")
    digits, rest = re.sub(r"\s", "", parts[1]).replace("–", "-"), parts[2].strip().upper()
    if rest and letter and rest != letter:
        raise Unfit("number", f"husnumret ”{number}” och bokstaven ”{letter}” säger olika")
    return digits, letter or rest


def _plain_day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise Unfit("not_in_force", f"datumet ”{text}” är inte på formen 2020-10-20") from None


def check_in_force(raw: Raw, today: date) -> None:
    """Raise Unfit unless the address is in force today."""
    first, last = _plain_day(raw.valid_from), _plain_day(raw.valid_to)
    if first and first > today:
        raise Unfit("not_in_force", f"adressen gäller först från {first}")
    if last and last < today:
        raise Unfit("not_in_force", f"adressen gällde till och med {last}")
    if raw.status and raw.status.casefold().replace("ä", "a") not in {"gallande", "g"}:
        raise Unfit("not_in_force", f"statusen är ”{raw.status}”, bara gällande adresser läses in")


def postcode_of(text: str) -> str:
    """Return the postcode as five digits ("411 38", "411 38.0" → "41138"); raise Unfit."""
    digits = text.strip().removesuffix(".0").replace(" ", "").replace("\xa0", "")
    digits = digits.removeprefix("SE-").removeprefix("S-")
    if digits and not (digits.isdigit() and len(digits) == POSTCODE_DIGITS):
        raise Unfit("postcode", f"postnumret ”{text}” är inte fem siffror")
    return digits


def address_of(raw: Raw, today: date) -> Address:
    """Return the address that the row holds; raise Unfit with the reason."""
    texts = (
        raw.id,
        raw.street,
        raw.number,
        raw.letter,
        raw.locality,
        raw.municipality,
        raw.district,
        raw.popular_name,
    )
    if any(CONTROL.search(text) for text in texts):
        raise Unfit("signs", "raden innehåller styrtecken eller oläsbara tecken")
    if not raw.id.strip():
        raise Unfit("identity", "id saknas")
    if not raw.street.strip():
        raise Unfit("street", "gatunamn saknas")
    check_in_force(raw, today)
    number, letter = house_number(raw)
    lat, lon = coordinates(raw)
    address = Address(
        id=raw.id.strip(),
        street=_tidy(raw.street),
        number=number,
        letter=letter,
        postcode=postcode_of(raw.postcode),
        locality=_tidy(raw.locality),
        municipality=_tidy(raw.municipality),
        district=_tidy(raw.district),
        lat=lat,
        lon=lon,
        popular_name=_tidy(raw.popular_name),
    )
    _check_lengths(address)
    return address


def _check_lengths(address: Address) -> None:
    for name, most in LONGEST.items():
        value: str = getattr(address, name)
        if len(value) > most:
            raise Unfit(
                "length", f"”{value[:40]}…” har {len(value)} tecken, högst {most} går att lagra"
            )


def _tidy(text: str) -> str:
    return " ".join(text.split())


def check_sample(raws: list[Raw], file: str) -> None:
    """Raise UnusableFile when most rows of the sample have coordinates of another kind than degrees."""
    misfits: dict[str, list[Raw]] = {}
    for raw in raws:
        try:
            lat, lon = _degrees(raw.lat), _degrees(raw.lon)
        except Unfit:
            continue
        if lat is not None and lon is not None:
            misfits.setdefault(misfit(lat, lon), []).append(raw)
    fitting = len(misfits.pop("", []))
    if misfits and sum(map(len, misfits.values())) > fitting:
        looks, rows = max(misfits.items(), key=lambda item: len(item[1]))
        reason = f"lat {rows[0].lat} och lon {rows[0].lon} ser ut som {looks}"
        remedy = "lägg latitud i lat och longitud i lon, i grader enligt WGS 84 (till exempel 57.70 och 11.97)"
        raise unusable(file, rows[0].line, reason, remedy)


def _judged(
    raws: Sequence[Raw], seen: Seen, *, today: date
) -> Iterator[tuple[Raw, Address | Unfit]]:
    """Pair each row with its address or its fault; of the rows with one id, the first that passes is the address."""
    read = [_read(raw, today) for raw in raws]
    are_new = iter(seen.are_new([found.id for found in read if isinstance(found, Address)]))
    for raw, found in zip(raws, read, strict=True):
        if isinstance(found, Unfit) or next(are_new):
            yield raw, found
        else:
            yield raw, Unfit("duplicate", f"id ”{found.id}” har redan lästs in; den raden gäller")


def _read(raw: Raw, today: date) -> Address | Unfit:
    try:
        return address_of(raw, today)
    except Unfit as fault:
        return fault


def passed(
    raws: Iterable[Raw], *, file: str, today: date, rejected: Reject, progress: Progress
) -> Iterator[Address]:
    """Yield the addresses of the rows that pass; the others are named to `rejected`."""
    rows = iter(raws)
    sample = list(islice(rows, SAMPLE))
    check_sample(sample, file)
    seen = Seen()
    done = 0
    rows = chain(sample, rows)
    while some := list(islice(rows, ROWS_AT_A_TIME)):
        done += len(some)
        for raw, found in _judged(some, seen, today=today):
            if isinstance(found, Address):
                yield found
                continue
            reason = f"{file}, {raw.what} {raw.line}: {found}."
            rejected(Rejected(raw.line, reason, raw.row[:ROW_LENGTH], found.kind))
        if done % REPORT_EVERY == 0:
            progress(done)
    progress(done)
