"""Signed requests: the relay serves the two inside parties alone, each request once."""

import hashlib
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from nosvidere.engine.sealing.canonical import Unreadable, from_hex

REQUEST_CONTEXT = "nv.relay.v1"
MOST_SKEW_SECONDS = 120
NONCE_BYTES = 16
SIGNATURE_BYTES = 64
HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class Request:
    """What a signature covers; `at` in seconds since 1970 by the real clock, `path` with its query."""

    party: str
    method: str
    path: str
    body: bytes
    at: int
    nonce: str


def sign_request(request: Request, *, signing_key: bytes) -> str:
    """Return the signature in hexadecimal."""
    return SigningKey(signing_key).sign(_covered(request)).signature.hex()


def check_request(request: Request, signature: str, *, verify_key: bytes, at: int) -> None:
    """Raise Unreadable unless the party signed exactly this request within two minutes of `at`.

    That the nonce is new is for the caller to check, who remembers those of the last minutes.
    """
    from_hex(request.nonce, size=NONCE_BYTES)
    if abs(request.at - at) > MOST_SKEW_SECONDS:
        message = "The request was not signed just now."
        raise Unreadable(message)
    try:
        signed = from_hex(signature, size=SIGNATURE_BYTES)
        VerifyKey(verify_key).verify(_covered(request), signed)
    except CryptoError as error:
        message = "The request is not signed by its party."
        raise Unreadable(message) from error


def _covered(request: Request) -> bytes:
    body = hashlib.blake2b(request.body, digest_size=HASH_BYTES).hexdigest()
    parts = (
        REQUEST_CONTEXT,
        request.party,
        request.method,
        request.path,
        body,
        str(request.at),
        request.nonce,
    )
    return "\n".join(parts).encode()
