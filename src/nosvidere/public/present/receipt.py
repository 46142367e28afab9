"""The code as its owner takes it along: symbols, words, and a reminder that names nothing."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from nosvidere.engine.sealing import Code

REMIND_AFTER_DAYS = 3
LAST = 4


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    """A code in its two forms."""

    symbols: str
    words: tuple[str, ...]

    def ends_with(self, typed: str) -> bool:
        """Say whether somebody who typed the last four signs has the right code: with or without the check sign."""
        wanted = self.symbols.replace("-", "")
        given = "".join(mark for mark in typed.upper() if mark.isalnum() or mark in "*~$=")
        return len(given) >= LAST and (wanted.endswith(given) or wanted[:-1].endswith(given))


def receipt_of(code: Code) -> Receipt:
    """Return the code as it is shown, once."""
    return Receipt(code.symbols, code.words())


def reminder(on: date) -> str:
    """Return a calendar file with a reminder some days from now; it names neither us nor why."""
    day = on + timedelta(days=REMIND_AFTER_DAYS)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kalender//SV",
        "BEGIN:VEVENT",
        f"UID:{secrets.token_hex(12)}",
        f"DTSTAMP:{on:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"SUMMARY:{_('Påminnelse')}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(lines)
