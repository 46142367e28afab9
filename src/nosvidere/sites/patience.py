"""A web server's worker that gives a thread to whole requests alone: whoever sends slowly waits outside and holds nobody up.

A thread of gunicorn's own worker reads a request from the network itself, for as long as the sender takes. Here the
worker's main loop gathers the bytes of all visitors at once, and a thread begins when the last one is in.
"""

import gc
import re
import selectors
import struct
import time
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from socket import SO_RCVTIMEO, SO_SNDBUF, SO_SNDTIMEO, SOL_SOCKET, socket

from gunicorn.http.unreader import Unreader
from gunicorn.workers.gthread import TConn, ThreadWorker

PATIENCE_S = 20.0
LEAST_BYTES_PER_S = 2_000  # with so many a sender is given more time: 16 kbit/s, a bad mobile net
HEAD_LIMIT = 16 * 1024
BODY_LIMIT = 54 * 1024 * 1024  # five photos of 10 MB and the form around them
HELD_LIMIT = 256 * 1024 * 1024  # of all requests together, until they are answered
SEND_BUFFER = 256 * 1024  # takes any page whole, so that no thread waits for whoever reads slowly
# The kernel ends a wait that should not have been: no thread is lost for good.
AT_MOST_S = struct.pack("ll", 20, 0)
PIECE = 64 * 1024
END_OF_HEAD = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([^\r\n]*?)[ \t]*(?=\r\n)", re.IGNORECASE)
A_LENGTH = re.compile(rb"\d{1,9}")
CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
REASONS = {
    400: "Bad Request",
    411: "Length Required",
    413: "Content Too Large",
    431: "Request Header Fields Too Large",
}


@dataclass(slots=True)
class Unfinished:
    """What has come of a request so far, and since when."""

    begun: float
    held: bytearray = field(default_factory=bytearray)

    def is_late(self, at: float) -> bool:
        """Whether its sender has had more time than the bytes so far are worth."""
        return at - self.begun > PATIENCE_S + len(self.held) / LEAST_BYTES_PER_S


def is_whole(held: bytes | bytearray) -> bool:
    """Return whether head and body of a request are all there; a request without a length has no body."""
    end = held.find(END_OF_HEAD)
    return end >= 0 and len(held) - end - len(END_OF_HEAD) >= _length_of(held, end)


def refused_with(held: bytes | bytearray) -> int:
    """Return the status with which a request is refused before it is whole, or 0."""
    end = held.find(END_OF_HEAD)
    if (len(held) if end < 0 else end) > HEAD_LIMIT:
        return 431
    return 0 if end < 0 else _refused_for_body(held, end)


def _refused_for_body(held: bytes | bytearray, end: int) -> int:
    """Return the status for a body whose length is not told, told oddly, or too large."""
    if CHUNKED.search(held, 0, end + 2):
        return 411
    lengths = LENGTH.findall(held, 0, end + 2)
    if len(lengths) > 1 or not all(A_LENGTH.fullmatch(length) for length in lengths):
        return 400
    return 413 if _length_of(held, end) > BODY_LIMIT else 0


def _length_of(held: bytes | bytearray, end: int) -> int:
    found = LENGTH.search(held, 0, end + 2)
    return int(found[1]) if found else 0


