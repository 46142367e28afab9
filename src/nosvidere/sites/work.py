"""A site's periodic work: derived from what lies in the database, safe to break off and to run twice."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module

from django.db import DatabaseError

from nosvidere.engine.sealing import Unreadable
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date, now
from nosvidere.rules.access import SYSTEM, Actor

log = logging.getLogger(__name__)
Task = Callable[..., int]

# In the order of a round: letters are fetched and sent, then each app takes in its own.
ROUNDS: dict[str, tuple[tuple[str, str], ...]] = {
    "public": (("utgånget borttaget", "nosvidere.sites.work:purge_drop"),),
    "police": (
        ("registrets index", "nosvidere.register.actions:keep_index"),
        ("brev fram och tillbaka", "nosvidere.sites.work:exchange_letters"),
        ("tips in", "nosvidere.intake.actions:take_in_tips"),
        ("bilder öppnade", "nosvidere.intake.actions:develop_photos"),
        ("svar från hyresvärdar", "nosvidere.landlords.actions:take_in_replies"),
        ("besked från socialtjänsten", "nosvidere.support.actions:take_in_statuses"),
        ("åldrar till åldersspann", "nosvidere.field.actions:band_ages"),
        ("utgånget borttaget", "nosvidere.sites.work:purge_courier"),
        ("gallrat", "nosvidere.sites.work:purge_police"),
        ("inloggningar som gått ut", "nosvidere.sites.work:purge_sessions"),
    ),
    "services": (
        ("brev fram och tillbaka", "nosvidere.sites.work:exchange_letters"),
        ("förmedlingar in", "nosvidere.services.actions:take_in_referrals"),
        ("utgånget borttaget", "nosvidere.sites.work:purge_courier"),
        ("gallrat", "nosvidere.services.actions:purge"),
        ("inloggningar som gått ut", "nosvidere.sites.work:purge_sessions"),
    ),
}


def run_round(site: str, *, at: datetime | None = None) -> Iterator[str]:
    """Do each task of a site once and yield a line for each that did something.

    A task that fails is logged by its kind of error alone and tried again next round; the others go on.
    """
    for label, target in ROUNDS[site]:
        done = _run(label, _task(target), by=SYSTEM, at=at or now())
        if done:
            yield f"{label}: {done}"


def _task(target: str) -> Task:
    module, _, name = target.partition(":")
    task: Task = getattr(import_module(module), name)
    return task


def _run(label: str, task: Task, *, by: Actor, at: datetime) -> int:
    try:
        return task(by=by, at=at)
    except (OSError, Refused, Unreadable, DatabaseError) as error:
        # Nothing is lost: what failed is tried again next round. The log carries the kind of error, no content.
        log.warning("%s: %s", label, type(error).__name__)
        return 0


def exchange_letters(*, by: Actor, at: datetime) -> int:
    """Fetch and send letters; return how many moved. A drop that does not answer is logged."""
    done = import_module("nosvidere.courier.actions").exchange(at=at, by=by)
    if done.failure:
        log.warning("brevlådan: %s", done.failure)
    return int(done.pulled.taken + done.pushed)


def purge_courier(*, by: Actor, at: datetime) -> int:
    """Delete what the courier no longer needs; return how many rows went."""
    return sum(import_module("nosvidere.courier.actions").purge(on=local_date(at)).values())


def purge_drop(*, by: Actor, at: datetime) -> int:
    """Delete what the drop no longer needs; return how many rows went."""
    return sum(import_module("nosvidere.drop.actions").purge(on=local_date(at)).values())


def purge_sessions(*, by: Actor, at: datetime) -> int:
    """Delete the sign-ins that have run out; return how many."""
    sessions = import_module("django.contrib.sessions.models").Session.objects
    count, _ = sessions.filter(expire_date__lt=at).delete()
    return int(count)


def purge_police(*, by: Actor, at: datetime) -> int:
    """Delete what the rules of keeping say, once a day; return how many rows went."""
    if _has_purged_today(at):
        return 0
    return sum(import_module("nosvidere.sites.purging").purge(at=at, by=by).values())


def _has_purged_today(at: datetime) -> bool:
    events = import_module("nosvidere.audit.models").AuditEvent.objects
    return bool(events.filter(act="purge", at__date=local_date(at)).exists())
