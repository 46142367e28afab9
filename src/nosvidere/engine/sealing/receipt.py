"""Receipt codes: 80 random bits that a person can write down, read aloud and type back."""

import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nosvidere.kernel.refused import Refused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O or U
CHECK_ALPHABET = ALPHABET + "*~$=U"  # 37 symbols, one for each remainder
LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
SEPARATORS = str.maketrans(dict.fromkeys(" \t\r\n-\u2010\u2011\u2012\u2013\u2014.,;:/", " "))
CODE_BITS = 80
SYMBOLS = 16
GROUP = 4
SYMBOL_BITS = 5
WORDS = 8
WORD_BITS = 10
PREFIX = 4
LONGEST_SYMBOL_FORM = 23  # eight words have at least 32 letters, so a longer text is words


class CodeError(Refused):
    """What was typed is no receipt code; the reason never repeats what was typed."""


@dataclass(frozen=True, slots=True, repr=False)
class Code:
    """A receipt code; whoever knows it can open its mailbox, so it never shows itself in a log."""

    number: int

    def __repr__(self) -> str:
        """Return a text that hides the code."""
        return "Code(hidden)"

    @property
    def secret(self) -> bytes:
        """Return the 80 bits as ten bytes."""
        return self.number.to_bytes(CODE_BITS // 8, "big")

    @property
    def symbols(self) -> str:
        """Return sixteen symbols and the check symbol, as `7QK4-M2XD-9TPA-W6HC-K`."""
        shifts = range(CODE_BITS - SYMBOL_BITS, -1, -SYMBOL_BITS)
        text = "".join(ALPHABET[self.number >> shift & 31] for shift in shifts)
        groups = [text[start : start + GROUP] for start in range(0, SYMBOLS, GROUP)]
        return "-".join([*groups, check_symbol(self.number)])

    def words(self, language: str = "sv") -> tuple[str, ...]:
        """Return the same 80 bits as eight words; raise ValueError when the language has no list."""
        listed = word_list(language)
        shifts = range(CODE_BITS - WORD_BITS, -1, -WORD_BITS)
        return tuple(listed[self.number >> shift & 1023] for shift in shifts)


def new_code() -> Code:
    """Return a code that nobody has seen."""
    return Code(secrets.randbits(CODE_BITS))


def parse_code(text: str) -> Code:
    """Return the code that a person typed as symbols or as words; raise CodeError saying what to look at."""
    parts = unicodedata.normalize("NFKC", text).translate(SEPARATORS).split()
    joined = "".join(parts)
    if len(joined) > LONGEST_SYMBOL_FORM:
        return Code(_from_words([part.lower() for part in parts]))
    return Code(_from_symbols(joined.upper().translate(LOOKS_LIKE)))


def check_symbol(number: int) -> str:
    """Return the symbol of the remainder by 37, which finds each wrong symbol and each swap of neighbours.

    37 is a prime that divides neither a power of 32 nor 31, nor any difference of two symbols below 37.
    """
    return CHECK_ALPHABET[number % len(CHECK_ALPHABET)]


@cache
def word_list(language: str) -> tuple[str, ...]:
    """Return the 1,024 words of a language, in order; no two begin with the same four letters."""
    source = files(__package__) / f"words_{language}.list"
    if not language.isalpha() or not source.is_file():
        message = f"There is no word list for the language {language!r}."
        raise ValueError(message)
    return tuple(source.read_text(encoding="ascii").split())


@cache
def _numbers_by_prefix() -> dict[str, int]:
    return {word[:PREFIX]: number for number, word in enumerate(word_list("sv"))}


def _from_symbols(symbols: str) -> int:
    if len(symbols) != SYMBOLS + 1:
        reason = "Koden har 17 tecken eller åtta ord. Du har skrivit {count} tecken."
        raise CodeError(reason, count=len(symbols))
    number = 0
    for position, symbol in enumerate(symbols[:SYMBOLS], start=1):
        if symbol not in ALPHABET:
            reason = "Tecken nummer {position} finns inte i någon kod. Titta på det igen."
            raise CodeError(reason, position=position)
        number = number << SYMBOL_BITS | ALPHABET.index(symbol)
    if check_symbol(number) != symbols[SYMBOLS]:
        reason = "Koden stämmer inte. Något tecken är fel eller har bytt plats."
        raise CodeError(reason)
    return number


def _from_words(words: list[str]) -> int:
    if len(words) != WORDS:
        reason = "Koden har åtta ord. Du har skrivit {count}."
        raise CodeError(reason, count=len(words))
    number = 0
    for position, word in enumerate(words, start=1):
        found = _numbers_by_prefix().get(word[:PREFIX])
        if found is None:
            reason = "Ord nummer {position} finns inte i ordlistan. Titta på det igen."
            raise CodeError(reason, position=position)
        number = number << WORD_BITS | found
    return number
