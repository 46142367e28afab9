"""The register as it was before an import, in some thirty bytes an address."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nosvidere.engine.places import Address
from nosvidere.register.models import COMPARED, Place

AnyArray = npt.NDArray[Any]
TOWN = COMPARED.index("municipality")


def values_of(address: Address) -> tuple[object, ...]:
    """Return what an import compares of an address."""
    return tuple(getattr(address, name) for name in COMPARED)


@dataclass(frozen=True, slots=True)
class Before:
    """One known entrance: its key, whether it is live, and a print of its compared values."""

    pk: int
    is_live: bool
    values: int


class Known:
    """The entrances by hash of their id, and which of them the file has named."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        """Take (key, id, end date, compared values…) of each entrance."""
        ids, prints, keys, ended, towns = (array("q") for _ in range(5))
        self.towns: dict[str, int] = {}
        for pk, identity, until_on, *values in rows:
            ids.append(hash(identity))
            prints.append(hash(tuple(values)))
            keys.append(pk)
            ended.append(until_on is not None)
            towns.append(self.towns.setdefault(values[TOWN], len(self.towns)))
        order = np.argsort(np.frombuffer(ids, np.int64), kind="stable")
        self.ids, self.prints, self.keys, self.ended, self.town_of = (
            np.frombuffer(column, np.int64)[order] for column in (ids, prints, keys, ended, towns)
        )
        self.is_met = np.zeros(len(self.ids), bool)
        self.towns_met: set[int] = set()

    @classmethod
    def entrances(cls) -> "Known":
        """Return all entrances that the database holds."""
        rows = Place.objects.filter(kind="entrance").values_list(
            "pk", "external_id", "valid_until_on", *COMPARED
        )
        return cls(rows.iterator(chunk_size=10_000))

    def meet(self, addresses: Sequence[Address]) -> list[Before | None]:
        """Return what is known of each address, None of a new one; they and their municipalities count as met.

        No municipality is none: an address without one does not let the file cover all that lack it.
        """
        wanted = np.fromiter((hash(a.id) for a in addresses), np.int64, len(addresses))
        places = np.searchsorted(self.ids, wanted)
        is_known = places < len(self.ids)
        is_known[is_known] = self.ids[places[is_known]] == wanted[is_known]
        self.is_met[places[is_known]] = True
        towns = {a.municipality for a in addresses if a.municipality}
        self.towns_met.update(self.towns.get(town, -1) for town in towns)
        found = zip(places.tolist(), is_known.tolist(), strict=True)
        return [self._before(place) if known else None for place, known in found]

    def _before(self, place: int) -> Before:
        pk, values = int(self.keys[place]), int(self.prints[place])
        return Before(pk, is_live=not self.ended[place], values=values)

    def missing(self) -> list[int]:
        """Return the keys of the live entrances that the file does not name, of the municipalities that it covers."""
        covered = np.isin(self.town_of, list(self.towns_met))
        gone = self.keys[~self.is_met & (self.ended == 0) & covered]
        return sorted(gone.tolist())
