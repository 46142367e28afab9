"""`serve` and `worker`: what is started, and that a signal ends it between two rounds."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from tests.sites.conftest import run

from nosvidere.sites.serving import CLEAN_MEMORY

STARTS_WITHIN_S = 60


@pytest.fixture
def quiet(db, settings, tmp_path):
    """The site's own folders out of the way, and no drop."""
    settings.HOME = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.KEYS = tmp_path / "keys"
    settings.KEYS.mkdir()
    settings.DROP_URL = "http://127.0.0.1:9"


@pytest.mark.slow
def test_serve_prepares_the_site_and_becomes_the_web_server(quiet, monkeypatch, tmp_path):
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _program, command: started.append(command))

    done = run("serve", "police", "--workers", "2")

    assert done.exit_code == 0
    (command,) = started
    assert command[:3] == [sys.executable, "-m", "gunicorn"]
    assert (command[command.index("--bind") + 1], command[command.index("--workers") + 1]) == ("127.0.0.1:8001", "2")  # fmt: skip
    assert "--access-logfile" not in command
    assert any((tmp_path / "static").iterdir())


@pytest.mark.slow
def test_the_public_site_is_served_with_patience_and_a_clean_memory(quiet, monkeypatch):
    for name in CLEAN_MEMORY:
        monkeypatch.setenv(name, "")
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _program, command: started.append(command))

    run("serve", "public")

    assert "python:nosvidere.sites.serving" in started[0]
    assert "--threads" not in started[0]
    assert {name: os.environ[name] for name in CLEAN_MEMORY} == CLEAN_MEMORY


@pytest.mark.slow
def test_a_worker_does_one_round(quiet):
    done = run("worker", "public", "--once")

    assert done.exit_code == 0


@pytest.mark.slow
def test_a_worker_tells_what_it_did(quiet):
    Session.objects.create(session_key="old", expire_date=datetime(2020, 1, 1, tzinfo=UTC))

    done = run("worker", "police", "--once")

    assert "inloggningar som gått ut: 1" in done.output
    assert not Session.objects.exists()


@pytest.mark.slow
def test_a_worker_goes_on_until_it_is_told_to_stop(quiet):
    held = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGTERM)).start()
    try:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        done = run("worker", "public", "--every", "0.2")
    finally:
        for name, handler in held.items():
            signal.signal(name, handler)

    assert done.exit_code == 0


def environment(home, **values: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, "PYTHONPATH": "src", "NOSVIDERE_HOME": str(home), **values}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def fetch(url: str):
    """Return the answer as soon as somebody gives one."""
    until = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            return urllib.request.urlopen(url, timeout=10)  # noqa: S310 - our own machine
        except urllib.error.HTTPError as answer:
            return answer
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


@pytest.mark.slow
@pytest.mark.parametrize("site", ["public", "police", "services"])
def test_each_site_answers_with_the_strict_headers(site, tmp_path):
    port = free_port()
    command = [sys.executable, "-m", "nosvidere.sites.cli", "serve", site, "--port", str(port)]
    with subprocess.Popen(
        command, env=environment(tmp_path), stderr=subprocess.DEVNULL, start_new_session=True
    ) as server:
        try:
            answer = fetch(f"http://127.0.0.1:{port}/")
        finally:
            os.killpg(server.pid, signal.SIGTERM)

    assert answer.status == 200
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert not re.search(r"https?:|\*", policy)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] in {"no-referrer", "same-origin"}
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert (site == "public") is ("Set-Cookie" not in answer.headers)
    assert not (tmp_path / ({"public": "police"}.get(site, "public"))).exists()


def on_new_home(home, *words: str, **values: str) -> subprocess.Popen[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "nosvidere.sites.cli", *words],
        env={**kept, "PYTHONPATH": "src", "NOSVIDERE_HOME": str(home), **values},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "site"),
    [
        (("audit", "verify"), "police"),
        (("purge", "--dry-run"), "police"),
        (("keys", "publish"), "services"),
    ],
)
def test_the_first_command_on_a_new_home_makes_the_database(tmp_path, words, site):
    done = on_new_home(tmp_path, *words, NOSVIDERE_SITE=site)

    told = done.communicate(timeout=STARTS_WITHIN_S)[1]
    assert "Traceback" not in told
    assert (tmp_path / site / "db.sqlite3").exists()


@pytest.mark.slow
def test_two_workers_that_start_at_once_on_a_new_home_both_come_up(tmp_path):
    both = [on_new_home(tmp_path, "worker", "public", "--once") for _ in range(2)]

    told = [one.communicate(timeout=STARTS_WITHIN_S)[1] for one in both]

    assert [one.returncode for one in both] == [0, 0], told
