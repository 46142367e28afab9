"""Why a mention was read as it was, in Swedish sentences, each of which can be taken apart to be said in another language."""

import re
from dataclasses import dataclass

from nosvidere.engine.places.candidates import Candidate
from nosvidere.engine.places.index import Index
from nosvidere.engine.places.model import ENTRANCE_UNKNOWN, EXACT, LETTER_NOT_REGISTERED, STREET
from nosvidere.engine.places.surroundings import Named
from nosvidere.engine.places.windows import MISSPELLED, NICKNAME, SHORT, STEM, TAIL, WHOLE, Found

WAYS = {
    WHOLE: "Gatunamnet finns i registret: {name}.",
    SHORT: "Gatunamnet är förkortat och läses som {name}.",
    NICKNAME: "{name} kallas så i folkmun, enligt tabellen över smeknamn.",
    TAIL: "Början av gatunamnet saknas och läses som {name}.",
    STEM: "Slutet av gatunamnet saknas och läses som {name}.",
    MISSPELLED: "Gatunamnet är stavat på annat sätt, närmast är {name} ({distance} tecken skiljer).",
}
LEVELS = {
    EXACT: "Numret finns i registret.",
    ENTRANCE_UNKNOWN: "Numret har flera uppgångar i registret, och texten säger inte vilken.",
    LETTER_NOT_REGISTERED: "Numret finns i registret men inte med den bokstaven.",
    STREET: "Numret finns inte på gatan i registret, eller saknas i texten.",
}
FEATURES = {
    "qualifier_before": "Ordet före namnet (till exempel Norra eller Gamla) ingår inte i gatans namn: norra och södra är olika gator.",
    "qualifier_joined": "Bokstaven före namnet kan betyda till exempel Norra eller Södra: norra och södra är olika gator.",
    "given_name_before": "Ett förnamn står före gatunamnet och kan höra till en annan gata.",
    "other_first_word": "Gatans fullständiga namn börjar med ett annat ord än texten.",
    "qualifier_left_out": "Gatans namn börjar med ett ord som Norra eller Gamla, som texten inte har: norra och södra är olika gator.",
    "other_diacritics": "Prickarna i texten är andra än i gatans namn.",
    "place_agrees": "Orten i texten stämmer.",
    "place_differs": "Orten i texten är en annan än gatans.",
    "place_unknown": "Texten nämner en ort som inte finns i registret.",
    "postcode_agrees": "Postnumret stämmer.",
    "postcode_differs": "Postnumret är ett annat än i registret.",
    "home": "Gatan ligger i hemkommunen.",
    "not_home": "Gatan ligger utanför hemkommunen.",
    "far": "Numret står en bit från gatunamnet.",
    "between": "Numret ligger mellan de två som texten anger.",
    "rival_elsewhere": "Ett gatunamn på annan ort liknar texten lika mycket eller mer.",
}


TOWN_ELSEWHERE = "Texten nämner en annan ort ({place}): inget hus här pekas ut."
POSTCODE_ELSEWHERE = "Texten nämner ett postnummer på annan ort: inget hus här pekas ut."
SENTENCES = (
    *WAYS.values(),
    *LEVELS.values(),
    *FEATURES.values(),
    TOWN_ELSEWHERE,
    POSTCODE_ELSEWHERE,
)
"""Every sentence that a reason can be, with names in braces for what is filled in."""
FILLED = re.compile(r"\\{(\w+)\\}")
PATTERNS = tuple(
    (sentence, re.compile(FILLED.sub(r"(?P<\1>.+)", re.escape(sentence))))
    for sentence in SENTENCES
)


def parts(reason: str) -> tuple[str, dict[str, str]]:
    """Return (the sentence with names in braces, what fills them); a reason that is none of ours comes back as it is."""
    for sentence, pattern in PATTERNS:
        if found := pattern.fullmatch(reason):
            return sentence, found.groupdict()
    return reason, {}


@dataclass(frozen=True, slots=True)
class Away:
    """The town that the text names, and whether it, or a postcode, puts the address outside the register."""

    place: Named | None
    is_away: bool


def of(index: Index, found: Found, best: Candidate, away: Away) -> tuple[str, ...]:
    """Return the reasons for the best reading."""
    way = MISSPELLED if best.like.distance else found.way
    said = [WAYS[way].format(name=index.names[best.like.name], distance=best.like.distance)]
    if away.is_away:
        where = TOWN_ELSEWHERE.format(place=away.place.text) if away.place else POSTCODE_ELSEWHERE
        return (*said, where)
    said.append(LEVELS[best.level])
    said.extend(text for feature, text in FEATURES.items() if best.features.get(feature))
    return tuple(said)
