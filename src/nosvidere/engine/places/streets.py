"""Street names in a text: whole, abbreviated, in pieces, misspelled, or as people call them."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from nosvidere.engine.places import fold
from nosvidere.engine.places.index import Index
from nosvidere.engine.places.tokens import SIGN, WORD, Token

WHOLE, SHORT, NICKNAME, TAIL, STEM, MISSPELLED = (
    "whole",
    "short",
    "nickname",
    "tail",
    "stem",
    "misspelled",
)
MOST_WORDS = 5
MOST_MISSPELLED_WORDS = 3
INSIDE_NAMES = frozenset(".-’'´")
MARKERS = frozenset(
    "nr nummer no num numer numro port porten uppgang uppgangen hus huset adress gatunummer n husnr gatunr".split()
)
"""Words that may stand between a street and its number."""
NO_TAILS = MARKERS | {"gata", "gatan", "vag", "vagen"}
PLACE_PREPOSITIONS = frozenset(
    "pa vid i a hos till fran langs nara utanfor mot ner upp bakom hornet korsningen av".split()
)
STOPWORDS = frozenset(
    "och pa i vid fran till av for med om en ett den det de som har ar var vi jag du han hon man nu sa nar dar har att "
    "eller men inte hos utanfor mot mellan under over efter innan bor hyr tar adress adressen gata gatan plats ligger "
    "nagon nagra mycket alla hela varje ocksa bara sen igen hej lagenhet lagenheten huset hus porten port tr lgh".split()
)
ORDINARY = frozenset(
    "gatan gata vagen vag torget platsen plats parken planen plan backen garden gangen gang ringen ring stranden stigen "
    "arbetsplatsen arbetsplats lekplatsen motesplats motesplatsen parkeringsplats parkeringsplatsen innergard innergarden "
    "bakgard bakgarden tradgarden tradgard kyrkogarden skolgarden motorvagen motorvag gagata gagatan tvargatan tvargata "
    "bakgatan sidogatan huvudgatan genomfartsleden ingang ingangen uppgang uppgangen utgang utgangen overgang tillgang "
    "omgang avgang framgang manga gangen fotbollsplanen vaningsplan bottenplan entreplan markplan gatuplan bostad "
    "uppfart infart allen alle led leden trappa trappan trappor trapporna trappuppgang trappuppgangen trapphus trapphuset "
    "vandplan parkeringen parkering lekpark lekparken berg berget dal dalen hav havet strand holme slatten bro bron hall "
    "omvag omvagen ivag tillvaga natplats badplats badplatsen boplats hemvag cykelvag cykelvagen "
    "grusvagen grusvag stad staden dag idag mandag tisdag onsdag torsdag fredag lordag sondag helg kvall "
    "telefon lagenhet vaning nummer klockan personer kvinnor minuter timmar grannar manniskor kanske massage".split()
)
"""Words that are no misspelled street names; a street that bears one as its name is found when written so."""
LEAST_MISSPELLED = 5
LEAST_MISSPELLED_STEM = 3
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
LEAST_STEM = 4
MOST_READINGS = 2
"""The word as written and its longest abbreviated ending."""
LEAST_SHORT_TAIL = 6
LEAST_BEGUN = 4
MOST_BEGUN = 3
MOST_NAMES = 8
SHORT_LINE = 8
"""A text of at most so many tokens may be an address and nothing else."""
FIRST_NAMES = frozenset(
    "sofia sofie anna maria eva karin sara emma lena kristina christina elin johanna linnea amanda ida julia elsa alice maja "
    "ella olivia wilma vilma nora astrid alva saga freja lisa linda jenny nina jessica sandra camilla monica mia bella lily "
    "diana natalia natasha victoria vanessa angelica angela bianca carmen monika elena irina katja tanja olga erik karl lars "
    "anders johan per nils gustav gustaf oskar hugo viktor magnus fredrik andreas daniel peter mikael martin stefan jan hans "
    "bengt bo lennart sven axel adolf albert david simon jakob josef samuel gabriel rosa viola lilja iris jasmine jasmin".split()
)
"""A first name and a number are a name and an age, not a street and a house."""


@dataclass(frozen=True, slots=True, order=True)
class Like:
    """A registered name, and how many letters are wrong; `leaves_word` when a word before it is left over."""

    distance: int
    name: int
    leaves_word: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Street names that the tokens `first..last` may mean; `written` is the folded text in one piece."""

    first: int
    last: int
    way: str
    names: tuple[Like, ...]
    written: str
    is_typed: bool = False
    is_numbered: bool = False
    is_capital: bool = False
    before: str = ""
    has_qualifier_before: bool = False
    has_name_before: bool = False
    has_given_name_before: bool = False
    has_other_first: bool = False
    """A name whose first word was taken to be left out has another word there."""


