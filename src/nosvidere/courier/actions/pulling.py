"""Letters in: pulled, opened, locked with the site's own key, committed, and only then acknowledged."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.courier import store
from nosvidere.courier.actions.writing import tell_received
from nosvidere.courier.drop_client import Drop, DropRefused, SpooledLetter
from nosvidere.courier.keys import OwnKeys
from nosvidere.courier.models import UNREADABLE, Contact, Delivery, Enclosure
from nosvidere.courier.queries import senders
from nosvidere.engine import sealing
from nosvidere.engine.sealing import AnswerRefused, Letter, Unreadable, as_canonical
from nosvidere.rules.access import SYSTEM, Actor

MOST_PAGES = 100


@dataclass(slots=True)
class Pulled:
    """How many letters were new, were here already, and could not be opened."""

    taken: int = 0
    repeated: int = 0
    unreadable: int = 0


def pull(*, at: datetime, by: Actor = SYSTEM) -> Pulled:
    """Take in what waits at the drop and let it go there; killed at any moment, the next pull goes on from it.

    Raises DropUnreachable or DropRefused when the drop does not answer; what was committed stays.
    """
    drop, pulled, after = Drop.of_site(), Pulled(), ""
    for _ in range(MOST_PAGES):
        letters = drop.spool(after)
        if not letters:
            break
        for letter in letters:
            _count(pulled, _take_in(letter, drop=drop, at=at, by=by))
        drop.acknowledge([letter.id for letter in letters])
        after = letters[-1].id
    Contact.objects.update_or_create(pk=1, defaults={"pulled_at": at, "failure": ""})
    return pulled


def _count(pulled: Pulled, outcome: str) -> None:
    setattr(pulled, outcome, getattr(pulled, outcome) + 1)


def _take_in(spooled: SpooledLetter, *, drop: Drop, at: datetime, by: Actor) -> str:
    """Store one letter unless it is here already; return which of the three happened."""
    if Delivery.objects.filter(letter_id=spooled.id).exists():
        return "repeated"
    try:
        letter = _opened(spooled)
        files = _files(letter, spooled, drop)
    except Unreadable as error:
        _store_unreadable(spooled, str(error), at=at, by=by)
        return "unreadable"
    _store(spooled, letter, files, at=at, by=by)
    return "taken"


def _opened(spooled: SpooledLetter) -> Letter:
    private_key = OwnKeys.of_site().intake(spooled.epoch)
    if private_key is None:
        message = "The key of the letter's week is not here."
        raise Unreadable(message)
    letter = sealing.open_letter(spooled.blob, private_key, senders=senders())
    if (letter.tag.hex(), letter.epoch) != (spooled.tag, spooled.epoch):
        message = "The letter lies under another name or week than its own."
        raise Unreadable(message)
    return letter


def _files(letter: Letter, spooled: SpooledLetter, drop: Drop) -> list[bytes]:
    if {key.id.hex() for key in letter.attachments} != set(spooled.attachments):
        message = "The letter's files are not those that it names."
        raise Unreadable(message)
    try:
        return [
            sealing.open_attachment(drop.attachment(key.id.hex()), key)
            for key in letter.attachments
        ]
    except DropRefused as error:
        message = "A file of the letter is not there."
        raise Unreadable(message) from error


@transaction.atomic
def _store(
    spooled: SpooledLetter, letter: Letter, files: list[bytes], *, at: datetime, by: Actor
) -> None:
    delivery = Delivery.objects.create(
        letter_id=spooled.id,
        kind=letter.kind,
        sender=letter.sender,
        tag=letter.tag.hex(),
        mailbox=letter.mailbox_public,
        lang=letter.lang,
        sent_on=letter.day,
        received_at=at,
        sealed_fields=store.seal(as_canonical(letter.fields)),
    )
    for position, content in enumerate(files):
        Enclosure.objects.create(delivery=delivery, position=position, sealed=store.seal(content))
    record(by=by, act="letter.take_in", on=delivery, at=at, fields={"kind": letter.kind})
    if not letter.sender:
        _tell_received(delivery, at=at)


@transaction.atomic
def _store_unreadable(spooled: SpooledLetter, reason: str, *, at: datetime, by: Actor) -> None:
    """Keep a letter that cannot be opened, as it came, for a person to look at: nothing vanishes."""
    delivery = Delivery.objects.create(
        letter_id=spooled.id,
        kind=UNREADABLE,
        sent_on=spooled.day,
        received_at=at,
        sealed_fields=store.seal(as_canonical({"reason": reason, "epoch": str(spooled.epoch)})),
    )
    Enclosure.objects.create(delivery=delivery, position=0, sealed=store.seal(spooled.blob))
    record(by=by, act="letter.unreadable", on=delivery, at=at)


def _tell_received(delivery: Delivery, *, at: datetime) -> None:
    """Tell the sender that the letter has arrived, with a proof; a mailbox with a made-up key gets none."""
    try:
        tell_received(tag=delivery.tag, mailbox=bytes(delivery.mailbox), at=at)
    except AnswerRefused:
        record(by=SYSTEM, act="answer.no_way_back", on=delivery, at=at)
