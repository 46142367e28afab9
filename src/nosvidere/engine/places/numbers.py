"""Which numbers in a text are no house numbers, and what they say about the dwelling instead."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


def _bounded(pattern: str) -> re.Pattern[str]:
    """Return the pattern with no run of spaces unbounded, so that hostile text costs no more than plain text."""
    return re.compile(pattern.replace(r"\s*", r"\s{0,3}").replace(r"\s+", r"\s{1,3}"), re.VERBOSE)


UNIT = (
    r"(?:ar(?:s|ig|ing|iga|ingar)?|kr|kronor|sek|spann|lax|papp|tkr|tusen|euro|dollar"
    r"|min|minut(?:er)?|tim|timm[ae]r?|sekunder|dagar|dygn|veck(?:a|or)|manad(?:er)?|natter|kvallar|helger"
    r"|gang(?:er|en)?|ggr|ggn|dgr|st|stycken|styck|man|pers|personer|kvinnor|tjejer|killar|flickor|pojkar|damer|barn|ungdomar"
    r"|besokare|kunder|bilar|kvm|m2|meter|km|mil|cm|mm|kg|kilo|rum(?!\s*\d)|rummare|rums|rok|rkv|baddar|sangar|telefoner"
    r"|lagenheter|dorrar|grannar|procent|grader|liter|poang|siffror|tiden|snaret|vaningar|portar|uppgangar|manniskor"
    r"|vaskor|resvaskor|kassar|nycklar|olika|unga|aldre)"
)
ORDERED = (
    r"(?:gang(?:en)?|ggn|raden|rad|veckan|dagen|kvallen|natten|dygnet|manaden|samtalet|besoket|kunden|personen|bilen"
    r"|trappan|tr|plats|huset|dorren|porten|uppgangen|larmet|anmalan|tipset|hyresgasten|kvinnan|mannen)"
)
"""What is counted in order: the third time is no house 3."""
MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mars|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sep(?:t|tember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
NEVER = _bounded(
    rf"""
      (?<![\d])(?:\+\s?\d\d|00\d\d|0)[\s\-/]?(?:\(0\))?\d(?:[\s\-/]?\d){{6,10}}(?!\d)   # phone
    | (?<!\d)\d{{6}}(?:\d\d)?[-+]\d{{4}}(?!\d)                          # personal identity number
    | (?<!\d)(?:19|20)\d\d-\d\d?-\d\d?(?!\d)                            # date
    | (?<!\d)\d{{1,2}}\s?[./]\s?\d{{1,2}}\s?[./-]\s?(?:19|20)\d\d(?!\d)    # date with year
    | (?<![\d])(?:se?-\s?)?[1-9]\d\d\ \d\d(?!\d)(?!\s*-)                # postcode, written apart
    | (?<!\d)(?:se?-\s?)?[1-9]\d{{4}}(?!\d)                             # postcode
    | (?<!\d)\d{{6,}}                                                   # any long number
    | (?<!\w)(?:kl|klockan|kl\.)\s*\.?\s*\d{{1,2}}(?:[:.]\d\d)?(?:\s*(?:-|och|till|o)\s*\d{{1,2}}(?:[:.]\d\d)?)?
    | (?<![\d:.])(?:[01]?\d|2[0-4])[:.][0-5]\d(?!\d)(?:\s*(?:-|till|och)\s*(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?)?    # time
    | (?<!\d)\d{{1,3}}(?:[ .]\d{{3}}){{0,3}}\s*(?::-|,-|€|\$|%|°|m²)          # price, share
    | (?<!\d)\d{{1,3}}(?:\ \d{{3}}){{0,3}}(?:\s*-\s*\d{{1,5}})?[\s\-]?{UNIT}(?!\w)    # counted
    | (?<!\d)\d{{1,5}}[\s\-]?{UNIT}(?!\w)
    | (?<!\w)(?:den\s+)?\d{{1,2}}(?::?e)?\s+{MONTH}(?!\w)               # date in words
    | (?<!\w)den\s+\d{{1,2}}(?::?[ae])?(?!\w)
    | (?<!\d)\d{{1,4}}-(?!ans?(?!\w)|och|till|port|uppg|hus|gatan|vagen)[a-z]{{3}}          # 7-växlad
    | (?<!\d)\d{{1,3}}\s?(?:x|×)(?!\w) | (?<!\d)\d{{1,3}}\+(?!\s?\d) | (?<!\d)\d{{1,2}}\s+av\s+(?:\d{{1,3}}(?!\d)|de[mt]?(?!\w)|dom(?!\w)|oss)
    | (?<!\d)\d{{1,4}}\s?m\s+(?:fran|ifran|bort|hog|hogt|lang|langt|bred|brett|upp|ner|x)(?!\w)
    | (?<!\d)\d{{1,3}}\s+(?:eller|el)\s+\d{{1,3}}\s?{UNIT}(?!\w)
    | ,\s?v\.?\s?\d{{1,2}}(?!\d)                                        # week
    | (?<!\d)\d{{1,4}},\d{{1,2}}\s?{UNIT}(?!\w)
    | (?<!\d)\d{{1,3}}\s?:\s?(?:e|dje|de|te|nde)(?!\w)                  # ordinal
    | (?<!\d)\d{{0,2}}(?<!1)[12]\s?:\s?a(?=\s+[a-z]{{2}})
    | (?<!\d)\d{{1,3}}\s?(?:e|dje|de|te|nde|a)\s+{ORDERED}(?!\w)
    | (?<!\w)(?:rum|bord|kanal|sid|sida|sidan|avsnitt|gate|box|vagn|buss|bussen|linje|linjen|sparvagn|sparvagnen|tag|pendel
        |portkod|portkoden|kod|koden|pin|alder|aldern|skapet|skap|version|vecka|storlek|typ|niva|punkt|kapitel|paragraf
        |fack|forrad|garage|omrade|nivan|station|e|rv|riksvag|lansvag|ar)\s?:?\s?\d{{1,4}}(?!\d)
    """
)
"""Numbers that are no house numbers wherever they stand."""

SELDOM = _bounded(
    r"(?<!\d)\d{1,2}\s?/\s?(?:1[0-2]|0?[1-9])(?!\d)"  # 20/10
    r"|(?<!\d)(?:19[5-9]\d|20[0-3]\d)(?!\d)"  # a year
    r"|(?<!\w)(?:ca|cirka|runt|omkring|kring|efter|fore|innan|vid|mellan|minst|over|under|nastan|runt\ om)\s+\d{1,4}(?!\d|:?ans?(?!\w))"
)
"""Numbers that are house numbers only directly after a street's name."""

APARTMENT = _bounded(
    r"(?<!\w)(?:lgh|lagh|lght|lgnh|lagenhet(?:s(?:nummer|nr))?|lagenheten|lghnr|lgnr|lag|dorr|dorren|bostad)\.?\s*(?:nr\.?|nummer|no)?\s*[:.]?\s*"
    r"(\d{4}(?!\d)|\d{1,3}(?!\d))"
)
ORDINALS = {
    "forsta": 1, "andra": 2, "tredje": 3, "fjarde": 4, "femte": 5, "sjatte": 6, "sjunde": 7, "attonde": 8, "nionde": 9, "tionde": 10,
}  # fmt: skip
CARDINALS = {
    "en": 1, "ett": 1, "tva": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "atta": 8, "nio": 9, "tio": 10, "elva": 11,
    "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15, "sexton": 16, "sjutton": 17, "arton": 18, "aderton": 18,
    "nitton": 19, "tjugo": 20,
}  # fmt: skip
FLOOR = _bounded(
    rf"""
      (?<!\w)(?!(?<=[a-z]\s)\d{{1,3}}\s?tr\.?\s?:?\d{{1,2}}(?!\d))
        (?P<up>\d{{1,2}})\s*(?:½|1/2)?\s*\.?(?:tr|trp|trapp|trappor|trappa(?!n?\.?\s[a-h](?!\w)))(?!\w)\.?(?P<down>\s*(?:ner|ned|under))?
    | (?<!\w)(?P<upword>{"|".join(CARDINALS)})\s+(?:tr|trapp|trappor|trappa)(?!\w)(?P<downword>\s*(?:ner|ned))?
    | (?<!\w)(?:vaning(?:en|splan)?|van|plan|etage|tr)\.?\s*(?:nr|nummer)?\s*:?\s*(?P<level>\d{{1,2}})(?!\d)
    | (?<!\w)(?:vaning|van|plan)\.?\s+(?P<levelword>{"|".join(CARDINALS)})(?!\w)
    | (?<!\w)(?P<nth>\d{{1,2}})(?:\s?(?::?[ae])?\s?(?:van|vaning|vaningen|vaningsplan|vaningsplanet|planet)
        |\s?(?::\s?[ae]|e)\s?(?:tr|trp|trapp|trappa|trappan|trappor|etage|etaget|plan))(?!\w)(?!\.?\s*\d)
    | (?<!\w)(?P<nthword>{"|".join(ORDINALS)})\s+(?:vaning|vaningen|van|planet|plan|vaningsplanet|tr|trappan|etaget)(?!\w)
    | (?<!\w)(?P<ground>bv|nb|n\.b|b\.v|bottenvaning(?:en)?|bottenvan|bottenplan(?:et)?|nedre\s+botten|entreplan(?:et)?
        |entrevaning(?:en)?|markplan(?:et)?|gatuplan(?:et)?|markniva|nedersta\s+vaningen)(?!\w)
    | (?<!\w)(?P<below>kallarplan(?:et)?|kallarvaning(?:en)?|kallaren|sout{{1,2}}errang\w{{0,6}}|sut{{1,2}}errang\w{{0,6}})(?!\w)
    """
)
GROUND = 10
"""Floor code of the entrance floor (Lantmäteriet, lägenhetsnummer): 11 is one flight up, 09 one below."""
HIGHEST = 39
MOST_PER_FLOOR = 60
YEARS = range(1950, 2031)
BARE_APARTMENT = 4


@dataclass(frozen=True, slots=True)
class Dwelling:
    """What a text says about where in the house: a four-digit apartment or a floor code, or neither."""

    start: int
    end: int
    apartment: str
    floor: str


def is_apartment(digits: str) -> bool:
    """Say whether four digits can be an apartment number: floor code, then place from the left."""
    return (
        len(digits) == BARE_APARTMENT
        and digits.isdecimal()
        and GROUND - 3 <= int(digits[:2]) <= HIGHEST
        and 1 <= int(digits[2:]) <= MOST_PER_FLOOR
    )


def is_bare_apartment(digits: str) -> bool:
    """Say whether four digits that stand alone after a house number are an apartment and no year."""
    return is_apartment(digits) and int(digits) not in YEARS


def _floor(found: re.Match[str]) -> str:
    """Return the floor code of one match of FLOOR."""
    parts = found.groupdict()
    if parts["ground"]:
        return str(GROUND)
    if parts["below"]:
        return f"{GROUND - 1:02}"
    flights = _flights(parts)
    is_down = parts["down"] or parts["downword"]
    return f"{GROUND - flights if is_down else GROUND + flights:02}"


def _flights(parts: Mapping[str, str | None]) -> int:
    """Return how many flights up or down, from figures or words."""
    figures = [parts[name] for name in ("up", "level", "nth")]
    words = (
        CARDINALS.get(parts["upword"] or parts["levelword"] or ""),
        ORDINALS.get(parts["nthword"] or ""),
    )
    return sum(int(figure or 0) for figure in figures) + sum(word or 0 for word in words)


def dwellings(plain: str) -> list[Dwelling]:
    """Return what the text says about apartments and floors, in order."""
    apartments = ((match, match[1]) for match in APARTMENT.finditer(plain))
    found = [_apartment(match, digits) for match, digits in apartments]
    found.extend(Dwelling(*match.span(), "", _floor(match)) for match in FLOOR.finditer(plain))
    return sorted(found, key=lambda dwelling: dwelling.start)


def _apartment(match: re.Match[str], digits: str) -> Dwelling:
    """Return an apartment; a number that is not four digits is the landlord's own and says nothing."""
    number = digits if is_apartment(digits) else ""
    return Dwelling(*match.span(), number, number[:2])


POSTCODE = re.compile(r"(?:se?-\s?)?([1-9]\d\d) ?(\d\d)")


def postcodes(plain: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, str]]:
    """Return (where it begins, five digits) of the spans that are postcodes."""
    found = ((start, POSTCODE.fullmatch(plain, start, end)) for start, end in spans)
    return [(start, match[1] + match[2]) for start, match in found if match]


def spans(pattern: re.Pattern[str], plain: str) -> list[tuple[int, int]]:
    """Return where the pattern is found."""
    return [match.span() for match in pattern.finditer(plain)]