class Gathered(Unreader):  # type: ignore[misc]  # gunicorn ships no types
    """A request that is whole, handed out piece by piece and forgotten as it goes."""

    def __init__(self, held: bytearray) -> None:
        """Take what has been gathered."""
        super().__init__()
        self.held = held

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Return the next piece; nothing when there is no more."""
        piece = bytes(self.held[:PIECE])
        del self.held[:PIECE]
        return piece

    def take_buffered(self) -> bytes:
        """Return what belongs to the next request already."""
        ahead: bytes = super().take_buffered() + bytes(self.held)
        self.held.clear()
        return ahead


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """A threaded worker whose threads never wait for the network."""

    def __init__(self, *values: object, **options: object) -> None:
        """Begin with nobody waiting."""
        super().__init__(*values, **options)
        self.unfinished: dict[TConn, Unfinished] = {}  # the oldest first
        self.working: dict[TConn, int] = {}  # how much each request that a thread has held
        self.held = 0
        self.tidied, self.tidied_at = 0, 0.0

    def enqueue_req(self, conn: TConn) -> None:
        """Begin to gather a request of a new or kept connection; with TLS of its own the thread must read itself."""
        if self.cfg.is_ssl:
            super().enqueue_req(conn)
            return
        self._make_room()
        conn.sock.setsockopt(SOL_SOCKET, SO_SNDBUF, SEND_BUFFER)
        conn.sock.setsockopt(SOL_SOCKET, SO_RCVTIMEO, AT_MOST_S)
        conn.sock.setsockopt(SOL_SOCKET, SO_SNDTIMEO, AT_MOST_S)
        conn.init()
        conn.sock.setblocking(False)
        self.unfinished[conn] = Unfinished(time.monotonic())
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.gather, conn))
        ahead = conn.parser.unreader.take_buffered()
        if ahead:
            self._weigh(conn, ahead)

    def gather(self, conn: TConn, sock: socket) -> None:
        """Take what has come from one sender, and pass the request on when it is whole."""
        if conn not in self.unfinished:  # let go in the same turn of the loop
            return
        try:
            piece = sock.recv(PIECE)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if piece:
            self._weigh(conn, piece)
        else:
            self._let_go(conn)

    def _weigh(self, conn: TConn, piece: bytes) -> None:
        """Add a piece to what is held, and do what the whole then calls for."""
        held = self.unfinished[conn].held
        before = len(held)
        held += piece
        while held.startswith(b"\r\n"):  # no part of a request (RFC 9112, section 2.2)
            del held[:2]
        self.held += len(held) - before
        status = refused_with(held)
        if status:
            line = f"HTTP/1.1 {status} {REASONS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
            with suppress(OSError):
                conn.sock.send(line.encode())
            self._let_go(conn)
        elif is_whole(held):
            self._forget(conn)
            self.working[conn] = len(held)
            self.held += len(held)
            conn.parser.unreader = Gathered(held)
            conn.data_ready = True
            super().enqueue_req(conn)
        elif self.held > HELD_LIMIT:
            self._drop_largest()

    def _drop_largest(self) -> None:
        """Let the largest unfinished request go, if it is no ordinary one: a flood of photos costs photos, not tips."""
        largest = max(self.unfinished, key=lambda conn: len(self.unfinished[conn].held))
        if len(self.unfinished[largest].held) > PIECE:
            self._let_go(largest)

    def finish_request(self, conn: TConn, fs: "Future[object]") -> None:
        """Make room for what the request held, and close or keep the connection."""
        self.held -= self.working.pop(conn, 0)
        super().finish_request(conn, fs)

    def on_client_socket_readable(self, conn: TConn, client: socket) -> None:
        """Begin the next request of a kept connection, unless it was let go in the same turn of the loop."""
        if conn in self.keepalived_conns:
            super().on_client_socket_readable(conn, client)

    def _make_room(self) -> None:
        """When there is no room for a new visitor, let go who has had an answer, or else the oldest unfinished."""
        if self.nr_conns < self.worker_connections:
            return
        if self.keepalived_conns:
            conn = self.keepalived_conns.popleft()
            self.poller.unregister(conn.sock)
            self.nr_conns -= 1
            conn.close()
        elif self.unfinished:  # an honest one is soon whole
            self._let_go(next(iter(self.unfinished)))

    def murder_pending(self) -> None:
        """Let go of those whose time is up and of what requests left behind; gunicorn's loop calls this every second."""
        super().murder_pending()
        at = time.monotonic()
        for conn in [conn for conn, one in self.unfinished.items() if one.is_late(at)]:
            self._let_go(conn)
        if self.nr != self.tidied and at - self.tidied_at >= 1.0:
            # Objects in a circle are freed, and with that overwritten (CLEAN_MEMORY), only when somebody looks for them.
            self.tidied, self.tidied_at = self.nr, at
            gc.collect()

    def _cap_keepalive(self, deadline: float) -> None:
        """Wait, when the worker is told to stop, for nobody who has not begun to send; gunicorn's loop calls this then."""
        super()._cap_keepalive(deadline)
        for conn in [conn for conn, one in self.unfinished.items() if not one.held]:
            self._let_go(conn)

    def _forget(self, conn: TConn) -> None:
        self.held -= len(self.unfinished.pop(conn).held)
        self.poller.unregister(conn.sock)

    def _let_go(self, conn: TConn) -> None:
        self._forget(conn)
        self.nr_conns -= 1
        conn.close()
