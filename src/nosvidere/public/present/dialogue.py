"""The answers to a code as a page shows them; never the tip itself, so a found code tells only that something was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from nosvidere.engine.sealing import Answer
from nosvidere.public.wording import KINDS, STATUSES
from nosvidere.ui.components import Event

NOTICE = "notice"
QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What was answered, oldest first; the newest question by itself if nothing came after it; a receipt if one was signed."""

    events: tuple[Event, ...]
    question: str
    receipt: str
    receipt_on: date | None
    has_notice: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice to a landlord: the day and its paragraphs."""

    on: date
    paragraphs: tuple[str, ...]


def dialogue_of(answers: Sequence[Answer], *, is_answered: bool = False) -> Dialogue:
    """Return the answers to a neighbour; a question that has just been answered is not put again."""
    told = [answer for answer in answers if answer.kind != NOTICE]
    proved = next((answer for answer in told if answer.proof), None)
    return Dialogue(
        events=tuple(_event(answer) for answer in told),
        question="" if is_answered else _open_question(told),
        receipt=proved.proof if proved else "",
        receipt_on=proved.day if proved else None,
        has_notice=len(told) < len(answers),
    )


def _open_question(told: Sequence[Answer]) -> str:
    """Return the newest answer when it is a question."""
    return next((answer.text for answer in told[-1:] if answer.kind == QUESTION), "")


def letters_of(notices: Sequence[Answer]) -> tuple[Letter, ...]:
    """Return the notices to a landlord, newest first."""
    return tuple(
        Letter(notice.day, tuple(part for part in notice.text.split("\n\n") if part.strip()))
        for notice in reversed(notices)
    )


def _event(answer: Answer) -> Event:
    day = answer.day.isoformat()
    if answer.kind == "status":
        title, text = STATUSES.get(answer.text, (_("Besked"), answer.text))
    else:
        title, text = KINDS.get(answer.kind, _("Besked")), answer.text
    return Event(at=day, moment=day, title=str(title), text=str(text))
