"""Made-up ads with the truth beside them: easy, hard, by other rules, and organisers with houses.

Everything is drawn from a numpy Generator; no word is taken from a real ad. Words are built from
syllables, so no language or person can be recognised in them.
"""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

FOLD = str.maketrans("åäöøæšžçğñÅÄÖØÆŠŽÇĞÑ", "aaooaszcgnAAOOASZCGN")
SYLLABLES = {
    tongue: syllables.split()
    for tongue, syllables in {
        "a": "ka lo mi ne ru sta vå ber dä fri glö hol jä kro lun mär nis pö ran skå tju und väl års äng öst bri dom",
        "b": "bo ci dru ez fo gha hir ij kep lom mua nøk osh pir qua rez slu tæm uvi wex yor zun",
        "c": "çal şim dağ eñu fiš gor hül ıra jek kuz läm mož nür oğl pek rıd sün teç uşa vež",
        "d": "anh biu cuo duy eti fue gie hoa iun kye lai mue noa oui phe quy roi sue tha uyn",
    }.items()
}
WORDS = 30_000
EDITS = (0.3, 0.15, 0.15)  # how often sentences are moved, cut and added in a lineage
SENTENCES = (3, 7)
SWAPPED = 0.05  # words swapped for a synonym in a lineage
SMALLEST_HAND = 3
LIVES_CROWDED, HAND_CROWDED = 0.3, 0.1  # share of singles and of hands with a crowded house
SWITCHBOARD, NO_NUMBER = 0.02, 0.1  # share of ads


@dataclass
class Ads:
    """Ads in file order and which hand wrote each (singles have a hand of their own)."""

    texts: list[str]
    template: list[int]
    organiser: list[int] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    is_single: list[bool] = field(default_factory=list)

    def folded(self) -> "Ads":
        """Return the same ads with å, ä and ö written as a and o."""
        return Ads(
            [t.translate(FOLD) for t in self.texts], self.template, is_single=self.is_single
        )


class Tongue:
    """A made-up language: words with Zipf frequencies, stock phrases and slot values."""

    def __init__(
        self, rng: np.random.Generator, syllables: Sequence[str], *, stock: int = 150
    ) -> None:
        self.rng = rng
        lengths = rng.integers(2, 5, size=WORDS * 2)
        made = ["".join(rng.choice(syllables, size=n)) for n in lengths]
        self.words = list(dict.fromkeys(made))[:WORDS]
        rank = np.arange(1, len(self.words) + 1)
        chance = 1.0 / (rank + 8.0) ** 1.05
        self.running = np.cumsum(chance / chance.sum())
        self.stock = [self.draw(int(n)) for n in rng.integers(4, 9, size=stock)]
        self.stock_running = np.cumsum(1.0 / np.arange(1, stock + 1))
        self.slots = [self.draw(int(n)) for n in rng.integers(30, 400, size=12)]

    def draw(self, count: int) -> list[str]:
        """Return words as they come in this language."""
        at = np.searchsorted(self.running, self.rng.random(count))
        return [self.words[min(int(i), len(self.words) - 1)] for i in at]

    def phrase(self) -> list[str]:
        """Return one stock phrase; a few are in every tenth ad."""
        spot = self.rng.random() * self.stock_running[-1]
        return self.stock[int(np.searchsorted(self.stock_running, spot))]

    def filled(self, slot: int) -> str:
        """Return one value of a slot (a name, a district, an hour …)."""
        values = self.slots[slot]
        return values[int(self.rng.integers(len(values)))]


def sizes(rng: np.random.Generator, total: int, *, largest: int) -> list[int]:
    """Return group sizes that add up to `total`: many small, a few large (a heavy tail)."""
    found: list[int] = []
    left = total
    while left > 1:
        size = int(min(2 + rng.pareto(1.1) * 2, largest, left))
        found.append(size)
        left -= size
    return found


@dataclass(frozen=True)
class Shape:
    """How a set of templated ads is made."""

    words: tuple[int, int]
    slots: tuple[int, int]
    noise: float
    moved: float
    phrases: int
    singles: float
    are_slots_extra: bool = True
    """Slots stand between the words; otherwise they take the place of some, and a short text may
    have only three words of its own left, which nobody can link for certain."""


EASY = Shape(words=(25, 50), slots=(2, 3), noise=0.01, moved=0.0, phrases=0, singles=0.3)
SHORT = Shape(
    words=(12, 51),
    slots=(6, 10),
    noise=0.06,
    moved=0.3,
    phrases=3,
    singles=0.5,
    are_slots_extra=False,
)
HARD = Shape(words=(12, 51), slots=(6, 10), noise=0.06, moved=0.3, phrases=3, singles=0.5)


