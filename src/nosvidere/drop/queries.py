"""What the public host can say of what it holds."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings

from nosvidere.drop.derivation import POOL
from nosvidere.drop.models import Answer as AnswerRow
from nosvidere.drop.models import Attachment, Bulletin, KeyList, Letter
from nosvidere.drop.parties import MAY_ANSWER, party_named
from nosvidere.engine import sealing
from nosvidere.engine.sealing import ANSWER_BLOB, Answer, Code, EpochList, Mailbox, Unreadable
from nosvidere.kernel.refused import Refused

PAGE = 20


class AnswersDamaged(Refused):
    """The answers of a mailbox are forged, or some are missing."""


class NoKeys(Refused):
    """The receiver has published no key that holds today, so nothing can be sealed to it."""


def mailbox_of(code: Code) -> Mailbox:
    """Return the mailbox of a code; about 20 ms, at most two at a time; raises Busy when too many wait."""
    return POOL.mailbox(code, tenant=settings.TENANT)


def tag_of(mid: bytes) -> str:
    """Return the name under which a mailbox is known here, in hexadecimal."""
    return sealing.tag(mid, settings.PEPPER_FILE.read_bytes()).hex()


def keys_of(party: str, *, on: date) -> EpochList:
    """Return a party's public keys; raise NoKeys when none are published, signed and valid on the day."""
    row = KeyList.objects.filter(party=party).first()
    if row is None:
        raise NoKeys("Mottagaren har inte lagt upp någon nyckel än.")
    organisation = party_named(party).organisation
    try:
        return sealing.open_epochs(bytes(row.signed), verify_key=organisation, party=party, on=on)
    except Unreadable as error:
        raise NoKeys("Mottagarens nycklar har gått ut.") from error


def read_answers(code: Code, *, on: date) -> list[Answer]:
    """Return the answers to a code, oldest first, each checked; an unknown code and no answer yet are the same.

    Both derive the mailbox, look it up and open one sealed answer, so neither time nor result tells them apart.
    Raises AnswersDamaged when the chain is broken and Busy when too many wait.
    """
    mailbox = mailbox_of(code)
    tag = tag_of(mailbox.mid)
    blobs = [
        bytes(blob) for blob in AnswerRow.objects.filter(tag=tag).values_list("blob", flat=True)
    ]
    verify_key = keys_of(MAY_ANSWER, on=on).reply_verify
    if not blobs:
        _open_nothing(mailbox, verify_key)
        return []
    try:
        return sealing.open_answers(blobs, mailbox, bytes.fromhex(tag), verify_key)
    except Unreadable as error:
        reason = "Svaren kan inte läsas säkert. Något svar saknas eller har ändrats på vägen."
        raise AnswersDamaged(reason) from error


def _open_nothing(mailbox: Mailbox, verify_key: bytes) -> None:
    """Do the work of opening one answer on bytes that are none."""
    try:
        sealing.open_answers([secrets.token_bytes(ANSWER_BLOB)], mailbox, b"", verify_key)
    except Unreadable:
        return


def letters_for(party: str, *, after: str = "") -> Sequence[Letter]:
    """Return the next letters to a party in the order of their random ids, with their attachments."""
    found = Letter.objects.filter(to=party, id__gt=after).prefetch_related("attachments")
    return list(found.order_by("id")[:PAGE])


def attachment_for(party: str, *, attachment_id: str) -> bytes | None:
    """Return a sealed attachment of a letter to the party, or nothing."""
    row = Attachment.objects.filter(id=attachment_id, letter__to=party).first()
    return bytes(row.blob) if row else None


def signed_keys_of(party: str) -> bytes | None:
    """Return a party's signed key list as it was published, for whoever checks it."""
    row = KeyList.objects.filter(party=party).first()
    return bytes(row.signed) if row else None


def bulletin(name: str) -> dict[str, Any] | None:
    """Return what the police have published under a name, its signature checked anew, or nothing."""
    row = Bulletin.objects.filter(name=name).first()
    if row is None:
        return None
    verify_key = party_named(MAY_ANSWER).verify
    return sealing.open_bulletin(
        bytes(row.signed), verify_key=verify_key, party=MAY_ANSWER
    ).content
