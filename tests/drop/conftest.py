"""The public host with two parties, whose keys the tests hold."""

import json
import secrets
import time
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from nosvidere.drop import actions
from nosvidere.engine import sealing
from nosvidere.engine.sealing import Epoch, EpochList, Request, sign_request

ON = date(2020, 10, 1)


@dataclass
class Inside:
    """One inside party with all its keys."""

    name: str
    signing: bytes = field(default_factory=lambda: sealing.new_signing_key()[0])
    organisation: bytes = field(default_factory=lambda: sealing.new_signing_key()[0])
    reply: bytes = field(default_factory=lambda: sealing.new_signing_key()[0])
    intake: bytes = field(default_factory=lambda: sealing.new_intake_key()[0])

    def public(self):
        return {
            "verify": sealing.verify_key_of(self.signing).hex(),
            "organisation": sealing.verify_key_of(self.organisation).hex(),
        }

    def key_list(self, on=ON, days=21):
        public_key = sealing.public_key_of(self.intake)
        listed = EpochList(
            party=self.name,
            issued_on=on,
            expires_on=on + timedelta(days),
            reply_verify=sealing.verify_key_of(self.reply),
            party_verify=sealing.verify_key_of(self.signing),
            epochs=tuple(Epoch(n, public_key) for n in sealing.epochs_to_hold(on)),
        )
        return sealing.sign_epochs(listed, signing_key=self.organisation)

    def headers(self, method, path, body=b"", *, at=None, nonce=None):
        at = int(time.time()) if at is None else at
        request = Request(self.name, method, path, body, at, nonce or secrets.token_hex(16))
        signature = sign_request(request, signing_key=self.signing)
        return {
            "X-Nv-Party": self.name,
            "X-Nv-At": str(at),
            "X-Nv-Nonce": request.nonce,
            "X-Nv-Signature": signature,
        }


@pytest.fixture
def police():
    return Inside("police")


@pytest.fixture
def services():
    return Inside("services")


@pytest.fixture
def party_file(tmp_path, police, services):
    """The file that a deployer puts on the public host."""
    file = tmp_path / "parties.json"
    file.write_text(json.dumps({"police": police.public(), "services": services.public()}))
    return file


@pytest.fixture
def host(db, settings, party_file, as_site):
    """The public host with the parties' public keys in place and nothing published yet."""
    as_site("public")
    settings.PARTIES = party_file
    settings.PEPPER_FILE = party_file.with_name("pepper")
    settings.PEPPER_FILE.write_bytes(b"p" * 32)
    return settings


@pytest.fixture
def published(host, police, services):
    """The same host after both parties have published their keys."""
    for party in (police, services):
        actions.publish_keys(party=party.name, signed=party.key_list(), on=ON)
    return host


@pytest.fixture
def call(client, host):
    """Return a function that sends a party's signed request to the relay."""

    def do(party, method, path, content=b"", **changes):
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        headers = party.headers(method, path, body, **changes)
        return client.generic(method, path, body, content_type="application/json", headers=headers)

    return do
