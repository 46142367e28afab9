"""The index file that places are looked up in: built from what the register holds now."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from nosvidere.audit.actions import record
from nosvidere.engine import places
from nosvidere.engine.places import Address
from nosvidere.kernel.refused import Refused
from nosvidere.register import turn
from nosvidere.register.actions.importing import import_register, sweep
from nosvidere.register.models import COMPARED, ImportRun, Place
from nosvidere.register.queries import index_file, index_state, register_stamp
from nosvidere.rules.access import Actor, check_may


def build_index(*, out: Path | None = None) -> Path:
    """Write the index of all live entrances to `out` or the site's own file, atomically, and return the file."""
    file = out or index_file()
    if not Place.objects.filter(kind="entrance", valid_until_on__isnull=True).exists():
        raise Refused("Registret är tomt. Läs in en fil med adresser först.")
    stamp = register_stamp()
    places.Index.build(live_addresses()).save(file, stamp=stamp)
    return file


def live_addresses() -> Iterator[Address]:
    """Yield each entrance that the register holds now."""
    live = Place.objects.filter(kind="entrance", valid_until_on__isnull=True).order_by(
        "external_id"
    )
    for row in live.values_list("external_id", *COMPARED).iterator():
        yield Address(*row)


def rebuild_index(*, by: Actor, at: datetime) -> Path:
    """Build the site's index anew, in the log, and return its file; the database is not held while it is built."""
    check_may(by, "register.import")
    file = build_index()
    record(by=by, act="register.index", at=at, fields={"party": settings.PARTY})
    return file


def keep_index(*, by: Actor, at: datetime) -> int:
    """Build the index when it is missing, of another version or of an earlier register, and sweep after killed imports.

    Returns 1 when it was built. Nothing is done while an import is under way: it builds the index itself.
    """
    check_may(by, "register.import")
    if turn.is_taken():
        return 0
    sweep(by=by, at=at)
    state = index_state(reader=by)
    if state.is_fresh or not state.live:
        return 0
    rebuild_index(by=by, at=at)
    return 1


def import_and_index(
    *, file: Path, by: Actor, at: datetime, progress: Callable[[int], None] = lambda _: None
) -> ImportRun:
    """Load a register file and build the index from what the register then holds; return what the import did."""
    run = import_register(file=file, by=by, at=at, progress=progress)
    rebuild_index(by=by, at=at)
    return run
