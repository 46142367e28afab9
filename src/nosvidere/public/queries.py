"""What the pages read: the answers to a code, and the picture that the police have published."""

import logging
from datetime import date
from typing import Any

from nosvidere.drop.parties import NoParty
from nosvidere.drop.queries import NoKeys, bulletin, read_answers
from nosvidere.engine.sealing import Answer, Code, Unreadable

logger = logging.getLogger(__name__)
SUMMARY = "summary"
DARK_FIGURE = "darkfigure"
NOTICE = "notice"
NOT_OPEN = (NoKeys, NoParty)  # the deployer has not put the keys in place, or they have run out


def answers_to(code: Code, *, on: date) -> list[Answer]:
    """Return what the police have answered, oldest first; an unknown code and no answer yet are the same.

    Raises AnswersDamaged, Busy and those of NOT_OPEN.
    """
    return read_answers(code, on=on)


def notices_to(code: Code, *, on: date) -> list[Answer]:
    """Return the notices to a landlord that the letter code opens; raises as `answers_to`."""
    return [answer for answer in read_answers(code, on=on) if answer.kind == NOTICE]


def summary() -> dict[str, Any] | None:
    """Return the published picture; nothing when none is published."""
    return _published(SUMMARY)


def dark_figure() -> dict[str, Any] | None:
    """Return the published interval of the dark figure; nothing when none is published."""
    return _published(DARK_FIGURE)


def _published(name: str) -> dict[str, Any] | None:
    """Return what the police have published under a name.

    What lies here without their signature is not shown either, and the log says so.
    """
    try:
        return bulletin(name)
    except NoParty:
        return None
    except Unreadable:
        logger.exception("public.E002 what lies here as the published picture is not the police's")
        return None
