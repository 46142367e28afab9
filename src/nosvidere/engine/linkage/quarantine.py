"""Contacts in very many ads between two batches: which of them tie nobody, looked at anew only when that may have turned."""

import sqlite3
from collections.abc import Callable, Iterable

import numpy as np

from nosvidere.engine.linkage.kept_ads import KeptAds
from nosvidere.engine.linkage.organisers import Keys, quarantined
from nosvidere.engine.linkage.settings import LinkSettings
from nosvidere.engine.linkage.store import as_list

_MANY = 30  # so many changed groups are not followed one by one
_SMALL = 200  # a contact or place in so few groups is cheap to look at each time


class Quarantine:
    """The contacts that stand in more ads than a contact may without being doubted."""

    def __init__(self, base: sqlite3.Connection, ads: KeptAds, settings: LinkSettings) -> None:
        """Read and write the quarantine in `base`."""
        self._base = base
        self._ads = ads
        self._settings = settings

    def among(self, contacts: Iterable[int]) -> set[int]:
        """Return those of some contacts that are in quarantine."""
        asked = "SELECT contact FROM large WHERE is_quarantined AND contact IN (SELECT value FROM json_each(?))"
        return {row[0] for row in self._base.execute(asked, (as_list(contacts),))}

    def count(self, contacts: Iterable[int]) -> None:
        """Count anew in how many ads some contacts stand, and keep those in many."""
        counted = "SELECT COUNT(*) FROM ad_key WHERE key = ?"
        keep = "INSERT OR IGNORE INTO large (contact, ads, groups) VALUES (?1, ?2, ?2)"
        for contact in contacts:
            (ads,) = self._base.execute(counted, (contact,)).fetchone()
            if ads > self._settings.contact_limit:
                self._base.execute(keep, (contact, ads))
            kept = "UPDATE large SET ads = ? WHERE contact = ?"
            self._base.execute(kept, (ads, contact))

    def turned(self, keys: set[int], *, groups: int) -> set[int]:
        """Look at the contacts that changed keys of so many changed groups may have turned; return those that did turn."""
        if groups > _MANY:
            return self._all_anew()
        held = self._ads.groups_with(keys)
        shaken = _Shaken(keys, held, groups)
        beside = self._ads.keys_by_group(shaken.small_groups())
        asked = keys.union(*beside.values())
        turned: set[int] = set()
        for contact, most, margin in self._base.execute(
            "SELECT contact, groups, margin FROM large"
        ).fetchall():
            if contact in asked or 2 * (most + groups) >= shaken.crowded:
                moved = shaken.moved(contact, beside, lambda c: self._groups(c, held))
                if moved >= margin:
                    turned |= {contact} if self._turns(contact) else set()
                else:
                    spent = "UPDATE large SET margin = margin - ?, groups = groups + ? WHERE contact = ?"
                    self._base.execute(spent, (moved, groups, contact))
        return turned

    def _all_anew(self) -> set[int]:
        """Look at every contact in many ads, as the batch does; return those that did turn."""
        keys, groups = self._ads.all_keys()
        contact, number = np.unique(keys[keys >= 0], return_inverse=True)
        group = np.unique(groups, return_inverse=True)[1]
        place = np.unique(keys[keys < 0], return_inverse=True)[1]
        contacts = Keys.of(number, group[keys >= 0])
        is_held, margin = quarantined(contacts, Keys.of(place, group[keys < 0]), self._settings)
        used = contacts.groups_with()
        asked = self._base.execute("SELECT contact FROM large").fetchall()
        at = np.searchsorted(contact, [row[0] for row in asked])
        return {
            int(contact[one])
            for one in at.tolist()
            if self._set(
                int(contact[one]),
                int(used[one]),
                is_held=bool(is_held[one]),
                margin=float(margin[one]),
            )
        }

    def _groups(self, contact: int, held: dict[int, set[int]]) -> set[int]:
        """Return the text groups of a contact, looked up once."""
        if contact not in held:
            held[contact] = self._ads.groups_with([contact]).get(contact, set())
        return held[contact]

    def _turns(self, contact: int) -> bool:
        """Look at one contact anew; say whether it goes in or out of quarantine."""
        groups = self._ads.groups_with([contact]).get(contact, set())
        beyond = len(groups) - self._settings.contact_limit
        if beyond > 0:
            spoken = self._corroborated(contact, groups) - self._settings.corroborated * len(
                groups
            )
            return self._set(
                contact, len(groups), is_held=spoken < 0, margin=min(abs(spoken), beyond)
            )
        return self._set(contact, len(groups), is_held=False, margin=1.0 - beyond)

    def _set(self, contact: int, groups: int, *, is_held: bool, margin: float) -> bool:
        asked = "SELECT ads, is_quarantined FROM large WHERE contact = ?"
        ads, was_held = self._base.execute(asked, (contact,)).fetchone()
        kept = "UPDATE large SET is_quarantined = ?, margin = ?, groups = ? WHERE contact = ?"
        self._base.execute(kept, (is_held, margin, groups, contact))
        if ads <= self._settings.contact_limit:
            self._base.execute("DELETE FROM large WHERE contact = ?", (contact,))
        return bool(was_held) != is_held

    def _corroborated(self, contact: int, groups: set[int]) -> int:
        """Return how many of a contact's groups another contact or place of their own ties to each other."""
        keys = self._ads.keys_by_group(groups)
        inside: dict[int, int] = {}
        for found in keys.values():
            for key in found - {contact}:
                inside[key] = inside.get(key, 0) + 1
        shared = {key: count for key, count in inside.items() if count > 1}
        used = self._ads.use_of(shared)
        theirs = {key for key, count in shared.items() if count * 2 >= used[key]}
        return sum(not theirs.isdisjoint(found) for found in keys.values())


class _Shaken:
    """Contacts and places of changed text groups, and how many groups may speak otherwise for a contact because of them."""

    def __init__(self, keys: set[int], held: dict[int, set[int]], groups: int) -> None:
        self._keys = keys
        self._held = held
        self._slack = groups
        self.crowded = max(
            (len(held.get(key, ())) for key in keys if self._is_common(key)), default=float("inf")
        )

    def _is_common(self, key: int) -> bool:
        return len(self._held.get(key, ())) > _SMALL

    def small_groups(self) -> set[int]:
        """Return the groups of the keys that are in few."""
        few = [self._held.get(key, set()) for key in self._keys if not self._is_common(key)]
        return set().union(*few)

    def moved(
        self,
        contact: int,
        beside: dict[int, set[int]],
        groups_of: Callable[[int], set[int]],
    ) -> int:
        """Return at most how many groups may have begun or ceased to speak for a contact.

        A key speaks for it when half of the key's groups have the contact; only a key near that half can turn.
        """
        moved = self._slack
        for key in self._keys - {contact}:
            groups = self._held.get(key, set())
            if self._is_common(key):
                inside = len(groups & groups_of(contact))
            else:
                inside = sum(contact in beside.get(group, ()) for group in groups)
            if abs(2 * inside - len(groups)) <= 3 * self._slack + 2:
                moved += len(groups) if inside else 0
        return moved
