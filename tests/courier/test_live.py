"""The public host as its deployer starts it: what is left of a visitor, and what a kill or a flood costs."""

import os
import secrets
import signal
import socket
import sqlite3
import threading
import time
from contextlib import closing, suppress
from http.client import HTTPException
from urllib.parse import quote_plus

import pytest
from tests.courier.conftest import wait_for_port
from tests.courier.visitor import Visitor, found_in_files, found_in_memory, processes_of

from nosvidere.courier import actions, queries
from nosvidere.engine import sealing
from nosvidere.kernel.time import now

pytestmark = pytest.mark.slow
MARK = "KANARIEFÅGELN-SJÖNG-NÄR"
LEFT_WITHIN_S = 10
THANKED = 25
SLOW = 60  # well above the number of threads


@pytest.fixture
def visitor(police, public_host):
    """A visitor of the host, whose keys are in place."""
    return Visitor(public_host.port)


def marks_of(code: sealing.Code) -> list[bytes]:
    """Return what nobody may find: the text as it is written, sent and held, and the code with what follows from it."""
    mailbox = sealing.derive(code, "demo")
    texts = [MARK.encode(), MARK.encode("latin-1"), quote_plus(MARK).encode()]
    symbols = [code.symbols.encode(), code.symbols.replace("-", "").encode()]
    words = [" ".join(code.words()).encode("latin-1"), " ".join(code.words()).encode()]
    return [*texts, *symbols, *words, code.secret, mailbox.mid, mailbox.private_key]


def test_nothing_of_a_tip_or_its_code_is_left_in_files_or_memory(visitor, public_host):
    code = sealing.parse_code(visitor.tell(saw=f"{MARK} " * 20, place=f"{MARK} 3"))
    visitor.ask("POST", "/folj/", {"code": code.symbols})
    marks = marks_of(code)

    assert found_in_files(public_host.home, marks) == []
    until = time.monotonic() + LEFT_WITHIN_S
    while left := found_in_memory(processes_of(public_host.process.pid), marks):
        assert time.monotonic() < until, left
        time.sleep(0.5)
    assert actions.pull(at=now()).taken == 1


def test_what_is_being_sent_is_in_memory_until_its_sender_goes(visitor, public_host):
    mark = f"Kanariefågel{secrets.token_hex(8)}".encode()
    pids = processes_of(public_host.process.pid)
    head = b"POST /tipsa/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n"
    with socket.create_connection(("127.0.0.1", public_host.port)) as line:
        line.sendall(head + mark)
        time.sleep(0.5)
        assert found_in_memory(pids, [mark])

    time.sleep(0.5)
    assert found_in_memory(pids, [mark]) == []


def letters_in(public_host) -> set[str]:
    """Return the tags of all letters in the spool, and see that the spool is whole.

    A connection left open here would lose its locks as soon as another test reads the file, and then read it torn.
    """
    with closing(sqlite3.connect(public_host.home / "public" / "db.sqlite3")) as spool:
        assert spool.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {tag for (tag,) in spool.execute("SELECT tag FROM drop_letter")}


def test_killed_between_store_and_thanks_the_letter_is_there_and_whole(visitor, public_host):
    told: list[str] = []
    visitor.ask("GET", "/tipsa/")

    def tell():
        with suppress(OSError, HTTPException):
            told.append(visitor.tell(saw="Mitt emellan"))

    sender = threading.Thread(target=tell)
    sender.start()
    until = time.monotonic() + 20
    while not letters_in(public_host):
        assert time.monotonic() < until
    os.killpg(public_host.process.pid, signal.SIGKILL)
    sender.join()
    public_host.stop(signal.SIGKILL)
    public_host.start()

    assert actions.pull(at=now()).taken == 1
    assert queries.open_delivery(queries.deliveries_waiting("tip")[0])["saw"] == "Mitt emellan"


def test_every_letter_that_was_thanked_for_survives_a_kill(visitor, public_host):
    told: list[str] = []
    enough = threading.Event()
    visitor.tell()

    def go_on():
        with suppress(OSError, HTTPException, AttributeError):
            while True:
                told.append(visitor.tell())
                if len(told) >= THANKED:
                    enough.set()

    senders = [threading.Thread(target=go_on) for _ in range(3)]
    for sender in senders:
        sender.start()
    assert enough.wait(30)
    public_host.stop(signal.SIGKILL)
    for sender in senders:
        sender.join()
    public_host.start()

    pepper = (public_host.home / "public" / "keys" / "pepper").read_bytes()
    mids = [sealing.derive(sealing.parse_code(code), "demo").mid for code in told]
    assert {sealing.tag(mid, pepper).hex() for mid in mids} <= letters_in(public_host)


def test_slow_visitors_hold_nobody_up(visitor, public_host):
    slow = [socket.create_connection(("127.0.0.1", public_host.port)) for _ in range(SLOW)]
    try:
        for n, line in enumerate(slow):
            head = b"POST /tipsa/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\n"
            line.sendall(head[:20] if n % 2 else head + b"saw=")

        assert visitor.ask("GET", "/")[0] == 200
        assert visitor.tell()
    finally:
        for line in slow:
            line.close()


ODD = (
    b"\x00" * 400,
    b"\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET " + b"/" * 3000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 60 + b"\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length : 5\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: ../../etc\r\n\r\n",
    b"POST /tipsa/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n",
    b"POST /tipsa/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\nx",
    b"POST /tipsa/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nxxxxx",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
)


def test_odd_bytes_on_the_line_are_refused_and_the_site_goes_on(visitor, public_host):
    worker = processes_of(public_host.process.pid)
    answers = []
    for sent in (*ODD, *(secrets.token_bytes(600) + b"\r\n\r\n" for _ in range(30))):
        with socket.create_connection(("127.0.0.1", public_host.port)) as line:
            line.settimeout(10)
            line.sendall(sent)
            with suppress(OSError):  # closed at once
                line.shutdown(socket.SHUT_WR)
            with suppress(
                ConnectionError
            ):  # a time-out is an error: then a thread waits for the rest
                answers.append(line.recv(100)[:12])

    assert {answer for answer in answers if answer} <= {
        *(b"HTTP/1.1 %d" % status for status in (400, 411, 413, 414, 431, 501, 505))
    }
    assert visitor.ask("GET", "/")[0] == 200
    assert processes_of(public_host.process.pid) == worker


def test_the_site_logs_nothing_of_what_its_visitors_do(visitor, public_host):
    visitor.tell()
    visitor.ask("GET", "/finns-inte-alls/?vem=jag")

    wait_for_port(public_host.port)
    log = (public_host.home / "gunicorn.log").read_text()
    for trace in ("127.0.0.1 -", "finns-inte-alls", "vem=jag", "tipsa", "python-requests"):
        assert trace not in log
