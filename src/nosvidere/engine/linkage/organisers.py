"""Texts that share a contact → organisers; a contact that is everybody's ties nobody, a place alone never does."""

from dataclasses import dataclass

import numpy as np

from nosvidere.engine.linkage.candidates import Pairs
from nosvidere.engine.linkage.clusters import joined
from nosvidere.engine.linkage.corpus import Corpus
from nosvidere.engine.linkage.ragged import Flags, Floats, Ints, Ragged, distinct
from nosvidere.engine.linkage.settings import LinkSettings


@dataclass(frozen=True, slots=True)
class Keys:
    """Which text group uses which contact or place, each pair once, sorted by key and group."""

    key: Ints
    group: Ints

    @classmethod
    def of(cls, key: Ints, group: Ints) -> "Keys":
        """Return the distinct (key, group) pairs; keys are small numbers."""
        width = int(group.max(initial=0)) + 1
        cells = distinct(key * width + group)
        return cls(cells // width, cells % width)

    def groups_with(self) -> Ints:
        """Return in how many text groups each key is used."""
        return np.bincount(self.key)

    def where(self, chosen: Flags) -> "Keys":
        """Return the chosen pairs."""
        return Keys(self.key[chosen], self.group[chosen])

    def neighbours(self) -> Pairs:
        """Return pairs of groups that stand next to each other in a key's list; enough to join them all."""
        same = self.key[1:] == self.key[:-1]
        return Pairs(self.group[:-1][same], self.group[1:][same])


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties text groups to each other."""

    contacts: Keys
    contact_hashes: Ints
    places: Keys
    place_ids: list[str]
    is_quarantined: Flags
    """Per contact: used in many texts that nothing else ties together."""
    margin: Floats
    """Per contact: how many texts would have to speak otherwise before that turns."""


def ties_of(corpus: Corpus, text_group: Ints, settings: LinkSettings) -> Ties:
    """Return the contacts and places of the text groups, and which contacts are quarantined."""
    hashes, contact = np.unique(corpus.contacts.values, return_inverse=True)
    contacts = Keys.of(contact, text_group[corpus.contacts.owners()])
    place_ids = sorted(set(corpus.places) - {""})
    number = {place: at for at, place in enumerate(place_ids)}
    placed = np.asarray([number.get(place, -1) for place in corpus.places], dtype=np.int64)
    places = Keys.of(placed[placed >= 0], text_group[placed >= 0])
    held, margin = quarantined(contacts, places, settings)
    return Ties(contacts, hashes, places, place_ids, held, margin)


def quarantined(contacts: Keys, places: Keys, settings: LinkSettings) -> tuple[Flags, Floats]:
    """Say which contacts are in many texts that no other contact and no place of their own ties, and how clearly."""
    beyond = contacts.groups_with() - settings.contact_limit
    held = beyond > 0
    margin: Floats = 1.0 - beyond.astype(np.float64)
    used = np.concatenate([contacts.groups_with(), places.groups_with()])
    tied = _keys_by_group(contacts, places)
    for contact in np.flatnonzero(held):
        groups = contacts.group[contacts.key == contact]
        others = tied.take(groups)
        key, which, inside = np.unique(others.values, return_inverse=True, return_counts=True)
        is_theirs = (inside > 1) & (inside * 2 >= used[key]) & (key != contact)
        corroborated = len(distinct(others.owners()[is_theirs[which]]))
        spoken = corroborated - settings.corroborated * len(groups)
        held[contact], margin[contact] = spoken < 0, min(abs(spoken), beyond[contact])
    return held, margin


def _keys_by_group(contacts: Keys, places: Keys) -> Ragged:
    """Return the contacts and places of each group; places are numbered after the contacts."""
    group = np.concatenate([contacts.group, places.group])
    key = np.concatenate([contacts.key, places.key + len(contacts.groups_with())])
    order = np.argsort(group, kind="stable")
    return Ragged(key[order], np.cumsum(np.bincount(group)))


def organisers(text_group: Ints, ties: Ties) -> Ints:
    """Return the organiser group of each ad: its text group and all those tied to it by a contact."""
    free = ties.contacts.where(~ties.is_quarantined[ties.contacts.key])
    count = int(text_group.max(initial=-1)) + 1
    return joined(count, free.neighbours())[text_group] if count else text_group
