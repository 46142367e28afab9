"""A code as it is read out on the phone: as words, and sign by sign with a name for each letter."""

from dataclasses import dataclass

from nosvidere.engine.sealing import Code

# The Swedish police's and the phone company's way to spell; digits as they are said so that they are not misheard.
SPOKEN = {
    "A": "Adam", "B": "Bertil", "C": "Cesar", "D": "David", "E": "Erik", "F": "Filip", "G": "Gustav", "H": "Helge",
    "J": "Johan", "K": "Kalle", "M": "Martin", "N": "Niklas", "P": "Petter", "Q": "Qvintus", "R": "Rudolf",
    "S": "Sigurd", "T": "Tore", "U": "Urban", "V": "Viktor", "W": "Wilhelm", "X": "Xerxes", "Y": "Yngve", "Z": "Zäta",
    "0": "nolla", "1": "etta", "2": "tvåa", "3": "trea", "4": "fyra", "5": "femma", "6": "sexa", "7": "sjua",
    "8": "åtta", "9": "nia", "*": "stjärna", "~": "våg", "$": "dollar", "=": "lika med",
}  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class SpokenCode:
    """A code in groups of signs, each with what is said for it, and the same code as eight words."""

    symbols: str
    groups: tuple[tuple[str, str], ...]
    words: tuple[str, ...]


def spoken(code: Code) -> SpokenCode:
    """Return a code as an operator reads it out."""
    groups = tuple(
        (group, ", ".join(SPOKEN[mark] for mark in group)) for group in code.symbols.split("-")
    )
    return SpokenCode(code.symbols, groups, code.words())
