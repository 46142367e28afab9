"""The letter of an entrance: glued to its number, after it, or told of in words ("uppgång B")."""

from collections.abc import Sequence

from nosvidere.engine.places.tokens import DIGITS, SIGN, WORD, Token
from nosvidere.engine.places.vocabulary import ENTRANCES, NO_LETTERS, SELDOM_LETTERS

BEFORE_ENTRANCE = frozenset(",(-–/:")
BEFORE_LETTER = frozenset("(-–/")
UP_TO_WORDS = ["t", "o", "m"]
"""Written apart, as "5 t o m 9"."""
ABBREVIATING = frozenset("./")
GLUING = frozenset(":._")
INSIDE = frozenset({"i", "pa", "vid", "genom"})
AFTER_WORD = frozenset({".", ":", "nr", "litt", "littera", "bokstav", "-"})
CLAUSE_ENDS = frozenset(",;)!?")
COUNTRY = "s"
"""What may stand before a Swedish postcode ("12 S-479 15")."""
LEAST_POSTCODE = 3
NEAR_STREET = 7
"""Tokens that an entrance may stand before its street ("uppgång C, tror jag, Malmgatan 10")."""
SENTENCE_ENDS = frozenset(".!?;")
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
    if _is_country(letter, after):
        return True
    is_glued = bool(after) and after[0].is_glued
    return is_glued and (after[0].sort != SIGN or _is_abbreviation(after))


def _is_country(letter: Token, after: Sequence[Token]) -> bool:
    """Say whether a postcode follows a letter that stands apart from the number ("S-479 15", "S 47915")."""
    code = next((token for token in after if token.text != "-"), None)
    is_code = code is not None and code.sort == DIGITS and len(code.text) >= LEAST_POSTCODE
    return letter.folded == COUNTRY and not letter.is_glued and is_code


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
    at += text_at(tokens, at) in INSIDE
    if text_at(tokens, at) in ENTRANCES:
        return _last_letter(tokens, _after_entrance(tokens, at))
    if letter := _called_by_letter(tokens, at):
        return letter, at
    is_told = sign in BEFORE_LETTER or _is_inside(tokens, place) or _ends_clause(tokens, place)
    return _last_letter(tokens, place + 1) if is_told else ("", -1)


def _called_by_letter(tokens: Sequence[Token], at: int) -> str:
    """Return the letter that an entrance is called by at a place ("A-uppgången", "B-porten"), or ""."""
    is_called = text_at(tokens, at + 1) == "-" and text_at(tokens, at + 2) in ENTRANCES
    return tokens[at].text.upper() if is_called and _is_entrance(tokens[at]) else ""


def _after_entrance(tokens: Sequence[Token], at: int) -> int:
    """Return the place after an entrance word, its full stop or colon and "nr" ("uppg. B", "port nr B")."""
    at += 1
    while text_at(tokens, at) in AFTER_WORD:
        at += 1
    return at


def _ends_clause(tokens: Sequence[Token], place: int) -> bool:
    """Say whether a comma and a capital letter stand after a number and end the clause ("10, B")."""
    letter, after = tokens[place + 1 : place + 2], tokens[place + 2 : place + 3]
    is_last = not after or (after[0].sort == SIGN and after[0].text in CLAUSE_ENDS)
    return text_at(tokens, place) == "," and is_last and bool(letter) and letter[0].is_capital


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
    end -= text_at(tokens, end) == ","
    if text_at(tokens, end) in ENTRANCES:
        at = end - 1 - (text_at(tokens, end - 1) == "-")
        return (tokens[at].text.upper(), at) if at >= 0 and _is_entrance(tokens[at]) else ("", -1)
    return _letter_further_before(tokens, first)


def _letter_further_before(tokens: Sequence[Token], first: int) -> tuple[str, int]:
    """Return (letter, the entrance word) of an entrance told of in the same sentence, no number between, or ("", -1)."""
    for at in range(first - 1, max(-1, first - 1 - NEAR_STREET), -1):
        is_abbreviating = text_at(tokens, at - 1) in ENTRANCES
        if tokens[at].sort == DIGITS or (tokens[at].text in SENTENCE_ENDS and not is_abbreviating):
            break
        if tokens[at].folded in ENTRANCES:
            letter, _ = _last_letter(tokens, _after_entrance(tokens, at))
            return (letter, at) if letter else ("", -1)
    return "", -1
