"""One round with the drop, as the worker does it again and again, and what is deleted afterwards."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import DatabaseError, transaction

from nosvidere.audit.actions import record
from nosvidere.courier.actions.keeping_keys import publish_keys, rotate_keys
from nosvidere.courier.actions.pulling import Pulled, pull
from nosvidere.courier.actions.pushing import push
from nosvidere.courier.models import Contact, Delivery, Outgoing, Thread
from nosvidere.courier.queries import contact
from nosvidere.engine.sealing import Unreadable
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.rules.access import SYSTEM, Actor

log = logging.getLogger(__name__)

DELIVERY_DAYS = 90
OUTGOING_DAYS = 60
THREAD_DAYS = 60
LONGEST_SILENCE_DAYS = 45  # after that a person says that the clock is right


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What one round moved; `failure` is empty when all went well, else the reason in Swedish."""

    pulled: Pulled
    pushed: int = 0
    failure: str = ""


def exchange(*, at: datetime, by: Actor = SYSTEM) -> Exchanged:
    """Renew and publish keys once a day, pull, push; return what moved. Never raises Refused: it notes the failure.

    Each step is tried whatever became of the one before: what waits to go out does not wait for what comes in.
    """
    pulled, pushed, failures = Pulled(), 0, list[str]()
    with _noting(failures):
        _renew(at=at, by=by)
    with _noting(failures):
        pulled = pull(at=at, by=by)
    with _noting(failures):
        pushed = push(at=at)
    if failures:
        told = {"failed_at": at, "failure": failures[0][:200]}
        Contact.objects.update_or_create(pk=1, defaults=told)
    return Exchanged(pulled, pushed, failure=failures[0] if failures else "")


@contextmanager
def _noting(failures: list[str]) -> Iterator[None]:
    """Let a step fail without stopping the next: a refusal by its words, anything else by its kind alone."""
    try:
        yield
    except Refused as refused:
        failures.append(str(refused))
    except (Unreadable, DatabaseError) as error:
        failures.append(type(error).__name__)


def _renew(*, at: datetime, by: Actor) -> None:
    on, published_on = local_date(at), contact().published_on
    _check_clock(published_on, on=on)
    rotate_keys(at=at, by=by)
    if published_on != on:
        publish_keys(at=at, by=by)


def _check_clock(published_on: date | None, *, on: date) -> None:
    """Raise Refused when the clock has jumped since the last round: keys that it destroyed would be gone for good."""
    if published_on and not timedelta() <= on - published_on <= timedelta(LONGEST_SILENCE_DAYS):
        raise Refused(
            "Klockan visar {on}, och nycklarna lades upp {published_on}. Stämmer klockan: kör ./nosvidere keys rotate.",
            on=on,
            published_on=published_on,
        )


@transaction.atomic
def mark_taken(*, delivery: Delivery, at: datetime) -> None:
    """Note that casework has taken a letter with its files, and forget here what they held."""
    taken = Delivery.objects.filter(pk=delivery.pk, taken_at__isnull=True)
    if not taken.update(taken_at=at, sealed_fields=b"", mailbox=b""):
        raise Refused("Brevet är redan omhändertaget.")
    delivery.enclosures.all().delete()
    record(by=SYSTEM, act="letter.taken", on=delivery, at=at)


def take_each(letters: Iterable[Delivery], take: Callable[[Delivery], object]) -> int:
    """Let casework take letters, each by itself; return how many it took.

    A letter that is refused or damaged waits and is tried again next time; it never stops the others. The log
    carries its number and the kind of error, no content.
    """
    taken = 0
    for letter in letters:
        try:
            take(letter)
        except (Refused, Unreadable, DatabaseError) as error:
            log.warning("letter %s waits: %s", letter.pk, type(error).__name__)
        else:
            taken += 1
    return taken


@transaction.atomic
def purge(*, on: date) -> dict[str, int]:
    """Delete what the courier no longer needs; return how many letters, sent things and chains went."""
    letters, _ = Delivery.objects.filter(taken_at__date__lt=on - timedelta(DELIVERY_DAYS)).delete()
    sent, _ = Outgoing.objects.filter(sent_at__date__lt=on - timedelta(OUTGOING_DAYS)).delete()
    chains, _ = Thread.objects.filter(last_on__lt=on - timedelta(THREAD_DAYS)).delete()
    return {"deliveries": letters, "outgoing": sent, "threads": chains}
