"""Street names in a text: whole, abbreviated, in pieces, misspelled, or as people call them."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from nosvidere.engine.places import fold
from nosvidere.engine.places.abbreviations import Abbreviations
from nosvidere.engine.places.index import Index
from nosvidere.engine.places.spelling import ends_nearly_typed, is_nearly_qualifier, near, readings
from nosvidere.engine.places.tokens import WORD, Token
from nosvidere.engine.places.vocabulary import (
    FIRST_NAMES,
    MARKERS,
    ORDINARY,
    PLACE_PREPOSITIONS,
    STOPWORDS,
)
from nosvidere.engine.places.windows import (
    MISSPELLED,
    NICKNAME,
    SHORT,
    SHORT_LINE,
    STEM,
    TAIL,
    WAYS,
    WHOLE,
    Found,
    Like,
    Setting,
    Window,
    found_in,
    is_placed,
    setting_of,
    windows,
    word_before,
)

MOST_MISSPELLED_WORDS = 3
NO_TAILS = MARKERS | {"gata", "gatan", "vag", "vagen"}
SMALL = STOPWORDS | PLACE_PREPOSITIONS
STEM_PREPOSITIONS = frozenset({"pa", "vid", "a"})
NO_STEMS = FIRST_NAMES | ORDINARY
LEAST_STEM = 4
LEAST_SHORT_TAIL = 6
LEAST_BEGUN = 4
MOST_BEGUN = 3
LONGEST_SHORT_WORD = 3


class StreetFinder:
    """Finds registered street names among tokens."""

    def __init__(
        self, index: Index, nicknames: Mapping[str, str], home: frozenset[int] = frozenset()
    ) -> None:
        """Take the index, what people call streets (nickname → registered name) and the home municipality."""
        self.index = index
        self.abbreviations = Abbreviations(index, home)
        self.begun = sorted(zip(index.forms, range(len(index.names)), strict=False))
        self.nicknames: dict[str, list[int]] = {}
        for nickname, name in nicknames.items():
            places = index.whole.get(fold.canon(fold.spelled_out(fold.words_of(name) or ("",))))
            if places:
                self.nicknames["".join(fold.words_of(nickname))] = places

    def find(self, tokens: Sequence[Token], numbers: Sequence[bool]) -> list[Found]:
        """Return the names found, left to right, none overlapping; `numbers[i]`: token i may be a house number."""
        found: list[Found] = []
        for last, token in enumerate(tokens):
            match = self._ending_at(tokens, last, numbers) if token.sort == WORD else None
            if match is not None:
                _keep_better(found, match)
        return [_with_word_before(match, tokens) for match in found]

    def _ending_at(
        self, tokens: Sequence[Token], last: int, numbers: Sequence[bool]
    ) -> Found | None:
        setting = setting_of(tokens, last, numbers)
        is_likely = setting.is_typed or setting.is_numbered
        if not (is_likely or setting.is_pointed or tokens[last].folded in self.nicknames):
            return None
        runs = windows(tokens, last)
        match = self._whole(runs, setting)
        if match is None and is_likely:
            match = self._in_part(runs, setting) or self._misspelled(
                runs[-MOST_MISSPELLED_WORDS:], setting
            )
        if match is None:
            return None
        match = self._with_longer(match, runs, setting)
        return replace(match, is_typed=setting.is_typed, is_numbered=setting.is_numbered)

    def _with_longer(self, match: Found, runs: list[Window], setting: Setting) -> Found:
        """Return the match together with longer names that the word before it may belong to, misspelled."""
        longer = [run for run in runs if run.first < match.first][-1:]
        is_sure = match.way == MISSPELLED or not setting.is_typed
        if is_sure or not longer or not _may_belong(longer[0], match, setting):
            return match
        more = self._misspelled(longer, setting)
        if more is None:
            return match
        names = (*_leaving(match, longer[0].words[0]), *more.names)
        return replace(match, first=more.first, names=names, written=more.written)

    def _whole(self, runs: list[Window], setting: Setting) -> Found | None:
        for run in runs:
            if names := self.nicknames.get("".join(run.words)):
                return found_in(run, NICKNAME, names)
            for key, is_short in fold.written_forms(run.words):
                names = self.index.whole.get(key) if setting.is_numbered >= is_short else []
                if names:
                    return found_in(run, SHORT if is_short else WHOLE, names)
        return self._foreign(runs)

    def _foreign(self, runs: list[Window]) -> Found | None:
        """Return the name written with two letters for one ("Aengsvaegen", "Bjoerkgatan")."""
        for run in runs:
            words = fold.without_digraphs(run.words)
            names = self.index.whole.get(fold.canon(words)) if words != run.words else []
            if names:
                return found_in(run, SHORT, names)
        return None

    def _in_part(self, runs: list[Window], setting: Setting) -> Found | None:
        match = self._initialled(runs) or self._cut(runs, setting) or self._tail(runs, setting)
        if match is None and setting.is_numbered:
            match = self._stem(runs, setting) or self._begun(runs, setting)
        return match

    def _initialled(self, runs: list[Window]) -> Found | None:
        """Return a name whose first word is written as one letter ("E. Dahlbergsgatan")."""
        for run in runs[:-1]:
            initial = run.words[0]
            for key, _ in fold.written_forms(run.words[1:]) if len(initial) == 1 else ():
                names = [
                    name
                    for name in self.index.tails.get(key)
                    if self.index.forms[name][0] == initial
                ]
                if names:
                    return found_in(run, SHORT, names)
        return None

    def _tail(self, runs: list[Window], setting: Setting) -> Found | None:
        """Return names whose first words are left out ("Dahlbergsgatan" for "Erik Dahlbergsgatan")."""
        for run in runs:
            if names := self._tail_names(run):
                before = word_before(setting.tokens, run.first)
                is_other = before >= 0 and setting.tokens[before].folded in fold.QUALIFIERS
                return None if is_other else found_in(run, TAIL, names)
        return None

    def _tail_names(self, run: Window) -> list[int]:
        if run.words[0] in NO_TAILS or (len(run.words) == 1 and run.words[0] in ORDINARY):
            return []
        is_long = len("".join(run.words)) >= LEAST_SHORT_TAIL
        keys = (key for key, is_short in fold.written_forms(run.words) if is_long >= is_short)
        return next((names for key in keys if (names := self.index.tails.get(key))), [])

    def _stem(self, runs: list[Window], setting: Setting) -> Found | None:
        """Return names whose ending is left out ("Linné 12")."""
        for run in runs:
            if not _may_be_stem(run, setting):
                continue
            if names := self.index.stems.get("".join(fold.spelled_out(run.words))):
                return found_in(run, STEM, names)
        return None

    def _begun(self, runs: list[Window], setting: Setting) -> Found | None:
        """Return the names that begin so, when the word is cut off with a full stop ("Drottn. 5", "Drottn.g 5")."""
        for run in runs[-2:]:
            is_cut = "." in {token.text for token in setting.tokens[run.first + 1 : run.first + 2]}
            names = (
                self._beginning(run.words) if is_cut and len(run.words[0]) >= LEAST_BEGUN else []
            )
            if 0 < len(names) <= MOST_BEGUN:
                return found_in(run, STEM, names)
        return None

    def _cut(self, runs: list[Window], setting: Setting) -> Found | None:
        """Return the one name whose words are cut short so ("Karl J torg", "S. Esplan.")."""
        for run in runs:
            is_name = setting.is_numbered and _is_written_as_name(run, setting)
            name = self.abbreviations.meant_by(run.words) if is_name else None
            if name is not None:
                return found_in(run, SHORT, [name])
        return None

    def _beginning(self, words: tuple[str, ...]) -> list[int]:
        """Return the names that begin with the first word and, if there is a second, are of its kind; at most a few."""
        forms = [form for word in words[1:] for form, _ in fold.last_word_forms(word)]
        kinds = {fold.split_kind(form)[1] for form in forms}
        place = bisect_left(self.begun, (words[0], 0))
        begun = takewhile(
            lambda pair: pair[0].startswith(words[0]), islice(self.begun, place, None)
        )
        fitting = (name for form, name in begun if not kinds or fold.split_kind(form)[1] in kinds)
        return list(islice(fitting, MOST_BEGUN + 1))

    def _misspelled(self, runs: list[Window], setting: Setting) -> Found | None:
        """Return the names least unlike what is written, those of the longest run of words beside the likest."""
        found = [
            match
            for run in runs
            if _may_be_misspelled(run, setting)
            for match in self._like(run, setting)
        ]
        if not found:
            return None
        best, longest = min(found, key=lambda match: match.names[0].distance), found[0]
        if longest.first == best.first:
            return best
        return replace(
            best,
            first=longest.first,
            names=(*_leaving(best, setting.tokens[longest.first].folded), *longest.names),
        )

    def _like(self, run: Window, setting: Setting) -> Iterator[Found]:
        for form, is_short in readings(run.words, is_numbered=setting.is_numbered):
            if likes := near(self.index, form):
                yield Found(run.first, run.last, MISSPELLED, likes, form, is_short=is_short)


def _is_written_as_name(run: Window, setting: Setting) -> bool:
    """Say whether words cut short stand as a name does: with a capital, a full stop inside, or alone on their line."""
    inside = setting.tokens[run.first : run.last + 2]
    has_stop = any(token.text == "." for token in inside)
    return inside[0].is_capital or has_stop or len(setting.tokens) <= SHORT_LINE


def _keep_better(found: list[Found], match: Found) -> None:
    """Add a match to the list, in the place of worse ones that it overlaps, unless a better one stands there."""
    while found and found[-1].last >= match.first and _is_better(match, found[-1]):
        found.pop()
    if not found or found[-1].last < match.first:
        found.append(match)


def _is_better(new: Found, old: Found) -> bool:
    """Say whether a later match is to be kept rather than the earlier that it overlaps."""
    if new.is_numbered and not old.is_numbered and old.way == TAIL:
        return True
    now, then = WAYS.index(new.way), WAYS.index(old.way)
    if new.is_numbered != old.is_numbered:
        return new.is_numbered and now <= max(then, WAYS.index(TAIL))
    return (now, new.names[0].distance) <= (then, old.names[0].distance)


def _leaving(match: Found, word: str) -> tuple[Like, ...]:
    """Return the names, which leave over a word before them that longer names hold."""
    return tuple(replace(like, leaves=word) for like in match.names)


def _may_belong(run: Window, match: Found, setting: Setting) -> bool:
    """Say whether the word before a name, the first of the run, may be a part of another name, misspelled."""
    word = run.words[0]
    is_name = setting.tokens[run.first].is_capital or is_nearly_qualifier(word)
    return word not in SMALL and (is_name or match.way == TAIL)


def _may_be_stem(run: Window, setting: Setting) -> bool:
    stem, tokens = "".join(run.words), setting.tokens
    if len(stem) < LEAST_STEM or not STOPWORDS.isdisjoint((run.words[0], run.words[-1])):
        return False
    before = word_before(tokens, run.first)
    is_called_so = before >= 0 and tokens[before].folded in STEM_PREPOSITIONS
    if is_called_so or (len(run.words) > 1 and tokens[run.first].is_capital):
        return True
    return run.first == 0 and len(tokens) <= SHORT_LINE and stem not in NO_STEMS


def _may_be_misspelled(run: Window, setting: Setting) -> bool:
    """Say whether the words can be a misspelled name: no ordinary word alone, no small word first."""
    first, last = run.words[0], run.words[-1]
    if first in STOPWORDS or (len(run.words) == 1 and last in ORDINARY):
        return False
    if setting.is_typed or len(setting.tokens) <= SHORT_LINE:
        return True
    is_capital = setting.tokens[run.first].is_capital
    return is_capital or ends_nearly_typed(last) or is_placed(setting.tokens, run.first)


def _is_qualifier(word: Token) -> bool:
    """Say whether a word before a name makes it another street: "N", "Norra", "vestra"; small words like "mellan" do not."""
    is_short = len(word.folded) <= LONGEST_SHORT_WORD and word.folded in fold.SHORT_WORDS
    if word.is_capital and is_short:
        return True
    return (word.is_capital or word.folded not in SMALL) and is_nearly_qualifier(word.folded)


def _with_word_before(match: Found, tokens: Sequence[Token]) -> Found:
    """Return the match with what stands before it: a qualifier or another name that it does not explain."""
    before, match = (
        word_before(tokens, match.first),
        replace(match, is_capital=tokens[match.first].is_capital),
    )
    if before < 0:
        return match
    word = tokens[before]
    is_small = word.folded in SMALL
    is_inside = before > 0 and tokens[before - 1].text not in {".", "!", "?", ":"}
    return replace(
        match,
        before=fold.spelled_out((word.folded, match.written))[0],
        has_qualifier_before=_is_qualifier(word),
        has_name_before=word.is_capital and is_inside and not is_small,
        has_given_name_before=word.folded in FIRST_NAMES,
        has_other_first=match.way == TAIL and not is_small,
    )
