"""Sealed letters: only the receiving party's intake key opens them, and their size tells next to nothing.

A letter from the public is anonymous. A letter from one inside party to the other is signed by its sender, so
that a public host that has been taken over cannot write in a party's name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from nacl.signing import SigningKey, VerifyKey

from nosvidere.engine.sealing.attachment import (
    MOST_ATTACHMENTS,
    AttachmentKey,
    read_attachment_key,
)
from nosvidere.engine.sealing.canonical import (
    LARGEST_BUCKET,
    Unreadable,
    as_canonical,
    from_canonical,
    from_hex,
    is_bucket,
    pad,
    unpad,
)
from nosvidere.engine.sealing.fields import (
    PARTY_FIELDS,
    FieldRefused,
    check_fields,
    read_fields,
)

VERSION = 1
KEY_BYTES = 32
SIGNATURE_BYTES = 64
SEAL_BYTES = 48  # crypto_box_SEALBYTES: the throw-away public key and the authenticator
LETTER_CONTEXT = b"nv.letter.v1"
LONGEST_LANGUAGE = 8
OPEN_KEYS = {"v", "epoch", "tag", "mailbox", "lang", "day", "kind", "fields", "attachments"}
SIGNED_KEYS = OPEN_KEYS | {"sender", "signature"}


@dataclass(frozen=True, slots=True)
class Sender:
    """An inside party that signs what it sends."""

    party: str
    signing_key: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """An opened letter; `sender` is empty when the public wrote it, else the party whose signature was checked."""

    kind: str
    fields: dict[str, str]
    epoch: int
    day: date
    lang: str
    tag: bytes
    mailbox_public: bytes
    attachments: tuple[AttachmentKey, ...] = ()
    sender: str = ""


def seal_letter(
    fields: Mapping[str, str],
    *,
    recipient_public: bytes,
    mailbox_public: bytes,
    tag: bytes,
    epoch: int,
    day: date,
    lang: str,
    kind: str,
    attachments: Sequence[AttachmentKey] = (),
    sender: Sender | None = None,
) -> bytes:
    """Return the letter sealed to the recipient's intake key; raise FieldRefused when its content is not allowed.

    A letter from a party has no mailbox: its tag and mailbox key are empty.
    """
    check_fields(kind, fields)
    if (kind in PARTY_FIELDS) != (sender is not None):
        raise FieldRefused("Brev av slaget {kind} har fel avsändare.", kind=kind)
    content: dict[str, Any] = {
        "v": VERSION,
        "epoch": epoch,
        "tag": tag.hex(),
        "mailbox": mailbox_public.hex(),
        "lang": lang[:LONGEST_LANGUAGE],
        "day": day.isoformat(),
        "kind": kind,
        "fields": dict(fields),
        "attachments": [key.as_json() for key in attachments],
    }
    if sender is not None:
        content = _signed(content, sender)
    return _sealed(as_canonical(content), recipient_public)


def open_letter(
    blob: bytes, private_key: bytes, *, senders: Mapping[str, bytes] | None = None
) -> Letter:
    """Return the letter; raise Unreadable when it is damaged, forged or sealed to another key.

    `senders` holds the verify key of each party whose letters are taken.
    """
    content = from_canonical(unpad(_unsealed(blob, private_key)))
    if content.get("v") != VERSION or set(content) not in (OPEN_KEYS, SIGNED_KEYS):
        message = "The letter is not of a known version."
        raise Unreadable(message)
    sender = _checked_sender(content, senders or {})
    if (content["kind"] in PARTY_FIELDS) != bool(sender):
        message = "The letter's kind and its sender do not go together."
        raise Unreadable(message)
    return _letter(content, sender)


def is_letter_size(size: int) -> bool:
    """Say whether a sealed letter can have this size: one of five."""
    return is_bucket(size - SEAL_BYTES)


def seal_bytes(payload: bytes, key: bytes) -> bytes:
    """Return the payload locked with the inside's own store key."""
    return bytes(SecretBox(key).encrypt(payload))


def open_bytes(blob: bytes, key: bytes) -> bytes:
    """Return what `seal_bytes` locked; raise Unreadable when it is damaged or another key's."""
    try:
        return SecretBox(key).decrypt(blob)
    except (CryptoError, ValueError) as error:
        message = "The stored content cannot be opened with this key."
        raise Unreadable(message) from error


def _sealed(payload: bytes, recipient_public: bytes) -> bytes:
    if len(payload) >= LARGEST_BUCKET:
        raise FieldRefused("Brevet är för långt. Dela upp det i två.")
    return SealedBox(PublicKey(recipient_public)).encrypt(pad(payload))


def _unsealed(blob: bytes, private_key: bytes) -> bytes:
    if not is_letter_size(len(blob)):
        message = f"{len(blob)} bytes is not the size of a sealed letter."
        raise Unreadable(message)
    try:
        return SealedBox(PrivateKey(private_key)).decrypt(blob)
    except CryptoError as error:
        message = "The letter cannot be opened with this key."
        raise Unreadable(message) from error


def _signed(content: dict[str, Any], sender: Sender) -> dict[str, Any]:
    named = content | {"sender": sender.party}
    signature = SigningKey(sender.signing_key).sign(LETTER_CONTEXT + as_canonical(named)).signature
    return named | {"signature": signature.hex()}


def _checked_sender(content: dict[str, Any], senders: Mapping[str, bytes]) -> str:
    if "sender" not in content:
        return ""
    named = {name: value for name, value in content.items() if name != "signature"}
    signature = from_hex(content["signature"], size=SIGNATURE_BYTES)
    party = content["sender"]
    if not isinstance(party, str) or party not in senders:
        message = "The letter is signed by an unknown party."
        raise Unreadable(message)
    try:
        VerifyKey(senders[party]).verify(LETTER_CONTEXT + as_canonical(named), signature)
    except CryptoError as error:
        message = "The letter's signature is not its sender's."
        raise Unreadable(message) from error
    return party


def _letter(content: dict[str, Any], sender: str) -> Letter:
    key_size = 0 if sender else KEY_BYTES
    try:
        day = date.fromisoformat(content["day"])
    except (TypeError, ValueError) as error:
        message = "The letter has no day."
        raise Unreadable(message) from error
    return Letter(
        kind=content["kind"],
        fields=read_fields(content["kind"], content["fields"]),
        epoch=_whole(content["epoch"]),
        day=day,
        lang=_language(content["lang"]),
        tag=from_hex(content["tag"], size=key_size),
        mailbox_public=from_hex(content["mailbox"], size=key_size),
        attachments=_attachments(content["attachments"]),
        sender=sender,
    )


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        message = "The letter has no epoch."
        raise Unreadable(message)
    return value


def _language(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_LANGUAGE:
        message = "The letter has no language."
        raise Unreadable(message)
    return value


def _attachments(value: object) -> tuple[AttachmentKey, ...]:
    if not isinstance(value, list) or len(value) > MOST_ATTACHMENTS:
        message = "The letter's list of attachments is damaged."
        raise Unreadable(message)
    return tuple(map(read_attachment_key, value))