def _template(tongue: Tongue, shape: Shape) -> list[list[str | int]]:
    """Return blocks of words; a number stands for a slot."""
    rng = tongue.rng
    slots = int(rng.integers(*shape.slots))
    length = int(rng.integers(*shape.words)) - (0 if shape.are_slots_extra else slots)
    body: list[str | int] = list(tongue.draw(length))
    for _ in range(int(rng.integers(0, shape.phrases + 1))):
        at = int(rng.integers(len(body) + 1))
        body[at:at] = tongue.phrase()
    for _ in range(slots):
        body.insert(int(rng.integers(len(body) + 1)), int(rng.integers(len(tongue.slots))))
    cuts = sorted(rng.integers(1, len(body), size=3))
    blocks = [body[a:b] for a, b in zip([0, *cuts], [*cuts, len(body)], strict=True)]
    return [block for block in blocks if block]


def _written(tongue: Tongue, template: list[list[str | int]], shape: Shape) -> str:
    rng = tongue.rng
    blocks = template
    if rng.random() < shape.moved:
        blocks = [template[i] for i in rng.permutation(len(template))]
    words = [tongue.filled(w) if isinstance(w, int) else w for block in blocks for w in block]
    return " ".join(_noisy(tongue, words, shape.noise))


def _noisy(tongue: Tongue, words: list[str], noise: float) -> list[str]:
    rng = tongue.rng
    out: list[str] = []
    for word, chance, kind in zip(
        words, rng.random(len(words)), rng.integers(0, 3, len(words)), strict=True
    ):
        if chance >= noise:
            out.append(word)
        elif kind == 0:
            out += tongue.draw(1)
        elif kind == 1 and len(word) > 1:
            out.append(_mistyped(rng, word))
    return out or words


