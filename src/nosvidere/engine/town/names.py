"""Street names: invented, plausible, unique within a municipality and often alike."""

from collections.abc import Iterator

import numpy as np

from .chance import chance, is_lucky, pick, pick_some
from .gazetteer import KINDS, DistrictPlan
from .words import COMMON, DIRECTIONS, OPPOSITE, PEOPLE, THEMES

ALIKE_SHARE = 0.10
OPPOSITE_SHARE = 0.5
PERSON_SHARE = 0.05


class StreetNames:
    """Hands out street names, each once per municipality."""

    def __init__(self, seed: int) -> None:
        """Start with no name given in any municipality."""
        self._seed = seed
        self._given: dict[str, dict[str, None]] = {}

    def for_district(self, plan: DistrictPlan, *, is_centre: bool) -> Iterator[str]:
        """Yield ever new names for one district: the common ones first in a centre, then those of its theme."""
        rng = chance(self._seed, f"names {plan.municipality} {plan.name}")
        given = self._given.setdefault(plan.municipality, {})
        for name in self._candidates(plan, is_centre=is_centre, rng=rng):
            if name not in given:
                given[name] = None
                yield name

    def _candidates(
        self, plan: DistrictPlan, *, is_centre: bool, rng: np.random.Generator
    ) -> Iterator[str]:
        if is_centre:
            yield from pick_some(rng, COMMON, len(COMMON))
        for name in _themed(plan, rng):
            yield from self._alike(plan.municipality, rng)
            if is_lucky(rng, PERSON_SHARE):
                yield pick(rng, PEOPLE)
            yield name
        yield from (
            f"{direction} {name}" for direction in DIRECTIONS for name in _themed(plan, rng)
        )

    def _alike(self, municipality: str, rng: np.random.Generator) -> Iterator[str]:
        """Yield now and then a pair such as Norra and Södra of a name already given."""
        plain = [name for name in self._given[municipality] if " " not in name]
        if plain and is_lucky(rng, ALIKE_SHARE):
            name, direction = pick(rng, plain), pick(rng, DIRECTIONS)
            yield f"{direction} {name}"
            if is_lucky(rng, OPPOSITE_SHARE):
                yield f"{OPPOSITE[direction]} {name}"


def _themed(plan: DistrictPlan, rng: np.random.Generator) -> list[str]:
    suffixes = dict.fromkeys(KINDS[plan.kind].suffixes)
    names = [stem + suffix for stem in THEMES[plan.theme].split() for suffix in suffixes]
    return pick_some(rng, names, len(names))
