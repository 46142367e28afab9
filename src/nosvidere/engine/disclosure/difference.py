"""Publications laid side by side: what each of them hides, their difference must not show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nosvidere.engine.disclosure.bounds import bounds_of
from nosvidere.engine.disclosure.counts import THRESHOLD


@dataclass(frozen=True, slots=True)
class Figure:
    """A published exact number and the smallest parts it covers, such as {"Norra 2020-10", "Södra 2020-10"}."""

    name: str
    covers: frozenset[str]
    value: int


@dataclass(frozen=True, slots=True)
class Leak:
    """A small number that a reader can work out, the parts it is about, its bounds, and how."""

    covers: frozenset[str]
    low: float
    high: float
    reason: str


def check_difference(
    earlier: Sequence[Figure], later: Sequence[Figure], *, threshold: int = THRESHOLD
) -> list[Leak]:
    """Return what a new publication, with what is out already, reveals although it is under the threshold.

    Looks at every pair of figures where one covers all that the other does, the same figure published anew
    among them, and at every single part through all figures together. A small number that was itself
    published, by decision, is no leak. A sum over several parts that only three or more figures reveal is
    not looked for. Raise ValueError when the later figures contradict each other.
    """
    pairs = [
        leak
        for one, other in _pairs(earlier, later)
        for leak in _pair_leaks(one, other, threshold)
    ]
    decided = {figure.covers for figure in (*earlier, *later) if figure.value < threshold}
    known = {leak.covers for leak in pairs} | decided
    parts = [leak for leak in _part_leaks(earlier, later, threshold) if leak.covers not in known]
    return [*pairs, *parts]


def _pairs(earlier: Sequence[Figure], later: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    for n, figure in enumerate(later):
        for other in (*earlier, *later[:n]):
            yield figure, other


def _pair_leaks(one: Figure, other: Figure, threshold: int) -> list[Leak]:
    """Return the leak of a whole less its part; a change of the same whole is a number of its own."""
    small, large = sorted((one, other), key=lambda figure: len(figure.covers))
    rest = abs(large.value - small.value)
    if small.covers == large.covers:
        reason = f"”{one.name}” ändrades med {rest} mellan publiceringarna."
        return [Leak(large.covers, rest, rest, reason)] if 0 < rest < threshold else []
    if not small.covers < large.covers or rest >= threshold:
        return []
    reason = f"”{large.name}” minus ”{small.name}” ger {rest}."
    return [Leak(large.covers - small.covers, rest, rest, reason)]


def _part_leaks(earlier: Sequence[Figure], later: Sequence[Figure], threshold: int) -> list[Leak]:
    """Return each part held under the threshold; the earlier figures count unless they were corrected since."""
    latest = {figure.covers: figure for figure in (*earlier, *later)}
    try:
        return _small_parts(list(latest.values()), threshold)
    except ValueError:
        return _small_parts(later, threshold)


def _small_parts(figures: Sequence[Figure], threshold: int) -> list[Leak]:
    covered: frozenset[str] = frozenset().union(*(figure.covers for figure in figures))
    parts = sorted(covered)
    sums = np.array([[float(part in figure.covers) for part in parts] for figure in figures])
    known = np.array([float(figure.value) for figure in figures])
    bounds = {part: bounds_of(n, sums, known) for n, part in enumerate(parts)}
    return [
        Leak(
            frozenset({part}),
            low,
            high,
            f"Alla tal tillsammans ger {low:.0f}–{high:.0f} för {part}.",
        )
        for part, (low, high) in bounds.items()
        if high < threshold
    ]
