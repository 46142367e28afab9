"""The numbers that the pages show: from the deployer's file, never from code; one that is missing is not shown."""

import json
import logging
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nosvidere.ui.words import from_the_left

# What each number is for, in the words of the deployer's check.
WANTED = {
    "social_duty": "socialjouren i kommunen",
    "mika": "mottagningen för den som säljer eller har sålt sex",
    "womens_line": "stödtelefon för den som utsatts för våld",
    "peer": "organisation av personer med egen erfarenhet",
    "children": "stöd för den som är under 18",
    "kast": "samtal för den som köpt sex",
    "preventell": "hjälplinje vid oönskad sexualitet",
    "men_line": "stödlinje för män",
    "suicide_line": "stöd vid självmordstankar",
    "health_line": "sjukvårdsrådgivning",
    "accessibility": "den som svarar om tillgänglighet",
    "data_protection": "den som svarar om personuppgifter",
}
LONGEST = 120
CHECKED_DAYS = 365
logger = logging.getLogger(__name__)


class BadContacts(ValueError):
    """The deployer's file of numbers cannot be used: says where and what was expected."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A number or address with its name, and the day on which somebody checked it; `note` may give hours and price."""

    number: str
    name: str | Promise
    checked_on: date | None = None
    note: str = ""

    @property
    def shown(self) -> str:
        """Return the number as it is shown, kept in order where the page reads from the right."""
        return from_the_left(self.number)

    @property
    def href(self) -> str:
        """Return where a press on it leads: a call, a letter, or nothing."""
        if "@" in self.number:
            return f"mailto:{self.number}"
        digits = "".join(mark for mark in self.number if mark.isdecimal() or mark == "+")
        return f"tel:{digits}" if digits else ""


# Sweden's own numbers, the same in the whole country; the deployer's file may replace them.
DEFAULTS = {
    "emergency": Contact("112", "112"),
    "police": Contact("114 14", _("Polisen")),
}


def read_contacts(file: Path | None) -> dict[str, Contact]:
    """Return the configured contacts by key, over Sweden's own; raise BadContacts when the file cannot be used.

    The file: `{"mika": {"number": "…", "name": "…", "checked_on": "2020-10-01", "note": "…"}, …}`; note is optional.
    """
    if file is None or not file.exists():
        return dict(DEFAULTS)
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        return DEFAULTS | {key: _contact(row) for key, row in rows.items()}
    except (OSError, AttributeError, TypeError, KeyError, ValueError) as error:
        message = f"{file}: expected number, name and checked_on for each key ({error})."
        raise BadContacts(message) from error


@cache
def shown_contacts(file: Path | None) -> dict[str, Contact]:
    """Return the contacts in a file as the pages show them; a change in the file takes a new start.

    With a file that cannot be used the pages stay up with Sweden's own numbers: somebody may need them now.
    """
    try:
        return read_contacts(file)
    except BadContacts:
        logger.exception("public.E001 the file of contacts cannot be used")
        return dict(DEFAULTS)


def missing_contacts() -> dict[str, str]:
    """Return what is not configured, and so not shown: key to what it is for."""
    held = read_contacts(settings_file())
    return {key: words for key, words in WANTED.items() if key not in held}


def unchecked_contacts(on: date) -> dict[str, str]:
    """Return the numbers that nobody has checked within a year: key to number."""
    oldest = on - timedelta(days=CHECKED_DAYS)
    held = read_contacts(settings_file())
    return {key: one.number for key, one in held.items() if (one.checked_on or date.min) < oldest}


def settings_file() -> Path | None:
    """Return where the deployer's file lies; the settings for tests and migrations name none."""
    return getattr(settings, "CONTACTS", None)


def _contact(row: dict[str, Any]) -> Contact:
    texts = [str(row[name]).strip() for name in ("number", "name")]
    note = str(row.get("note", "")).strip()
    if not all(texts) or max(map(len, (*texts, note))) > LONGEST:
        message = f"a number and a name of at most {LONGEST} signs, got {row!r}"
        raise ValueError(message)
    return Contact(texts[0], texts[1], date.fromisoformat(row["checked_on"]), note)
