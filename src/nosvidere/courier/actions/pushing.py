"""What waits goes to the drop: each thing once, however often the push is interrupted."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.db.models import F

from nosvidere.courier import store
from nosvidere.courier.drop_client import Drop, DropRefused
from nosvidere.courier.keys import PARTY, OwnKeys
from nosvidere.courier.models import Contact, Outgoing
from nosvidere.courier.queries import checked_keys
from nosvidere.engine import sealing
from nosvidere.engine.sealing import Sender, from_canonical
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date

BATCH = 100
ID_BYTES = 16


def push(*, at: datetime) -> int:
    """Hand over all that waits, oldest first; return how many things the drop now has.

    What the drop refuses stays, with its attempts counted. Raises DropUnreachable when it does not answer.
    """
    drop = Drop.of_site()
    sent = _push_answers(drop, at=at)
    for waiting in Outgoing.objects.filter(sent_at__isnull=True).exclude(work="answer"):
        sent += _push_one(waiting, drop=drop, at=at)
    Contact.objects.update_or_create(pk=1, defaults={"pushed_at": at})
    return sent


def _push_answers(drop: Drop, *, at: datetime) -> int:
    """Hand over the answers in batches; of a batch that is refused each goes by itself, so one stops no other."""
    waiting = Outgoing.objects.filter(sent_at__isnull=True, work="answer")
    rows, sent = list(waiting.order_by("seq", "created_at", "id")), 0
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        try:
            sent += _post(batch, drop=drop, at=at)
        except DropRefused:
            sent += sum(_push_one(row, drop=drop, at=at) for row in batch)
    return sent


def _post(answers: list[Outgoing], *, drop: Drop, at: datetime) -> int:
    drop.post_answers([(row.to, row.seq, bytes(row.content)) for row in answers])
    _mark_sent(answers, at=at)
    return len(answers)


def _push_one(waiting: Outgoing, *, drop: Drop, at: datetime) -> int:
    try:
        if waiting.work == "answer":
            return _post([waiting], drop=drop, at=at)
        if waiting.work == "letter":
            _push_letter(waiting, drop=drop, at=at)
        else:
            drop.publish_bulletin(bytes(waiting.content))
    except DropRefused as refused:
        _count_attempt(waiting, refused, at=at)
        return 0
    _mark_sent([waiting], at=at)
    return 1


def _push_letter(waiting: Outgoing, *, drop: Drop, at: datetime) -> None:
    on, keys = local_date(at), OwnKeys.of_site()
    epoch = checked_keys(drop.keys_of(waiting.to), party=waiting.to, on=on).current(on)
    sender = Sender(drop.party, keys.signing(PARTY))
    blob = sealing.seal_letter(
        from_canonical(store.unseal(bytes(waiting.content))),
        recipient_public=epoch.public_key,
        mailbox_public=b"",
        tag=b"",
        epoch=epoch.number,
        day=on,
        lang="sv",
        kind=waiting.kind,
        sender=sender,
    )
    drop.push_letter(letter_id=_letter_id(waiting), to=waiting.to, epoch=epoch.number, blob=blob)


def _letter_id(waiting: Outgoing) -> str:
    """Return an id that is the same at each try and does not tell when the letter was written."""
    key = OwnKeys.of_site().store()
    return hashlib.blake2b(waiting.pk.bytes, digest_size=ID_BYTES, key=key).hexdigest()


def _mark_sent(rows: list[Outgoing], *, at: datetime) -> None:
    """Note that the drop has them and forget what they said."""
    sent = Outgoing.objects.filter(pk__in=[row.pk for row in rows])
    sent.update(sent_at=at, content=b"", attempts=F("attempts") + 1)


@transaction.atomic
def _count_attempt(waiting: Outgoing, refused: Refused, *, at: datetime) -> None:
    Outgoing.objects.filter(pk=waiting.pk).update(attempts=F("attempts") + 1)
    told = {"failed_at": at, "failure": str(refused)[:200]}
    Contact.objects.update_or_create(pk=1, defaults=told)