def _mistyped(rng: np.random.Generator, word: str) -> str:
    at = int(rng.integers(len(word) - 1))
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def templated(count: int, seed: int, shape: Shape, *, syllables: str = "a") -> Ads:
    """Return `count` ads in random order: singles, and groups written from templates."""
    rng = np.random.default_rng(seed)
    tongue = Tongue(rng, SYLLABLES[syllables])
    grouped = count - int(count * shape.singles)
    groups = sizes(rng, grouped, largest=max(20, count // 50))
    groups += [1] * (count - sum(groups))
    made = []
    for number, size in enumerate(groups):
        template = _template(tongue, shape)
        made += [(_written(tongue, template, shape), number, size == 1) for _ in range(size)]
    return _shuffled(rng, made)


def _shuffled(rng: np.random.Generator, made: list[tuple[str, int, bool]]) -> Ads:
    order = rng.permutation(len(made))
    return Ads(
        *map(list, zip(*[made[i][:2] for i in order], strict=True)),
        is_single=[made[i][2] for i in order],
    )


def easy(count: int, seed: int) -> Ads:
    """Return the easy set: two slots, little noise."""
    return templated(count, seed, EASY)


def hard(count: int, seed: int) -> Ads:
    """Return the hard set: 6–9 slots in 12–50 words, 6 % noise, moved blocks, stock phrases."""
    return templated(count, seed, HARD)


def short(count: int, seed: int) -> Ads:
    """Return a harder set than the bars ask for: the slots take the place of words of the text."""
    return templated(count, seed, SHORT)


def lineages(count: int, seed: int) -> Ads:
    """Return a set by other rules: each ad is edited from an earlier ad of its hand, never from a template.

    Sentences are dropped, added and reordered, words swapped for one of their three synonyms; the
    edits of a lineage are taken back towards its first ad, so that it drifts but does not wander off.
    """
    rng = np.random.default_rng(seed)
    tongue = Tongue(rng, SYLLABLES["b"], stock=80)
    groups = sizes(rng, count - count // 2, largest=max(20, count // 80))
    groups += [1] * (count - sum(groups))
    made: list[tuple[str, int, bool]] = []
    for number, size in enumerate(groups):
        first = [tongue.draw(int(n)) for n in rng.integers(5, 11, size=int(rng.integers(3, 6)))]
        written = [first]
        made.append((_joined(tongue, first), number, size == 1))
        for _ in range(size - 1):
            parent = written[int(rng.integers(min(len(written), 4)))]
            child = _edited(tongue, parent)
            written.append(child)
            made.append((_joined(tongue, child), number, False))
    return _shuffled(rng, made)


def _edited(tongue: Tongue, parent: list[list[str]]) -> list[list[str]]:
    rng = tongue.rng
    child = [[_synonym(tongue, word) for word in sentence] for sentence in parent]
    is_moved, is_cut, is_longer = rng.random(3) < EDITS
    if is_moved:
        rng.shuffle(child)
    if is_cut and len(child) > min(SENTENCES):
        del child[int(rng.integers(len(child)))]
    if is_longer and len(child) < max(SENTENCES):
        child.insert(int(rng.integers(len(child) + 1)), tongue.draw(int(rng.integers(3, 7))))
    return child


def _synonym(tongue: Tongue, word: str) -> str:
    if tongue.rng.random() >= SWAPPED:
        return word
    at = sum(map(ord, word)) % 9_973
    return tongue.words[(at * 3 + int(tongue.rng.integers(3))) % len(tongue.words)]


def _joined(tongue: Tongue, sentences: list[list[str]]) -> str:
    phrases = [tongue.phrase() for _ in range(int(tongue.rng.integers(0, 3)))]
    return ". ".join(" ".join(s) for s in [*sentences, *phrases])


def languages(count: int, seed: int) -> Ads:
    """Return hard sets in four made-up languages, with the language's number times 10**7 in the truth."""
    parts = [templated(count // 4, seed + n, HARD, syllables=s) for n, s in enumerate("abcd")]
    texts = [text for part in parts for text in part.texts]
    truth = [n * 10**7 + t for n, part in enumerate(parts) for t in part.template]
    return Ads(texts, truth, is_single=[single for part in parts for single in part.is_single])


def organisers(count: int, seed: int) -> Ads:
    """Return ads of organisers with several texts, numbers and flats, beside crowded houses and shared numbers.

    An organiser's ad uses one of its 1–5 texts, 1–4 numbers and 1–5 flats. Singles have their own
    number; 30 % of them live in one of a few crowded houses. Three switchboard numbers stand in 2 %
    of all ads whoever wrote them, and 10 % of the ads have no number.
    """
    rng = np.random.default_rng(seed)
    tongue = Tongue(rng, SYLLABLES["a"])
    crowded = [f"hus-{n}" for n in range(max(3, count // 2_000))]
    groups = sizes(rng, count - int(count * HARD.singles), largest=max(20, count // 100))
    groups = [size for size in groups if size >= SMALLEST_HAND]
    groups += [1] * (count - sum(groups))
    made = []
    for number, size in enumerate(groups):
        made += _hand(tongue, number, size, crowded)
    rng.shuffle(made)
    texts, template, organiser, phones, places = map(list, zip(*made, strict=True))
    alone = [groups[n] == 1 for n in organiser]
    return Ads(texts, template, organiser, phones, places, alone)


def _hand(
    tongue: Tongue, number: int, size: int, crowded: list[str]
) -> list[tuple[str, int, int, str, str]]:
    rng = tongue.rng
    texts, phones, flats = rng.integers(1, (2, 2, 6) if size == 1 else (6, 5, 6)).tolist()
    templates = [_template(tongue, HARD) for _ in range(texts)]
    numbers = [_number(rng) for _ in range(phones)]
    homes = [f"lgh-{number}-{n}" for n in range(flats)]
    if rng.random() < (LIVES_CROWDED if size == 1 else HAND_CROWDED):
        homes[0] = _drawn(rng, crowded)
    made = []
    for which in rng.integers(texts, size=size).tolist():
        text = _written(tongue, templates[which], HARD) + _switchboard(rng)
        phone = _drawn(rng, numbers) * int(rng.random() >= NO_NUMBER)
        made.append((text, number * 10 + which, number, phone, _drawn(rng, homes)))
    return made


def _drawn(rng: np.random.Generator, among: Sequence[str]) -> str:
    return among[int(rng.integers(len(among)))]


def _switchboard(rng: np.random.Generator) -> str:
    return f" ring växeln 08-900 000 {int(rng.integers(3))}0" if rng.random() < SWITCHBOARD else ""


def _number(rng: np.random.Generator) -> str:
    return f"07{int(rng.integers(0, 10**8)):08d}"


SETS: dict[str, Callable[[int, int], Ads]] = {
    "easy": easy, "hard": hard, "short": short, "lineages": lineages, "organisers": organisers, "languages": languages,
}  # fmt: skip


def write_csv(ads: Ads, path: Path) -> None:
    """Write the ads as the import expects them (dates in 2020, five sources)."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["ad_id", "seen_at", "source", "phone", "place_text", "text"])
        for n, text in enumerate(ads.texts):
            phone = ads.phones[n] if ads.phones else ""
            place = ads.places[n] if ads.places else ""
            day = f"2020-{1 + n % 12:02d}-{1 + n % 28:02d}"
            out.writerow([f"ad{n:07d}", day, f"s{n % 5}", phone, place, text])
