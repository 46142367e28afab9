"""Changes to the register: imports, the index file, nicknames, landlords."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import h3
from django.conf import settings
from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.engine import places
from nosvidere.engine.places import Address, Rejected
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.register.models import (
    TENURES,
    ImportRun,
    Nickname,
    Party,
    Place,
    StreetElsewhere,
    Tenure,
)
from nosvidere.rules.access import Actor, check_may

CELL_RESOLUTION = 9
ROWS_AT_A_TIME = 2000
KEPT_REJECTIONS = 500
MOVED_M = 25.0
METRES_PER_DEGREE = 111_320.0
COMPARED = (
    "street",
    "number",
    "letter",
    "postcode",
    "locality",
    "municipality",
    "district",
    "lat",
    "lon",
)


@dataclass
class Tally:
    """What an import has done so far."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    without_point: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)


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
            file_name=file.name, sha256=_digest(file), started_at=at, by=by.code
        )
        tally = Tally()
        gone = _take_rows(file, tally=tally, on=local_date(at), progress=progress)
        if tally.added + tally.changed + tally.unchanged == 0:
            raise Refused(
                "Ingen rad i {file} gick att läsa in. {reason}",
                file=file.name,
                reason=_first_reason(tally),
            )
        _finish(run, tally, gone, at)
        record(
            by=by,
            act="register.import",
            on=run,
            at=at,
            fields={"added": run.added, "vanished": run.vanished},
        )
    return run


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _first_reason(tally: Tally) -> str:
    if not tally.rejected:
        return "Filen har inga rader."
    first = tally.rejected[0]
    return f"Första felet, rad {first.line}: {first.reason}"


def _take_rows(file: Path, *, tally: Tally, on: date, progress: Callable[[int], None]) -> set[str]:
    """Add and change places from the file; return the ids of live places that it no longer holds."""
    known = _known_places()
    missing = {external for external, (_, is_live, _) in known.items() if is_live}
    rows = places.read_register(file, today=on, rejected=tally.rejected.append, progress=progress)
    while some := tuple(islice(rows, ROWS_AT_A_TIME)):
        missing.difference_update(address.id for address in some)
        _take_some(some, known=known, tally=tally, on=on)
    Place.objects.filter(external_id__in=sorted(missing), valid_until_on__isnull=True).update(
        valid_until_on=on
    )
    return missing


def _known_places() -> dict[str, tuple[int, bool, tuple[object, ...]]]:
    """Return {external id: (key, is it live, its compared values)} of all entrances."""
    rows = Place.objects.filter(kind="entrance").values_list(
        "external_id", "pk", "valid_until_on", *COMPARED
    )
    return {row[0]: (row[1], row[2] is None, tuple(row[3:])) for row in rows.iterator()}


def _take_some(
    some: Iterable[Address],
    *,
    known: dict[str, tuple[int, bool, tuple[object, ...]]],
    tally: Tally,
    on: date,
) -> None:
    new, changed = [], []
    for address in some:
        tally.without_point += address.lat is None
        before = known.get(address.id)
        if before is None:
            new.append(_place(address, on))
        elif before[1] and before[2] == _values(address):
            tally.unchanged += 1
        else:
            tally.moved.extend(_moved(address, before[2]))
            changed.append(_place(address, on, key=before[0]))
    Place.objects.bulk_create(new)
    Place.objects.bulk_update(changed, [*COMPARED, "cell", "valid_until_on"])
    tally.added += len(new)
    tally.changed += len(changed)


def _values(address: Address) -> tuple[object, ...]:
    return tuple(getattr(address, name) for name in COMPARED)


def _place(address: Address, on: date, *, key: int | None = None) -> Place:
    has_point = address.lat is not None and address.lon is not None
    cell = h3.latlng_to_cell(address.lat, address.lon, CELL_RESOLUTION) if has_point else ""
    values = dict(zip(COMPARED, _values(address), strict=True))
    return Place(
        pk=key, external_id=address.id, cell=cell, valid_from_on=on, valid_until_on=None, **values
    )


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


