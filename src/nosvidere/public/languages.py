"""The languages of the public pages: each in its own name, and whether a person who speaks it has reviewed it."""

from django.conf import settings

# In this order on every page; Swedish first.
LANGUAGES = [
    ("sv", "svenska"),
    ("en", "English"),
    ("ar", "العربية"),
    ("fa", "فارسی"),
    ("so", "Soomaali"),
    ("ti", "ትግርኛ"),
    ("uk", "українська"),
    ("ru", "русский"),
    ("ro", "română"),
    ("pl", "polski"),
    ("es", "español"),
    ("th", "ไทย"),
    ("zh-hans", "中文"),
    ("vi", "Tiếng Việt"),
]
CODES = frozenset(code for code, _name in LANGUAGES)
WRITTEN = frozenset(
    {"sv", "en"}
)  # written with the software; the rest are translated by a program
IN_TWO = "en"  # where a page that is in Swedish and English only leads readers of other languages


def as_languages(text: str) -> frozenset[str]:
    """Return the languages of a comma-separated list; raises ValueError for one that the pages do not have."""
    codes = frozenset(code.strip().lower() for code in text.split(",") if code.strip())
    if unknown := codes - CODES:
        message = f"no such language: {', '.join(sorted(unknown))}; expected some of {', '.join(sorted(CODES))}"
        raise ValueError(message)
    return codes


def is_unreviewed(code: str) -> bool:
    """Say whether a language is translated by a program and not yet listed as reviewed by the deployer."""
    return code not in WRITTEN | getattr(settings, "REVIEWED_LANGUAGES", frozenset())
