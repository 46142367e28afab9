"""Everything one run found, as arrays: the ground for groups, edges and explanations."""

from dataclasses import dataclass

from nosvidere.engine.linkage.background import Background
from nosvidere.engine.linkage.candidates import Pairs
from nosvidere.engine.linkage.corpus import Texts
from nosvidere.engine.linkage.hands import Near
from nosvidere.engine.linkage.organisers import Ties
from nosvidere.engine.linkage.ragged import Flags, Floats, Ints


@dataclass(frozen=True, slots=True)
class Found:
    """Text edges stand between texts, groups between ads; `source` is the hand of each text."""

    texts: Texts
    background: Background
    near: Near
    own: Ints
    """The hand of each text before strays came home."""
    source: Ints
    edges: Pairs
    likeness: Floats
    is_dotted: Flags
    text_group: Ints
    organiser_group: Ints
    ties: Ties
    crowded_place: int
