"""The line to the drop: this site opens every connection, to one address alone, and signs every request."""

import base64
import json
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from nosvidere.courier.keys import PARTY, OwnKeys
from nosvidere.engine.sealing import Request, sign_request
from nosvidere.kernel.refused import Refused

TIMEOUT_SECONDS = 10
LARGEST_ANSWER = 32 * 1024 * 1024
OK = 200


class DropUnreachable(Refused):
    """The drop does not answer, or not as the drop does; nothing is lost, the next try may work."""


class DropRefused(Refused):
    """The drop understood and said no."""


@dataclass(frozen=True, slots=True)
class SpooledLetter:
    """A sealed letter as the drop handed it over; all but the blob is the drop's word."""

    id: str
    epoch: int
    day: date
    tag: str
    blob: bytes
    attachments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drop:
    """The drop at one address, as one party sees it."""

    url: str
    party: str
    signing_key: bytes

    @classmethod
    def of_site(cls) -> "Drop":
        """Return the drop that this site's settings name."""
        signing_key = OwnKeys.of_site().signing(PARTY)
        return cls(settings.DROP_URL, settings.PARTY, signing_key)

    def spool(self, after: str = "") -> list[SpooledLetter]:
        """Return the next letters to this party after an id."""
        found = self._json("GET", f"spool?after={after}")["letters"]
        return [_spooled(letter) for letter in found]

    def attachment(self, attachment_id: str) -> bytes:
        """Return a sealed attachment."""
        return self._call("GET", f"attachments/{attachment_id}")

    def acknowledge(self, ids: Sequence[str]) -> None:
        """Let the drop delete letters that are stored here."""
        self._json("POST", "ack", {"ids": list(ids)})

    def post_answers(self, answers: Sequence[tuple[str, int, bytes]]) -> None:
        """Lay answers (tag, number, sealed) in their mailboxes."""
        listed = [{"tag": tag, "seq": seq, "blob": _text(blob)} for tag, seq, blob in answers]
        self._json("POST", "outbox", {"answers": listed})

    def tags(self, mids: Sequence[bytes]) -> list[str]:
        """Return the tags of mailboxes."""
        found = self._json("POST", "tags", {"mids": [mid.hex() for mid in mids]})["tags"]
        return [str(tag) for tag in found]

    def push_letter(self, *, letter_id: str, to: str, epoch: int, blob: bytes) -> None:
        """Hand over a letter to the other party."""
        letter = {"id": letter_id, "to": to, "epoch": epoch, "blob": _text(blob)}
        self._json("POST", "letters", letter)

    def keys_of(self, party: str) -> bytes:
        """Return a party's signed key list, for the caller to check."""
        return self._call("GET", f"keys/{party}")

    def publish_keys(self, signed: bytes) -> None:
        """Publish this party's signed key list."""
        self._call("POST", "keys", signed)

    def publish_bulletin(self, signed: bytes) -> None:
        """Publish something for everybody."""
        self._call("POST", "bulletin", signed)

    def _json(
        self, method: str, path: str, content: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        body = b"" if content is None else json.dumps(content).encode()
        try:
            return dict(json.loads(self._call(method, path, body)))
        except (TypeError, ValueError) as error:
            raise DropUnreachable("Brevlådan svarade något annat än väntat.") from error

    def _call(self, method: str, path: str, body: bytes = b"") -> bytes:
        base = urlsplit(self.url)
        full = f"{base.path.rstrip('/')}/relay/{path}"
        connection = _connection(base.scheme, base.netloc)
        try:
            connection.request(method, full, body or None, self._headers(method, full, body))
            response = connection.getresponse()
            answer = response.read(LARGEST_ANSWER + 1)
        except ssl.SSLError as error:
            raise DropUnreachable(
                "Brevlådan och sajten litar inte på varandras certifikat."
            ) from error
        except (OSError, HTTPException) as error:
            raise DropUnreachable("Brevlådan svarar inte.") from error
        finally:
            connection.close()
        return _accepted(response.status, answer)

    def _headers(self, method: str, path: str, body: bytes) -> dict[str, str]:
        # Between machines the real clock counts, also where the season's is shown.
        request = Request(self.party, method, path, body, int(time.time()), token_hex(16))
        return {
            "Content-Type": "application/octet-stream",
            "X-Nv-Party": request.party,
            "X-Nv-At": str(request.at),
            "X-Nv-Nonce": request.nonce,
            "X-Nv-Signature": sign_request(request, signing_key=self.signing_key),
        }


def _connection(scheme: str, netloc: str) -> HTTPConnection:
    """Return a connection that follows no redirect and no proxy."""
    if scheme == "https":
        return HTTPSConnection(netloc, timeout=TIMEOUT_SECONDS, context=_trust())
    if scheme == "http":
        return HTTPConnection(netloc, timeout=TIMEOUT_SECONDS)
    raise DropUnreachable("Brevlådans adress ska börja med https:// eller http://.")


def _trust() -> ssl.SSLContext:
    """Return what this site shows the drop and whom it believes: the deployer's own authority alone, where there is one."""
    try:
        context = ssl.create_default_context(cafile=settings.DROP_AUTHORITY or None)
        if settings.DROP_CERTIFICATE:
            context.load_cert_chain(settings.DROP_CERTIFICATE, settings.DROP_KEY or None)
    except OSError as error:
        raise DropUnreachable("Sajtens certifikat för brevlådan går inte att läsa.") from error
    return context


def _accepted(status: int, answer: bytes) -> bytes:
    if status == OK and len(answer) <= LARGEST_ANSWER:
        return answer
    if status in {400, 403, 404, 409}:
        raise DropRefused("Brevlådan sade nej ({status}).", status=status)
    raise DropUnreachable("Brevlådan har ett fel ({status}).", status=status)


def _spooled(letter: dict[str, Any]) -> SpooledLetter:
    try:
        return SpooledLetter(
            id=str(letter["id"]),
            epoch=int(letter["epoch"]),
            day=date.fromisoformat(letter["day"]),
            tag=str(letter["tag"]),
            blob=base64.b64decode(letter["blob"], validate=True),
            attachments=tuple(str(one) for one in letter["attachments"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DropUnreachable("Brevlådan lämnade något annat än ett brev.") from error


def _text(blob: bytes) -> str:
    return base64.b64encode(blob).decode()
