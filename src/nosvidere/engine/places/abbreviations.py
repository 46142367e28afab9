"""Names whose words are cut short: "Karl J torg", "Lndsh. Ribbings g", "S. Esplan."."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from nosvidere.engine.places import fold
from nosvidere.engine.places.index import Index
from nosvidere.engine.places.vocabulary import ORDINARY, STOPWORDS

LEAST_WORDS = 2
LEAST_SKELETON = 3
LEAST_LAST = 3
"""Letters of a last word that is no kind of street cut short ("Karl J 5" is a person)."""
LEAST_SAID = 4
"""Letters that must be written of a name besides its kind."""
MOST_NAMES = 400
VOWELS = frozenset("aeiouy")

Words = tuple[str, ...]


def stands_for(short: str, word: str) -> bool:
    """Say whether a written word is a beginning of another, or its consonants ("kyrkoh", "lndsh" for landshövding)."""
    if word.startswith(short) or _is_genitive(short, word):
        return True
    is_skeleton = len(short) >= LEAST_SKELETON and VOWELS.isdisjoint(short[1:])
    return is_skeleton and short[0] == word[0] and _is_within(short, word)


def _is_genitive(short: str, word: str) -> bool:
    """Say whether both end in the s of a genitive and the rest is a beginning ("T:s" for Taubes)."""
    return short[1:].endswith("s") and word.endswith("s") and word.startswith(short[:-1])


def _is_within(short: str, word: str) -> bool:
    """Say whether the letters come in the word in this order."""
    letters = iter(word)
    return all(letter in letters for letter in short)


def _parted(words: Words) -> Words:
    """Return the words with the kind of the last one as a word of its own."""
    stem, kind = fold.split_kind(words[-1])
    return (*words[:-1], *((stem,) if stem else ()), *((kind,) if kind else ()))


def _initials(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words)


def _forms(words: Words) -> set[Words]:
    """Return the ways to read the words: the first spelled out or not, and each kind that the ending may stand for."""
    firsts = (words[0], *fold.long_firsts(words))
    lasts = [last for last, _ in fold.last_word_forms(words[-1]) if fold.split_kind(last)[1]]
    ends = [words[1:]] if len(words[-1]) >= LEAST_LAST else []
    ends += (_parted((*words[1:-1], last)) for last in lasts)
    return {(first, *end) for first in firsts for end in ends}


class Abbreviations:
    """Finds the one name that words cut short may stand for."""

    def __init__(self, index: Index, home: frozenset[int] = frozenset()) -> None:
        """Take the index and the home municipality, whose streets go first."""
        self.index, self.home = index, home

    @cached_property
    def by_initials(self) -> dict[str, list[int]]:
        """The names of two words or more by the first letters of their words, the kind a word of its own or not."""
        found: dict[str, list[int]] = {}
        for name, street in enumerate(self.index.names):
            words = fold.spelled_out(fold.words_of(street))
            if len(words) < LEAST_WORDS:
                continue
            for key in {_initials(words), _initials(_parted(words))}:
                found.setdefault(key, []).append(name)
        return found

    def meant_by(self, words: Words) -> int | None:
        """Return the only name that the words fit, or the only one in the home municipality, or None."""
        if len(words) < LEAST_WORDS or words[0] in STOPWORDS:
            return None
        fitting = {name for form in _forms(words) for name in self._fitting(form)}
        if len(fitting) > 1:
            fitting = set(filter(self._is_home, fitting))
        return fitting.pop() if len(fitting) == 1 else None

    def _fitting(self, form: Words) -> Iterator[int]:
        for name in islice(self.by_initials.get(_initials(form), ()), MOST_NAMES):
            whole = fold.spelled_out(fold.words_of(self.index.names[name]))
            if any(_fits(form, known) for known in (whole, _parted(whole))):
                yield name

    def _is_home(self, name: int) -> bool:
        columns = self.index.columns["municipality"]
        streets = self.index.streets(name)
        return any(columns[self.index.street_starts[street]] in self.home for street in streets)


def _fits(form: Words, known: Sequence[str]) -> bool:
    """Say whether each written word stands for a known one, enough is said, and no ordinary word is taken for a name."""
    if len(form) != len(known) or not all(map(stands_for, form, known)):
        return False
    is_kind_last = known[-1] in fold.KINDS
    said = form[:-1] if is_kind_last else form
    is_plain = all(word in ORDINARY or word in STOPWORDS for word in said)
    return len("".join(said)) >= LEAST_SAID and not is_plain
