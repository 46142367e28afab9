"""Which visits go into which stretch and in what order: the interface to a router."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from nosvidere.engine.planning.daybook import Stretch
from nosvidere.engine.planning.travel import Minutes


@dataclass(frozen=True, slots=True)
class Order:
    """A visit as a router sees it: where it is, what it is worth and in which stretches it may lie."""

    visit_id: str
    place: int
    service_minutes: int
    window: tuple[int, int]
    worth: float
    allowed: frozenset[int]


class Router(Protocol):
    """Lays orders into stretches: most worth first, then least travel."""

    def lay(
        self,
        stretches: Sequence[Stretch],
        orders: Sequence[Order],
        minutes: Minutes,
        *,
        effort: int,
    ) -> list[list[str]]:
        """Return the visit ids of each stretch in order, each at most once; effort from 1 to 5."""
