"""A register file into the database: only what changed is changed, what vanished stays as history."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import h3
from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.engine import places
from nosvidere.engine.places import Address, Rejected
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.register.models import COMPARED, ImportRun, Place
from nosvidere.rules.access import Actor, check_may

CELL_RESOLUTION = 9
ROWS_AT_A_TIME = 2000
KEPT_REJECTIONS = 500
LONGEST_NAME = 120
MOVED_M = 25.0
METRES_PER_DEGREE = 111_320.0
Known = dict[str, tuple[bool, tuple[object, ...]]]


@dataclass
class Tally:
    """What an import has done so far."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    without_point: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """Return how many rows were usable."""
        return self.added + self.changed + self.unchanged


def import_register(
    *, file: Path, by: Actor, at: datetime, progress: Callable[[int], None] = lambda _: None
) -> ImportRun:
    """Load a register file, changing only what changed, all or nothing, and return what it did.

    Rows are matched by their id. Places that the file no longer holds get an end date and stay as history.
    Raises Refused for who may not, and `places.UnusableFile` for a file that cannot be read at all.
    """
    check_may(by, "register.import")
    with transaction.atomic():
        run = ImportRun.objects.create(
            file_name=file.name[:LONGEST_NAME], sha256=_digest(file), started_at=at, by=by.code
        )
        tally = Tally()
        gone = _take_rows(file, tally=tally, on=local_date(at), progress=progress)
        if not tally.taken:
            raise Refused(
                "Ingen rad i {file} gick att läsa in. {first}",
                file=file.name,
                first=_first_reason(tally),
            )
        _finish(run, tally, gone, at)
        fields = {"added": run.added, "vanished": run.vanished, "rejected": run.rejected}
        record(by=by, act="register.import", on=run, at=at, fields=fields)
    return run


def _digest(file: Path) -> str:
    if not file.is_file():
        message = f"{file.name}: filen finns inte. Gör så här: ange en fil med adresser (CSV, GeoPackage eller GeoJSON)."
        raise places.UnusableFile(message)
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _first_reason(tally: Tally) -> str:
    if not tally.rejected:
        return "Filen har inga rader."
    first = tally.rejected[0]
    return f"Första felet, rad {first.line}: {first.reason}"


def _take_rows(
    file: Path, *, tally: Tally, on: date, progress: Callable[[int], None]
) -> list[str]:
    """Add and change places from the file; return the ids of live places that it no longer holds, sorted."""
    known = _known_places()
    missing = {external for external, (is_live, _) in known.items() if is_live}
    rows = places.read_register(file, today=on, rejected=tally.rejected.append, progress=progress)
    while some := tuple(islice(rows, ROWS_AT_A_TIME)):
        missing.difference_update(address.id for address in some)
        _take_some(some, known=known, tally=tally, on=on)
    gone = sorted(missing)
    for ids in _in_pieces(gone):
        live = Place.objects.filter(valid_until_on__isnull=True)
        live.filter(parent__external_id__in=ids).update(valid_until_on=on)
        live.filter(external_id__in=ids).update(valid_until_on=on)
    return gone


def _in_pieces(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the ids in pieces that fit in one question to the database."""
    for start in range(0, len(ids), ROWS_AT_A_TIME):
        yield ids[start : start + ROWS_AT_A_TIME]


def _known_places() -> Known:
    """Return {register id: (is it live, its compared values)} of all entrances."""
    rows = Place.objects.filter(kind="entrance").values_list(
        "external_id", "valid_until_on", *COMPARED
    )
    return {row[0]: (row[1] is None, tuple(row[2:])) for row in rows.iterator()}


def _take_some(some: Iterable[Address], *, known: Known, tally: Tally, on: date) -> None:
    new, changed = [], []
    for address in some:
        tally.without_point += address.lat is None
        before = known.get(address.id)
        if before is None:
            new.append(_place(address, on))
        elif before == (True, _values(address)):
            tally.unchanged += 1
        else:
            tally.moved.extend(_moved(address, before[1]))
            changed.append(_place(address, on))
    Place.objects.bulk_create(new)
    _change(changed)
    tally.added += len(new)
    tally.changed += len(changed)


def _change(changed: Sequence[Place]) -> None:
    """Write changed entrances over what they were, and their dwellings with them."""
    Place.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["external_id"],
        update_fields=[*COMPARED, "cell", "valid_until_on"],
    )
    by_id = {place.external_id: place for place in changed}
    dwellings = Place.objects.select_related("parent").filter(parent__external_id__in=by_id)
    for dwelling in dwellings:
        entrance = by_id[dwelling.parent.external_id]  # type: ignore[union-attr]  # the filter is on the parent
        values = {name: getattr(entrance, name) for name in (*COMPARED, "cell", "valid_until_on")}
        Place.objects.filter(pk=dwelling.pk).update(**values)


def _values(address: Address) -> tuple[object, ...]:
    return tuple(getattr(address, name) for name in COMPARED)


def _place(address: Address, on: date) -> Place:
    has_point = address.lat is not None and address.lon is not None
    cell = h3.latlng_to_cell(address.lat, address.lon, CELL_RESOLUTION) if has_point else ""
    values = dict(zip(COMPARED, _values(address), strict=True))
    return Place(external_id=address.id, cell=cell, valid_from_on=on, **values)


def _moved(address: Address, before: tuple[object, ...]) -> Iterator[str]:
    """Yield the id of an address whose point has moved further than a building's width."""
    lat, lon = before[-2], before[-1]
    if (
        not isinstance(lat, float)
        or not isinstance(lon, float)
        or address.lat is None
        or address.lon is None
    ):
        return
    metres = METRES_PER_DEGREE * max(abs(lat - address.lat), abs(lon - address.lon) / 2)
    if metres > MOVED_M:
        yield address.id


def _finish(run: ImportRun, tally: Tally, gone: Sequence[str], at: datetime) -> None:
    run.added, run.changed, run.unchanged = tally.added, tally.changed, tally.unchanged
    run.vanished, run.rejected = len(gone), len(tally.rejected)
    run.without_point, run.finished_at = tally.without_point, at
    run.report = {
        "rejected": [[r.line, r.reason] for r in tally.rejected[:KEPT_REJECTIONS]],
        "streets_gone": _streets_gone(gone),
        "moved": tally.moved[:KEPT_REJECTIONS],
        "moved_in_all": len(tally.moved),
    }
    run.save()


def _streets_gone(gone: Sequence[str]) -> list[str]:
    """Return the streets that no longer have any live address."""
    left = set(
        Place.objects.filter(valid_until_on__isnull=True)
        .order_by()
        .values_list("street", flat=True)
        .distinct()
    )
    lost: set[str] = set()
    for ids in _in_pieces(gone):
        lost.update(Place.objects.filter(external_id__in=ids).values_list("street", flat=True))
    return sorted(lost - left)
