"""One written form per street name: letters folded, abbreviations spelled out, kinds of street made alike."""

import re
import unicodedata
from functools import lru_cache
from itertools import product

from nosvidere.engine.places.vocabulary import listed

PLAIN = str.maketrans(
    {"å": "a", "ä": "a", "ö": "o", "é": "e", "è": "e", "ü": "u", "á": "a", "à": "a", "ø": "o", "æ": "a",
     "ó": "o", "í": "i", "ñ": "n", "ç": "c", "ë": "e", "ê": "e", "ß": "ss", "w": "v",
     "’": None, "'": None, "´": None, "`": None, "\u0301": None, "\u030a": None, "\u0308": None}
)  # fmt: skip
MOJIBAKE = (
    ("ã¥", "å"),
    ("ã¤", "ä"),
    ("ã¶", "ö"),
    ("ã©", "é"),
    ("ã…", "å"),
    ("ã„", "ä"),
    ("ã–", "ö"),
)
WORD = re.compile(r"[^\W\d_]+|\d+")

LEAST_GENITIVE = 5

KINDS = {
    "gata": ("gatan", "gatans", "gata"),
    "vag": ("vagen", "vagens", "vag"),
    "grand": ("granden", "grannen", "granna", "grand"),
    "stig": ("stigen", "stig"),
    "torg": ("torget", "torgets", "torg"),
    "plats": ("platsen", "plats"),
    "plan": ("planen", "plan"),
    "alle": ("allen", "alle"),
    "backe": ("backen", "backe"),
    "led": ("leden", "led"),
    "esplanad": ("esplanaden", "esplanad"),
    "kaj": ("kajen", "kaj"),
    "gang": ("gangen", "gang"),
    "strak": ("straket", "strak"),
    "lid": ("liden", "lid"),
    "hojd": ("hojden", "hojd"),
    "gard": ("garden", "gard"),
    "park": ("parken", "park"),
    "ring": ("ringen", "ring"),
    "terrass": ("terrassen", "terrass"),
    "aveny": ("avenyn", "aveny"),
    "slinga": ("slingan", "slinga"),
    "slatt": ("slatten", "slatt"),
    "strand": ("stranden", "strand"),
    "vall": ("vallen", "vall"),
    "dal": ("dalen", "dal"),
    "kulle": ("kullen", "kulle"),
    "trappa": ("trappan", "trappor", "trappa"),
    "gardet": ("gardet",),
    "promenad": ("promenaden", "promenad"),
    "boulevard": ("boulevarden", "bulevarden", "boulevard", "bulevard"),
    "bro": ("bron",),
    "vang": ("vangen",),
    "holm": ("holmen",),
    "hage": ("hagen",),
    "berg": ("berget",),
    "tappa": ("tappan",),
    "stracka": ("strackan",),
    "rondell": ("rondellen",),
}
"""Kind of street → its folded written endings, longest first; the first is the definite form."""

KIND_OF_ENDING = {
    ending + s: kind for kind, endings in KINDS.items() for ending in endings for s in ("", "s")
}
ENDINGS = tuple(sorted(KIND_OF_ENDING, key=len, reverse=True))
FULL_ENDING = {kind: endings[0] for kind, endings in KINDS.items()}

SHORT_KINDS = {
    "g": ("gata",), "gt": ("gata",), "gat": ("gata",), "gtn": ("gata",), "gn": ("gata",), "ga": ("gata",),
    "gan": ("gata",), "ggatan": ("gata",), "vgen": ("vag",), "v": ("vag",), "vg": ("vag",), "vag": ("vag",), "vgn": ("vag",), "vn": ("vag",),
    "gr": ("grand",), "st": ("stig",), "stg": ("stig",), "t": ("torg",), "tg": ("torg",), "trg": ("torg",),
    "pl": ("plats", "plan"), "b": ("backe",), "bck": ("backe",), "al": ("alle",), "esp": ("esplanad",),
    "espl": ("esplanad",), "av": ("aveny",), "ave": ("aveny",), "prom": ("promenad",), "terr": ("terrass",),
}  # fmt: skip
"""Abbreviated ending → the kinds it may stand for (written "Storg.", "Sveav", "Vasa pl")."""
AMBIGUOUS_KINDS = frozenset({"", "torg"})
"""Endings after which a word may be abbreviated all the same: "Storg" is a short Storgatan."""
SHORT_ENDINGS = tuple(sorted(SHORT_KINDS, key=len, reverse=True))

QUALIFIERS = listed(
    "norra sodra ostra vastra gamla nya lilla stora ovre nedre inre yttre mellersta mellan sankt sankta "
    "doktor bortre hitre forsta andra tredje fjarde femte ovra nedra lill stor"
)
"""First words that make another street: norra is not a misspelling of södra."""

