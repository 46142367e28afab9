"""A weight as a length with its parts, as the page and the report draw it: never a grade."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from nosvidere.engine.signs import SCHEME, Weighing
from nosvidere.sites.chain.rank import RankedPlace

LEAST = 1.0  # the shortest weight that fills the drawing
ROOM_FOR_LETTER = 0.06  # of the drawing: a part narrower than this carries no letter


@dataclass(frozen=True, slots=True)
class Part:
    """What one family of signs adds: its letter and name, and where it stands as shares of the drawing."""

    letter: str
    at: float
    width: float

    @property
    def x(self) -> str:
        """Return where it begins, as SVG takes it."""
        return percent(self.at)

    @property
    def wide(self) -> str:
        """Return how wide it is, as SVG takes it."""
        return percent(self.width)

    @property
    def middle(self) -> str:
        """Return its middle, as SVG takes it."""
        return percent(self.at + self.width / 2)

    @property
    def has_room(self) -> bool:
        """Say whether its letter fits."""
        return self.width >= ROOM_FOR_LETTER


@dataclass(frozen=True, slots=True)
class Length:
    """The parts that add, what pulls back from their end (hollow), and all of it in words."""

    parts: tuple[Part, ...]
    pulled: Part | None
    says: str


def percent(share: float) -> str:
    """Return a share as SVG takes it."""
    return f"{share * 100:.2f}%"


def number(value: float) -> str:
    """Return a number with one decimal and a comma."""
    return f"{value:.1f}".replace(".", ",")


def longest(places: Sequence[RankedPlace]) -> float:
    """Return the points that fill the drawing: all that speaks for the place with the most."""
    return max((sum(_adding(p.weighing).values()) for p in places), default=LEAST) or LEAST


def length_of(weighing: Weighing, *, whole: float) -> Length:
    """Return the drawing of a weight; `whole` is the points that fill it."""
    adding = _adding(weighing)
    parts, reached = [], 0.0
    for family, points in adding.items():
        parts.append(Part(family, reached / whole, points / whole))
        reached += points
    against = -math.fsum(part.delta for part in weighing.counter)
    back = min(against, reached)
    pulled = Part("", (reached - back) / whole, back / whole) if back > 0 else None
    return Length(tuple(parts), pulled, _says(adding, against))


def families() -> list[tuple[str, str]]:
    """Return (letter, Swedish name) of the families that can add to a weight."""
    return [(letter, SCHEME.families[letter]) for letter in SCHEME.caps]


def _adding(weighing: Weighing) -> dict[str, float]:
    """Return the points of each family that adds any, in the table's order."""
    found: dict[str, float] = defaultdict(float)
    for part in weighing.contributions:
        found[SCHEME.signs[part.sign].family] += part.delta
    return {family: found[family] for family in SCHEME.caps if found[family] > 0}


def _says(adding: dict[str, float], against: float) -> str:
    told = [f"{SCHEME.families[family]} {number(points)}" for family, points in adding.items()]
    words = " + ".join(told) or "inget talar för"
    return f"{words} − {number(against)} som talar emot" if against > 0 else words
