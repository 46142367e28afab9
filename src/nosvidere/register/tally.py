"""What an import has done so far, and the report it leaves."""

from collections import Counter
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from typing import Any

from nosvidere.engine.places import Address, Rejected

EARTH_M = 6_371_000.0
KEPT_ROWS = 500
FURTHEST = 20
MOVE_BOUNDS_M = (1, 5, 25, 100, 500)
"""Where the classes of moved points end, metres; what moved further is the last class."""

Spot = tuple[float, float]
Streets = set[tuple[str, str]]


def metres_between(a: Spot, b: Spot) -> float:
    """Return the distance along the earth between two points in degrees (haversine)."""
    (lat1, lon1), (lat2, lon2) = ((radians(x), radians(y)) for x, y in (a, b))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(half))


@dataclass
class Tally:
    """What an import has done so far; memory does not grow with the file."""

    added: int = 0
    changed: int = 0
    returned: int = 0
    unchanged: int = 0
    without_point: int = 0
    rejected: int = 0
    rejections: "Counter[str]" = field(default_factory=Counter)
    first_rejected: list[Rejected] = field(default_factory=list)
    moves: "Counter[int]" = field(default_factory=Counter)
    furthest: list[tuple[float, int, str]] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """Return how many rows were usable."""
        return self.added + self.changed + self.unchanged

    def reject(self, row: Rejected) -> None:
        """Count a rejected row; the first ones are kept with their reason."""
        self.rejected += 1
        self.rejections[row.kind] += 1
        if len(self.first_rejected) < KEPT_ROWS:
            self.first_rejected.append(row)

    def move(self, address: Address, *, pk: int, before: Spot) -> None:
        """Count how far an address' point has moved; the furthest are kept with the key of their place."""
        if address.lat is None or address.lon is None:
            return
        metres = metres_between(before, (address.lat, address.lon))
        if not metres:
            return
        self.moves[sum(metres >= bound for bound in MOVE_BOUNDS_M)] += 1
        name = f"{address.street} {address.number}{address.letter}, {address.municipality}"
        self.furthest.append((round(metres, 1), pk, name))
        self.furthest = sorted(self.furthest, reverse=True)[:FURTHEST]

    def report(
        self, *, before: Streets, after: Streets, unread: tuple[str, ...]
    ) -> dict[str, Any]:
        """Return what a person should look at, as it is kept with the import."""
        gone, new = (
            [list(street) for street in sorted(some)] for some in (before - after, after - before)
        )
        return {
            "rejected": [[r.line, r.reason] for r in self.first_rejected],
            "rejections": dict(self.rejections.most_common()),
            "returned": self.returned,
            "streets_gone": gone[:KEPT_ROWS],
            "streets_gone_in_all": len(gone),
            "streets_new": new[:KEPT_ROWS] if before else [],
            "streets_new_in_all": len(new),
            "moves": [self.moves[place] for place in range(len(MOVE_BOUNDS_M) + 1)],
            "moved_in_all": sum(self.moves.values()),
            "furthest": [list(move) for move in self.furthest],
            "unread": list(unread),
        }
