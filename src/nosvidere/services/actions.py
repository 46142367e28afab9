"""Referrals received, opened, followed up and closed, on the services' own side."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q

from nosvidere.audit.actions import record
from nosvidere.courier import store
from nosvidere.courier.actions import mark_taken, push_letter, take_each
from nosvidere.courier.models import Delivery
from nosvidere.courier.queries import deliveries_waiting, open_delivery
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.flows import REFERRAL
from nosvidere.rules.help import RESPONSE_HOURS, referral_due
from nosvidere.rules.keeping import CLOSED_CASE_DAYS
from nosvidere.services.models import ReceivedReferral, ReferralStep

TRIES_BEFORE_NOT_REACHED = 3
LONGEST_CASE_DAYS = 730
# What of a letter is kept for whoever contacts the person.
TOLD = ("pseudonym", "contact", "needs", "scope", "interpreter", "consented_on", "expires_on")


def take_in_referrals(*, by: Actor, at: datetime) -> int:
    """Make a referral of each waiting letter, tell the police that it came and nothing more; return how many."""
    check_may(by, "referral.receive")
    letters = deliveries_waiting("referral", "referral_withdraw")
    return take_each(letters, partial(_take_in, by=by, at=at))


@transaction.atomic
def _take_in(delivery: Delivery, *, by: Actor, at: datetime) -> None:
    fields = open_delivery(delivery)
    reference = fields.get("reference") or delivery.letter_id
    referral = ReceivedReferral.objects.filter(reference=reference).first()
    if delivery.kind == "referral_withdraw":
        _withdraw(referral, reference, by=by, at=at)
    elif referral is None:
        _receive(reference, fields, by=by, at=at)
    mark_taken(delivery=delivery, at=at)


def _receive(reference: str, fields: Mapping[str, str], *, by: Actor, at: datetime) -> None:
    told = {name: fields.get(name, "") for name in TOLD}
    scope = fields.get("scope", "")
    referral = ReceivedReferral.objects.create(
        reference=reference,
        is_urgent=scope == "meet_now",
        sealed_text=store.seal(json.dumps(told, ensure_ascii=False).encode()),
        received_at=at,
        due_at=_due(fields.get("due_at", ""), scope, at),
        status_sent_at=at,
    )
    ReferralStep.objects.create(referral=referral, after="RECEIVED", by=by.code, at=at)
    push_letter(
        to="police",
        kind="referral_status",
        reference=reference,
        fields={},
        at=at,
    )
    record(by=by, act="referral.receive", on=referral, at=at)


def _due(text: str, scope: str, at: datetime) -> datetime:
    """Return by when contact is promised; where the letter does not say it readably, counted from now."""
    promised = referral_due(at, scope if scope in RESPONSE_HOURS else "call_me")
    try:
        due_at = datetime.fromisoformat(text)
    except ValueError:
        return promised
    return due_at if due_at.tzinfo else promised


def _withdraw(
    referral: ReceivedReferral | None, reference: str, *, by: Actor, at: datetime
) -> None:
    """End a referral whose consent was taken back: what was told is destroyed, also before it has come."""
    if referral is None:
        referral = ReceivedReferral.objects.create(
            reference=reference, sealed_text=b"", received_at=at, due_at=at
        )
    if referral.closed_at is None:
        _move(referral, "WITHDRAWN", by=by, at=at, note="")
        return
    ReceivedReferral.objects.filter(pk=referral.pk).update(sealed_text=b"")
    referral.steps.update(sealed_note=b"")
    record(by=by, act="referral.destroy", on=referral, at=at)


@transaction.atomic
def open_referral(*, referral: ReceivedReferral, by: Actor, at: datetime) -> dict[str, str]:
    """Return what the person wanted to say; the reading is in the services' own log."""
    check_may(by, "referral.receive")
    record(by=by, act="referral.read", on=referral, at=at)
    if not referral.sealed_text:
        return {}
    told: dict[str, str] = json.loads(store.unseal(bytes(referral.sealed_text)))
    return told


@transaction.atomic
def step_referral(
    *, referral: ReceivedReferral, to: str, note: str, by: Actor, at: datetime
) -> None:
    """Take a referral one step on; not reached only after three tries, withdrawn with what was told destroyed."""
    check_may(by, "referral.receive")
    if (
        to == "NOT_REACHED"
        and referral.steps.filter(after="TRIED").count() < TRIES_BEFORE_NOT_REACHED
    ):
        raise Refused("Tre försök krävs innan någon räknas som inte nådd.")
    _move(referral, to, by=by, at=at, note=note)


@transaction.atomic
def note_try(*, referral: ReceivedReferral, note: str, by: Actor, at: datetime) -> None:
    """Note a try to reach the person."""
    check_may(by, "referral.receive")
    if referral.closed_at is not None:
        raise Refused("Förmedlingen är avslutad. Personen ska inte kontaktas.")
    ReferralStep.objects.create(
        referral=referral,
        before=referral.state,
        after="TRIED",
        by=by.code,
        at=at,
        sealed_note=_sealed(note),
    )
    record(by=by, act="referral.try", on=referral, at=at)


def purge(*, by: Actor, at: datetime) -> int:
    """Delete the referrals that were closed a year ago, or came two years ago; return how many."""
    check_may(by, "referral.receive")
    closed, came = (
        local_date(at) - timedelta(days=days) for days in (CLOSED_CASE_DAYS, LONGEST_CASE_DAYS)
    )
    past = ReceivedReferral.objects.filter(
        Q(closed_at__date__lte=closed) | Q(received_at__date__lte=came)
    )
    with transaction.atomic():
        count = past.count()
        if count:
            past.delete()
            record(by=by, act="purge", at=at, fields={"referrals": count})
    return count


def _move(referral: ReceivedReferral, to: str, *, by: Actor, at: datetime, note: str) -> None:
    REFERRAL.check(referral.state, to)
    values: dict[str, Any] = {"state": to, "closed_at": at if to in REFERRAL.ends() else None}
    if to == "WITHDRAWN":
        values["sealed_text"] = b""
    if not ReceivedReferral.objects.filter(pk=referral.pk, state=referral.state).update(**values):
        raise Refused("Någon annan har ändrat förmedlingen. Läs in sidan igen.")
    if to == "WITHDRAWN":
        referral.steps.update(sealed_note=b"")
    ReferralStep.objects.create(
        referral=referral,
        before=referral.state,
        after=to,
        by=by.code,
        at=at,
        sealed_note=_sealed(note),
    )
    for name, value in values.items():
        setattr(referral, name, value)
    record(by=by, act="referral.move", on=referral, at=at, fields={"to": to})


def _sealed(note: str) -> bytes:
    return store.seal(note.encode()) if note else b""