@dataclass(frozen=True, slots=True)
class Window:
    """The words of the tokens `first..last`, folded."""

    first: int
    last: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """How the last word of a possible street name stands in the text."""

    tokens: Sequence[Token]
    last: int
    is_typed: bool
    is_numbered: bool
    is_pointed: bool


def allowed_distance(length: int) -> int:
    """Return how many letters may be wrong in a name of the length, ending included."""
    return 0 if length < LEAST_MISSPELLED else 1 if length < 8 else 2 if length < 15 else 3


def is_joined(tokens: Sequence[Token], left: int, right: int) -> bool:
    """Say whether nothing but signs that names hold stands between two tokens."""
    return all(
        token.sort == SIGN and token.text in INSIDE_NAMES for token in tokens[left + 1 : right]
    )


def word_before(tokens: Sequence[Token], place: int) -> int:
    """Return the place of the word before, across signs that names hold, or -1."""
    before = place - 1
    while before >= 0 and tokens[before].sort == SIGN and tokens[before].text in INSIDE_NAMES:
        before -= 1
    return before if before >= 0 and tokens[before].sort == WORD else -1


def windows(tokens: Sequence[Token], last: int) -> list[Window]:
    """Return the runs of words that end at a token, the longest first."""
    found = [Window(last, last, (tokens[last].folded,))]
    place = word_before(tokens, last)
    while place >= 0 and len(found) < MOST_WORDS:
        found.append(Window(place, last, (tokens[place].folded, *found[-1].words)))
        place = word_before(tokens, place)
    return found[::-1]


def number_follows(tokens: Sequence[Token], last: int, numbers: Sequence[bool]) -> bool:
    """Say whether a possible house number comes next, at most some signs and a marker ("nr") between."""
    for place in range(last + 1, min(last + 5, len(tokens))):
        if numbers[place]:
            return True
        token = tokens[place]
        if token.folded not in MARKERS and (token.sort != SIGN or token.text in "!?;/"):
            return False
    return False


def _is_pointed(tokens: Sequence[Token], last: int) -> bool:
    before = word_before(tokens, last)
    return tokens[last].is_capital or (before >= 0 and tokens[before].folded in PLACE_PREPOSITIONS)


