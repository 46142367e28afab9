"""The public host as a process of its own, and the police's courier in the test's process."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nosvidere.courier import actions
from nosvidere.courier.queries import own_public_keys
from nosvidere.kernel.time import now

SOURCE = Path(__file__).resolve().parents[2] / "src"


class PublicHost:
    """The real public site under gunicorn, with its own home, database and pepper."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(SOURCE),
            "NOSVIDERE_HOME": str(home),
            "NOSVIDERE_TENANT": "demo",
            "DJANGO_SETTINGS_MODULE": "nosvidere.sites.public",
        }

    def run(self, script: str) -> str:
        """Run Python on the public host, as one of its pages would, and return what it prints."""
        head = "import django; django.setup()\n"
        done = subprocess.run(
            [sys.executable, "-c", head + script],
            env=self.environment,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().strip()

    def start(self) -> None:
        """Start the site as its deployer does, and wait until it answers."""
        words = ("-m", "nosvidere.sites.cli", "serve", "public", "--port", str(self.port))
        command = [sys.executable, *words]
        self.log = (self.home / "gunicorn.log").open("ab")
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=self.log, stderr=self.log, start_new_session=True
        )
        wait_for_port(self.port)

    def stop(self, how: int = signal.SIGTERM) -> None:
        """Stop the site with all its workers."""
        if self.process is not None:
            os.killpg(self.process.pid, how)
            self.process.wait(10)
            wait_for_port(self.port, is_open=False)
            self.process = None
            self.log.close()

    def trust(self, known: dict) -> None:
        """Put the parties' public keys on the host."""
        file = self.home / "public" / "parties.json"
        held = json.loads(file.read_text()) if file.exists() else {}
        file.write_text(json.dumps(held | known))


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for_port(port: int, *, is_open: bool = True) -> None:
    """Return when something listens on the port, or when nothing does any more."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as probe:
            if (probe.connect_ex(("127.0.0.1", port)) == 0) is is_open:
                return
        time.sleep(0.1)
    message = f"Port {port} did not become {'open' if is_open else 'closed'}."
    raise TimeoutError(message)


@pytest.fixture(scope="module")
def public_host(tmp_path_factory):
    """The public site, migrated and running; one for each test module."""
    host = PublicHost(tmp_path_factory.mktemp("public-host"))
    host.run(
        "from django.core.management import call_command; call_command('migrate', verbosity=0)"
    )
    host.start()
    yield host
    host.stop()


@pytest.fixture
def keys(settings, tmp_path):
    """A site's own, empty key folder."""
    settings.KEYS = tmp_path / "keys"
    settings.KEYS.mkdir()
    return settings.KEYS


@pytest.fixture
def police(db, settings, keys, public_host):
    """The police's courier with its keys published on a public host whose spool is empty."""
    settings.DROP_URL = public_host.url
    settings.PARTY = "police"
    public_host.run(
        "from nosvidere.drop.models import *; Letter.objects.all().delete(); KeyList.objects.all().delete()"
    )
    actions.make_keys(at=now())
    public_host.trust(own_public_keys())
    actions.publish_keys(at=now())
    return settings
