"""What the inside parties may send, read strictly: an unexpected shape is refused, never guessed."""

import base64
import json
import re
from typing import Any

from nosvidere.drop.actions import OutgoingAnswer
from nosvidere.engine.sealing import Unreadable, from_hex

ID = re.compile(r"[0-9a-f]{32}")
TAG_BYTES = 32
MOST = 1000
LARGEST_COUNT = 1_000_000


def read_ids(body: bytes) -> list[str]:
    """Return the letter ids of an acknowledgement."""
    ids = _list(body, "ids")
    if not all(isinstance(one, str) and ID.fullmatch(one) for one in ids):
        message = "Expected ids of 32 hexadecimal digits."
        raise Unreadable(message)
    return ids


def read_mids(body: bytes) -> list[bytes]:
    """Return the mailbox names whose tags are asked for."""
    return [from_hex(one, size=TAG_BYTES) for one in _list(body, "mids")]


def read_answers(body: bytes) -> list[OutgoingAnswer]:
    """Return the answers that are to be laid in mailboxes."""
    return [_answer(one) for one in _list(body, "answers")]


def read_letter(body: bytes) -> tuple[str, str, int, bytes]:
    """Return id, receiver, epoch and sealed content of a letter from one party to the other."""
    content = _json(body)
    named, to = str(content.get("id")), str(content.get("to"))
    if not ID.fullmatch(named) or not _is_count(content.get("epoch")):
        message = "Expected a letter with id, to, epoch and blob."
        raise Unreadable(message)
    return named, to, int(content["epoch"]), _bytes(content.get("blob"))


def _answer(content: Any) -> OutgoingAnswer:
    if not isinstance(content, dict) or not _is_count(content.get("seq")):
        message = "Expected an answer with tag, seq and blob."
        raise Unreadable(message)
    tag = from_hex(content.get("tag"), size=TAG_BYTES).hex()
    return OutgoingAnswer(tag, content["seq"], _bytes(content.get("blob")))


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 < value <= LARGEST_COUNT


def _bytes(value: Any) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (TypeError, ValueError) as error:
        message = "Expected base64."
        raise Unreadable(message) from error


def _list(body: bytes, name: str) -> list[Any]:
    found = _json(body).get(name)
    if not isinstance(found, list) or len(found) > MOST:
        message = f"Expected a list of at most {MOST} under {name!r}."
        raise Unreadable(message)
    return found


def _json(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:
        message = "Expected JSON."
        raise Unreadable(message) from error
    if not isinstance(content, dict):
        message = "Expected a JSON object."
        raise Unreadable(message)
    return content
