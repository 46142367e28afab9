"""The police site as a process of its own with an evening under way, for a browser: python -m tests.field.server HOME PORT.

Started again over the same HOME it goes on where it was. It prints one line of JSON with its address, a session for each of two accounts and the first visit; it serves
until it is killed. A log that cannot be emptied rules out the test database.
"""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server


class Threads(ThreadingMixIn, WSGIServer):
    """A server that answers several requests at once."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Writes no access log."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def start(home: str, port: int) -> None:
    os.environ.update(
        NOSVIDERE_HOME=home, NOSVIDERE_DEMO="1", DJANGO_SETTINGS_MODULE="nosvidere.sites.every"
    )
    import django

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0, interactive=False)
    told = resume(Path(home) / "told.json")
    server = make_server(
        "127.0.0.1",
        port,
        StaticFilesHandler(get_wsgi_application()),
        server_class=Threads,
        handler_class=Quiet,
    )
    sys.stdout.write(json.dumps({"address": f"http://127.0.0.1:{port}", **told}) + "\n")
    sys.stdout.flush()
    server.serve_forever()


def resume(file: Path) -> dict[str, object]:
    """Return what was told the first time, or make the evening and remember what it is."""
    if not file.exists():
        file.write_text(json.dumps(prepare()))
    set_clock()
    return json.loads(file.read_text())


def set_clock() -> None:
    from tests.operations.making import EVENING

    from nosvidere.kernel import time

    time.start_clock_at(EVENING + timedelta(hours=3))


def prepare() -> dict[str, object]:
    """Make an evening under way and sign in an officer of its team and its lead."""
    from django.conf import settings
    from tests.operations.making import (
        AT,
        LEAD,
        first_visit,
        make_officer,
        make_planned,
        make_unit,
    )

    from nosvidere.accounts.models import Account, Post
    from nosvidere.rules import access

    set_clock()
    officer = make_officer("yttre-1", make_unit())
    lead = Account.objects.create_user(LEAD.code, name="Prov", created_at=AT)
    Post.objects.create(
        account=lead, unit=make_unit(), role=access.OPERATION_LEAD, from_on=AT.date()
    )
    visit = first_visit(make_planned(leads=3))
    return {
        "cookie": settings.SESSION_COOKIE_NAME,
        "officer": session_of(officer),
        "lead": session_of(lead),
        "visit": visit.pk,
        "place": str(visit.place),
        "operation": visit.operation_id,
        "shift": visit.team.shift_id,
    }


def session_of(account: object) -> str:
    """Return the key of a signed-in session."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return session.session_key


if __name__ == "__main__":
    start(sys.argv[1], int(sys.argv[2]))
