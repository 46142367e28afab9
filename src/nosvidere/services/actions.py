"""Referrals received, opened, followed up and closed, on the services' own side."""

import json
from datetime import datetime

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.courier import store
from nosvidere.courier.actions import mark_taken, push_letter
from nosvidere.courier.models import Delivery
from nosvidere.courier.queries import deliveries_waiting, open_delivery
from nosvidere.kernel.refused import Refused
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.flows import REFERRAL
from nosvidere.services.models import ReceivedReferral, ReferralStep

TRIES_BEFORE_NOT_REACHED = 3


def take_in_referrals(*, by: Actor, at: datetime) -> int:
    """Make a referral of each waiting letter, tell the police that it came and nothing more; return how many."""
    letters = deliveries_waiting("referral", "referral_withdraw")
    for delivery in letters:
        _take_in(delivery, by=by, at=at)
    return len(letters)


@transaction.atomic
def _take_in(delivery: Delivery, *, by: Actor, at: datetime) -> None:
    fields = open_delivery(delivery)
    reference = fields.get("reference", "")
    if delivery.kind == "referral_withdraw":
        _withdraw(reference, by=by, at=at)
    elif not ReceivedReferral.objects.filter(reference=reference).exists():
        _receive(reference, fields, by=by, at=at)
    mark_taken(delivery=delivery, at=at)


def _receive(reference: str, fields: dict[str, str], *, by: Actor, at: datetime) -> None:
    told = {name: fields.get(name, "") for name in ("pseudonym", "contact", "needs", "scope")}
    referral = ReceivedReferral.objects.create(
        reference=reference,
        is_urgent=fields.get("scope") == "meet_now",
        sealed_text=store.seal(json.dumps(told, ensure_ascii=False).encode()),
        received_at=at,
        due_at=datetime.fromisoformat(fields["due_at"]),
        status_sent_at=at,
    )
    ReferralStep.objects.create(referral=referral, after="RECEIVED", by=by.code, at=at)
    push_letter(
        to="police",
        kind="referral_status",
        reference=reference,
        fields={"reference": reference},
        at=at,
    )
    record(by=by, act="referral.receive", on=referral, at=at)


def _withdraw(reference: str, *, by: Actor, at: datetime) -> None:
    """End a referral whose consent was taken back: what was told is destroyed."""
    referral = ReceivedReferral.objects.filter(reference=reference, closed_at__isnull=True).first()
    if referral is None:
        return
    ReceivedReferral.objects.filter(pk=referral.pk).update(sealed_text=b"")
    _move(referral, "WITHDRAWN", by=by, at=at, note="")


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
    """Take a referral one step on; not reached only after three tries."""
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
    ReferralStep.objects.create(
        referral=referral,
        before=referral.state,
        after="TRIED",
        by=by.code,
        at=at,
        sealed_note=_sealed(note),
    )
    record(by=by, act="referral.try", on=referral, at=at)


def _move(referral: ReceivedReferral, to: str, *, by: Actor, at: datetime, note: str) -> None:
    REFERRAL.check(referral.state, to)
    closed_at = at if to in REFERRAL.ends() else None
    ReceivedReferral.objects.filter(pk=referral.pk).update(state=to, closed_at=closed_at)
    ReferralStep.objects.create(
        referral=referral,
        before=referral.state,
        after=to,
        by=by.code,
        at=at,
        sealed_note=_sealed(note),
    )
    referral.state, referral.closed_at = to, closed_at
    record(by=by, act="referral.move", on=referral, at=at, fields={"to": to})


def _sealed(note: str) -> bytes:
    return store.seal(note.encode()) if note else b""