class StreetFinder:
    """Finds registered street names among tokens."""

    def __init__(self, index: Index, nicknames: Mapping[str, str]) -> None:
        """Take the index and what people call streets (nickname → registered name)."""
        self.index = index
        self.nicknames: dict[str, list[int]] = {}
        self.begun = sorted(zip(index.forms, range(len(index.names)), strict=False))
        for nickname, name in nicknames.items():
            places = index.whole.get(fold.canon(fold.spelled_out(fold.words_of(name) or ("",))))
            if places:
                self.nicknames["".join(fold.words_of(nickname))] = places

    def find(self, tokens: Sequence[Token], numbers: Sequence[bool]) -> list[Found]:
        """Return the names found, left to right, none overlapping; `numbers[i]`: token i may be a house number."""
        found: list[Found] = []
        for last in (place for place, token in enumerate(tokens) if token.sort == WORD):
            match = self._ending_at(tokens, last, numbers)
            if match is None:
                continue
            while found and found[-1].last >= match.first and _is_better(match, found[-1]):
                found.pop()
            if not found or found[-1].last < match.first:
                found.append(match)
        return [_with_surroundings(match, tokens) for match in found]

    def _ending_at(
        self, tokens: Sequence[Token], last: int, numbers: Sequence[bool]
    ) -> Found | None:
        is_typed = bool(fold.split_kind(tokens[last].folded)[1])
        is_numbered = number_follows(tokens, last, numbers)
        is_pointed = _is_pointed(tokens, last)
        setting = Setting(tokens, last, is_typed, is_numbered, is_pointed)
        if not (is_typed or is_numbered or is_pointed or tokens[last].folded in self.nicknames):
            return None
        runs = windows(tokens, last)
        match = self._whole(runs, setting)
        if match is None and (is_typed or is_numbered):
            match = self._in_part(runs, setting) or self._misspelled(
                runs[-MOST_MISSPELLED_WORDS:], setting
            )
        if (
            match is not None
            and match.way != MISSPELLED
            and match.first > runs[0].first
            and is_typed
        ):
            match = self._with_word_before(match, runs, setting)
        return match and replace(match, is_typed=is_typed, is_numbered=is_numbered)

    def _with_word_before(self, match: Found, runs: list[Window], setting: Setting) -> Found:
        """Return the match together with longer names that the word before it may belong to, misspelled."""
        longer = [run for run in runs if run.first < match.first][-1:]
        if longer[0].words[0] in STOPWORDS | PLACE_PREPOSITIONS:
            return match
        more = self._misspelled(longer, setting)
        if more is None:
            return match
        shorter = tuple(replace(like, leaves_word=True) for like in match.names)
        return replace(
            match, first=more.first, names=(*shorter, *more.names), written=more.written
        )

    def _whole(self, runs: list[Window], setting: Setting) -> Found | None:
        for run in runs:
            if names := self.nicknames.get("".join(run.words)):
                return _found(run, NICKNAME, names)
            for key, is_short in fold.written_forms(run.words):
                if is_short and not setting.is_numbered:
                    continue
                if names := self.index.whole.get(key):
                    return _found(run, SHORT if is_short else WHOLE, names)
        return None

    def _in_part(self, runs: list[Window], setting: Setting) -> Found | None:
        return (
            self._initialled(runs)
            or self._tail(runs, setting)
            or (self._stem(runs, setting) if setting.is_numbered else None)
            or (self._begun(runs, setting) if setting.is_numbered else None)
        )

    def _initialled(self, runs: list[Window]) -> Found | None:
        """Return a name whose first word is written as one letter ("E. Dahlbergsgatan")."""
        for run in runs:
            if len(run.words) == 1 or len(run.words[0]) > 1:
                continue
            for key, _ in fold.written_forms(run.words[1:]):
                names = [
                    name
                    for name in self.index.tails.get(key)
                    if self.index.forms[name][0] == run.words[0]
                ]
                if names:
                    return _found(run, SHORT, names)
        return None

    def _tail(self, runs: list[Window], setting: Setting) -> Found | None:
        """Return names whose first words are left out ("Dahlbergsgatan" for "Erik Dahlbergsgatan")."""
        for run in runs:
            if run.words[0] in NO_TAILS or (len(run.words) == 1 and run.words[0] in ORDINARY):
                continue
            is_long = len("".join(run.words)) >= LEAST_SHORT_TAIL
            for key, is_short in fold.written_forms(run.words):
                if (is_long or not is_short) and (names := self.index.tails.get(key)):
                    return None if _qualifier_before(run, setting) else _found(run, TAIL, names)
        return None

    def _stem(self, runs: list[Window], setting: Setting) -> Found | None:
        """Return names whose ending is left out ("Linné 12")."""
        for run in runs:
            if not self._may_be_stem(run, setting):
                continue
            if names := self.index.stems.get("".join(fold.spelled_out(run.words))):
                return _found(run, STEM, names)
        return None

    def _may_be_stem(self, run: Window, setting: Setting) -> bool:
        stem = "".join(run.words)
        if len(stem) < LEAST_STEM or run.words[-1] in STOPWORDS or run.words[0] in STOPWORDS:
            return False
        before = word_before(setting.tokens, run.first)
        if before >= 0 and setting.tokens[before].folded in {"pa", "vid", "a"}:
            return True
        is_alone = run.first == 0 and len(setting.tokens) <= SHORT_LINE
        is_capital = setting.tokens[run.first].is_capital
        return (len(run.words) > 1 and is_capital) or (
            is_alone and stem not in FIRST_NAMES and stem not in ORDINARY
        )

    def _begun(self, runs: list[Window], setting: Setting) -> Found | None:
        """Return the names that begin so, when the word is cut off with a full stop ("Drottn. 5", "Drottn.g 5")."""
        run = runs[-1] if len(runs) == 1 else runs[-2]
        for window in (run, runs[-1]):
            after = setting.tokens[window.first + 1 : window.first + 2]
            start = window.words[0]
            if len(start) < LEAST_BEGUN or not after or after[0].text != ".":
                continue
            names = self._beginning(start, window.words[1:])
            if 0 < len(names) <= MOST_BEGUN:
                return _found(window, STEM, names)
        return None

    def _beginning(self, start: str, rest: tuple[str, ...]) -> list[int]:
        kinds = (
            {fold.split_kind(form)[1] for form, _ in fold.last_word_forms(rest[0])}
            if rest
            else set()
        )
        place = bisect_left(self.begun, (start, 0))
        names = []
        while (
            place < len(self.begun)
            and self.begun[place][0].startswith(start)
            and len(names) <= MOST_BEGUN
        ):
            form, name = self.begun[place]
            if not rest or fold.split_kind(form)[1] in kinds:
                names.append(name)
            place += 1
        return names

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
        best = min(found, key=lambda match: match.names[0].distance)
        longest = found[0]
        if longest.first == best.first:
            return best
        shorter = tuple(replace(like, leaves_word=True) for like in best.names)
        return replace(best, first=longest.first, names=(*shorter, *longest.names))

    def _like(self, run: Window, setting: Setting) -> Iterator[Found]:
        for form in _readings(run.words, is_numbered=setting.is_numbered):
            if near := self.near(form):
                yield Found(run.first, run.last, MISSPELLED, near, form)

    def near(self, form: str) -> tuple[Like, ...]:
        """Return the names like a written one, the likest first."""
        limit = allowed_distance(len(form))
        if not limit or len(fold.split_kind(form)[0]) < LEAST_MISSPELLED_STEM:
            return ()
        qualifier = fold.qualifier_of(form)
        found: dict[int, int] = {}
        for place in self.index.neighbours.near(form):
            known, name = self.index.forms[place], self.index.form_names[place]
            distance = OSA.distance(form, known, score_cutoff=limit)
            if distance <= limit and _is_same_qualifier(qualifier, fold.qualifier_of(known)):
                found[name] = min(distance, found.get(name, limit))
        likes = sorted(Like(distance, name) for name, distance in found.items())[:MOST_NAMES]
        return tuple(like for like in likes if like.distance <= likes[0].distance + 1)


