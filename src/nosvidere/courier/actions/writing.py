"""What this site sends: written down here in the caller's transaction, pushed to the drop afterwards."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.courier import store
from nosvidere.courier.drop_client import Drop
from nosvidere.courier.keys import PARTY, REPLY, OwnKeys
from nosvidere.courier.models import Outgoing, Thread
from nosvidere.engine import sealing
from nosvidere.engine.sealing import FIRST, PARTY_FIELDS, Code, FieldRefused
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.rules.access import SYSTEM, Actor
from nosvidere.rules.keeping import REPLY_BOX_DAYS


@transaction.atomic
def send_answer(
    *,
    tag: str,
    mailbox: bytes,
    kind: str,
    text: str,
    at: datetime,
    proof: bytes = b"",
    by: Actor = SYSTEM,
) -> int:
    """Sign and seal an answer to a mailbox and queue it; return its number in the chain.

    `kind` is status (with the text received, read or closed), question, message or notice. Raises AnswerRefused
    when the text does not fit.
    """
    on = local_date(at)
    thread = _thread(tag, on)
    blob = sealing.sign_answer(
        text,
        seq=thread.seq + 1,
        prev_hash=bytes(thread.last_hash) or FIRST,
        tag=bytes.fromhex(tag),
        signing_key=OwnKeys.of_site().signing(REPLY),
        mailbox_public=mailbox,
        day=on,
        kind=kind,
        proof=proof,
    )
    thread.seq, thread.last_hash, thread.last_on = thread.seq + 1, sealing.answer_hash(blob), on
    thread.save()
    sent = Outgoing.objects.create(
        work="answer", to=tag, kind=kind, seq=thread.seq, content=blob, created_at=at
    )
    record(by=by, act="answer.send", on=sent, at=at, fields={"kind": kind})
    return thread.seq


def tell_received(*, tag: str, mailbox: bytes, at: datetime) -> int:
    """Tell the owner of a mailbox that something has arrived, with a proof of the day; raises AnswerRefused as send_answer."""
    proof = sealing.sign_acknowledgement(
        bytes.fromhex(tag), day=local_date(at), signing_key=OwnKeys.of_site().signing(REPLY)
    )
    return send_answer(
        tag=tag, mailbox=mailbox, kind="status", text="received", at=at, proof=proof
    )


def open_mailbox(*, code: Code, at: datetime) -> tuple[str, bytes]:
    """Return tag and public key of the mailbox of a code that this site has made for a letter on paper.

    Asks the drop, which alone can tell the tag; raises DropUnreachable when it does not answer.
    """
    mailbox = sealing.derive(code, settings.TENANT)
    (tag,) = Drop.of_site().tags([mailbox.mid])
    record(by=SYSTEM, act="mailbox.open", at=at)
    return tag, mailbox.public_key


@transaction.atomic
def push_letter(
    *,
    to: str,
    kind: str,
    fields: Mapping[str, str],
    at: datetime,
    reference: str = "",
    by: Actor = SYSTEM,
) -> UUID:
    """Queue a letter to the other party, sealed to its key when it is pushed; return what it can be followed by.

    `reference` is what both parties call the matter by; it becomes the field of that name.
    """
    told = {**fields, "reference": reference} if reference else dict(fields)
    if kind not in PARTY_FIELDS:
        raise FieldRefused("Det finns inget brev av slaget {kind} mellan parterna.", kind=kind)
    if to == settings.PARTY:
        raise Refused("Ett brev går till den andra parten.")
    sealing.check_fields(kind, told)
    content = store.seal(sealing.as_canonical(told))
    sent = Outgoing.objects.create(work="letter", to=to, kind=kind, content=content, created_at=at)
    record(by=by, act="letter.send", on=sent, at=at, fields={"kind": kind})
    return sent.pk


@transaction.atomic
def publish_bulletin(
    *, name: str, content: Mapping[str, Any], at: datetime, by: Actor = SYSTEM
) -> UUID:
    """Sign something for everybody and queue it; a later one with the same name takes its place."""
    signed = sealing.sign_bulletin(
        content,
        party=settings.PARTY,
        name=name,
        issued_at=at,
        signing_key=OwnKeys.of_site().signing(PARTY),
    )
    sent = Outgoing.objects.create(work="bulletin", to=name, content=signed, created_at=at)
    record(by=by, act="bulletin.publish", on=sent, at=at)
    return sent.pk


def _thread(tag: str, on: date) -> Thread:
    """Return the chain's end, at its beginning again when the drop has dropped a mailbox that was long silent."""
    Thread.objects.get_or_create(tag=tag, defaults={"last_on": on})
    thread = Thread.objects.select_for_update().get(tag=tag)
    if thread.last_on + timedelta(days=REPLY_BOX_DAYS) <= on:
        thread.seq, thread.last_hash = 0, b""
    return thread
