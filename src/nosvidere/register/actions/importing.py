"""A register file into the database: laid ready in short transactions, then switched in by one.

While an import reads, its new addresses lie hidden and its changes beside the register. Nothing of it shows until the
one transaction that switches it in, and what a killed import leaves is swept away by the next.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from nosvidere.audit.actions import record
from nosvidere.engine import places
from nosvidere.engine.places import Source
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.register import turn
from nosvidere.register.actions.staging import give_up, stage, switch
from nosvidere.register.known import Known
from nosvidere.register.models import ImportRun, Place
from nosvidere.register.tally import Streets, Tally
from nosvidere.rules.access import Actor, check_may

LONGEST_NAME = 120


def import_register(
    *, file: Path, by: Actor, at: datetime, progress: Callable[[int], None] = lambda _: None
) -> ImportRun:
    """Load a register file, changing only what changed, all or nothing, and return what it did.

    Rows are matched by their id. Places in the municipalities of the file that it no longer holds get an end date and
    stay as history; a file of one municipality leaves the others alone. Raises Refused for who may not and while another
    import is under way, and `places.UnusableFile` for a file that cannot be read at all.
    """
    check_may(by, "register.import")
    with turn.own_turn():
        _sweep()
        run, source = _begin(file, by=by, at=at)
        try:
            _load(run, file, source=source, by=by, at=at, progress=progress)
        except (Refused, places.UnusableFile):
            give_up(run)
            raise
    return run


def sweep(*, by: Actor, at: datetime) -> int:
    """Take away what killed imports left, unless one is under way; return how many were swept."""
    del at
    check_may(by, "register.import")
    if turn.is_taken() or not _unfinished().exists():
        return 0
    with turn.own_turn():
        return _sweep()


def _unfinished() -> "QuerySet[ImportRun]":
    return ImportRun.objects.filter(finished_at__isnull=True)


def _sweep() -> int:
    """Give up each import that never ended: with the turn in hand, none of them is alive."""
    left = list(_unfinished())
    for run in left:
        give_up(run)
    return len(left)


def _begin(file: Path, *, by: Actor, at: datetime) -> tuple[ImportRun, Source]:
    source = places.source_of(file)
    run = ImportRun.objects.create(
        file_name=file.name[:LONGEST_NAME],
        form=source.form,
        attribution=source.attribution,
        sha256=_digest(file),
        started_at=at,
        by=by.code,
    )
    return run, source


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _load(
    run: ImportRun,
    file: Path,
    *,
    source: Source,
    by: Actor,
    at: datetime,
    progress: Callable[[int], None],
) -> None:
    tally, known, before = Tally(), Known.entrances(), _streets()
    rows = places.read_register(
        file, today=local_date(at), rejected=tally.reject, progress=progress
    )
    stage(rows, run=run, known=known, tally=tally, on=local_date(at))
    if not tally.taken:
        raise Refused(
            "Ingen rad i {file} gick att läsa in. {first}",
            file=file.name,
            first=_first_reason(tally),
        )
    with transaction.atomic():
        gone = known.missing()
        switch(run, gone=gone, on=local_date(at))
        run.vanished = len(gone)
        _count(run, tally, at)
        run.report = tally.report(before=before, after=before, unread=source.unread)
        run.save()
        fields = {"added": run.added, "vanished": run.vanished, "rejected": run.rejected}
        record(by=by, act="register.import", on=run, at=at, fields=fields)
    _tidy(run, tally, before=before, source=source)


def _count(run: ImportRun, tally: Tally, at: datetime) -> None:
    run.added, run.changed, run.unchanged = tally.added, tally.changed, tally.unchanged
    run.without_point, run.rejected, run.finished_at = tally.without_point, tally.rejected, at


def _tidy(run: ImportRun, tally: Tally, *, before: Streets, source: Source) -> None:
    """Tell which streets came and went, and let go of what was laid ready: both outside the switch, for they take time."""
    run.report = tally.report(before=before, after=_streets(), unread=source.unread)
    run.save(update_fields=["report"])
    run.staged.all().delete()


def _first_reason(tally: Tally) -> str:
    if not tally.first_rejected:
        return "Filen har inga rader."
    first = tally.first_rejected[0]
    return f"Första felet, rad {first.line}: {first.reason}"


def _streets() -> Streets:
    """Return the streets that have a live address, each with its municipality."""
    live = Place.objects.filter(kind="entrance", valid_until_on__isnull=True).order_by()
    return set(live.values_list("street", "municipality").distinct())
