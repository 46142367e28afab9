"""The letter of an entrance: glued to its number, after it, or told of in words ("uppgång B")."""

from collections.abc import Sequence

from nosvidere.engine.places.tokens import SIGN, WORD, Token
from nosvidere.engine.places.vocabulary import ENTRANCES, NO_LETTERS, SELDOM_LETTERS

BEFORE_ENTRANCE = frozenset(",(-–/:")
BEFORE_LETTER = frozenset("(-–/")
UP_TO_WORDS = ["t", "o", "m"]
"""Written apart, as "5 t o m 9"."""
ABBREVIATING = frozenset("./")
GLUING = frozenset(":._")
AFTER_ENTRANCE = frozenset({"pa", "i", "vid", ",", "till"})


def text_at(tokens: Sequence[Token], place: int) -> str:
    """Return the folded token at a place, "" beyond either end."""
    return tokens[place].folded if 0 <= place < len(tokens) else ""


def letter_at(tokens: Sequence[Token], place: int) -> str:
    """Return the letter that follows a number at a place, or ""."""
    here, after = tokens[place : place + 1], tokens[place + 1 : place + 3]
    if not here or here[0].sort != WORD or len(here[0].text) != 1:
        return ""
    letter = here[0]
    is_word = not (letter.is_glued or letter.is_capital) and _is_word(letter.text, after)
    return "" if is_word or _begins_more(letter, after) else letter.text.upper()


def _begins_more(letter: Token, after: Sequence[Token]) -> bool:
    """Say whether a letter is the beginning of something longer: "B7", "t.o.m.", "t o m", "c/o"."""
    if [letter.folded, *(token.folded for token in after)] == UP_TO_WORDS:
        return True
    is_glued = bool(after) and after[0].is_glued
    return is_glued and (after[0].sort != SIGN or _is_abbreviation(after))


def _is_abbreviation(after: Sequence[Token]) -> bool:
    """Say whether a sign and a letter follow directly, as in "t.o.m." and "c/o"; a word does not ("5A/Ekgatan")."""
    is_sign = after[0].text in ABBREVIATING and len(after) > 1
    return is_sign and after[1].is_glued and after[1].sort == WORD and len(after[1].text) == 1


def _is_word(letter: str, after: Sequence[Token]) -> bool:
    """Say whether a small single letter is a word ("i", "o"), seen by whether the sentence goes on."""
    goes_on = bool(after) and after[0].sort != SIGN
    return letter in NO_LETTERS or (goes_on and letter in SELDOM_LETTERS)


def letter_told(tokens: Sequence[Token], place: int) -> tuple[str, int]:
    """Return (letter, its last token) of an entrance told of after a number: "17/B", "(B)", ", uppgång B"; or ("", -1)."""
    if letter := letter_at(tokens, place):
        return letter, place
    sign = text_at(tokens, place)
    at = place + (sign in BEFORE_ENTRANCE)
    if text_at(tokens, at) in ENTRANCES:
        return _last_letter(tokens, at + 1)
    is_told = sign in BEFORE_LETTER or _is_inside(tokens, place)
    return _last_letter(tokens, place + 1) if is_told else ("", -1)


def _is_inside(tokens: Sequence[Token], place: int) -> bool:
    """Say whether a sign stands glued between a number and a capital letter ("31:A", "31.A", "31_A")."""
    sign, letter = tokens[place : place + 1], tokens[place + 1 : place + 2]
    if not sign or not letter or sign[0].text not in GLUING:
        return False
    return sign[0].is_glued and letter[0].is_glued and letter[0].is_capital


def _last_letter(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """Return (letter, its token) where a letter stands alone at a place, or ("", -1)."""
    here, after = tokens[at : at + 1], tokens[at + 1 : at + 2]
    is_alone = not after or not after[0].is_glued or after[0].sort == SIGN
    if not here or not is_alone or not _is_entrance(here[0]):
        return "", -1
    return here[0].text.upper(), at


def _is_entrance(token: Token) -> bool:
    return token.sort == WORD and len(token.text) == 1 and token.text.lower() not in NO_LETTERS


def letter_before(tokens: Sequence[Token], first: int) -> tuple[str, int]:
    """Return (letter, its first token) of an entrance told of before a street: "uppgång B, Storgatan 5", "B-uppgången på…"."""
    end = first - 1
    end -= text_at(tokens, end) in AFTER_ENTRANCE
    if text_at(tokens, end) in ENTRANCES:
        at = end - 1 - (text_at(tokens, end - 1) == "-")
        return (tokens[at].text.upper(), at) if at >= 0 and _is_entrance(tokens[at]) else ("", -1)
    is_named = text_at(tokens, end - 1) in ENTRANCES and end >= 0 and _is_entrance(tokens[end])
    return (tokens[end].text.upper(), end - 1) if is_named else ("", -1)
