"""Intake keys live for a week: the signed list of public keys, when to make the next and when to destroy the old.

Destroying the private key closes every letter of its week for good, also on a disk that is seized later.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.signing import SigningKey, VerifyKey

from nosvidere.engine.sealing.canonical import Unreadable, as_canonical, from_canonical, from_hex

EPOCHS_CONTEXT = b"nv.epochs.v1"
VERSION = 1
KEY_BYTES = 32
EPOCH_DAYS = 7
DESTROYED_AFTER_DAYS = 30
PUBLISHED_AHEAD = 3  # the public host takes letters for three weeks after the last publication
FIRST_EPOCH_STARTS = date(2018, 1, 1)  # a Monday
SIGNATURE_BYTES = 64
LARGEST_LIST = 65536
LIST_KEYS = {"v", "party", "issued_on", "expires_on", "reply_verify", "party_verify", "epochs"}


@dataclass(frozen=True, slots=True)
class Epoch:
    """A week and the public key to which its letters are sealed."""

    number: int
    public_key: bytes

    @property
    def starts_on(self) -> date:
        """Return the Monday on which the key comes into use."""
        return FIRST_EPOCH_STARTS + timedelta(days=EPOCH_DAYS * self.number)

    @property
    def ends_on(self) -> date:
        """Return the first day on which it is no longer used."""
        return self.starts_on + timedelta(days=EPOCH_DAYS)


@dataclass(frozen=True, slots=True)
class EpochList:
    """What a party publishes: its intake keys, and the keys that check its answers and its letters."""

    party: str
    issued_on: date
    expires_on: date
    reply_verify: bytes
    party_verify: bytes
    epochs: tuple[Epoch, ...]

    def current(self, on: date) -> Epoch:
        """Return the epoch of a day; raise Unreadable when the list has none."""
        for epoch in self.epochs:
            if epoch.number == epoch_number(on):
                return epoch
        message = f"The key list of {self.party} has no key for {on}."
        raise Unreadable(message)


def new_intake_key() -> tuple[bytes, bytes]:
    """Return the private and the public half of a new intake key."""
    key = PrivateKey.generate()
    return bytes(key), bytes(key.public_key)


def new_signing_key() -> tuple[bytes, bytes]:
    """Return the signing and the verifying half of a new signing key."""
    key = SigningKey.generate()
    return bytes(key), bytes(key.verify_key)


def verify_key_of(signing_key: bytes) -> bytes:
    """Return the half of a signing key that everybody may know."""
    return bytes(SigningKey(signing_key).verify_key)


def public_key_of(private_key: bytes) -> bytes:
    """Return the half of an intake key that everybody may know."""
    return bytes(PrivateKey(private_key).public_key)


def epoch_number(on: date) -> int:
    """Return the number of the week of a day, counted from 2018-01-01; raise ValueError for an earlier day."""
    number = (on - FIRST_EPOCH_STARTS).days // EPOCH_DAYS
    if number < 0:
        message = f"{on} lies before the first epoch."
        raise ValueError(message)
    return number


def epochs_to_hold(on: date) -> range:
    """Return the epochs whose keys must exist on a day: this week's and those published ahead."""
    current = epoch_number(on)
    return range(current, current + PUBLISHED_AHEAD + 1)


def epochs_to_destroy(held: Iterable[int], *, on: date) -> list[int]:
    """Return the epochs whose private key must be destroyed: those that ended 30 days ago or more."""
    kept = timedelta(days=DESTROYED_AFTER_DAYS)
    return sorted(number for number in held if Epoch(number, b"").ends_on + kept <= on)


def sign_epochs(listed: EpochList, *, signing_key: bytes) -> bytes:
    """Return the list with the organisation's signature before it."""
    content = {
        "v": VERSION,
        "party": listed.party,
        "issued_on": listed.issued_on.isoformat(),
        "expires_on": listed.expires_on.isoformat(),
        "reply_verify": listed.reply_verify.hex(),
        "party_verify": listed.party_verify.hex(),
        "epochs": [{"n": epoch.number, "key": epoch.public_key.hex()} for epoch in listed.epochs],
    }
    payload = as_canonical(content)
    return SigningKey(signing_key).sign(EPOCHS_CONTEXT + payload).signature + payload


def open_epochs(signed: bytes, *, verify_key: bytes, party: str, on: date) -> EpochList:
    """Return the list; raise Unreadable when it is unsigned, expired, not yet valid or another party's."""
    listed = _read_epochs(_verified(signed, verify_key))
    if listed.party != party:
        message = f"The key list is not that of {party}."
        raise Unreadable(message)
    if not listed.issued_on <= on < listed.expires_on:
        message = f"The key list of {party} is not valid on {on}."
        raise Unreadable(message)
    return listed


def _verified(signed: bytes, verify_key: bytes) -> dict[str, Any]:
    if not SIGNATURE_BYTES < len(signed) <= LARGEST_LIST:
        message = "The key list is too short or too long."
        raise Unreadable(message)
    signature, payload = signed[:SIGNATURE_BYTES], signed[SIGNATURE_BYTES:]
    try:
        VerifyKey(verify_key).verify(EPOCHS_CONTEXT + payload, signature)
    except CryptoError as error:
        message = "The key list is not signed by its organisation."
        raise Unreadable(message) from error
    content = from_canonical(payload)
    if content.get("v") != VERSION or set(content) != LIST_KEYS:
        message = "The key list is not of a known version."
        raise Unreadable(message)
    return content


def _read_epochs(content: dict[str, Any]) -> EpochList:
    try:
        return EpochList(
            party=str(content["party"]),
            issued_on=date.fromisoformat(content["issued_on"]),
            expires_on=date.fromisoformat(content["expires_on"]),
            reply_verify=from_hex(content["reply_verify"], size=KEY_BYTES),
            party_verify=from_hex(content["party_verify"], size=KEY_BYTES),
            epochs=tuple(
                Epoch(int(epoch["n"]), from_hex(epoch["key"], size=KEY_BYTES))
                for epoch in content["epochs"]
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        message = "The key list is damaged."
        raise Unreadable(message) from error