def _finish(run: ImportRun, tally: Tally, gone: set[str], at: datetime) -> None:
    streets_left = set(
        Place.objects.filter(valid_until_on__isnull=True).values_list("street", flat=True)
    )
    streets_gone = (
        set(Place.objects.filter(external_id__in=sorted(gone)).values_list("street", flat=True))
        - streets_left
    )
    run.added, run.changed, run.unchanged = tally.added, tally.changed, tally.unchanged
    run.vanished, run.rejected, run.without_point = (
        len(gone),
        len(tally.rejected),
        tally.without_point,
    )
    run.finished_at = at
    run.report = {
        "rejected": [[r.line, r.reason] for r in tally.rejected[:KEPT_REJECTIONS]],
        "streets_gone": sorted(streets_gone),
        "moved": tally.moved[:KEPT_REJECTIONS],
    }
    run.save()


def build_index() -> Path:
    """Write the index of all live entrances to the site's folder, atomically, and return the file."""
    file: Path = settings.HOME / "register.index"
    places.Index.build(live_addresses()).save(file)
    return file


def live_addresses() -> Iterator[Address]:
    """Yield each entrance that the register holds now."""
    live = Place.objects.filter(kind="entrance", valid_until_on__isnull=True).order_by(
        "external_id"
    )
    for row in live.values_list("external_id", *COMPARED).iterator():
        yield Address(*row)


@transaction.atomic
def dwelling_at(*, entrance: Place, dwelling_no: str, by: Actor, at: datetime) -> Place:
    """Return the dwelling behind an entrance, added if nobody has named it before."""
    check_may(by, "place.confirm")
    if not (dwelling_no.isdecimal() and len(dwelling_no) == len("1101")):
        raise Refused(
            "Ett lägenhetsnummer har fyra siffror, till exempel 1101. Du skrev {no}.",
            no=dwelling_no,
        )
    dwelling, is_new = Place.objects.get_or_create(
        external_id=f"{entrance.external_id}/{dwelling_no}",
        defaults={
            "kind": "dwelling",
            "parent": entrance,
            "dwelling_no": dwelling_no,
            "floor": str(int(dwelling_no[:2]) - 10),
            "cell": entrance.cell,
            "valid_from_on": local_date(at),
            **{name: getattr(entrance, name) for name in COMPARED},
        },
    )
    if is_new:
        record(by=by, act="place.dwelling", on=dwelling, at=at)
    return dwelling


@transaction.atomic
def name_landlord(
    *, place: Place, party: Party, form: str, from_on: date, by: Actor, at: datetime
) -> Tenure:
    """Record who lets a place and in what form; the notice's legal deadline follows from the form."""
    check_may(by, "notice.draft")
    if form not in TENURES:
        raise Refused("Upplåtelseformen {form} finns inte.", form=form)
    place.tenures.filter(until_on__isnull=True).update(until_on=from_on)
    tenure = Tenure.objects.create(place=place, party=party, form=form, from_on=from_on)
    record(by=by, act="place.landlord", on=tenure, at=at)
    return tenure


@transaction.atomic
def set_nickname(*, nickname: str, street: str, by: Actor, at: datetime) -> Nickname:
    """Let a local name stand for a registered street."""
    check_may(by, "register.import")
    if not Place.objects.filter(street=street, valid_until_on__isnull=True).exists():
        raise Refused("Gatan {street} finns inte i registret.", street=street)
    entry, _ = Nickname.objects.update_or_create(nickname=nickname, defaults={"street": street})
    record(by=by, act="register.nickname", on=entry, at=at)
    return entry


@transaction.atomic
def load_streets_elsewhere(*, names: Iterable[str], by: Actor, at: datetime) -> int:
    """Replace the list of street names that are real elsewhere in the country; return how many it holds."""
    check_may(by, "register.import")
    wanted = sorted({name.strip() for name in names if name.strip()})
    StreetElsewhere.objects.all().delete()
    StreetElsewhere.objects.bulk_create(
        [StreetElsewhere(name=name) for name in wanted], batch_size=ROWS_AT_A_TIME
    )
    record(by=by, act="register.streets_elsewhere", at=at, fields={"names": len(wanted)})
    return len(wanted)
