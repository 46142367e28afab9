"""From a receipt code to its mailbox; everything follows from the code, so nothing has to be stored."""

import hashlib
from dataclasses import dataclass

from nacl.public import PrivateKey
from nacl.pwhash import argon2id

from nosvidere.engine.sealing.receipt import Code

KEY_BYTES = 32
OPERATIONS = 2
MEMORY_BYTES = 19 * 1024 * 1024
SALT_BYTES = 16
ID_PERSON = b"nv.mbox.id.v1"
KEY_PERSON = b"nv.mbox.x25519"
TAG_PERSON = b"nv.mbox.tag"


@dataclass(frozen=True, slots=True, repr=False)
class Mailbox:
    """Where answers to a code go: its name, and the key pair that opens them."""

    mid: bytes
    public_key: bytes
    private_key: bytes

    def __repr__(self) -> str:
        """Return a text that hides the keys."""
        return "Mailbox(hidden)"


def derive(code: Code, tenant: str) -> Mailbox:
    """Return the mailbox of a code at one deployment; about 20 ms and 19 MiB, so callers bound how many run."""
    root = argon2id.kdf(
        KEY_BYTES,
        code.secret,
        _salt(tenant),
        opslimit=OPERATIONS,
        memlimit=MEMORY_BYTES,
    )
    private_key = PrivateKey(_keyed(b"", key=root, person=KEY_PERSON))
    mid = _keyed(b"", key=root, person=ID_PERSON)
    return Mailbox(mid, bytes(private_key.public_key), bytes(private_key))


def tag(mid: bytes, pepper: bytes) -> bytes:
    """Return the name under which the public host knows a mailbox: useless without the pepper."""
    return _keyed(mid, key=pepper, person=TAG_PERSON)


def _salt(tenant: str) -> bytes:
    purpose = f"nosvidere/{tenant}/receipt/v1".encode()
    return hashlib.blake2b(purpose, digest_size=SALT_BYTES).digest()


def _keyed(content: bytes, *, key: bytes, person: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=KEY_BYTES, key=key, person=person).digest()
