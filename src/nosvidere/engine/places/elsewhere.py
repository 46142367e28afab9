"""Street names of the whole country: a name that is a real street elsewhere is not a misspelling."""

from collections.abc import Collection

from rapidfuzz.distance import OSA

from nosvidere.engine.places import fold
from nosvidere.engine.places.deletions import Neighbours
from nosvidere.engine.places.index import Index


class NamesElsewhere:
    """The names of the country's list that the register does not hold."""

    def __init__(self, names: Collection[str], index: Index) -> None:
        """Take the country's names; those of the register count as registered."""
        forms = {}
        self.registered = frozenset(map(fold.spelled_form, index.names))
        self.exact = frozenset(map(fold.spelled_form, names)) - self.registered
        for name in names:
            words = fold.spelled_out(fold.words_of(name))
            if words and not index.whole.get(key := fold.canon(words)):
                forms[key] = fold.full_form(words)
        self.keys = frozenset(forms)
        self.forms = sorted(set(forms.values()))
        self.neighbours = Neighbours.of(self.forms)

    def holds(self, written: str) -> bool:
        """Say whether the written name, in one piece, is a name elsewhere."""
        return bool(written) and fold.canon((written,)) in self.keys

    def has_nearer(self, written: str, distance: int) -> bool:
        """Say whether a name elsewhere is as like the written one as the registered name is."""
        return any(
            OSA.distance(written, self.forms[place], score_cutoff=distance) <= distance
            for place in self.neighbours.near(written)
        )
