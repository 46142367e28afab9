"""What most texts of a group say, and who belongs by that: strangers leave, strays come home."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from nosvidere.engine.linkage.candidates import Pairs
from nosvidere.engine.linkage.clusters import renumbered
from nosvidere.engine.linkage.corpus import Texts
from nosvidere.engine.linkage.ragged import Flags, Floats, Ints, distinct
from nosvidere.engine.linkage.settings import LinkSettings

SMALLEST = 4
_AT_A_TIME = 5_000  # what fits in the processor's own memory goes three times as fast
_TINY = 1e-9  # no division by zero when no word of a group is common to half of it


@dataclass(frozen=True, slots=True)
class Profiles:
    """The words that at least half the texts of a group have, for groups of four texts or more."""

    row_of_group: Ints
    """-1 for a group too small to have a profile."""
    words: csr_array
    """Profiles by words; the weight of each word."""
    whole: Floats
    """The weight of all words of each profile."""

    @classmethod
    def of(cls, texts: Texts, groups: Ints, weights: Floats) -> "Profiles":
        """Return the profile of each group."""
        size = np.bincount(groups)
        large = np.flatnonzero(size >= SMALLEST)
        row_of_group = np.full(len(size), -1, dtype=np.int64)
        row_of_group[large] = np.arange(len(large))
        members = np.flatnonzero(row_of_group[groups] >= 0)
        ones = np.ones(len(members))
        gather = csr_array(
            (ones, (row_of_group[groups[members]], np.arange(len(members)))),
            shape=(len(large), len(members)),
        )
        common = csr_array(gather @ texts.words[members])
        most = common.data * 2 >= np.repeat(size[large], np.diff(common.indptr))
        common.data = np.where(most, weights[common.indices], 0.0)
        common.eliminate_zeros()
        whole = np.asarray(common.sum(axis=1), dtype=np.float64).ravel()
        return cls(row_of_group, common, whole)

    def share_held(self, texts: Texts, text: Ints, profile: Ints) -> Floats:
        """Return how much of a profile's weight each text holds (text i against profile i)."""
        held = np.empty(len(text))
        for start in range(0, len(text), _AT_A_TIME):
            part = slice(start, start + _AT_A_TIME)
            both = texts.words[text[part]].multiply(self.words[profile[part]])
            held[part] = np.asarray(both.sum(axis=1)).ravel()
        return np.asarray(held / np.maximum(self.whole[profile], _TINY))


def without_strangers(texts: Texts, groups: Ints, weights: Floats, settings: LinkSettings) -> Ints:
    """Return the groups without members that lack what most texts of their group say."""
    profiles = Profiles.of(texts, groups, weights)
    row = profiles.row_of_group[groups]
    members = np.flatnonzero(row >= 0)
    held = profiles.share_held(texts, members, row[members])
    strangers = members[held < settings.leader_share]
    apart = groups.copy()
    apart[strangers] = len(groups) + np.arange(len(strangers))
    return renumbered(apart)


def with_strays(
    texts: Texts, groups: Ints, weights: Floats, settings: LinkSettings, *, pairs: Pairs
) -> Ints:
    """Return the groups with texts that hold most of a larger group's profile moved into it."""
    return renumbered(stray_moves(texts, groups, weights, settings, pairs=pairs))


def stray_moves(
    texts: Texts, groups: Ints, weights: Floats, settings: LinkSettings, *, pairs: Pairs
) -> Ints:
    """Return the group of each text when those that hold most of a larger group's profile have moved into it.

    Short texts with many changing words are alike two by two only a little; against what the whole
    group says they are plainly the same. Only texts that share a candidate pair with a member move.
    """
    profiles = Profiles.of(texts, groups, weights)
    text = np.concatenate([pairs.left, pairs.right])
    target = groups[np.concatenate([pairs.right, pairs.left])]
    is_open = _may_move(groups, text, target) & _is_telling(profiles, target, settings)
    cells = distinct(text[is_open] * len(groups) + target[is_open])
    text, target = cells // max(len(groups), 1), cells % max(len(groups), 1)
    held = profiles.share_held(texts, text, profiles.row_of_group[target])
    home = held >= settings.stray_share
    order = np.lexsort((-target[home], held[home]))
    moved = groups.copy()
    moved[text[home][order]] = target[home][order]
    return moved


def _may_move(groups: Ints, text: Ints, target: Ints) -> Flags:
    """Say which moves lead from a smaller group to a larger one (of equals, the earlier one)."""
    size = np.bincount(groups)
    own = groups[text]
    is_larger = size[target] > size[own]
    return np.asarray(is_larger | ((size[target] == size[own]) & (target < own)))


def _is_telling(profiles: Profiles, target: Ints, settings: LinkSettings) -> Flags:
    """Say which groups have a profile of enough rare words to recognise a text by."""
    enough = np.append(profiles.whole >= settings.telling_words * settings.largest_weight, False)
    return np.asarray(enough[profiles.row_of_group[target]])
