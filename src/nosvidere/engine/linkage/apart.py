"""Where a group comes apart when a person has said that two of its ads are not the same: the least that must be cut."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

_STEPS = 1000  # capacities are whole numbers
_SAME_TEXT = 2.0
_SAME_CONTACT = 1.0
_SAME_GROUP = 0.05  # texts that a group's profile alone holds together


@dataclass(frozen=True, slots=True)
class Member:
    """One ad of a group; ads without words have no text."""

    ad_id: str
    text: int | None
    group: int
    """The text group."""
    contacts: tuple[int, ...]

    def without(self, quarantined: set[int]) -> "Member":
        """Return the ad without contacts that tie nothing."""
        free = tuple(contact for contact in self.contacts if contact not in quarantined)
        return Member(self.ad_id, self.text, self.group, free)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two texts of one text group that are alike."""

    text: int
    other: int
    alike: float


Node = tuple[str, str | int]
Strand = tuple[Node, Node, float]


@dataclass(frozen=True, slots=True)
class Cut:
    """The least that must be cut to part a group in two."""

    parts: tuple[tuple[str, ...], tuple[str, ...]]
    strength: float
    """What is cut: likeness of texts, one for a shared contact, two for a shared text."""


def strands(members: Sequence[Member], alike: Iterable[Likeness]) -> list[Strand]:
    """Return what holds ads together: ad to text, text to text, text to its group, ad to contact."""
    written = {(m.text, m.group): m for m in members if m.text is not None}
    here = {text for text, _ in written}
    return [
        *((("ad", m.ad_id), ("text", m.text), _SAME_TEXT) for m in members if m.text is not None),
        *(
            (("ad", m.ad_id), ("contact", key), _SAME_CONTACT)
            for m in members
            for key in m.contacts
        ),
        *((("text", text), ("group", group), _SAME_GROUP) for text, group in sorted(written)),
        *(
            (("text", one.text), ("text", one.other), one.alike)
            for one in alike
            if {one.text, one.other} <= here
        ),
    ]


def least_cut(
    members: Sequence[Member], alike: Iterable[Likeness], *, between: tuple[str, str]
) -> Cut:
    """Return the least cut that parts two ads of a group; the first part holds the first of them."""
    web = _Web(members, alike)
    return web.cut(*between)


def parted(
    members: Sequence[Member], alike: Sequence[Likeness], apart: Iterable[tuple[str, str]]
) -> list[tuple[str, ...]]:
    """Return the parts of a group in which none of the pairs stands together, in the order of their first ad."""
    parts = [tuple(member.ad_id for member in members)]
    for one, other in sorted(apart):
        for at, part in enumerate(parts):
            if one in part and other in part:
                inside = set(part)
                held = [member for member in members if member.ad_id in inside]
                parts[at : at + 1] = least_cut(held, alike, between=(one, other)).parts
                break
    order = {member.ad_id: at for at, member in enumerate(members)}
    return sorted(parts, key=lambda part: order[part[0]])


class _Web:
    """Ads, texts and contacts with what ties them, as a network in which flow can be measured."""

    def __init__(self, members: Sequence[Member], alike: Iterable[Likeness]) -> None:
        self.ads = [member.ad_id for member in members]
        ties = strands(members, alike)
        nodes: dict[Node, int] = {("ad", ad_id): at for at, ad_id in enumerate(self.ads)}
        for one, other, _ in ties:
            nodes.setdefault(one, len(nodes))
            nodes.setdefault(other, len(nodes))
        self._nodes = nodes
        here = [nodes[tie[0]] for tie in ties]
        there = [nodes[tie[1]] for tie in ties]
        held = np.rint(np.asarray([tie[2] for tie in ties]) * _STEPS).astype(np.int32)
        shape = (len(nodes), len(nodes))
        ends = (np.asarray(here + there, dtype=np.int32), np.asarray(there + here, dtype=np.int32))
        self.held = csr_array((np.concatenate([held, held]), ends), shape=shape)
        self.held.sum_duplicates()

    def cut(self, one: str, other: str) -> Cut:
        source, sink = self._nodes["ad", one], self._nodes["ad", other]
        flow = maximum_flow(self.held, source, sink)
        left = csr_array(self.held - flow.flow)
        left.eliminate_zeros()
        reached = set(breadth_first_order(left, source, return_predecessors=False).tolist())
        near = tuple(ad for at, ad in enumerate(self.ads) if at in reached)
        far = tuple(ad for at, ad in enumerate(self.ads) if at not in reached)
        return Cut((near, far), flow.flow_value / _STEPS)


def weakest_cut(members: Sequence[Member], alike: Iterable[Likeness]) -> Cut | None:
    """Return the least cut that has ads on both sides; None for a group of one. Of equal cuts, the first found."""
    web = _Web(members, alike)
    first, *others = (member.ad_id for member in members)
    cuts = [web.cut(first, other) for other in others]
    return min(cuts, key=lambda cut: cut.strength, default=None)
