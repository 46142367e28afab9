"""Mutual TLS: real certificates, the relay in a process of its own, and who gets in."""

import os
import signal
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPSConnection
from importlib import import_module

import pytest
from cryptography import x509
from django.core.checks import run_checks
from tests.courier.conftest import PublicHost, free_port, wait_for_port
from tests.sites.conftest import run

from nosvidere.courier import actions
from nosvidere.courier.drop_client import DropUnreachable
from nosvidere.courier.queries import own_public_keys
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import now
from nosvidere.sites.certificates import Signed, expires_at, make_authority, make_certificate
from nosvidere.sites.commands.running import mutual_tls

AT = datetime.now(UTC)


def write(folder, name, signed):
    (folder / f"{name}.pem").write_bytes(signed.certificate)
    (folder / f"{name}-key.pem").write_bytes(signed.key)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The deployer's folder: an authority, the relay's certificate, good and bad ones of clients."""
    folder = tmp_path_factory.mktemp("certificates")
    ours, theirs = make_authority("Provet", at=AT), make_authority("Någon annan", at=AT)
    long_ago = AT - timedelta(days=400)
    made = {
        "authority": ours,
        "stranger-authority": theirs,
        "relay": make_certificate(ours, "relay", names=["127.0.0.1", "drop.example"], at=AT),
        "police": make_certificate(ours, "police", at=AT),
        "stranger": make_certificate(theirs, "police", at=AT),
        "expired": make_certificate(ours, "police", at=long_ago),
    }
    for name, signed in made.items():
        write(folder, name, signed)
    return folder


@pytest.fixture(scope="module")
def relay(tmp_path_factory, folder):
    """The public host's relay, served by itself over mutual TLS."""
    host = PublicHost(tmp_path_factory.mktemp("relay-host"))
    host.environment |= {
        "DJANGO_SETTINGS_MODULE": "nosvidere.sites.relay",
        "NOSVIDERE_RELAY_CERTIFICATE": str(folder / "relay.pem"),
        "NOSVIDERE_RELAY_KEY": str(folder / "relay-key.pem"),
        "NOSVIDERE_RELAY_AUTHORITY": str(folder / "authority.pem"),
    }
    port = free_port()
    command = [sys.executable, "-m", "nosvidere.sites.cli", "serve", "relay", "--port", str(port)]
    log = (host.home / "relay.log").open("ab")
    process = subprocess.Popen(
        command, env=host.environment, stdout=log, stderr=log, start_new_session=True
    )
    wait_for_port(port)
    host.url = f"https://127.0.0.1:{port}"
    yield host
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(20)
    log.close()


@pytest.fixture
def police(db, settings, tmp_path, folder, relay):
    """The police, whose keys the relay knows and whose certificate is good."""
    settings.KEYS = tmp_path / "keys"
    settings.KEYS.mkdir()
    settings.PARTY, settings.DROP_URL = "police", relay.url
    trust(settings, folder, "police")
    actions.make_keys(at=now())
    relay.trust(own_public_keys())
    return settings


def trust(settings, folder, holder, authority="authority"):
    settings.DROP_CERTIFICATE = str(folder / f"{holder}.pem") if holder else ""
    settings.DROP_KEY = str(folder / f"{holder}-key.pem") if holder else ""
    settings.DROP_AUTHORITY = str(folder / f"{authority}.pem")


@pytest.mark.slow
def test_a_good_certificate_pulls_and_publishes(police):
    actions.publish_keys(at=now())

    assert actions.pull(at=now()).taken == 0
    assert actions.exchange(at=now()).failure == ""


@pytest.mark.slow
@pytest.mark.parametrize("holder", ["", "stranger", "expired", "relay"])
def test_without_a_certificate_or_with_another_there_is_no_way_in(police, folder, holder):
    trust(police, folder, holder)

    with pytest.raises(DropUnreachable):
        actions.pull(at=now())


@pytest.mark.slow
def test_a_drop_of_another_authority_is_not_believed(police, folder):
    trust(police, folder, "police", authority="stranger-authority")

    with pytest.raises(DropUnreachable, match="certifikat"):
        actions.pull(at=now())


@pytest.mark.slow
def test_the_relays_socket_serves_no_page_for_the_public(relay, folder):
    context = ssl.create_default_context(cafile=str(folder / "authority.pem"))
    context.load_cert_chain(folder / "police.pem", folder / "police-key.pem")
    connection = HTTPSConnection(relay.url.removeprefix("https://"), context=context, timeout=20)

    connection.request("GET", "/tipsa/")

    assert connection.getresponse().status == 404
    connection.close()


@pytest.mark.slow
def test_the_public_site_has_no_relay_where_it_stands_apart(tmp_path_factory):
    host = PublicHost(tmp_path_factory.mktemp("public-apart"))
    host.environment |= {"NOSVIDERE_RELAY_APART": "yes"}
    host.run(
        "from django.core.management import call_command; call_command('migrate', verbosity=0)"
    )
    host.start()
    try:
        answers = []
        for path in ("/relay/spool", "/"):
            connection = HTTPConnection("127.0.0.1", host.port, timeout=20)
            connection.request("GET", path)
            answers.append(connection.getresponse().status)
            connection.close()
    finally:
        host.stop()

    assert answers == [404, 200]


