"""Made-up ads by a grammar: a second set of rules, written without a look at how the engine links.

A hand keeps a *draft*: sentences, each a plan of word classes with the content words chosen, and 6–9
gaps that are filled anew every time. Each ad is that draft told again: sentences change order, a
word takes another ending, a neighbour key is struck, marks and signs are strewn about. Ads by one
hand thus share stems and order, never a fixed string of text. Four languages with letters, endings
and sentence plans of their own. Nothing is taken from a real ad, language or person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from ad_corpora import Ads

SMALL_WORDS, BIG_WORDS = 90, 7_000
KEYS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
MARKS = (".", "!", "…", " –", " ✨", " ❤️", ";")
NOISE, SHUFFLED, STOCK_PHRASES, SINGLES = 0.06, 0.3, 3, 0.5
GAPS, LENGTHS = (6, 10), (12, 51)
CAPITALS, SHARED_PLACE, SHARED_CONTACT, NO_CONTACT = 0.15, 0.3, 0.02, 0.1


@dataclass(frozen=True)
class Grammar:
    """What makes one language: letters, how stems are built, endings, sentence plans."""

    onsets: str
    vowels: str
    codas: str
    endings: tuple[str, ...]
    plans: tuple[str, ...]
    """n noun, v verb, a describing word, s small word, g gap."""


GRAMMARS = {
    "north": Grammar(
        "b d f g h j k l m n p r s t v bl br fl gr sk sp st tr kn sv", "a e i o u å ä ö", "l m n r s t ck nd rk ll st",
        ("en", "et", "ar", "or", "na", "s"), ("snvsn", "nvas", "ssavn", "vsnsn", "asnsv"),
    ),
    "south": Grammar(
        "b c ch d f g j l ll m n p qu r s t v z pr cr tr", "a e i o u á é ó", "n r s l z",
        ("o", "a", "os", "as", "ito", "ada"), ("nasv", "vsna", "snavs", "nsnas"),
    ),
    "east": Grammar(
        "b č d g h k l m n p r s š t v z ž kr pr st sl dv", "a e i o u ě y", "c k l m n r s š t v",
        ("ek", "ka", "y", "ovi", "ách", "ou"), ("anv", "vnsan", "nvan", "sanvs"),
    ),
    "far": Grammar(
        "b ch d gi h kh l m n ng nh ph q r t th tr v x", "a ă â e ê i o ô ơ u ư", "c ch m n ng nh p t",
        ("",), ("ssnvs", "nssv", "svsn", "nvssa"),
    ),
}  # fmt: skip


class Language:
    """The words of one language, common ones more often, and its well-worn phrases."""

    def __init__(self, rng: np.random.Generator, grammar: Grammar) -> None:
        self.rng, self.grammar = rng, grammar
        self.small = self._stems(SMALL_WORDS, syllables=(1, 2))
        self.big = {c: self._stems(BIG_WORDS, syllables=(1, 4)) for c in "nva"}
        self.gaps = [self._stems(int(n), syllables=(2, 4)) for n in rng.integers(25, 300, size=14)]
        self.phrases = [[self.word(c) for c in self.plan() + self.plan()[:3]] for _ in range(120)]

    def _stems(self, count: int, *, syllables: tuple[int, int]) -> list[str]:
        onsets, vowels = self.grammar.onsets.split(), self.grammar.vowels.split()
        codas = ["", "", *self.grammar.codas.split()]
        made: dict[str, None] = {}
        while len(made) < count:
            size = int(self.rng.integers(syllables[0], syllables[1] + 1))
            picks = self.rng.integers(1 << 30, size=(size, 3)).tolist()
            stem = "".join(
                onsets[a % len(onsets)] + vowels[b % len(vowels)] + codas[c % len(codas)]
                for a, b, c in picks
            )
            made[stem] = None
            if len(made) == len(onsets) * len(vowels):  # single syllables run out
                syllables = (syllables[0], syllables[1] + 1)
        return list(made)

    def word(self, kind: str) -> str:
        """Return a word of a class: small words by rank, others with a long tail."""
        if kind == "s":
            return self.small[int(SMALL_WORDS * self.rng.random() ** 2.5)]
        return self.big[kind][int(BIG_WORDS * self.rng.random() ** 1.8)]

    def plan(self) -> str:
        """Return the word classes of one sentence."""
        return self.grammar.plans[int(self.rng.integers(len(self.grammar.plans)))]

    def phrase(self) -> list[str]:
        """Return a phrase that many use; the first ones most."""
        return self.phrases[int(len(self.phrases) * self.rng.random() ** 3)]

    def filling(self, gap: int) -> str:
        """Return what stands in a gap this time."""
        values = self.gaps[gap]
        return values[int(self.rng.integers(len(values)))]


Sentence = list[str | int]


@dataclass
class Hand:
    """Who writes: drafts, contacts and places."""

    number: int
    drafts: list[list[Sentence]]
    contacts: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def draft(language: Language) -> list[Sentence]:
    """Return sentences of 12–50 words in all, up to three worn phrases, and 6–9 gaps beside them."""
    rng = language.rng
    left = int(rng.integers(*LENGTHS))
    sentences: list[Sentence] = []
    while left > 0:
        plan = (language.plan() + language.plan())[: max(left, 3)]
        sentences.append([language.word(c) for c in plan])
        left -= len(plan)
    for _ in range(int(rng.integers(STOCK_PHRASES + 1))):
        sentences.insert(int(rng.integers(len(sentences) + 1)), [*language.phrase()])
    for _ in range(int(rng.integers(*GAPS))):
        into = sentences[int(rng.integers(len(sentences)))]
        into.insert(int(rng.integers(len(into) + 1)), int(rng.integers(len(language.gaps))))
    return sentences


def told(language: Language, sentences: Sequence[Sentence]) -> str:
    """Return the draft written once more, with what goes astray when one writes."""
    rng = language.rng
    order = (
        rng.permutation(len(sentences)) if rng.random() < SHUFFLED else np.arange(len(sentences))
    )
    written = []
    for at in order.tolist():
        words = [
            slip
            for word in sentences[at]
            for slip in (
                [language.filling(word)] if isinstance(word, int) else _slipped(language, word)
            )
        ]
        if words:
            mark = MARKS[int(rng.integers(len(MARKS)))]
            written.append(" ".join(words).capitalize() + mark)
    text = " ".join(written)
    return text.upper() if rng.random() < CAPITALS / 3 else text


def _slipped(language: Language, word: str) -> list[str]:
    rng = language.rng
    if rng.random() >= NOISE:
        return [word]
    match int(rng.integers(5)):
        case 0:
            return []
        case 1:
            return [word, language.word("s")]
        case 2:
            endings = language.grammar.endings
            return [word + endings[int(rng.integers(len(endings)))]]
        case 3:
            return [language.word("nva"[int(rng.integers(3))])]
        case _:
            return [_struck(rng, word)]


def _struck(rng: np.random.Generator, word: str) -> str:
    """Return the word with one letter from the key beside it, or one letter doubled."""
    at = int(rng.integers(len(word)))
    for keys in KEYS:
        if word[at] in keys:
            beside = keys[(keys.index(word[at]) + 1) % len(keys)]
            return word[:at] + beside + word[at + 1 :]
    return word[:at] + word[at] + word[at:]


def hands(rng: np.random.Generator, total: int, *, singles: float) -> list[int]:
    """Return how many ads each hand writes: a long even spread of sizes, and the singles."""
    grouped = total - int(total * singles)
    found: list[int] = []
    while grouped > 1:
        size = min(2 + int(rng.lognormal(1.1, 1.15)), max(20, total // 60), grouped)
        found.append(size)
        grouped -= size
    return found + [1] * (total - sum(found))


def retold(count: int, seed: int, *, tongue: str = "north") -> Ads:
    """Return `count` ads in random order with the hand that wrote each."""
    rng = np.random.default_rng(seed)
    language = Language(rng, GRAMMARS[tongue])
    made: list[tuple[str, int, bool]] = []
    for number, size in enumerate(hands(rng, count, singles=SINGLES)):
        kept = draft(language)
        made += [(told(language, kept), number, size == 1) for _ in range(size)]
    order = rng.permutation(len(made)).tolist()
    return Ads(
        [made[i][0] for i in order],
        [made[i][1] for i in order],
        is_single=[made[i][2] for i in order],
    )


def tongues(count: int, seed: int) -> Ads:
    """Return sets in the four languages, mixed, with the language's number times 10**7 in the truth."""
    parts = [retold(count // 4, seed + n, tongue=t) for n, t in enumerate(GRAMMARS)]
    return Ads(
        [text for part in parts for text in part.texts],
        [n * 10**7 + t for n, part in enumerate(parts) for t in part.template],
        is_single=[single for part in parts for single in part.is_single],
    )


def households(count: int, seed: int) -> Ads:
    """Return ads of organisers with several drafts, numbers and flats, in a town with crowded houses.

    A third of the singles and some organisers live in a house that hundreds share; numbers are
    written in the ways people write them; a hotel's desk and two taxi numbers turn up in ads by
    anyone.
    """
    rng = np.random.default_rng(seed)
    language = Language(rng, GRAMMARS["north"])
    crowded = [f"Storgården {n} uppgång {'ABC'[n % 3]}" for n in range(max(4, count // 1_500))]
    made: list[tuple[str, int, int, str, str, bool]] = []
    sizes = [s for s in hands(rng, count, singles=SINGLES) if s > 2]  # noqa: PLR2004 - two are no organiser
    sizes += [1] * (count - sum(sizes))
    for number, size in enumerate(sizes):
        hand = _hand(language, number, size, crowded)
        for _ in range(size):
            which = int(rng.integers(len(hand.drafts)))
            text = told(language, hand.drafts[which]) + _desk(rng)
            contact = "" if rng.random() < NO_CONTACT else _spelt(rng, _one(rng, hand.contacts))
            made.append(
                (text, number * 10 + which, number, contact, _one(rng, hand.places), size == 1)
            )
    order = rng.permutation(len(made)).tolist()
    columns = list(zip(*[made[i] for i in order], strict=True))
    return Ads(*(list(column) for column in columns))


def _hand(language: Language, number: int, size: int, crowded: list[str]) -> Hand:
    rng = language.rng
    drafts, contacts, places = (1, 1, 1) if size == 1 else rng.integers(1, (5, 4, 5)).tolist()
    hand = Hand(
        number,
        [draft(language) for _ in range(min(drafts, size))],
        [f"{int(rng.integers(10**7, 10**8)):08d}" for _ in range(contacts)],
        [f"Gränd {number} lgh {1000 + n}" for n in range(places)],
    )
    if rng.random() < (SHARED_PLACE if size == 1 else SHARED_PLACE / 3):
        hand.places[0] = _one(rng, crowded)
    return hand


def _spelt(rng: np.random.Generator, digits: str) -> str:
    """Return a mobile number in one of the ways it is written."""
    forms = (
        f"07{digits}",
        f"+467{digits}",
        f"07{digits[0]}-{digits[1:4]} {digits[4:6]} {digits[6:]}",
        f"00467{digits}",
    )
    return forms[int(rng.integers(len(forms)))]


def _desk(rng: np.random.Generator) -> str:
    if rng.random() >= SHARED_CONTACT:
        return ""
    return f" Fråga i receptionen 08-700 10 {int(rng.integers(10, 13))}"


def _one(rng: np.random.Generator, among: Sequence[str]) -> str:
    return among[int(rng.integers(len(among)))]
