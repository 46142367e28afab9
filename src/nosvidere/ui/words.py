"""The rules' own words in the reader's language: written in plain Swedish, translated where they are shown."""

import re
from collections.abc import Callable, Mapping

from django.utils.translation import get_language_bidi, gettext

from nosvidere.kernel.refused import Refused

# Marks around what reads from the left inside a text that reads from the right (Unicode 16, UAX 9: LRI and PDI).
ISOLATED = "\u2066{}\u2069"
# A sign or a grade stands before its words: "F03 Besök sena kvällar", "A: ingen tvekan om källan".
CODE = re.compile(r"[A-Z]\d{2} |[A-Z1-4]: ")


def from_the_left(text: str) -> str:
    """Return a number or a date that keeps its order also in the middle of a text that reads from the right."""
    return ISOLATED.format(text) if text and get_language_bidi() else text


def translated(word: object) -> str:
    """Return a word of the rules' tables in the reader's language, with the code or the capital that it was given."""
    text = str(word)
    if code := CODE.match(text):
        return code[0] + translated(text[code.end() :])
    shown = gettext(text) if text else ""
    if shown != text or not text[:1].isupper():
        return shown
    found = gettext(text[0].lower() + text[1:])
    return found[0].upper() + found[1:]


def translated_list(words: str) -> str:
    """Return words that stand in a row, with commas between, each in the reader's language."""
    return ", ".join(translated(word) for word in words.split(", "))


def filled(parts: tuple[str, Mapping[str, str]]) -> str:
    """Return a sentence of an engine in the reader's language, with the words that fill it."""
    text, values = parts
    return gettext(text).format(**values) if values else gettext(text)


def sentence(refused: Refused) -> str:
    """Return why something is refused, in the reader's language, with the words that fill the sentence."""
    filled = {
        name: translated_list(value) if isinstance(value, str) else value
        for name, value in refused.values.items()
    }
    return gettext(refused.reason).format(**filled)


def reason_against(check: Callable[..., None], *args: object, **kwargs: object) -> str:
    """Return the reason with which a rule says no, or nothing when it lets pass."""
    try:
        check(*args, **kwargs)
    except Refused as refused:
        return sentence(refused)
    return ""
