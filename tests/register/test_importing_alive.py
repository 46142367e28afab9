"""Imports as processes of their own: killed in the middle, beside another writer, and read by a site that goes on."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
from tests.register.conftest import HEAD

pytestmark = pytest.mark.slow
ROWS = 12_000
PATIENCE_S = 120


def command(home: Path, *words: str) -> "subprocess.Popen[str]":
    line = [sys.executable, "-m", "nosvidere.sites.cli", *words]
    environment = {**os.environ, "NOSVIDERE_HOME": str(home)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.Popen(
        line, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def imported(home: Path, file: Path) -> str:
    said, _ = (process := command(home, "register", "import", str(file))).communicate()
    assert process.returncode == 0, said
    return said


def register(file: Path, rows: int, *, moved: int = 0) -> Path:
    """Write a register of one town; the first ones may have moved since."""
    lines = (
        f"h-{n},Tångvägen,{n},,99001,Havsby,Havsby,Norra,{57.1 if n < moved else 57.0},11.4"
        for n in range(rows)
    )
    file.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return file


def database(home: Path) -> Path:
    return next(home.rglob("db.sqlite3"))


def asked(home: Path, question: str) -> int:
    with closing(sqlite3.connect(database(home), timeout=30)) as connection:
        return int(connection.execute(question).fetchone()[0])


LIVE = "SELECT count(*) FROM register_place WHERE valid_until_on IS NULL"
HIDDEN = "SELECT count(*) FROM register_place WHERE arriving_id IS NOT NULL"
STAGED = "SELECT count(*) FROM register_stagedchange"


def wait_for(home: Path, question: str, process: "subprocess.Popen[str]") -> None:
    """Return as soon as the question has an answer above nought, while the process still runs."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        with suppress(sqlite3.OperationalError):
            if asked(home, question):
                return
        time.sleep(0.01)
    message = f"never: {question}"
    raise AssertionError(message)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The folder of a police site with ten addresses in its register."""
    home = tmp_path / "home"
    home.mkdir()
    imported(home, register(tmp_path / "first.csv", 10))
    return home


def test_a_killed_import_shows_nothing_and_the_next_one_takes_all(site: Path, tmp_path: Path):
    file = register(tmp_path / "many.csv", ROWS, moved=5)
    process = command(site, "register", "import", str(file))
    wait_for(site, HIDDEN, process)

    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert asked(site, LIVE) == 10
    assert asked(site, HIDDEN) > 0
    assert asked(site, "SELECT count(*) FROM register_place WHERE lat > 57.05") == 0

    said = imported(site, file)

    assert f"Nya: {ROWS - 10}" in said
    assert (asked(site, LIVE), asked(site, HIDDEN), asked(site, STAGED)) == (ROWS, 0, 0)
    assert asked(site, "SELECT count(*) FROM register_importrun") == 2


def test_another_writer_never_waits_long(site: Path, tmp_path: Path):
    process = command(site, "register", "import", str(register(tmp_path / "many.csv", ROWS)))
    wait_for(site, HIDDEN, process)
    writes, longest = 0, 0.0

    while process.poll() is None:
        began = time.monotonic()
        with closing(sqlite3.connect(database(site), timeout=5)) as connection, connection:
            connection.execute("UPDATE audit_audithead SET id = id")
        longest = max(longest, time.monotonic() - began)
        writes += 1
        time.sleep(0.02)
    process.communicate()

    assert process.returncode == 0
    assert writes > 5
    assert longest < 4, "generous: two processors may be shared with much else"


def test_two_imports_at_once_are_told(site: Path, tmp_path: Path):
    process = command(site, "register", "import", str(register(tmp_path / "many.csv", ROWS)))
    wait_for(site, HIDDEN, process)
    process.send_signal(signal.SIGSTOP)

    said, _ = (
        second := command(site, "register", "import", str(tmp_path / "first.csv"))
    ).communicate()

    process.send_signal(signal.SIGCONT)
    process.communicate()
    assert second.returncode != 0
    assert "En annan inläsning av registret pågår" in said
    assert asked(site, LIVE) == ROWS


READER = """
import sys, django
django.setup()
from nosvidere.register import queries
for line in sys.stdin:
    found = [m.address_id for m in queries.mentions_in(line) if m.level == "exact"]
    print(found, flush=True)
"""


def test_a_running_process_picks_up_the_new_index(site: Path, tmp_path: Path):
    environment = {
        **os.environ, "NOSVIDERE_HOME": str(site), "DJANGO_SETTINGS_MODULE": "nosvidere.sites.police",
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", READER], env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as reader:  # fmt: skip

        def read(text: str) -> str:
            print(text, file=reader.stdin, flush=True)
            return reader.stdout.readline().strip()

        before = read("Tångvägen 12")
        imported(site, register(tmp_path / "more.csv", 20))
        after = read("Tångvägen 12")
        reader.stdin.close()

    assert (before, after) == ("[]", "['h-12']")
