"""Compute the test vectors of docs/protocol.md, for whoever writes another implementation.

usage: protocol_vectors.py          compares docs/protocol-vectors.json with what the code makes (exit 1 if not the same)
       protocol_vectors.py --write  writes the file anew; what is sealed is random and so differs each time
"""

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from nosvidere.engine import sealing
from nosvidere.engine.sealing import (
    FIRST,
    AttachmentKey,
    Code,
    Epoch,
    EpochList,
    Request,
    Sender,
    as_canonical,
)

FILE = Path(__file__).resolve().parents[1] / "docs" / "protocol-vectors.json"
TENANT = "demo"
DAY = date(2020, 10, 1)
CODE = Code(0x0123456789ABCDEF0123)
PEPPER = bytes(range(32))
INTAKE = bytes([1]) * 32
SIGNING = bytes([2]) * 32
ORGANISATION = bytes([3]) * 32
REPLY = bytes([4]) * 32
FIELDS = {"place": "Tångvägen 3", "saw": "Många besök."}


def fixed() -> dict[str, Any]:
    """Return all that follows from the inputs without chance."""
    mailbox = sealing.derive(CODE, TENANT)
    tag = sealing.tag(mailbox.mid, PEPPER)
    request = Request("police", "POST", "/relay/ack", b'{"ids":[]}', 1_601_575_200, "00" * 16)
    keys = {"police": REPLY, "organisation": ORGANISATION, "request": SIGNING}
    return {
        "code": {"number": hex(CODE.number), "symbols": CODE.symbols, "words": list(CODE.words())},
        "mailbox": {
            "tenant": TENANT,
            "mid": mailbox.mid.hex(),
            "public_key": mailbox.public_key.hex(),
            "pepper": PEPPER.hex(),
            "tag": tag.hex(),
        },
        "epoch": {"day": DAY.isoformat(), "number": sealing.epoch_number(DAY)},
        "verify_keys": {name: sealing.verify_key_of(key).hex() for name, key in keys.items()},
        "intake_public": sealing.public_key_of(INTAKE).hex(),
        "acknowledgement": sealing.sign_acknowledgement(tag, day=DAY, signing_key=REPLY).hex(),
        "request": {
            "body": request.body.decode(),
            "at": request.at,
            "nonce": request.nonce,
            "path": request.path,
            "signature": sealing.sign_request(request, signing_key=SIGNING),
        },
        "key_list": _key_list().hex(),
        "bulletin": _bulletin().hex(),
        "canonical": as_canonical(FIELDS).decode(),
    }


def _key_list() -> bytes:
    listed = EpochList(
        party="police",
        issued_on=DAY,
        expires_on=date(2020, 10, 22),
        reply_verify=sealing.verify_key_of(REPLY),
        party_verify=sealing.verify_key_of(SIGNING),
        epochs=(Epoch(sealing.epoch_number(DAY), sealing.public_key_of(INTAKE)),),
    )
    return sealing.sign_epochs(listed, signing_key=ORGANISATION)


def _bulletin() -> bytes:
    issued_at = datetime(2020, 10, 1, 18, tzinfo=UTC)
    return sealing.sign_bulletin(
        {"checks": 30}, party="police", name="picture", issued_at=issued_at, signing_key=SIGNING
    )


def sealed() -> dict[str, Any]:
    """Return what holds chance: a letter from the public, one from a party, two answers, a file."""
    mailbox = sealing.derive(CODE, TENANT)
    tag = sealing.tag(mailbox.mid, PEPPER)
    key, file = sealing.seal_attachment(b"A file of 24 bytes, sir.")
    both = {
        "recipient_public": sealing.public_key_of(INTAKE),
        "epoch": sealing.epoch_number(DAY),
        "day": DAY,
        "lang": "sv",
    }
    from_public = {"mailbox_public": mailbox.public_key, "tag": tag, "kind": "tip"}
    from_party = {"mailbox_public": b"", "tag": b"", "kind": "referral_status"}
    signed = {"sender": Sender("services", SIGNING)}
    status = {"reference": "r-1", "status": "RECEIVED"}
    first = _answer("received", 1, FIRST)
    second = _answer("När såg du det?", 2, sealing.answer_hash(first))
    return {
        "letter": sealing.seal_letter(FIELDS, attachments=[key], **both, **from_public).hex(),
        "party_letter": sealing.seal_letter(status, **both, **from_party, **signed).hex(),
        "answers": [first.hex(), second.hex()],
        "attachment": {"key": key.as_json(), "first_bytes": file[:64].hex(), "size": len(file)},
    }


def _answer(text: str, seq: int, before: bytes) -> bytes:
    mailbox = sealing.derive(CODE, TENANT)
    return sealing.sign_answer(
        text,
        seq=seq,
        prev_hash=before,
        tag=sealing.tag(mailbox.mid, PEPPER),
        signing_key=REPLY,
        mailbox_public=mailbox.public_key,
        day=DAY,
    )


def opened(vectors: dict[str, Any]) -> dict[str, Any]:
    """Return what the sealed vectors say when they are opened."""
    mailbox = sealing.derive(CODE, TENANT)
    tag = sealing.tag(mailbox.mid, PEPPER)
    senders = {"services": sealing.verify_key_of(SIGNING)}
    letter = sealing.open_letter(bytes.fromhex(vectors["letter"]), INTAKE)
    status = sealing.open_letter(bytes.fromhex(vectors["party_letter"]), INTAKE, senders=senders)
    blobs = [bytes.fromhex(blob) for blob in vectors["answers"]]
    answers = sealing.open_answers(blobs, mailbox, tag, sealing.verify_key_of(REPLY))
    return {
        "letter": letter.fields,
        "attachment": [_named(key) for key in letter.attachments],
        "party_letter": [status.sender, status.fields],
        "answers": [answer.text for answer in answers],
    }


def _named(key: AttachmentKey) -> dict[str, str | int]:
    return key.as_json()


def expected(vectors: dict[str, Any]) -> dict[str, Any]:
    """Return what the sealed vectors should say."""
    return {
        "letter": FIELDS,
        "attachment": [vectors["attachment"]["key"]],
        "party_letter": ["services", {"reference": "r-1", "status": "RECEIVED"}],
        "answers": ["received", "När såg du det?"],
    }


def main() -> int:
    """Write or compare; return the exit status."""
    if "--write" in sys.argv:
        text = json.dumps({"fixed": fixed(), "sealed": sealed()}, indent=2, ensure_ascii=False)
        FILE.write_text(text + "\n")
        return 0
    held = json.loads(FILE.read_text())
    is_same = held["fixed"] == fixed() and opened(held["sealed"]) == expected(held["sealed"])
    print("The vectors hold." if is_same else "The vectors do not hold.")
    return 0 if is_same else 1


if __name__ == "__main__":
    sys.exit(main())
