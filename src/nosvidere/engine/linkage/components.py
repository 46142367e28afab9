"""The organisers between two batches: the groups of ads that a change can reach, made anew."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nosvidere.engine.linkage.apart import Likeness, Member, parted
from nosvidere.engine.linkage.kept_ads import KeptAd, KeptAds
from nosvidere.engine.linkage.linking import drawn
from nosvidere.engine.linkage.quarantine import Quarantine
from nosvidere.engine.linkage.settings import LinkSettings


@dataclass(frozen=True, slots=True)
class Moved:
    """An ad whose groups are new."""

    ad_id: str
    text_group: str
    organiser_group: str


class Components:
    """Ads joined by the contacts of their text groups."""

    def __init__(self, base: sqlite3.Connection, settings: LinkSettings) -> None:
        """Read and write the groups of ads in `base`."""
        self._base = base
        self._settings = settings
        self.ads = KeptAds(base)
        self.quarantine = Quarantine(base, self.ads, settings)

    def regroup(self, groups: set[int], keys: set[int]) -> list[Moved]:
        """Join the ads anew that text groups which changed, or contacts and places that came or went, can reach."""
        changed = self.ads.of_groups(groups)
        shaken = keys.union(*(ad.ties() for ad in changed))
        self.quarantine.count(key for key in shaken if key >= 0)
        turned = self.quarantine.turned(shaken, groups=len(groups))
        contacts = {key for key in shaken if key >= 0}
        free = (contacts - self.quarantine.among(contacts)) | turned
        start = {ad.group for ad in changed}
        return self.rejoin(start.union(*self.ads.groups_with(free).values()))

    def rejoin(self, groups: Iterable[int]) -> list[Moved]:
        """Join some text groups and all that contacts tie to them; return the ads whose groups are new."""
        found, ads = self._reached(groups)
        parts = _components(
            found, ads, self.quarantine.among(k for ad in ads for k in ad.contacts)
        )
        moved = [one for part in parts for one in self._named(part)]
        write = "UPDATE ad SET text_group = ?, organiser_group = ? WHERE ad_id = ?"
        self._base.executemany(write, ((m.text_group, m.organiser_group, m.ad_id) for m in moved))
        return moved

    def _reached(self, groups: Iterable[int]) -> tuple[set[int], list[KeptAd]]:
        """Return the text groups that free contacts tie to some, and all their ads."""
        front = set(groups)
        found: set[int] = set()
        ads: list[KeptAd] = []
        known: set[int] = set()
        while front:
            found |= front
            new = self.ads.of_groups(front)
            ads += new
            contacts = {contact for ad in new for contact in ad.contacts} - known
            known |= contacts
            free = contacts - self.quarantine.among(contacts)
            front = set().union(*self.ads.groups_with(free).values()) - found
        return found, sorted(ads, key=lambda ad: (ad.seen_at, ad.ad_id))

    def _named(self, ads: Sequence[KeptAd]) -> list[Moved]:
        """Return the ads of one organiser group whose names are new."""
        moved: list[Moved] = []
        for part in self.parts(ads):
            text_names: dict[int, str] = {}
            for ad in part:
                text_names.setdefault(ad.group, f"t{drawn(ad.ad_id)}")
                names = (text_names[ad.group], f"o{drawn(part[0].ad_id)}")
                if names != ad.named:
                    moved.append(Moved(ad.ad_id, *names))
        return moved

    def parts(self, ads: Sequence[KeptAd], *more: tuple[str, str]) -> list[list[KeptAd]]:
        """Return an organiser group parted where two of its ads are held apart, or would be with `more`."""
        apart = {*self.held_apart([ad.ad_id for ad in ads]), *more}
        if not apart:
            return [list(ads)]
        members, alike = self.web(ads)
        by_id = {ad.ad_id: ad for ad in ads}
        return [[by_id[one] for one in part] for part in parted(members, alike, apart)]

    def web(self, ads: Sequence[KeptAd]) -> tuple[list[Member], list[Likeness]]:
        """Return what holds an organiser group together: its ads with their free contacts, and the texts that are alike."""
        held = self.quarantine.among(contact for ad in ads for contact in ad.contacts)
        texts = {ad.text for ad in ads if ad.text is not None}
        alike = self.ads.alike(texts, least=self._settings.text_threshold)
        return [ad.member().without(held) for ad in ads], alike

    def held_apart(self, ad_ids: Sequence[str]) -> set[tuple[str, str]]:
        """Return the pairs among some ads that are held apart."""
        (any_held,) = self._base.execute("SELECT EXISTS (SELECT 1 FROM apart)").fetchone()
        if not any_held:
            return set()
        inside = set(ad_ids)
        rows = self._base.execute("SELECT earlier, later FROM apart")
        return {(one, other) for one, other in rows if one in inside and other in inside}


def _components(
    groups: set[int], ads: Sequence[KeptAd], quarantined: set[int]
) -> list[list[KeptAd]]:
    """Return the ads of each organiser group, in the order of their days."""
    root = {group: group for group in groups}

    def top(group: int) -> int:
        while root[group] != group:
            root[group] = root[root[group]]
            group = root[group]
        return group

    first: dict[int, int] = {}
    for ad in ads:
        for contact in set(ad.contacts) - quarantined:
            root[top(ad.group)] = top(first.setdefault(contact, ad.group))
    parts: dict[int, list[KeptAd]] = {}
    for ad in ads:
        parts.setdefault(top(ad.group), []).append(ad)
    return list(parts.values())
