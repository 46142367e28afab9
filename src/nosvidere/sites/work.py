"""A site's periodic work: derived from what lies in the database, safe to break off and to run twice."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module

from nosvidere.kernel.time import now
from nosvidere.rules.access import SYSTEM, Actor

log = logging.getLogger(__name__)
Task = Callable[..., int]

# In the order of a round: what waits is sent, what has come is fetched, then each app takes in its own letters.
ROUNDS: dict[str, tuple[tuple[str, str], ...]] = {
    "public": (("tar bort utgånget", "nosvidere.drop.actions:purge"),),
    "police": (
        ("hämtade", "nosvidere.courier.actions:pull"),
        ("tips in", "nosvidere.intake.actions:take_in_tips"),
        ("svar från hyresvärdar", "nosvidere.landlords.actions:take_in_replies"),
        ("besked från socialtjänsten", "nosvidere.support.actions:take_in_statuses"),
        ("skickade", "nosvidere.courier.actions:deliver_outgoing"),
    ),
    "services": (
        ("hämtade", "nosvidere.courier.actions:pull"),
        ("förmedlingar in", "nosvidere.services.actions:take_in_referrals"),
        ("skickade", "nosvidere.courier.actions:deliver_outgoing"),
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
    except OSError as error:
        # The drop does not answer: nothing is lost, the next round tries again.
        log.warning("%s: %s", label, type(error).__name__)
        return 0
