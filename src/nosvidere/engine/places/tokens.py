"""A text cut into words, numbers and signs, each knowing where it stands."""

import re
from dataclasses import dataclass

from nosvidere.engine.places.fold import fold

WORD, DIGITS, SIGN = "word", "digits", "sign"
LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u00ad\u200b\ufffd]|(?<=Ã)[¥¤¶©…„–\x85\x84\x96])"
TOKEN = re.compile(
    rf"(\d+)|({LETTER}+(?::[a-zåäö]{{1,2}}(?![^\W\d_]))?(?:['’´]s\b)?)|([^\w\s]|_)", re.IGNORECASE
)
IS = re.compile(r"\bär\b")
"""The verb, which without its dots would count years."""
ONE_TO_ONE = str.maketrans("åäöéèüáàøæ\xa0\u202f–—−", "aaoeeuaaoa  ---")


@dataclass(slots=True)
class Token:
    """A word, a number or a sign; `start:end` in the text, `folded` as compared."""

    start: int
    end: int
    text: str
    folded: str
    sort: str
    is_glued: bool

    @property
    def is_capital(self) -> bool:
        """Say whether it begins with a capital letter."""
        return self.text[:1].isupper()


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of the text in order."""
    tokens, last_end = [], -1
    for found in TOKEN.finditer(text):
        written = found.group()
        sort = (DIGITS, WORD, SIGN)[(found.lastindex or 1) - 1]
        folded = fold(written.replace(":", "")) if sort == WORD else written
        tokens.append(
            Token(found.start(), found.end(), written, folded, sort, found.start() == last_end)
        )
        last_end = found.end()
    return tokens


def plain_text(text: str) -> str:
    """Return the text in lower case without the Swedish diacritics, every sign at its old place."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    return IS.sub("##", low).translate(ONE_TO_ONE)
