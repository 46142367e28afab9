"""The two inside parties as the public host knows them: their public keys, from a file that the deployer puts there."""

import json
from dataclasses import dataclass

from django.conf import settings

from nosvidere.engine.sealing import Unreadable, from_hex
from nosvidere.kernel.refused import Refused

KEY_BYTES = 32
MAY_ANSWER = "police"


@dataclass(frozen=True, slots=True)
class Party:
    """`verify` checks what the party sends, `organisation` what keys it publishes."""

    name: str
    verify: bytes
    organisation: bytes


class NoParty(Refused):
    """The file of parties does not hold this party, or holds something else than keys."""


def party_named(name: str) -> Party:
    """Return the party's public keys; raise NoParty when the deployer has not put them there.

    The file: `{"police": {"verify": hex, "organisation": hex}, "services": {…}}`, as `keys publish` prints it.
    """
    try:
        keys = json.loads(settings.PARTIES.read_text())[name]
        verify = from_hex(keys["verify"], size=KEY_BYTES)
        return Party(name, verify, from_hex(keys["organisation"], size=KEY_BYTES))
    except (OSError, KeyError, TypeError, ValueError, Unreadable) as error:
        raise NoParty("Nycklarna för {party} saknas på den öppna sajten.", party=name) from error
