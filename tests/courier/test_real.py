"""Two processes that know each other by HTTP alone, one of them killed in the worst moment."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from http.client import HTTPConnection
from pathlib import Path

import pytest
from tests.courier.conftest import SOURCE

from nosvidere.courier import actions, queries
from nosvidere.courier.drop_client import Drop, DropRefused
from nosvidere.courier.keys import PARTY, OwnKeys
from nosvidere.engine import sealing
from nosvidere.kernel.time import now

pytestmark = pytest.mark.slow
CANARY = "KANARIEFÅGELN sjöng"
SEND = f"""
from nosvidere.drop.actions import accept_letter
from nosvidere.drop.queries import mailbox_of
from nosvidere.engine.sealing import Code
from nosvidere.kernel.time import today
accept_letter(to="police", kind="tip", fields={{"saw": {CANARY!r}}}, mailbox=mailbox_of(Code(2020)), lang="sv", on=today())
"""
COUNT = "from nosvidere.drop.models import Letter; print(Letter.objects.count())"
READ = """
from nosvidere.drop.queries import read_answers
from nosvidere.engine.sealing import Code
from nosvidere.kernel.time import today
print([answer.text for answer in read_answers(Code(2020), on=today())])
"""


class KillingLine:
    """A line to the public host that kills whoever begins to acknowledge."""

    def __init__(self, port: int) -> None:
        self.target = ("127.0.0.1", port)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(30)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.victim: subprocess.Popen[bytes] | None = None
        self.thread = threading.Thread(target=self._carry)

    def __enter__(self) -> "KillingLine":
        """Open the line."""
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Wait until the killing is done."""
        self.thread.join()
        self.listener.close()

    def _carry(self) -> None:
        """Carry requests one by one until the killing."""
        while self._carried():
            pass

    def _carried(self) -> bool:
        try:
            caller, _ = self.listener.accept()
        except TimeoutError:
            return False
        with caller:
            asked = caller.recv(65536)
            if b"/relay/ack" in asked:
                os.kill(self.victim.pid, signal.SIGKILL)
                return False
            with socket.create_connection(self.target) as host:
                host.sendall(asked.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
                while answered := host.recv(65536):
                    caller.sendall(answered)
        return True


class PoliceHost:
    """The police's courier in a process of its own."""

    def __init__(self, home: Path, keys: Path) -> None:
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(SOURCE),
            "NOSVIDERE_HOME": str(home),
            "NOSVIDERE_TENANT": "demo",
            "DJANGO_SETTINGS_MODULE": "nosvidere.sites.police",
        }
        folder = home / "police" / "keys"
        folder.mkdir(parents=True)
        for file in keys.iterdir():
            (folder / file.name).write_bytes(file.read_bytes())

    def start(self, script: str, url: str = "") -> "subprocess.Popen[bytes]":
        """Start Python on the police's host."""
        head = "import django; django.setup()\n"
        return subprocess.Popen(
            [sys.executable, "-c", head + script],
            env=self.environment | {"NOSVIDERE_DROP_URL": url},
            stdout=subprocess.PIPE,
        )


MIGRATE = "from django.core.management import call_command; call_command('migrate', verbosity=0)"
PULL = """
from dataclasses import asdict
import json
from nosvidere.courier.actions import pull
from nosvidere.courier.models import Delivery
from nosvidere.courier.queries import deliveries_waiting, open_delivery
from nosvidere.kernel.time import now
pulled = asdict(pull(at=now()))
print(json.dumps(pulled | {"fields": [open_delivery(one) for one in deliveries_waiting()]}))
"""


def test_a_tip_goes_in_and_an_answer_comes_out(police, public_host):
    public_host.run(SEND)

    pulled = actions.exchange(at=now())
    (tip,) = queries.deliveries_waiting("tip")
    actions.send_answer(
        tag=tip.tag, mailbox=bytes(tip.mailbox), kind="question", text="När?", at=now()
    )
    actions.push(at=now())

    assert (pulled.pulled.taken, pulled.failure) == (1, "")
    assert queries.open_delivery(tip) == {"saw": CANARY}
    assert public_host.run(COUNT) == "0"
    assert public_host.run(READ) == "['received', 'När?']"


def test_killed_between_store_and_acknowledgement_nothing_is_lost_or_doubled(
    police, public_host, keys, tmp_path
):
    public_host.run(SEND)
    host = PoliceHost(tmp_path / "home", keys)
    migrated = host.start(MIGRATE)
    migrated.communicate(timeout=60)
    assert migrated.returncode == 0

    with KillingLine(public_host.port) as line:
        line.victim = host.start(PULL, line.url)
        line.victim.communicate(timeout=30)
    waiting = public_host.run(COUNT)
    told, _ = host.start(PULL, public_host.url).communicate(timeout=30)

    assert line.victim.returncode == -signal.SIGKILL
    assert waiting == "1"
    assert json.loads(told) == {
        "taken": 0,
        "repeated": 1,
        "unreadable": 0,
        "fields": [{"saw": CANARY}],
    }
    assert public_host.run(COUNT) == "0"


def test_a_public_host_killed_after_the_thanks_has_the_tip(police, public_host):
    public_host.run(SEND)

    public_host.stop(signal.SIGKILL)
    public_host.start()

    assert actions.pull(at=now()).taken == 1


def test_nothing_readable_lies_on_the_public_host(police, public_host):
    public_host.run(SEND)
    files = [file for file in public_host.home.rglob("*") if file.is_file()]

    found = [file.name for file in files if CANARY.encode() in file.read_bytes()]
    code = sealing.Code(2020).symbols.encode()
    assert found == []
    assert [file.name for file in files if code in file.read_bytes()] == []
    assert {"db.sqlite3", "pepper", "parties.json"} <= {file.name for file in files}


def test_the_public_host_logs_no_visitor(police, public_host):
    public_host.run(SEND)
    actions.exchange(at=now())

    assert "127.0.0.1 -" not in (public_host.home / "gunicorn.log").read_text()


def test_a_captured_request_cannot_be_sent_again(police, public_host):
    headers = Drop.of_site()._headers("GET", "/relay/spool", b"")
    statuses = []
    for _ in range(2):
        line = HTTPConnection("127.0.0.1", public_host.port, timeout=10)
        line.request("GET", "/relay/spool", headers=headers)
        statuses.append(line.getresponse().status)
        line.close()

    assert statuses == [200, 403]


def test_the_other_party_cannot_fetch_the_polices_letters(police, public_host):
    public_host.run(SEND)
    stranger = sealing.new_signing_key()[0]

    with pytest.raises(DropRefused):
        Drop(public_host.url, "police", stranger).spool()
    with pytest.raises(DropRefused):
        Drop(public_host.url, "services", OwnKeys.of_site().signing(PARTY)).spool()
    assert public_host.run(COUNT) == "1"
