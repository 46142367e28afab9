"""Log-linear models of a capture table: which lists depend on each other, as sets of terms.

A term is a bit pattern over the lists: 0 the intercept, one bit a list's own effect, two bits a dependence
between two lists. A model is a tuple of terms that holds every part of each of its terms (hierarchical).
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

Model = tuple[int, ...]


def main_effects(k: int) -> Model:
    """Give the model of independent lists: the intercept and one effect per list."""
    return (0, *(1 << i for i in range(k)))


def interactions(k: int, size: int) -> Model:
    """Give all terms of `size` lists, in the order 12, 13, 23."""
    return tuple(sum(1 << i for i in chosen) for chosen in combinations(range(k), size))


@lru_cache(maxsize=32)
def hierarchical_models(k: int, order: int) -> tuple[Model, ...]:
    """Give every hierarchical model with all main effects and terms of at most `order` lists.

    There are 2**(k(k-1)/2) of order 2: 8, 64, 1 024 and 32 768 for three to six lists; 113 of order 3 for four.
    """
    models = [main_effects(k)]
    for size in range(2, order + 1):
        terms = interactions(k, size)
        models = [model + chosen for model in models for chosen in _possible(model, terms)]
    return tuple(models)


def _possible(model: Model, terms: Model) -> list[Model]:
    """Give every set of the terms whose parts the model holds."""
    present = set(model)
    allowed = [term for term in terms if _parts(term) <= present]
    return [chosen for size in range(len(allowed) + 1) for chosen in combinations(allowed, size)]


def _parts(term: int) -> set[int]:
    """Give the term's parts with one list fewer."""
    return {term & ~(1 << i) for i in range(term.bit_length()) if term >> i & 1}


def is_hierarchical(model: Sequence[int]) -> bool:
    """Say whether the model holds every part of each of its terms."""
    present = set(model)
    return all(_parts(term) <= present for term in present)


def notation(model: Sequence[int]) -> str:
    """Write the model by its largest terms, lists numbered from 1: `[12,13,4]`, most lists first."""
    terms = {int(term) for term in model if term}
    largest = [t for t in terms if not any(t != other and t & other == t for other in terms)]
    written = ["".join(str(i + 1) for i in range(t.bit_length()) if t >> i & 1) for t in largest]
    return f"[{','.join(sorted(written, key=lambda w: (-len(w), w)))}]"