@pytest.mark.slow
def test_the_relay_does_not_start_without_its_certificate(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "nosvidere.sites.every")
    settings.RELAY_CERTIFICATE = settings.RELAY_KEY = tmp_path / "none.pem"
    settings.RELAY_AUTHORITY = tmp_path / "none.pem"

    with pytest.raises(Refused, match="saknas"):
        run("serve", "relay")


def test_the_relay_asks_every_caller_for_a_certificate(settings, tmp_path):
    for name in ("certificate", "key", "authority"):
        file = tmp_path / f"{name}.pem"
        file.touch()
        setattr(settings, f"RELAY_{name.upper()}", file)

    words = mutual_tls()

    assert dict(zip(words[::2], words[1::2], strict=True)) == {
        "--certfile": str(tmp_path / "certificate.pem"),
        "--keyfile": str(tmp_path / "key.pem"),
        "--ca-certs": str(tmp_path / "authority.pem"),
        "--cert-reqs": str(int(ssl.CERT_REQUIRED)),
    }


def test_a_certificate_that_cannot_be_read_is_told(settings, folder):
    from nosvidere.courier.drop_client import _trust

    trust(settings, folder, "nobody")

    with pytest.raises(DropUnreachable, match="går inte att läsa"):
        _trust()


def test_the_commands_make_them_and_say_when_they_end(tmp_path):
    box = tmp_path / "box"
    made = run("keys", "authority", str(box), "--name", "Provet")
    relay = run("keys", "certificate", str(box), "relay", "--name", "drop.example")
    client = run("keys", "certificate", str(box), "services", "--days", "20")
    later = run("keys", "expiry", str(box / "relay.pem"))
    soon = run("keys", "expiry", str(box / "relay.pem"), str(box / "services.pem"))

    assert [done.exit_code for done in (made, relay, client, later, soon)] == [0, 0, 0, 0, 1]
    assert "snart" in soon.output
    assert "går ut" in made.output
    keys = [*box.glob("*-key.pem")]
    assert len(keys) == 3
    assert {key.stat().st_mode & 0o777 for key in keys} == {0o400}
    certificate = x509.load_pem_x509_certificate((box / "relay.pem").read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["drop.example"]


def test_a_new_certificate_lays_the_old_aside_and_an_authority_is_never_made_twice(tmp_path):
    run("keys", "authority", str(tmp_path))
    run("keys", "certificate", str(tmp_path), "police")
    first = (tmp_path / "police.pem").read_bytes()
    again = run("keys", "certificate", str(tmp_path), "police")
    with pytest.raises(Refused, match="finns redan"):
        run("keys", "authority", str(tmp_path))

    assert again.exit_code == 0
    assert (tmp_path / "police.pem").read_bytes() != first
    assert first in [file.read_bytes() for file in tmp_path.glob("police.pem.*")]


def test_what_is_no_authority_signs_nothing(tmp_path):
    ours = make_authority("Provet", at=AT)

    with pytest.raises(Refused, match="namn"):
        make_certificate(ours, "relay", at=AT)
    with pytest.raises(Refused, match="går inte att läsa"):
        make_certificate(Signed(b"x", b"x"), "police", at=AT)
    with pytest.raises(Refused, match="går inte att läsa"):
        expires_at(tmp_path / "none.pem")
    with pytest.raises(Refused, match="Utfärdaren saknas"):
        run("keys", "certificate", str(tmp_path), "police")


def test_a_key_of_another_kind_signs_nothing():
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    ours = make_authority("Provet", at=AT)
    other = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )

    with pytest.raises(Refused, match="rätt slag"):
        make_certificate(Signed(ours.certificate, other), "police", at=AT)


def told(settings, file, **more):
    settings.DROP_CERTIFICATE = str(file)
    for name, value in more.items():
        setattr(settings, name, value)
    return [one.id for one in run_checks(tags=["certificates"], include_deployment_checks=True)]


def test_the_deployer_is_told_of_certificates_that_end(settings, folder, tmp_path):
    short = make_certificate(make_authority("Provet", at=AT), "police", at=AT, days=20)
    write(tmp_path, "short", short)
    settings.DROP_AUTHORITY = ""

    assert told(settings, folder / "police.pem") == []
    assert told(settings, tmp_path / "short.pem") == ["sites.W001"]
    assert told(settings, folder / "expired.pem") == ["sites.E005"]
    assert told(settings, tmp_path / "none.pem") == ["sites.E004"]
    assert told(settings, "", DROP_URL="https://drop.example") == ["sites.W002"]


def test_the_relays_site_has_the_public_hosts_letters_and_no_page():
    relay, public = (import_module(f"nosvidere.sites.{name}") for name in ("relay", "public"))

    assert relay.DATABASES == public.DATABASES
    assert relay.PARTIES == public.PARTIES
    addresses = import_module(relay.ROOT_URLCONF).urlpatterns
    assert [str(address.pattern) for address in addresses] == ["relay/"]
