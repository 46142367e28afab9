"""What a group of ads is called: two words and a number that can be said on the phone."""

import hashlib

# Plain nouns that sound unlike each other; sixty-four of them, so that a word is six bits of the name's digest.
WORDS = (
    "alm", "ankar", "asp", "berg", "blad", "bok", "bro", "båt", "dal", "damm", "druva", "ek", "eld", "fjord", "fjäder",
    "fjäll", "fors", "fyr", "gran", "grotta", "hagel", "hav", "humla", "istapp", "järn", "kaj", "klippa", "klöver", "koppar",
    "lampa", "lind", "ljung", "lyra", "moln", "mossa", "måne", "norr", "nyckel", "oxel", "park", "penna", "regn", "ros",
    "råg", "sand", "segel", "silver", "sjö", "skog", "snö", "sol", "spade", "stjärna", "sten", "svan", "tall", "tegel",
    "torn", "trappa", "vass", "vete", "vind", "åska", "ört",
)  # fmt: skip
DIGITS = 100


def group_code(name: str) -> str:
    """Return a short name for a group of ads, as `gran-fjord-42`: the same for as long as the group has its key.

    One in about 400 000, so two groups seldom share one; where it matters, the page's address holds the whole key.
    """
    digest = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")
    rest, first = divmod(digest, len(WORDS))
    rest, second = divmod(rest, len(WORDS))
    return f"{WORDS[first]}-{WORDS[second]}-{rest % DIGITS:02d}"
