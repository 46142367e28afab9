"""The relay for tests of the inside: the real one, over HTTP, in a thread of the test's own process.

It answers inside the test's transaction, so a test needs no more than `db`. A fixture of an app's tests reads

    with relay_at_hand(settings, folder=tmp_path):
        become(settings, "police", folder=tmp_path)
        yield
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from nosvidere.courier import actions
from nosvidere.courier.queries import own_public_keys
from nosvidere.kernel.time import now


class RelayHandler(WSGIHandler):
    """The process's own pages are those of the test's site; the relay's are the public host's."""

    def get_response(self, request: Any) -> Any:
        request.urlconf = "nosvidere.sites.public_urls"
        return super().get_response(request)


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing, as the public host does."""


@contextmanager
def relay_at_hand(settings: Any, *, folder: Path) -> Iterator[str]:
    """Let the process be the public host too, and give the address at which it answers."""
    settings.PARTIES = folder / "parties.json"
    settings.PARTIES.write_text("{}")
    settings.PEPPER_FILE = folder / "pepper"
    settings.PEPPER_FILE.write_bytes(b"p" * 32)
    server = make_server("127.0.0.1", 0, RelayHandler(), WSGIServer, QuietHandler)
    settings.DROP_URL = f"http://127.0.0.1:{server.server_port}"
    shared = connections["default"]
    shared.inc_thread_sharing()
    thread = threading.Thread(target=_serve, args=(server, shared))
    thread.start()
    try:
        yield settings.DROP_URL
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        shared.dec_thread_sharing()


def _serve(server: WSGIServer, shared: Any) -> None:
    """Answer on the test's own connection to the database."""
    connections["default"] = shared
    server.serve_forever(poll_interval=0.01)


def become(settings: Any, party: str, *, folder: Path) -> None:
    """Let the process be one of the inside parties, with its keys made, trusted and published."""
    settings.PARTY = party
    settings.KEYS = folder / party
    if not settings.KEYS.exists():
        settings.KEYS.mkdir()
        known = json.loads(settings.PARTIES.read_text())
        actions.make_keys(at=now())
        settings.PARTIES.write_text(json.dumps(known | own_public_keys()))
        actions.publish_keys(at=now())
    actions.trust_parties(known=json.loads(settings.PARTIES.read_text()), at=now())
