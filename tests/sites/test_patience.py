"""The public site's worker: it reads from many at once and gives its threads whole requests alone."""

import logging
import os
import resource
import selectors
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from gunicorn.config import Config

from nosvidere.sites import patience, serving
from nosvidere.sites.patience import (
    BODY_LIMIT,
    HEAD_LIMIT,
    LEAST_BYTES_PER_S,
    PATIENCE_S,
    PIECE,
    Gathered,
    PatientWorker,
    Unfinished,
    is_whole,
    refused_with,
)

pytestmark = pytest.mark.slow

HEAD = b"POST /tipsa/ HTTP/1.1\r\nHost: localhost\r\n"
WHOLE = HEAD + b"Content-Length: 4\r\n\r\ntips"
PAGE = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.mark.parametrize(
    ("held", "whole"),
    [
        (b"", False),
        (HEAD, False),
        (HEAD + b"\r\n", True),
        (WHOLE[:-1], False),
        (WHOLE, True),
        (WHOLE.replace(b"Content-Length", b"content-LENGTH"), True),
        (HEAD + b"X-Content-Length: 4\r\n\r\n", True),
    ],
)
def test_a_request_is_whole_when_head_and_body_are_in(held, whole):
    assert is_whole(held) is whole


@pytest.mark.parametrize(
    ("held", "status"),
    [
        (WHOLE, 0),
        (HEAD, 0),
        (b"G" * (HEAD_LIMIT + 1), 431),
        (HEAD + b"X: " + b"x" * HEAD_LIMIT + b"\r\n\r\n", 431),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", 411),
        (HEAD + b"Content-Length: %d\r\n\r\n" % (BODY_LIMIT + 1), 413),
        (HEAD + b"Content-Length: %d\r\n\r\n" % BODY_LIMIT, 0),
        (HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", 400),
        (HEAD + b"Content-Length: -1\r\n\r\n", 400),
        (HEAD + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\n", 400),
    ],
)
def test_what_no_page_takes_is_refused_before_it_is_read(held, status):
    assert refused_with(held) == status


def test_who_sends_steadily_is_given_more_time():
    assert not Unfinished(0.0).is_late(PATIENCE_S)
    assert Unfinished(0.0).is_late(PATIENCE_S + 0.1)
    assert not Unfinished(0.0, bytearray(LEAST_BYTES_PER_S * 10)).is_late(PATIENCE_S + 9)


class Served:
    """A worker in the test's own process, turned by hand."""

    def __init__(self, app, **settings: object) -> None:
        cfg = Config()
        for name, value in {"keepalive": 2, "threads": 2, **settings}.items():
            cfg.set(name, value)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.worker = PatientWorker(
            1, os.getppid(), [self.listener], None, 30, cfg, logging.getLogger("test")
        )
        self.worker.log.access = lambda *_: None
        self.worker.tpool = ThreadPoolExecutor(2)
        self.worker.poller = selectors.DefaultSelector()
        self.worker.method_queue.init()
        self.worker.poller.register(
            self.worker.method_queue.fileno(),
            selectors.EVENT_READ,
            self.worker.method_queue.run_callbacks,
        )
        self.worker.wsgi = app
        self.worker.set_accept_enabled(True)
        self.visitors: list[socket.socket] = []

    def visitor(self, sent: bytes = b"") -> socket.socket:
        visitor = socket.create_connection(self.listener.getsockname())
        visitor.settimeout(5)
        self.visitors.append(visitor)
        visitor.sendall(sent)
        self.turn()
        return visitor

    def turn(self, seconds: float = 0.2) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.worker.wait_for_and_dispatch_events(0.02)

    def close(self) -> None:
        for visitor in self.visitors:
            visitor.close()
        self.turn()
        self.worker.tpool.shutdown()
        self.turn()  # what the last threads left behind is closed in the loop
        self.worker.murder_keepalived(force=True)
        self.worker.poller.close()
        self.worker.method_queue.close()
        self.worker.tmp.close()
        self.listener.close()


def echo(environ, start_response):
    """Answer with the body that was sent."""
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


@pytest.fixture
def served():
    """A function that serves with some settings; whatever it served is closed."""
    made: list[Served] = []

    def do(**settings: object) -> Served:
        made.append(Served(echo, **settings))
        return made[-1]

    yield do
    for one in made:
        one.close()


def test_a_request_that_comes_in_pieces_is_answered(served):
    host = served()
    visitor = host.visitor(WHOLE[:30])
    assert [bytes(one.held) for one in host.worker.unfinished.values()] == [WHOLE[:30]]

    visitor.sendall(WHOLE[30:])
    host.turn()

    assert visitor.recv(4096).endswith(b"\r\n\r\ntips")
    assert (host.worker.unfinished, host.worker.held) == ({}, 0)


def test_more_slow_visitors_than_threads_hold_nobody_up(served):
    host = served()
    for _ in range(20):
        host.visitor(WHOLE[:-1])

    visitor = host.visitor(WHOLE)

    assert visitor.recv(4096).startswith(b"HTTP/1.1 200")
    assert len(host.worker.unfinished) == 20


def test_a_kept_connection_is_read_with_the_same_patience(served):
    host = served()
    visitor = host.visitor(WHOLE)
    assert visitor.recv(4096).startswith(b"HTTP/1.1 200")

    visitor.sendall(PAGE[:-1])
    host.turn()
    assert len(host.worker.unfinished) == 1

    visitor.sendall(PAGE[-1:])
    host.turn()
    assert visitor.recv(4096).startswith(b"HTTP/1.1 200")


def test_two_requests_in_one_piece_are_both_answered(served):
    host = served()

    visitor = host.visitor(WHOLE + WHOLE)
    host.turn()

    told = b""
    while told.count(b"tips") < 2:
        told += visitor.recv(4096)
    assert told.count(b"HTTP/1.1 200") == 2


def test_empty_lines_before_a_request_give_nobody_a_thread(served):
    host = served()
    visitor = host.visitor(b"\r\n\r\n\r\n")
    assert [bytes(one.held) for one in host.worker.unfinished.values()] == [b""]

    visitor.sendall(PAGE)
    host.turn()

    assert visitor.recv(4096).startswith(b"HTTP/1.1 200")
    assert host.worker.held == 0


def test_a_large_body_is_handed_over_whole(served):
    host = served()
    body = bytes(range(256)) * 4 * 1024
    visitor = host.visitor(HEAD + b"Content-Length: %d\r\n\r\n" % len(body))
    sender = threading.Thread(target=visitor.sendall, args=(body,))
    sender.start()
    host.turn(1.0)
    sender.join()

    told = b""
    while len(told) < len(body):
        told += visitor.recv(1 << 20)
        host.turn(0.02)
    assert told.endswith(body)
    assert (host.worker.held, host.worker.working) == (0, {})


def test_what_belongs_to_the_next_request_is_kept_for_it():
    gathered = Gathered(bytearray(b"a" * (PIECE + 10)))

    assert gathered.read(4) == b"aaaa"
    assert len(gathered.take_buffered()) == PIECE + 6
    assert gathered.chunk() == b""


def test_who_is_late_is_let_go(served, monkeypatch):
    monkeypatch.setattr(patience, "PATIENCE_S", 0.0)
    monkeypatch.setattr(patience, "LEAST_BYTES_PER_S", 10**9)
    host = served()
    visitor = host.visitor(HEAD)

    host.worker.murder_pending()

    assert visitor.recv(10) == b""
    assert (host.worker.unfinished, host.worker.nr_conns) == ({}, 0)


def test_who_leaves_before_the_end_is_forgotten(served):
    host = served()
    host.visitor(HEAD).close()
    host.turn()

    assert (host.worker.unfinished, host.worker.nr_conns) == ({}, 0)


def test_a_line_that_breaks_is_forgotten(served):
    host = served()
    visitor = host.visitor(HEAD)
    visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    visitor.close()  # with a reset
    host.turn()

    assert (host.worker.unfinished, host.worker.nr_conns) == ({}, 0)


def test_a_call_without_bytes_changes_nothing(served):
    host = served()
    host.visitor(HEAD)
    (conn,) = host.worker.unfinished

    host.worker.gather(conn, conn.sock)

    assert bytes(host.worker.unfinished[conn].held) == HEAD


def test_what_is_refused_is_told_and_closed(served):
    host = served()

    visitor = host.visitor(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")

    assert visitor.recv(4096).startswith(b"HTTP/1.1 411 Length Required\r\n")
    assert host.worker.nr_conns == 0


def test_when_the_house_is_full_the_oldest_unfinished_makes_room(served):
    host = served(worker_connections=3)
    slow = [host.visitor(HEAD) for _ in range(2)]

    visitor = host.visitor(PAGE)

    assert visitor.recv(4096).startswith(b"HTTP/1.1 200")
    assert slow[0].recv(10) == b""
    assert len(host.worker.unfinished) == 1


def test_a_newcomer_is_never_the_one_who_makes_room(served):
    host = served(worker_connections=1)

    visitor = host.visitor(HEAD)
    assert len(host.worker.unfinished) == 1

    visitor.sendall(b"\r\n")
    host.turn()
    assert visitor.recv(4096).startswith(b"HTTP/1.1 200")


def test_who_has_had_an_answer_makes_room_first(served):
    host = served(worker_connections=3)
    kept = host.visitor(PAGE)
    assert kept.recv(4096).startswith(b"HTTP/1.1 200")
    host.visitor(HEAD)

    visitor = host.visitor(PAGE)

    assert visitor.recv(4096).startswith(b"HTTP/1.1 200")
    assert kept.recv(10) == b""
    assert len(host.worker.unfinished) == 1


def test_a_call_for_somebody_who_was_just_let_go_changes_nothing(served):
    host = served()
    host.visitor(HEAD)
    (conn,) = host.worker.unfinished
    host.worker._let_go(conn)

    host.worker.gather(conn, conn.sock)
    host.worker.on_client_socket_readable(conn, conn.sock)

    assert host.worker.nr_conns == 0


def test_with_tls_of_its_own_the_thread_reads_itself(served, tmp_path):
    certificate = tmp_path / "certificate.pem"
    certificate.touch()
    host = served(certfile=str(certificate))

    host.visitor()

    assert host.worker.unfinished == {}
    assert host.worker.nr_conns == 1


def test_when_too_much_is_held_nobody_with_an_ordinary_request_goes(served, monkeypatch):
    monkeypatch.setattr(patience, "HELD_LIMIT", 50)
    host = served()

    visitor = host.visitor(WHOLE[:-1])
    assert host.worker.held > 50

    visitor.sendall(WHOLE[-1:])
    host.turn()
    assert visitor.recv(4096).endswith(b"tips")


def test_when_too_much_is_held_the_largest_goes(served, monkeypatch):
    monkeypatch.setattr(patience, "HELD_LIMIT", 300)
    monkeypatch.setattr(patience, "PIECE", 100)
    host = served()
    large = host.visitor(HEAD + b"Content-Length: 1000\r\n\r\n" + b"x" * 200)
    small = host.visitor(HEAD)

    host.visitor(HEAD + b"Content-Length: 90\r\n\r\n")

    assert large.recv(10) == b""
    assert small.sendall(b"\r\n") is None
    host.turn()
    assert small.recv(4096).startswith(b"HTTP/1.1 200")


def test_a_worker_that_stops_waits_for_nobody_who_has_not_begun(served):
    host = served()
    silent = host.visitor()
    host.visitor(HEAD)

    host.worker._cap_keepalive(time.monotonic())

    assert silent.recv(10) == b""
    assert [bytes(one.held) for one in host.worker.unfinished.values()] == [HEAD]


def test_what_requests_left_in_circles_is_freed_within_a_second_or_two(served):
    host = served()
    host.visitor(WHOLE)

    host.worker.tidied_at = 0.0
    host.worker.murder_pending()
    assert host.worker.tidied == host.worker.nr == 1

    before = host.worker.tidied_at
    host.worker.murder_pending()
    assert host.worker.tidied_at == before


def test_no_crash_writes_the_memory_of_a_worker_to_a_file():
    held = resource.getrlimit(resource.RLIMIT_CORE)
    try:
        serving.post_fork(None, None)
        assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, held)


def test_the_settings_are_read_by_the_web_server():
    cfg = Config()
    for name in vars(serving).keys() & cfg.settings.keys():
        cfg.set(name, getattr(serving, name))

    assert cfg.worker_class is PatientWorker
    assert cfg.worker_connections < 1024
    assert cfg.accesslog is None
