"""How people write an address and how they misspell: full, short, colloquial, with floor, with typing errors."""

from typing import Final

import numpy as np

from .addresses import GROUND_FLOOR, TownAddress
from .chance import is_lucky, pick, weighted

PLACE_FORMS: Final = {
    "full": 0.40, "lower": 0.14, "short": 0.14, "typed": 0.12, "municipality": 0.08, "joined": 0.04, "words": 0.04, "nickname": 0.04,
}  # fmt: skip
ENDINGS: Final = {
    "gatan": ("g", "g.", "gat"),
    "vägen": ("v", "v."),
    "gränd": ("gr.", "gr"),
    "stigen": ("st.",),
}
DIRECTIONS: Final = {"Norra": ("N", "N:a", "N."), "Södra": ("S", "S:a", "S."), "Östra": ("Ö", "Ö:a"), "Västra": ("V", "V:a"),
                     "Lilla": ("L:a",), "Stora": ("St.",), "Sankt": ("S:t",), "Doktor": ("Dr",)}  # fmt: skip
ORDINALS: Final = ("", "en trappa", "två trappor", "tre trappor", "fyra trappor", "fem trappor", "sex trappor",
                   "sju trappor", "åtta trappor")  # fmt: skip
FOLDED: Final = str.maketrans("åäöÅÄÖ", "aaoAAO")
NEARBY: Final = {
    "a": "s",
    "e": "r",
    "i": "o",
    "o": "i",
    "n": "m",
    "r": "t",
    "t": "r",
    "s": "a",
    "l": "k",
    "g": "h",
}


LONG_WORD: Final = 5  # shorter ones are seldom misspelt


def place_words(
    address: TownAddress, dwelling: str, *, nicknames: dict[str, str], rng: np.random.Generator
) -> str:
    """Return the address as somebody writes it, now and then with the floor or the dwelling."""
    form = weighted(rng, PLACE_FORMS)
    street = _street_words(address.street, form, nicknames=nicknames, rng=rng)
    number = _number_words(address, rng)
    text = f"{street}{'' if form == 'joined' else ' '}{number}"
    if form == "lower":
        text = text.lower()
    if is_lucky(rng, 0.3):
        text = f"{text}{pick(rng, (' ', ', '))}{floor_words(dwelling, rng)}"
    if form == "municipality" or (address.municipality != "Videhamn" and is_lucky(rng, 0.6)):
        text = f"{text}{pick(rng, (', ', ' i '))}{address.municipality}"
    return text


def floor_words(dwelling: str, rng: np.random.Generator) -> str:
    """Return how a floor or a dwelling is told: 1302 as "3 tr", "tre trappor upp" or "lgh 1302"."""
    above = int(dwelling[:2]) - GROUND_FLOOR
    if is_lucky(rng, 0.25):
        return pick(rng, (f"lgh {dwelling}", f"lägenhet {dwelling}"))
    if above < 0:
        return pick(rng, ("källarplanet", "souterrängplanet"))
    if above == 0:
        return pick(rng, ("bv", "nb", "bottenvåningen"))
    return pick(
        rng,
        (
            f"{above} tr",
            f"{above}tr",
            f"{ORDINALS[above]} upp",
            f"{above} {'trappa' if above == 1 else 'trappor'}",
        ),
    )


def shorten(street: str, rng: np.random.Generator) -> str:
    """Return the street as it is shortened in a hurry: Norra Ankargatan as N Ankarg."""
    first, _, rest = street.partition(" ")
    if rest and first in DIRECTIONS:
        return f"{pick(rng, DIRECTIONS[first])} {shorten(rest, rng)}"
    for ending, shorts in ENDINGS.items():
        if street.endswith(ending) and len(street) > len(ending) + 1:
            return street.removesuffix(ending) + pick(rng, shorts)
    return street


def mistype(word: str, rng: np.random.Generator) -> str:
    """Return the word with one slip of the finger: a letter lost, doubled, swapped or hit beside."""
    spot = int(rng.integers(1, len(word) - 1))
    before, letter, after = word[:spot], word[spot], word[spot + 1 :]
    slips = (
        before + after,
        before + letter * 2 + after,
        before + after[:1] + letter + after[1:],
        before + NEARBY.get(letter, letter) + after,
    )
    return pick(rng, slips)


def roughen(text: str, rng: np.random.Generator) -> str:
    """Return the text as typed in a hurry: some lower case, folded letters, lost full stops, misspelt words."""
    if is_lucky(rng, 0.18):
        text = text.lower()
    if is_lucky(rng, 0.07):
        text = text.translate(FOLDED)
    if is_lucky(rng, 0.12):
        text = text.replace(". ", " ").replace(", ", " ")
    if is_lucky(rng, 0.35):
        text = " ".join(_perhaps_mistyped(word, rng) for word in text.split(" "))
    return text


def tidy(text: str) -> str:
    """Return the text with a capital first letter and one full stop between sentences."""
    text = (
        " ".join(text.split())
        .replace("..", ".")
        .replace(",.", ",")
        .replace("?.", "?")
        .replace("!.", "!")
    )
    return text[:1].upper() + text[1:]


def _perhaps_mistyped(word: str, rng: np.random.Generator) -> str:
    return (
        mistype(word, rng)
        if word.islower() and len(word) >= LONG_WORD and is_lucky(rng, 0.06)
        else word
    )


def _street_words(
    street: str, form: str, *, nicknames: dict[str, str], rng: np.random.Generator
) -> str:
    if form == "short":
        return shorten(street, rng)
    if form == "typed":
        return mistype(street, rng)
    if form == "words" and street.endswith(("gatan", "vägen")):
        return f"{street[:-5]} {street[-5:]}"
    known = [nickname for nickname, name in nicknames.items() if name == street]
    return known[0] if form == "nickname" and known else street


def _number_words(address: TownAddress, rng: np.random.Generator) -> str:
    letter = address.letter
    if not letter:
        return address.number
    return f"{address.number}{pick(rng, ('', ' '))}{pick(rng, (letter, letter.lower()))}"
