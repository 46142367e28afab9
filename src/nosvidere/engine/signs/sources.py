"""Who said it: how many independent sources there are, and which evidence counts once per informant and text.

Each piece of evidence joins an informant with a text. An informant counts once and a text counts once, so what
counts is a matching between the two. A matching, unlike merging informants, never loses weight when evidence
is added.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from nosvidere.engine.signs.evidence import Evidence

UNKNOWN = ("unknown",)


@dataclass(frozen=True, slots=True)
class Item:
    """Evidence with its worth worked out: points × grade × age, and why it is nothing when it is nothing."""

    evidence: Evidence
    family: str
    points: float
    grade_factor: float
    age_factor: float
    is_strong: bool = False
    why_not: str = ""

    @property
    def value(self) -> float:
        """The worth before families are capped; 0 when it may not count."""
        return 0.0 if self.why_not else self.points * self.grade_factor * self.age_factor


@dataclass(frozen=True, slots=True)
class Edge:
    """One piece of evidence as a line between its informant and its text."""

    informant: Hashable
    text: Hashable
    item: Item
    worth: float


def informant_key(evidence: Evidence) -> Hashable:
    """Return the informant, or a key of the source item when the informant is unknown."""
    return ("known", evidence.informant) if evidence.informant else ("item", evidence.source_item)


def text_key(evidence: Evidence) -> Hashable:
    """Return the label of near-identical texts, or the source item when the text is its own."""
    return ("label", evidence.same_text) if evidence.same_text else ("item", evidence.source_item)


def counted_once(items: Sequence[Item]) -> list[Item]:
    """Return the heaviest choice of items in which no informant and no text occurs twice."""
    return _matched(
        [
            Edge(informant_key(item.evidence), text_key(item.evidence), item, item.value)
            for item in items
        ]
    )


def count_sources(items: Sequence[Item], *, unknown_is_distinct: bool) -> int:
    """Return how many independent sources stand behind the items.

    A source that somebody has graded C (mostly unreliable) is none. Unknown informants are together one
    source, and only beside an assessed source or an ad, for the same person may send tips with and without
    a name; `unknown_is_distinct` takes each of them at its word instead.
    """
    heard = [item for item in items if item.value > 0 and item.evidence.source_grade != "C"]
    known = [item for item in heard if item.evidence.informant]
    if unknown_is_distinct:
        edges = _edges(heard, informant_key)
    elif not known or any(map(_is_anchored, known)):
        edges = _edges(heard, lambda it: informant_key(it) if it.informant else UNKNOWN)
    else:
        edges = _edges(known, informant_key)
    return len(_matched(edges))


def _is_anchored(item: Item) -> bool:
    return item.evidence.source_grade in {"A", "B"} or item.family == "A"


def _edges(items: Sequence[Item], key: Callable[[Evidence], Hashable]) -> list[Edge]:
    return [Edge(key(item.evidence), text_key(item.evidence), item, 1.0) for item in items]


def _matched(edges: Sequence[Edge]) -> list[Item]:
    """Return the items of a matching of greatest worth; deterministic for a given order of edges."""
    best: dict[tuple[Hashable, Hashable], Edge] = {}
    for edge in edges:
        pair = (edge.informant, edge.text)
        if edge.worth > 0 and (pair not in best or edge.worth > best[pair].worth):
            best[pair] = edge
    chosen = [_matched_part(part) for part in _parts(list(best.values()))]
    return [edge.item for part in chosen for edge in part]


def _parts(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Return the edges split where no informant and no text is shared."""
    by_end: dict[Hashable, list[int]] = defaultdict(list)
    for number, edge in enumerate(edges):
        by_end["informant", edge.informant].append(number)
        by_end["text", edge.text].append(number)
    seen: set[int] = set()
    return [
        [edges[n] for n in sorted(_reach(start, edges, by_end, seen=seen))]
        for start in range(len(edges))
        if start not in seen
    ]


def _reach(
    start: int, edges: Sequence[Edge], by_end: dict[Hashable, list[int]], *, seen: set[int]
) -> list[int]:
    found, waiting = [], [start]
    seen.add(start)
    while waiting:
        number = waiting.pop()
        found.append(number)
        ends = ("informant", edges[number].informant), ("text", edges[number].text)
        near = [n for end in ends for n in by_end.pop(end, []) if n not in seen]
        seen.update(near)
        waiting.extend(dict.fromkeys(near))
    return found


def _matched_part(edges: Sequence[Edge]) -> list[Edge]:
    informants = _numbered(edge.informant for edge in edges)
    texts = _numbered(edge.text for edge in edges)
    if min(len(informants), len(texts)) == 1:
        return [max(edges, key=lambda edge: edge.worth)]
    at = {(informants[edge.informant], texts[edge.text]): edge for edge in edges}
    worth = np.zeros((len(informants), len(texts)))
    for cell, edge in at.items():
        worth[cell] = edge.worth
    rows, columns = linear_sum_assignment(worth, maximize=True)
    cells = zip(rows.tolist(), columns.tolist(), strict=True)
    return [at[cell] for cell in cells if cell in at]


def _numbered(keys: Iterable[Hashable]) -> dict[Hashable, int]:
    return {key: n for n, key in enumerate(dict.fromkeys(keys))}
