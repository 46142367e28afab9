"""The demonstration's neighbours and landlords: what they do on the public site."""

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from nosvidere.drop.actions import accept_letter
from nosvidere.drop.queries import mailbox_of, read_answers, tag_of
from nosvidere.engine.sealing import new_code, parse_code
from nosvidere.kernel.time import local_date
from nosvidere.public.contacts import settings_file

# PTS sets 070-174 06 05 to 070-174 06 99 aside for fiction.
CONTACTS = {
    "social_duty": "Socialjouren i Videhamn",
    "mika": "Samtalsmottagningen i Videhamn",
    "womens_line": "Stödtelefonen",
    "peer": "De egnas förening",
    "children": "Barnens linje",
    "kast": "Samtal för köpare i Videhamn",
    "preventell": "Linjen för oönskad sexualitet",
    "men_line": "Stödlinjen för män",
    "suicide_line": "Livlinan",
    "health_line": "Sjukvårdsrådgivningen",
    "accessibility": "Videhamns växel, tillgänglighet",
    "data_protection": "Dataskyddsombudet",
}


class _Threading(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the framework's name
        """Write nothing: a log would hold addresses."""


def prepare(*, at: datetime, parties: Mapping[str, Any]) -> bool:
    """Make the database ready and write down the public keys of the two inside parties."""
    call_command("migrate", interactive=False, verbosity=0)
    Path(settings.PARTIES).write_text(json.dumps(parties))
    _write_contacts(at)
    return True


def _write_contacts(at: datetime) -> None:
    """Give the town its own contacts, with numbers that are set aside for books and films: nobody answers them."""
    contacts = {
        key: {
            "number": f"070-174 06 {number:02d}",
            "name": f"{name} (påhittat nummer)",
            "checked_on": at.date().isoformat(),
        }
        for number, (key, name) in enumerate(CONTACTS.items(), start=5)
    }
    if file := settings_file():
        file.write_text(json.dumps(contacts, ensure_ascii=False, indent=1), encoding="utf-8")


def listen(*, at: datetime, port: int) -> bool:
    """Let the two inside parties reach the relay while the season is played."""
    server = make_server("127.0.0.1", port, get_wsgi_application(), _Threading, _Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return True


def look(*, at: datetime) -> bool:
    """Do nothing but let the clock be set."""
    return True


def write_tip(*, at: datetime, fields: Mapping[str, str]) -> dict[str, str]:
    """Write a tip as the form does; return the code that its sender gets and the tag of the mailbox."""
    code = new_code()
    mailbox = mailbox_of(code)
    accept_letter(
        to="police",
        kind="tip",
        fields=fields,
        mailbox=mailbox,
        lang="sv",
        on=local_date(at),
        code=code,
    )
    return {"code": str(code.symbols), "tag": tag_of(mailbox.mid)}


def answer_notice(*, at: datetime, code: str, fields: Mapping[str, str]) -> int:
    """Open the notice that a letter code leads to, answer it, and return how many letters lay in the mailbox."""
    opened = parse_code(code)
    answers = read_answers(opened, on=local_date(at))
    accept_letter(
        to="police",
        kind="landlord",
        fields=fields,
        mailbox=mailbox_of(opened),
        lang="sv",
        on=local_date(at),
        code=opened,
    )
    return len(answers)


ACTS = {
    "look": look,
    "prepare": prepare,
    "listen": listen,
    "write_tip": write_tip,
    "answer_notice": answer_notice,
}
