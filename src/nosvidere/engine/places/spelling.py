"""Names unlike what is written by a few letters, and words that are nearly others."""

from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from nosvidere.engine.places import fold
from nosvidere.engine.places.index import Index
from nosvidere.engine.places.vocabulary import STOPWORDS
from nosvidere.engine.places.windows import Like

LIMITS = ((15, 3), (8, 2), (5, 1))
"""From this length on, so many letters may be wrong, the ending included."""
LEAST_MISSPELLED = 5
LEAST_QUALIFIER = 4
LONG_QUALIFIERS = tuple(sorted(word for word in fold.QUALIFIERS if len(word) >= LEAST_MISSPELLED))
LEAST_STEM = 3
LEAST_NEARLY_TYPED = 6
COMMON_ENDINGS = (
    "gatan",
    "gata",
    "vagen",
    "grand",
    "stigen",
    "torget",
    "platsen",
    "allen",
    "backen",
)
MOST_NAMES = 8
MOST_READINGS = 2
"""The word as written and its longest abbreviated ending."""


def allowed_distance(length: int) -> int:
    """Return how many letters may be wrong in a name of the length, ending included."""
    return next((allowed for least, allowed in LIMITS if length >= least), 0)


def near(index: Index, form: str) -> tuple[Like, ...]:
    """Return the registered names like a written one, the likest first.

    Distance is optimal string alignment: a letter wrong, missing, extra, or two in the wrong order.
    """
    limit = allowed_distance(len(form))
    if not limit or len(fold.split_kind(form)[0]) < LEAST_STEM:
        return ()
    qualifier = fold.qualifier_of(form)
    found: dict[int, int] = {}
    for place in index.neighbours.near(form):
        known, name = index.forms[place], index.form_names[place]
        distance = OSA.distance(form, known, score_cutoff=limit)
        if distance <= limit and is_same_qualifier(qualifier, fold.qualifier_of(known)):
            found[name] = min(distance, found.get(name, limit))
    likes = sorted(Like(distance, name, form=form) for name, distance in found.items())[
        :MOST_NAMES
    ]
    return tuple(like for like in likes if like.distance <= likes[0].distance + 1)


def is_same_qualifier(written: str, known: str) -> bool:
    """Say whether two qualifiers do not speak against each other: norra is no misspelling of södra."""
    if not written or not known:
        return True
    is_part = written.startswith(known) or known.startswith(written)
    return is_part or OSA.distance(written, known, score_cutoff=1) <= 1


def readings(words: tuple[str, ...], *, is_numbered: bool) -> Iterator[tuple[str, bool]]:
    """Yield (joined form with a definite ending, was abbreviated): what spelling is compared in."""
    spelled = fold.spelled_out(words)
    yield fold.full_form(spelled), False
    if not is_numbered or len("".join(spelled)) < LEAST_MISSPELLED:
        return
    for last, is_short in fold.last_word_forms(spelled[-1])[:MOST_READINGS]:
        if is_short:
            yield fold.full_form((*spelled[:-1], last)), True


@lru_cache(maxsize=16384)
def is_nearly_qualifier(word: str) -> bool:
    """Say whether the word is a qualifier ("norra"), perhaps with one letter wrong ("vestra")."""
    if word in fold.QUALIFIERS:
        return True
    if len(word) < LEAST_QUALIFIER or word in STOPWORDS:
        return False
    return any(OSA.distance(word, known, score_cutoff=1) <= 1 for known in LONG_QUALIFIERS)


@lru_cache(maxsize=16384)
def ends_nearly_typed(word: str) -> bool:
    """Say whether the word ends almost as a kind of street does ("Glasvägän", "Storgtan")."""
    if len(word) < LEAST_NEARLY_TYPED:
        return False
    tails = [word[-length:] for length in (3, 4, 5, 6, 7)]
    return any(
        OSA.distance(tail, ending, score_cutoff=1) <= 1
        for tail in tails
        for ending in COMMON_ENDINGS
    )