def _qualifier_before(run: Window, setting: Setting) -> bool:
    before = word_before(setting.tokens, run.first)
    return before >= 0 and setting.tokens[before].folded in fold.QUALIFIERS


@lru_cache(maxsize=16384)
def is_nearly_qualifier(word: str) -> bool:
    """Say whether the word is a qualifier ("norra"), perhaps with one letter wrong ("vestra")."""
    if word in fold.QUALIFIERS:
        return True
    is_long = len(word) >= LEAST_MISSPELLED and word not in STOPWORDS
    return is_long and any(
        OSA.distance(word, known, score_cutoff=1) <= 1 for known in fold.QUALIFIERS
    )


def _found(run: Window, way: str, names: Sequence[int]) -> Found:
    return Found(
        run.first, run.last, way, tuple(Like(0, name) for name in names), "".join(run.words)
    )


def _is_same_qualifier(written: str, known: str) -> bool:
    return not written or not known or written.startswith(known) or known.startswith(written)


def _may_be_misspelled(run: Window, setting: Setting) -> bool:
    """Say whether the words can be a misspelled name: no ordinary word alone, no small word first."""
    first, last = run.words[0], run.words[-1]
    if first in STOPWORDS or (len(run.words) == 1 and last in ORDINARY):
        return False
    if setting.is_typed or len(setting.tokens) <= SHORT_LINE:
        return True
    before = word_before(setting.tokens, run.first)
    is_placed = before >= 0 and setting.tokens[before].folded in PLACE_PREPOSITIONS
    return is_placed or setting.tokens[run.first].is_capital or ends_nearly_typed(last)


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


def _readings(words: tuple[str, ...], *, is_numbered: bool) -> Iterator[str]:
    """Yield the joined forms with a definite ending that spelling is compared in."""
    spelled = fold.spelled_out(words)
    yield fold.full_form(spelled)
    if is_numbered:
        for last, is_short in fold.last_word_forms(spelled[-1])[:MOST_READINGS]:
            if is_short and len("".join(spelled)) >= LEAST_MISSPELLED:
                yield fold.full_form((*spelled[:-1], last))


def _is_better(new: Found, old: Found) -> bool:
    """Say whether a later match is to be kept rather than the earlier that it overlaps."""
    order = (WHOLE, NICKNAME, SHORT, TAIL, STEM, MISSPELLED)
    if new.is_numbered != old.is_numbered:
        return new.is_numbered and order.index(new.way) <= max(
            order.index(old.way), order.index(TAIL)
        )
    return (order.index(new.way), new.names[0].distance) <= (
        order.index(old.way),
        old.names[0].distance,
    )


def _with_surroundings(match: Found, tokens: Sequence[Token]) -> Found:
    """Return the match with what stands before it: a qualifier or another name that it does not explain."""
    before = word_before(tokens, match.first)
    is_capital = tokens[match.first].is_capital
    if before < 0:
        return replace(match, is_capital=is_capital)
    word = tokens[before]
    is_short = word.folded in fold.SHORT_WORDS and len(word.folded) <= 3 and word.is_capital
    is_small = word.folded in STOPWORDS or word.folded in PLACE_PREPOSITIONS
    is_name = (
        not is_small and word.is_capital and before > 0 and tokens[before - 1].text not in ".!?:"
    )
    return replace(
        match,
        is_capital=is_capital,
        before=fold.spelled_out((word.folded, match.written))[0],
        has_qualifier_before=is_short or is_nearly_qualifier(word.folded),
        has_name_before=is_name,
        has_given_name_before=word.folded in FIRST_NAMES,
        has_other_first=match.way == TAIL and not is_small,
    )
