"""The ads between two batches, with their contacts and places, and which text groups have these."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nosvidere.engine.linkage.apart import Likeness, Member
from nosvidere.engine.linkage.ragged import Ints
from nosvidere.engine.linkage.store import as_list, unpacked

# A text group goes by its lowest text; an ad without words is a group by itself, below zero.
_KEPT = """
SELECT ad.number, ad.ad_id, ad.seen_at, ad.text, COALESCE(text.source, -ad.number), ad.contacts, ad.place,
  ad.text_group, ad.organiser_group
FROM ad LEFT JOIN text ON text.text = ad.text
WHERE {condition} ORDER BY ad.seen_at, ad.ad_id"""
_ALL_KEYS = """
SELECT ad_key.key, COALESCE(text.source, -ad.number)
FROM ad_key JOIN ad ON ad.number = ad_key.ad LEFT JOIN text ON text.text = ad.text"""
_KEYS = """
SELECT DISTINCT ad_key.key, COALESCE(text.source, -ad.number)
FROM ad_key JOIN ad ON ad.number = ad_key.ad LEFT JOIN text ON text.text = ad.text
WHERE ad_key.key IN (SELECT value FROM json_each(?))"""
_USE = """
SELECT ad_key.key, COUNT(DISTINCT COALESCE(text.source, -ad.number))
FROM ad_key JOIN ad ON ad.number = ad_key.ad LEFT JOIN text ON text.text = ad.text
WHERE ad_key.key IN (SELECT value FROM json_each(?)) GROUP BY ad_key.key"""
_OF_GROUPS = """
ad.number IN (
  SELECT ad.number FROM text JOIN ad ON ad.text = text.text WHERE text.source IN (SELECT value FROM json_each(?))
  UNION ALL SELECT number FROM ad WHERE text IS NULL AND number IN (SELECT value FROM json_each(?)))"""
_ALIKE = """
SELECT near.text, near.other, near.alike
FROM near JOIN text one ON one.text = near.text JOIN text two ON two.text = near.other
WHERE near.text < near.other AND one.source = two.source AND (near.alike >= ? OR one.own <> two.own)
  AND near.text IN (SELECT value FROM json_each(?)) AND near.other IN (SELECT value FROM json_each(?))
ORDER BY near.text, near.other"""


@dataclass(frozen=True, slots=True)
class KeptAd:
    """One ad as it lies in the store."""

    number: int
    ad_id: str
    seen_at: str
    text: int | None
    group: int
    contacts: tuple[int, ...]
    place: int | None
    named: tuple[str, str]
    """Names of its text group and organiser group, "" before it had any."""

    def ties(self) -> set[int]:
        """Return its contacts, and its place below zero."""
        return {*self.contacts, *(() if self.place is None else (self.place,))}

    def member(self) -> Member:
        """Return the ad as one of a group."""
        return Member(self.ad_id, self.text, self.group, self.contacts)


class KeptAds:
    """The ads in a store."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Read and write the ads in `base`."""
        self._base = base

    def where(self, condition: str, *asked: object) -> list[KeptAd]:
        """Return the ads that a condition in SQL chooses, in the order of day and id."""
        rows = self._base.execute(_KEPT.format(condition=condition), asked)
        return [
            KeptAd(number, ad_id, at, text, group, tuple(unpacked(held).tolist()), place, (t, o))
            for number, ad_id, at, text, group, held, place, t, o in rows
        ]

    def of_groups(self, groups: Iterable[int]) -> list[KeptAd]:
        """Return the ads of some text groups."""
        asked = set(groups)
        texts = as_list(group for group in asked if group >= 0)
        return self.where(_OF_GROUPS, texts, as_list(-group for group in asked if group < 0))

    def groups_with(self, keys: Iterable[int]) -> dict[int, set[int]]:
        """Return the text groups that have each contact or place."""
        found: dict[int, set[int]] = {}
        for key, group in self._base.execute(_KEYS, (as_list(keys),)):
            found.setdefault(key, set()).add(group)
        return found

    def use_of(self, keys: Iterable[int]) -> dict[int, int]:
        """Return in how many text groups each contact or place is."""
        return dict(self._base.execute(_USE, (as_list(keys),)).fetchall())

    def all_keys(self) -> tuple[Ints, Ints]:
        """Return every contact and place with the text group that has it, side by side."""
        rows = self._base.execute(_ALL_KEYS).fetchall()
        found = np.asarray(rows, dtype=np.int64).reshape(-1, 2)
        return found[:, 0], found[:, 1]

    def keys_by_group(self, groups: Iterable[int]) -> dict[int, set[int]]:
        """Return the contacts and places of each of some text groups."""
        found: dict[int, set[int]] = {}
        for ad in self.of_groups(groups):
            found.setdefault(ad.group, set()).update(ad.ties())
        return found

    def alike(self, texts: Iterable[int], *, least: float) -> list[Likeness]:
        """Return the pairs among some texts that hold a text group together: edges, and strays with those they came home to."""
        asked = as_list(texts)
        return [Likeness(*row) for row in self._base.execute(_ALIKE, (least, asked, asked))]
