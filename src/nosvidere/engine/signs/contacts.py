"""Ways to reach or identify a person that someone wrote in free text: to warn the writer, never to keep."""

import re
from dataclasses import dataclass
from datetime import date

E_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PERSONAL_NUMBER = re.compile(r"(?<!\d)(?:18|19|20)?(\d{2})(\d{2})(\d{2})([-+ ]?)(\d{4})(?!\d)")
PHONE = re.compile(
    r"(?<![\d+])(?:\+\d{1,3}|00\d{1,3}|0\d{1,3})(?:[ /-]{0,3}\(0\))?(?:[ /-]{0,3}\d){5,10}(?!\d)"
)
CLOCKS = re.compile(r"([01]\d|2[0-3])[0-5]\d ?[-/] ?([01]\d|2[0-3])[0-5]\d")
FEWEST_DIGITS, MOST_DIGITS = 8, 15  # a Swedish number with its 0; the limit of E.164
COORDINATION_DAYS = 60  # a coordination number adds 60 to the day
LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Contact:
    """A stretch of text that reaches or identifies somebody; kind is phone, personal_number or email."""

    start: int
    end: int
    text: str
    kind: str


def contact_spans(text: str) -> list[Contact]:
    """Return phone numbers, personal numbers and e-mail addresses in the text, in order, not overlapping."""
    found = [
        *(_contact(match, "email") for match in E_MAIL.finditer(text)),
        *(
            _contact(match, "personal_number")
            for match in PERSONAL_NUMBER.finditer(text)
            if _is_personal(match)
        ),
        *(_contact(match, "phone") for match in PHONE.finditer(text) if _is_phone(match[0])),
    ]
    kept: list[Contact] = []
    for contact in found:
        if not any(contact.start < other.end and other.start < contact.end for other in kept):
            kept.append(contact)
    return sorted(kept, key=lambda contact: contact.start)


def _contact(match: re.Match[str], kind: str) -> Contact:
    return Contact(match.start(), match.end(), match[0], kind)


def _is_phone(number: str) -> bool:
    digits = sum(char.isdigit() for char in number)
    return FEWEST_DIGITS <= digits <= MOST_DIGITS and not CLOCKS.fullmatch(number)


def _is_personal(match: re.Match[str]) -> bool:
    """Whether it has a date, and, when no sign sets the last four apart, the right check digit."""
    year, month, day, separator, last = match.groups()
    has_check = _luhn(year + month + day + last)
    return _is_date(int(month), int(day) % COORDINATION_DAYS) and (
        separator in {"-", "+"} or has_check
    )


def _is_date(month: int, day: int) -> bool:
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (2 - n % 2) for n, d in enumerate(digits)]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0
