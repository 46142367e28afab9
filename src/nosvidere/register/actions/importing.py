"""A register file into the database: laid ready in short transactions, then switched in by one.

While an import reads, its new addresses lie hidden and its changes beside the register. Nothing of it shows until the
one transaction that switches it in, and what a killed import leaves is swept away by the next one or by the worker.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from nosvidere.audit.actions import record
from nosvidere.engine import places
from nosvidere.engine.places import Source
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.register import turn
from nosvidere.register.actions.staging import (
    clear,
    give_up,
    stage,
    streets,
    streets_after,
    switch,
)
from nosvidere.register.known import Known
from nosvidere.register.models import ImportRun, StagedChange
from nosvidere.register.tally import Tally
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
        _sweep(by=by, at=at)
        run, source = _begin(file, by=by, at=at)
        try:
            _load(run, file, source=source, by=by, at=at, progress=progress)
        except (Refused, places.UnusableFile):
            give_up(run, by=by, at=at)
            raise
    return run


def sweep(*, by: Actor, at: datetime) -> int:
    """Take away what killed imports left, unless one is under way; return how many were swept."""
    check_may(by, "register.import")
    if turn.is_taken() or not _left().exists():
        return 0
    with turn.own_turn():
        return _sweep(by=by, at=at)


def _left() -> "QuerySet[ImportRun]":
    """Return the imports that were killed, before they were switched in or before they had let go of what was laid ready."""
    staged = StagedChange.objects.filter(run=OuterRef("pk"))
    return ImportRun.objects.filter(Q(finished_at__isnull=True) | Exists(staged))


def _sweep(*, by: Actor, at: datetime) -> int:
    """Clear up after each import that was killed: with the turn in hand, none of them is alive."""
    left = list(_left())
    for run in left:
        clear(run)
    for run in left:
        if run.finished_at is None:
            give_up(run, by=by, at=at)
        else:
            record(by=by, act="register.clear", on=run, at=at)
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
    tally, known, before = Tally(), Known.entrances(), streets()
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
    gone = known.missing()
    after = streets_after(run, gone=gone)
    with transaction.atomic():
        switch(run, gone=gone, on=local_date(at))
        run.vanished = len(gone)
        _count(run, tally, at)
        run.report = tally.report(before=before, after=after, unread=source.unread)
        run.save()
        fields = {"added": run.added, "vanished": run.vanished, "rejected": run.rejected}
        record(by=by, act="register.import", on=run, at=at, fields=fields)
    clear(run)


def _count(run: ImportRun, tally: Tally, at: datetime) -> None:
    run.added, run.changed, run.unchanged = tally.added, tally.changed, tally.unchanged
    run.without_point, run.rejected, run.finished_at = tally.without_point, tally.rejected, at


def _first_reason(tally: Tally) -> str:
    if not tally.first_rejected:
        return "Filen har inga rader."
    first = tally.first_rejected[0]
    return f"Första felet, rad {first.line}: {first.reason}"
