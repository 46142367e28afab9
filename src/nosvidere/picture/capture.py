"""A capture table of places from the region's own work: which kinds of source know of each place. No person is in it."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from nosvidere.engine.darkfigure import CaptureTable, UnusableTable
from nosvidere.engine.signs import SCHEME
from nosvidere.leads.models import Statement
from nosvidere.rules.access import Actor, check_may

TIPS, ADS, OWN, LANDLORDS = LISTS = ("tips", "annonser", "egen iakttagelse", "hyresvärdar")
# Which list a statement belongs to, by its item's channel first and then by its kind.
BY_CHANNEL = {"landlord": LANDLORDS, "patrol": OWN}
BY_KIND = {"tip": TIPS, "ad": ADS, "observation": OWN, "landlord": LANDLORDS}


@dataclass(frozen=True, slots=True)
class OwnTable:
    """The region's own places by which lists know of them; `table` is nothing when no estimate can begin."""

    totals: dict[str, int]
    places: int
    table: CaptureTable | None
    unusable: str = ""

    @property
    def left_out(self) -> tuple[str, ...]:
        """Return the lists that know of no place and say nothing."""
        return tuple(name for name, total in self.totals.items() if not total)


def own_places(*, reader: Actor) -> OwnTable:
    """Return the capture table of entrances that live statements speak for, one list a kind of source.

    Statements that speak against, such as a check without a find, put a place on no list.
    """
    check_may(reader, "estimate.run")
    seen = Counter(frozenset(lists) for lists in _lists_by_place().values())
    totals = {name: sum(n for lists, n in seen.items() if name in lists) for name in LISTS}
    used = [name for name in LISTS if totals[name]]
    try:
        table = CaptureTable.from_sets(used, seen)
    except UnusableTable as unusable:
        return OwnTable(totals, seen.total(), None, str(unusable))
    return OwnTable(totals, seen.total(), table)


def _lists_by_place() -> dict[int, set[str]]:
    """Return the lists that know of each entrance; a dwelling counts as its entrance."""
    found: dict[int, set[str]] = defaultdict(set)
    live = Statement.objects.filter(withdrawn_at__isnull=True, sign__in=_supporting())
    rows = live.values_list("place__parent", "place", "item__kind", "item__channel")
    for parent, place, kind, channel in rows:
        found[parent or place].add(_list_of(kind, channel))
    return found


def _supporting() -> list[str]:
    return [code for code, sign in SCHEME.signs.items() if sign.points > 0]


def _list_of(kind: str | None, channel: str | None) -> str:
    """Return the list that a statement belongs to: its item's channel or kind, or a team's own check without item."""
    if kind is None:
        return OWN
    return BY_CHANNEL.get(channel or "", BY_KIND[kind])
