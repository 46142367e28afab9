"""Signed answers: each names its place in a chain, so that none can be forged, replayed, reordered or left out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.exceptions import RuntimeError as SodiumError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey, VerifyKey

from nosvidere.engine.sealing.canonical import Unreadable, as_canonical, from_canonical
from nosvidere.engine.sealing.mailbox import Mailbox
from nosvidere.kernel.refused import Refused

ANSWER_CONTEXT = b"nv.reply.v1"
ACKNOWLEDGEMENT_CONTEXT = b"nv.ack.v1"
HASH_PERSON = b"nv.answer.hash"
HASH_BYTES = 32
TAG_BYTES = 32
SIGNATURE_BYTES = 64
ANSWER_BYTES = 4096
ANSWER_BLOB = ANSWER_BYTES + 48
FIRST = bytes(HASH_BYTES)
KINDS = ("status", "question", "message", "notice")
ANSWER_KEYS = {"tag", "seq", "prev_hash", "text", "kind", "day", "proof"}


class AnswerRefused(Refused):
    """An answer that cannot be sent as it is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An opened answer whose signature and place in the chain were checked.

    A status has one of the texts received, read and closed; `proof` is `sign_acknowledgement` in hexadecimal.
    """

    seq: int
    kind: str
    day: date
    text: str
    proof: str = ""


def sign_answer(
    text: str,
    *,
    seq: int,
    prev_hash: bytes,
    tag: bytes,
    signing_key: bytes,
    mailbox_public: bytes,
    day: date,
    kind: str = "message",
    proof: bytes = b"",
) -> bytes:
    """Return the signed answer sealed to the mailbox: 4,144 bytes whatever it says.

    `seq` counts from 1 and `prev_hash` is `answer_hash` of the answer before, or FIRST; raises AnswerRefused
    when the text does not fit or the mailbox has a key to which nothing can be sealed.
    """
    if kind not in KINDS:
        message = f"There is no kind of answer called {kind!r}."
        raise ValueError(message)
    content = {
        "tag": tag.hex(),
        "seq": seq,
        "prev_hash": prev_hash.hex(),
        "text": text,
        "kind": kind,
        "day": day.isoformat(),
        "proof": proof.hex(),
    }
    signed = bytes(SigningKey(signing_key).sign(ANSWER_CONTEXT + as_canonical(content)))
    if len(signed) >= ANSWER_BYTES:
        over = len(signed) - ANSWER_BYTES + 1
        raise AnswerRefused("Svaret är {over} byte för långt.", over=over)
    return _sealed(sodium_pad(signed, ANSWER_BYTES), mailbox_public)


def answer_hash(blob: bytes) -> bytes:
    """Return what the next answer of the chain names as the one before it."""
    return hashlib.blake2b(blob, digest_size=HASH_BYTES, person=HASH_PERSON).digest()


def open_answers(
    blobs: Sequence[bytes], mailbox: Mailbox, tag: bytes, verify_key: bytes
) -> list[Answer]:
    """Return all answers of a mailbox in order; raise Unreadable when one is forged, missing, moved or repeated.

    Limit: the newest answers can be held back without a trace, so each shows its day.
    """
    answers, before = [], FIRST
    for seq, blob in enumerate(blobs, start=1):
        content = _opened(blob, mailbox, verify_key)
        place = (content["tag"], content["seq"], content["prev_hash"])
        if place != (tag.hex(), seq, before.hex()):
            message = f"Answer {seq} does not follow the one before it."
            raise Unreadable(message)
        answers.append(_answer(content))
        before = answer_hash(blob)
    return answers


def sign_acknowledgement(tag: bytes, *, day: date, signing_key: bytes) -> bytes:
    """Return a proof that a letter to a mailbox was received on a day; it says nothing of what was told."""
    return SigningKey(signing_key).sign(_acknowledged(tag, day)).signature


def is_acknowledged(proof: bytes, *, tag: bytes, day: date, verify_key: bytes) -> bool:
    """Say whether the proof was signed for this mailbox and this day."""
    if len(proof) != SIGNATURE_BYTES:
        return False
    try:
        VerifyKey(verify_key).verify(_acknowledged(tag, day), proof)
    except CryptoError:
        return False
    return True


def _acknowledged(tag: bytes, day: date) -> bytes:
    named = hashlib.blake2b(tag, digest_size=HASH_BYTES, person=HASH_PERSON).digest()
    return ACKNOWLEDGEMENT_CONTEXT + named + day.isoformat().encode()


def _sealed(padded: bytes, mailbox_public: bytes) -> bytes:
    try:
        return SealedBox(PublicKey(mailbox_public)).encrypt(padded)
    except (SodiumError, CryptoError) as error:  # a point of low order: somebody made up the key
        reason = "Brevlådan har en nyckel som inte går att svara till."
        raise AnswerRefused(reason) from error


def _opened(blob: bytes, mailbox: Mailbox, verify_key: bytes) -> dict[str, Any]:
    if len(blob) != ANSWER_BLOB:
        message = f"{len(blob)} bytes is not the size of an answer."
        raise Unreadable(message)
    try:
        padded = SealedBox(PrivateKey(mailbox.private_key)).decrypt(blob)
        signed = VerifyKey(verify_key).verify(sodium_unpad(padded, ANSWER_BYTES))
    except (CryptoError, ValueError) as error:
        message = "The answer is damaged, forged or another mailbox's."
        raise Unreadable(message) from error
    content = from_canonical(signed.removeprefix(ANSWER_CONTEXT))
    if not signed.startswith(ANSWER_CONTEXT) or set(content) != ANSWER_KEYS:
        message = "The answer is not of a known version."
        raise Unreadable(message)
    return content


def _answer(content: dict[str, Any]) -> Answer:
    try:
        day = date.fromisoformat(content["day"])
        kind = KINDS[KINDS.index(content["kind"])]
    except (TypeError, ValueError) as error:
        message = "The answer has no day or is of an unknown kind."
        raise Unreadable(message) from error
    return Answer(content["seq"], kind, day, str(content["text"]), str(content["proof"]))