SHORT_WORDS = {
    "n": ("norra",), "na": ("norra",), "nrra": ("norra",), "nra": ("norra",), "sdr": ("sodra",), "vstr": ("vastra",), "nor": ("norra",), "s": ("sodra", "sankt"), "sa": ("sodra",),
    "sdra": ("sodra",), "sod": ("sodra",), "v": ("vastra",), "va": ("vastra",), "vstra": ("vastra",), "vast": ("vastra",),
    "o": ("ostra", "ovre"), "oa": ("ostra",), "ostr": ("ostra",), "ost": ("ostra",), "g": ("gamla",),
    "gla": ("gamla",), "gl": ("gamla",), "gml": ("gamla",), "gaml": ("gamla",), "l": ("lilla",), "la": ("lilla",), "ll": ("lilla",),
    "st": ("sankt", "stora"), "sta": ("sankta", "stora"), "skt": ("sankt",), "sct": ("sankt",), "snkt": ("sankt",), "stra": ("stora",),
    "dr": ("doktor",), "dtr": ("doktor",), "d": ("doktor",), "doctor": ("doktor",), "prof": ("professor",), "kap": ("kapten",), "kapt": ("kapten",),
    "ing": ("ingenjor",), "maj": ("majors", "major"), "gen": ("general",), "nedr": ("nedre",), "oe": ("ovre",), "ovr": ("ovre",), "ne": ("nedre",),
    "k": ("kungs", "kung"), "dir": ("direktor",), "overste": ("overste",), "mell": ("mellersta",), "adm": ("admiral", "amiral"), "am": ("amiral",), "mag": ("magister",), "m": ("mellersta",),
}  # fmt: skip
"""Abbreviated first word → what it may stand for."""


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the text in lower case without diacritics; "w" counts as "v"."""
    low = text.casefold()
    if "ã" in low:
        for wrong, right in MOJIBAKE:
            low = low.replace(wrong, right)
    low = low.translate(PLAIN)
    if low.isascii():
        return low
    decomposed = unicodedata.normalize("NFKD", low)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def words_of(name: str) -> tuple[str, ...]:
    """Return the folded words of a street name ("S:t Eriksgatan" → ("st", "eriksgatan"))."""
    return tuple(WORD.findall(fold(name.replace(":", ""))))


@lru_cache(maxsize=65536)
def split_kind(word: str) -> tuple[str, str]:
    """Return (stem, kind) of a folded word; kind is "" when the word ends in no kind of street."""
    for ending in ENDINGS:
        if word.endswith(ending):
            return word[: -len(ending)], KIND_OF_ENDING[ending]
    return word, ""


def spelled_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a registered name with a leading abbreviation spelled out."""
    longs = long_firsts(words) if len(words) > 1 else ()
    return (longs[0], *words[1:]) if longs else words


@lru_cache(maxsize=65536)
def long_firsts(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return what an abbreviated first word may stand for; before a bare kind only a qualifier ("S. vägen", not "K-gatan")."""
    longs = SHORT_WORDS.get(words[0], ())
    is_bare = len(words[1:]) == 1 and not split_kind(words[1])[0]
    return tuple(long for long in longs if long in QUALIFIERS) if is_bare else longs


def spelled_form(name: str) -> str:
    """Return the folded words with spaces between, a leading abbreviation spelled out."""
    return " ".join(spelled_out(words_of(name)))


DIGRAPHS = (("aa", "a"), ("ae", "a"), ("oe", "o"))
"""How å, ä and ö are written where a keyboard has none."""


def without_digraphs(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folded words with one letter for each pair that stands for å, ä or ö."""
    joined = " ".join(words)
    for pair, letter in DIGRAPHS:
        joined = joined.replace(pair, letter)
    return tuple(joined.split(" "))


def canon(words: tuple[str, ...]) -> str:
    """Return the words joined, the ending replaced by its kind: "Erik Dahlbergs gata" → "erikdahlbergsgata"."""
    stem, kind = split_kind(words[-1])
    return "".join(words[:-1]) + stem + kind


def full_form(words: tuple[str, ...]) -> str:
    """Return the words joined with the definite ending: the form that spelling is compared in."""
    stem, kind = split_kind(words[-1])
    return "".join(words[:-1]) + stem + FULL_ENDING.get(kind, "")


@lru_cache(maxsize=65536)
def last_word_forms(word: str) -> tuple[tuple[str, bool], ...]:
    """Return (canonical last word, was abbreviated) for each reading of a written last word."""
    stem, kind = split_kind(word)
    forms = [(stem + kind, False)]
    if not kind and word.endswith("s") and len(word) >= LEAST_GENITIVE:
        forms.append((word[:-1], False))
    for ending in SHORT_ENDINGS:
        if word.endswith(ending) and kind in AMBIGUOUS_KINDS:
            forms.extend((word[: -len(ending)] + known, True) for known in SHORT_KINDS[ending])
    return tuple(forms)


@lru_cache(maxsize=65536)
def written_forms(words: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """Return (canonical key, was abbreviated) for each reading of a written street name."""
    firsts: list[tuple[str, bool]] = []
    if len(words) > 1:
        firsts = [(words[0], False)] + [(long, True) for long in long_firsts(words)]
    else:
        firsts = [("", False)]
    middle = "".join(words[1:-1])
    forms: dict[str, bool] = {}
    for (first, is_short), (last, is_cut) in product(firsts, last_word_forms(words[-1])):
        forms.setdefault(first + middle + last, is_short or is_cut)
    return tuple(forms.items())


def qualifier_of(key: str) -> str:
    """Return the qualifier that a joined key begins with, or ""."""
    for length in range(min(9, len(key)), 2, -1):
        if key[:length] in QUALIFIERS:
            return key[:length]
    return ""
