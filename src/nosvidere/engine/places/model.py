"""What the register holds and what the resolver answers."""

from dataclasses import dataclass

AUTO_THRESHOLD = 0.85
"""At or above this confidence a form may be pre-filled; a person confirms in any case."""

EXACT = "exact"
ENTRANCE_UNKNOWN = "entrance_unknown"
LETTER_NOT_REGISTERED = "letter_not_registered"
STREET = "street"
LEVELS = (EXACT, ENTRANCE_UNKNOWN, LETTER_NOT_REGISTERED, STREET)


@dataclass(frozen=True, slots=True)
class Address:
    """One registered address; coordinates are WGS 84 degrees."""

    id: str
    street: str
    number: str
    letter: str = ""
    postcode: str = ""
    locality: str = ""
    municipality: str = ""
    district: str = ""
    lat: float | None = None
    lon: float | None = None
    popular_name: str = ""


REJECTIONS = {
    "columns": "trasiga rader",
    "identity": "utan id",
    "duplicate": "samma id två gånger",
    "same_address": "samma adress på flera objekt",
    "street": "utan gatunamn",
    "number": "husnummer som inte går att läsa",
    "postcode": "postnummer som inte går att läsa",
    "coordinates": "koordinater som inte går att läsa",
    "geometry": "utan läge",
    "not_in_force": "gäller inte i dag",
    "interpolation": "uppskattade längs en linje",
    "signs": "oläsbara tecken",
    "length": "för långa texter",
}
"""The sorts of fault a row may have, each with what a person reads of the rows that have it."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """One row that was not taken, with the reason in Swedish and which of `REJECTIONS` it is."""

    line: int
    reason: str
    row: str = ""
    kind: str = ""


class UnusableFile(ValueError):
    """A file that cannot be read at all; the text says file, line, reason and what to do, in Swedish."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another place that the text may mean."""

    address_id: str | None
    street: str
    number: str
    letter: str
    municipality: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that a text mentions: `text[start:end]`.

    `address_id` is set only at the level "exact". `apartment` is the four-digit dwelling number,
    `floor` the two-digit floor code (10 = entrance floor, 13 = three flights up, 09 = below).
    """

    start: int
    end: int
    text: str
    level: str
    address_id: str | None
    street: str
    number: str
    letter: str
    apartment: str
    floor: str
    confidence: float
    alternatives: tuple[Alternative, ...] = ()
    reasons: tuple[str, ...] = ()


def mention_as_json(mention: Mention) -> dict[str, object]:
    """Return the mention as a dictionary fit for one JSON line."""
    fields = {name: getattr(mention, name) for name in Mention.__slots__}
    fields["alternatives"] = [
        {name: getattr(alternative, name) for name in Alternative.__slots__}
        for alternative in mention.alternatives
    ]
    fields["reasons"] = list(mention.reasons)
    return fields
