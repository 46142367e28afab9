"""Texts that are near each other → the hands behind them; each group depends on its own texts and their pairs alone."""

from dataclasses import dataclass

from nosvidere.engine.linkage.candidates import Pairs
from nosvidere.engine.linkage.clusters import renumbered, without_bridges
from nosvidere.engine.linkage.corpus import Texts
from nosvidere.engine.linkage.profiles import stray_moves, without_strangers
from nosvidere.engine.linkage.ragged import Flags, Floats, Ints
from nosvidere.engine.linkage.settings import LinkSettings

_HOPEFUL = 0.4


def hope(settings: LinkSettings) -> float:
    """Return the likeness, plain and weighted, below which a pair says nothing at all."""
    return settings.text_threshold * _HOPEFUL


@dataclass(frozen=True, slots=True)
class Near:
    """Pairs of texts that may say something, with their weighted likeness."""

    pairs: Pairs
    alike: Floats

    def edges(self, settings: LinkSettings) -> tuple[Pairs, Flags]:
        """Return the pairs that are alike enough to tie two texts, and which of them stand without support."""
        is_edge = self.alike >= settings.text_threshold
        strong = settings.text_threshold * settings.strong_factor
        return self.pairs.where(is_edge), self.alike[is_edge] >= strong


@dataclass(frozen=True, slots=True)
class Hands:
    """The hand of each text before (`own`) and after strays came home (`source`), and what each pair shows."""

    own: Ints
    source: Ints
    is_shown: Flags
    is_apart: Flags
    """Per pair: its texts stand in different groups."""


def own_hands(texts: Texts, near: Near, weights: Floats, settings: LinkSettings) -> Ints:
    """Return the groups of texts tied by edges, without thin bridges and without strangers."""
    edges, is_strong = near.edges(settings)
    tied, _ = without_bridges(len(texts), edges, is_strong)
    return without_strangers(texts, tied, weights, settings)


def hands_of(texts: Texts, near: Near, weights: Floats, settings: LinkSettings) -> Hands:
    """Return the hand behind each text."""
    own = own_hands(texts, near, weights, settings)
    source = renumbered(stray_moves(texts, own, weights, settings, pairs=near.pairs))
    left, right = near.pairs.left, near.pairs.right
    is_apart = source[left] != source[right]
    is_edge = near.alike >= settings.text_threshold
    return Hands(own, source, is_edge | ((own[left] != own[right]) & ~is_apart), is_apart)
