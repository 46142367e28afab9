"""The groups of texts made anew where something changed: the same steps as the batch, on the part they can reach."""

import sqlite3
from collections.abc import Iterable

import numpy as np

from nosvidere.engine.linkage.candidates import Pairs
from nosvidere.engine.linkage.corpus import Texts
from nosvidere.engine.linkage.hands import Near, own_hands
from nosvidere.engine.linkage.profiles import SMALLEST, stray_moves
from nosvidere.engine.linkage.ragged import Floats, Ints
from nosvidere.engine.linkage.settings import LinkSettings
from nosvidere.engine.linkage.store import as_list
from nosvidere.engine.linkage.texts import KeptTexts

Labels = dict[int, int]
_LABELS = {
    "own": "SELECT text, own FROM text WHERE text IN (SELECT value FROM json_each(?))",
    "source": "SELECT text, source FROM text WHERE text IN (SELECT value FROM json_each(?))",
}
_WRITE = {
    "own": "UPDATE text SET own = ? WHERE text = ?",
    "source": "UPDATE text SET source = ? WHERE text = ?",
}


class Regions:
    """Which texts stand together, kept as the lowest text of each group: `own` before, `source` after strays came home."""

    def __init__(self, base: sqlite3.Connection, texts: KeptTexts, settings: LinkSettings) -> None:
        """Read and write the groups in `base`."""
        self._base = base
        self._texts = texts
        self._settings = settings

    def regroup(self, touched: Iterable[int], gone: Labels) -> Labels:
        """Group the texts anew whose pairs changed; return what the group was of each text whose group did.

        `gone` gives the own group of each text that is no longer here.
        """
        reached = self._tied_to(touched)
        before = self._labels("own", reached)
        after = self._own_groups(sorted(reached))
        shaken = _changed_groups(before, after, gone)
        self._write("own", {text: own for text, own in after.items() if before[text] != own})
        beside = self._strays_of(shaken, before, after)
        return self._bring_home(sorted(reached | beside))

    def _tied_to(self, touched: Iterable[int]) -> set[int]:
        """Return the texts that edges tie to those touched, and themselves."""
        least = self._settings.text_threshold
        asked = "SELECT DISTINCT other FROM near WHERE alike >= ? AND text IN (SELECT value FROM json_each(?))"
        found = set(self._labels("own", touched))
        front = found
        while front:
            rows = self._base.execute(asked, (least, as_list(front)))
            front = {row[0] for row in rows} - found
            found = found | front
        return found

    def _labels(self, column: str, texts: Iterable[int]) -> Labels:
        asked = _LABELS[column]
        return dict(self._base.execute(asked, (as_list(texts),)).fetchall())

    def _own_groups(self, texts: list[int]) -> Labels:
        """Return the own group of each of some texts that no edge leaves."""
        ids = np.asarray(texts, dtype=np.int64)
        near = self._pairs_among(ids)
        part = Texts.of_words(ids, self._texts.words(texts))
        groups = own_hands(part, near, self._weights(part), self._settings)
        return dict(zip(texts, _lowest(ids, groups).tolist(), strict=True))

    def _weights(self, part: Texts) -> Floats:
        return self._texts.weigh(part.word_hashes)

    def _pairs_among(self, ids: Ints) -> Near:
        """Return the near pairs whose two texts are both among these, numbered as they stand here."""
        text, other, alike = self._texts.near(ids.tolist())
        inside = (text < other) & np.isin(other, ids)
        left, right = np.searchsorted(ids, text[inside]), np.searchsorted(ids, other[inside])
        order = np.lexsort((right, left))
        return Near(Pairs(left[order], right[order]), alike[inside][order])

    def _strays_of(self, shaken: set[int], before: Labels, after: Labels) -> set[int]:
        """Return the texts near a changed group: they may come home to it, or no longer."""
        members = {t for t in after if after[t] in shaken or before[t] in shaken}
        return set(self._texts.near(members)[1].tolist())

    def _bring_home(self, texts: list[int]) -> Labels:
        """Let strays among these texts move; return the group that each text which changed had before."""
        own = self._labels("own", texts)
        text, other, _ = self._texts.near(texts)
        around = self._labels("own", set(other.tolist()) - set(texts))
        ids = np.asarray(self._members({*own.values(), *around.values()}), dtype=np.int64)
        part = Texts.of_words(ids, self._texts.words(ids.tolist()))
        groups = np.unique(self._owns(ids), return_inverse=True)
        left, right = np.searchsorted(ids, text), np.searchsorted(ids, other)
        pairs = Pairs(np.minimum(left, right), np.maximum(left, right))
        weights = self._weights(part)
        moved = stray_moves(part, groups[1], weights, self._settings, pairs=pairs)
        home = dict(zip(ids.tolist(), groups[0][moved].tolist(), strict=True))
        before = self._labels("source", texts)
        changed = {one: home[one] for one in texts if home[one] != before[one]}
        self._write("source", changed)
        return {one: before[one] for one in changed}

    def _members(self, groups: set[int]) -> list[int]:
        asked = "SELECT text FROM text WHERE own IN (SELECT value FROM json_each(?)) ORDER BY text"
        return [row[0] for row in self._base.execute(asked, (as_list(groups),))]

    def _owns(self, ids: Ints) -> Ints:
        own = self._labels("own", ids.tolist())
        return np.asarray([own[one] for one in ids.tolist()], dtype=np.int64)

    def _write(self, column: str, labels: Labels) -> None:
        rows = [(label, text) for text, label in labels.items()]
        self._base.executemany(_WRITE[column], rows)


def _lowest(ids: Ints, groups: Ints) -> Ints:
    """Return the lowest id of each text's group; ids are sorted."""
    return np.asarray(ids[np.unique(groups, return_index=True)[1]][groups], dtype=np.int64)


def _changed_groups(before: Labels, after: Labels, gone: Labels) -> set[int]:
    """Return the names of the groups, old and new, that are large enough to take strays in and are not as they were."""
    old, new = _grouped(before), _grouped(after)
    for text, group in gone.items():
        old.setdefault(group, set()).add(text)
    return {
        name
        for name in {*old, *new}
        if old.get(name) != new.get(name)
        and max(len(old.get(name, ())), len(new.get(name, ()))) >= SMALLEST
    }


def _grouped(labels: Labels) -> dict[int, set[int]]:
    groups: dict[int, set[int]] = {}
    for text, group in labels.items():
        groups.setdefault(group, set()).add(text)
    return groups
