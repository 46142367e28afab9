"""What an import lays ready, how it is switched in, and how it is given up."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

import h3
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from nosvidere.audit.actions import record
from nosvidere.engine.places import Address
from nosvidere.register.known import Before, Known, values_of
from nosvidere.register.models import COMPARED, ImportRun, Place, StagedChange
from nosvidere.register.tally import Streets, Tally
from nosvidere.rules.access import Actor

CELL_RESOLUTION = 9
ROWS_AT_A_TIME = 2000
_WRITTEN = ", ".join(f"{name} = s.{name}" for name in (*COMPARED, "cell"))
_WRITE_OVER = (
    f"UPDATE register_place SET {_WRITTEN}, valid_until_on = NULL "  # noqa: S608 - fixed names of columns
    "FROM register_stagedchange AS s WHERE s.run_id = %s AND s.place_id = register_place.{key}"
)

_TAKE_AWAY = "DELETE FROM register_place WHERE arriving_id = %s AND id BETWEEN %s AND %s"


def stage(
    rows: Iterator[Address], *, run: ImportRun, known: Known, tally: Tally, on: date
) -> None:
    """Lay the new addresses hidden in the register, and the changed ones beside it, a short transaction at a time."""
    while some := list(islice(rows, ROWS_AT_A_TIME)):
        tally.without_point += sum(address.lat is None for address in some)
        met = list(zip(some, known.meet(some), strict=True))
        new = [address for address, before in met if before is None]
        changed = {b.pk: a for a, b in met if b is not None and not _is_as_before(a, b)}
        tally.added += len(new)
        tally.changed += len(changed)
        tally.unchanged += len(some) - len(new) - len(changed)
        tally.returned += sum(1 for _, b in met if b is not None and not b.is_live)
        _tell_moves(changed, tally)
        _lay(new, changed, run=run, on=on)


def _is_as_before(address: Address, before: Before) -> bool:
    return before.is_live and before.values == hash(values_of(address))


def _tell_moves(changed: dict[int, Address], tally: Tally) -> None:
    spots = Place.objects.filter(pk__in=changed).values_list("pk", "lat", "lon")
    for pk, lat, lon in spots:
        if lat is not None and lon is not None:
            tally.move(changed[pk], pk=pk, before=(lat, lon))


def _lay(new: Sequence[Address], changed: dict[int, Address], *, run: ImportRun, on: date) -> None:
    hidden = [
        Place(external_id=a.id, arriving=run, valid_from_on=on, valid_until_on=on, **_columns(a))
        for a in new
    ]
    ready = [StagedChange(run=run, place_id=pk, **_columns(a)) for pk, a in changed.items()]
    with transaction.atomic():
        Place.objects.bulk_create(hidden)
        StagedChange.objects.bulk_create(ready)


def _columns(address: Address) -> dict[str, Any]:
    has_point = address.lat is not None and address.lon is not None
    cell = h3.latlng_to_cell(address.lat, address.lon, CELL_RESOLUTION) if has_point else ""
    return dict(zip(COMPARED, values_of(address), strict=True)) | {"cell": cell}


def streets() -> Streets:
    """Return the streets that have a live address, each with its municipality."""
    return set(_live().values_list("street", "municipality").distinct())


def streets_after(run: ImportRun, *, gone: Sequence[int]) -> Streets:
    """Return the streets that will have a live address when what was laid ready is switched in."""
    ended = set(gone)
    stay = _live().exclude(Exists(StagedChange.objects.filter(run=run, place=OuterRef("pk"))))
    rows = stay.values_list("pk", "street", "municipality").iterator(chunk_size=10_000)
    found = {(street, town) for pk, street, town in rows if pk not in ended}
    for coming in (Place.objects.filter(arriving=run), StagedChange.objects.filter(run=run)):
        found.update(coming.order_by().values_list("street", "municipality").distinct())
    return found


def _live() -> "QuerySet[Place]":
    return Place.objects.filter(kind="entrance", valid_until_on__isnull=True).order_by()


def switch(run: ImportRun, *, gone: Sequence[int], on: date) -> None:
    """Let what was laid ready show, entrances and the dwellings behind them, and end what the file no longer holds."""
    Place.objects.filter(arriving=run).update(arriving=None, valid_until_on=None)
    with connection.cursor() as cursor:
        for key in ("id", "parent_id"):
            cursor.execute(_WRITE_OVER.format(key=key), [run.pk])
    live = Place.objects.filter(valid_until_on__isnull=True)
    for keys in _in_pieces(gone):
        live.filter(parent__in=keys).update(valid_until_on=on)
        live.filter(pk__in=keys).update(valid_until_on=on)


def clear(run: ImportRun) -> None:
    """Let go of the changes that an import laid ready, a short transaction at a time."""
    staged = StagedChange.objects.filter(run=run)
    for keys in _in_pieces(list(staged.order_by("pk").values_list("pk", flat=True))):
        staged.filter(pk__in=keys).delete()


def give_up(run: ImportRun, *, by: Actor, at: datetime) -> None:
    """Take away an import that was not switched in, with all that it laid ready, a short transaction at a time.

    Nothing else knows of a hidden address, so the database deletes them without asking who refers to each. The
    changes go first: for each deleted address the database looks through all that are left.
    """
    clear(run)
    hidden = Place.objects.filter(arriving=run).order_by("pk").values_list("pk", flat=True)
    for keys in _in_pieces(list(hidden)):
        with connection.cursor() as cursor:
            cursor.execute(_TAKE_AWAY, [run.pk, keys[0], keys[-1]])
    with transaction.atomic():
        record(by=by, act="register.give_up", on=run, at=at)
        run.delete()


def _in_pieces(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the keys in pieces that fit in one question to the database."""
    for start in range(0, len(keys), ROWS_AT_A_TIME):
        yield keys[start : start + ROWS_AT_A_TIME]
