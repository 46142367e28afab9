"""Bulletins: what a party publishes for everybody, signed so that the public host cannot change a figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from nosvidere.engine.sealing.canonical import Unreadable, as_canonical, from_canonical

BULLETIN_CONTEXT = b"nv.bulletin.v1"
SIGNATURE_BYTES = 64
LARGEST_BULLETIN = 1024 * 1024
BULLETIN_KEYS = {"party", "name", "issued_at", "content"}


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A published content under its name; of two with the same name the later holds."""

    party: str
    name: str
    issued_at: datetime
    content: dict[str, Any]


def sign_bulletin(
    content: Mapping[str, Any], *, party: str, name: str, issued_at: datetime, signing_key: bytes
) -> bytes:
    """Return the content as canonical JSON with the party's signature before it; raise ValueError over 1 MiB."""
    named = {
        "party": party,
        "name": name,
        "issued_at": issued_at.isoformat(),
        "content": dict(content),
    }
    payload = as_canonical(named)
    if len(payload) > LARGEST_BULLETIN:
        message = f"A bulletin of {len(payload)} bytes is larger than {LARGEST_BULLETIN}."
        raise ValueError(message)
    return SigningKey(signing_key).sign(BULLETIN_CONTEXT + payload).signature + payload


def open_bulletin(signed: bytes, *, verify_key: bytes, party: str) -> Bulletin:
    """Return the bulletin; raise Unreadable unless the party signed it."""
    signature, payload = signed[:SIGNATURE_BYTES], signed[SIGNATURE_BYTES:]
    try:
        VerifyKey(verify_key).verify(BULLETIN_CONTEXT + payload, signature)
    except (CryptoError, ValueError) as error:
        message = "The bulletin is not signed by its party."
        raise Unreadable(message) from error
    named = from_canonical(payload)
    if set(named) != BULLETIN_KEYS or named["party"] != party:
        message = "The bulletin is not that of its party."
        raise Unreadable(message)
    issued_at = datetime.fromisoformat(named["issued_at"])
    return Bulletin(party, str(named["name"]), issued_at, dict(named["content"]))
