"""House numbers in words, up to ninety-nine, as said ("tolv") and as called ("tolvan", "tolva")."""

from collections.abc import Iterator

from nosvidere.engine.places.numbers import CARDINALS

TENS = {
    "tjugo": 20, "trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70, "attio": 80, "nittio": 90,
}  # fmt: skip
ONES = {
    "ett": 1, "en": 1, "tva": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "atta": 8, "nio": 9,
}  # fmt: skip
SPOKEN_TENS = {
    "tjuge": 20, "tju": 20, "tjugi": 20, "tretti": 30, "trettie": 30, "fyrti": 40, "forti": 40, "fortio": 40, "femti": 50,
    "sexti": 60, "sjutti": 70, "atti": 80, "nitti": 90,
}  # fmt: skip
"""Tens as they are said."""
ALL_TENS = TENS | SPOKEN_TENS
CALLED_ONES = {
    "ettan": 1, "tvaan": 2, "trean": 3, "fyran": 4, "femman": 5, "sexan": 6, "sjuan": 7, "attan": 8, "nian": 9,
}  # fmt: skip
CALLED_TEENS = {
    "tian": 10, "elvan": 11, "tolvan": 12, "trettonen": 13, "trettan": 13, "fjortonen": 14, "fjortan": 14, "femtonen": 15,
    "femtan": 15, "sextonen": 16, "sextan": 16, "sjuttonen": 17, "sjuttan": 17, "artonen": 18, "artan": 18, "nittonen": 19,
    "nittan": 19, "tjugan": 20, "trettian": 30, "fyrtian": 40, "femtian": 50,
}  # fmt: skip


def _above_twenty(ones: dict[str, int]) -> Iterator[tuple[str, int]]:
    for ten, tens in ALL_TENS.items():
        for word, one in ones.items():
            yield ten + word, tens + one


DEFINITE_NUMBERS = {**CALLED_ONES, **CALLED_TEENS, **dict(_above_twenty(CALLED_ONES))}
"""What a house is called wherever it stands: "femman på Storgatan"."""

SPELLED_NUMBERS = {
    **DEFINITE_NUMBERS,
    **{word: nth for word, nth in CARDINALS.items() if word not in {"en", "ett"}},
    **TENS,
    **{word: tens for word, tens in SPOKEN_TENS.items() if word != "tju"},
    **dict(_above_twenty(ONES)),
    **{word.removesuffix("n"): nth for word, nth in DEFINITE_NUMBERS.items()},
}
"""What is a house number, the indefinite forms only directly after a street or after "nummer": "Storgatan tolv", "Storgatans femma"."""
