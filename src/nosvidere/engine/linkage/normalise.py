"""Ad text → plain words and contacts, whatever tricks were used to hide them."""

import html
import re
import unicodedata
from dataclasses import dataclass

# Cyrillic and Greek letters drawn like Latin ones (Unicode confusables.txt, small letters, 2024).
_LOOKALIKES = str.maketrans(
    "асԁеһіјӏорԛѕԝхуѵёїɑοαινρτυκχԍѡ",
    "acdehijlopqswxyveiaoaivptukxgw",
)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u20e3\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]{0,300}>")
_LOOKALIKE = re.compile(f"[{''.join(map(chr, _LOOKALIKES))}]")
_BEYOND_PLAIN = re.compile("[^\x00-\u00ac\u00ae-\u024f]")
_MIXED_WORD = re.compile(r"\w+")
_LATIN = re.compile("[a-zà-ÿ]")

_NUMBER_WORDS = {
    "noll": "0", "nolla": "0", "zero": "0", "ett": "1", "en": "1", "one": "1", "två": "2",
    "tva": "2", "two": "2", "tre": "3", "three": "3", "fyra": "4", "four": "4", "fem": "5",
    "five": "5", "sex": "6", "six": "6", "sju": "7", "seven": "7", "åtta": "8", "atta": "8",
    "eight": "8", "nio": "9", "nine": "9",
}  # fmt: skip
_ONE = "(?:" + "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True)) + ")"
_GAP = r"[\s.,\-–—/_*()|•·~]{0,3}"
_SPELLED = re.compile(rf"(?<!\w)(?:(?:{_ONE}|\d){_GAP}){{6,16}}(?:{_ONE}|\d)(?!\w)")
_SPELLED_WORD = re.compile(_ONE)
_HAS_NUMBER_WORDS = re.compile(r"\b(?:noll|zero|sju|seven|nio|nine|åtta|atta|eight)\b")
_DIGITLIKE = str.maketrans("oil|", "0111")
_PHONE = re.compile(
    rf"(?<![\w+])(?:\+|00)?[1-9o0]{_GAP}(?:[\doil|]{_GAP}){{6,13}}[\do](?!\w)",
)
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d\d\s?(?:-|–|till|to)\s?\d{1,2}[.:]\d\d\b")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,3}")
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']{3,200}"
    r"|(?<![\w.-])[\w-]{2,63}\.(?:com|se|net|org|me|eu|nu)(?:/[^\s<>\"']{0,200})?(?!\w)"
)
_HANDLE = re.compile(
    r"(?<!\w)(?:@|(?:telegram|tele|tg|kik|snapchat|snap|insta|instagram|ig|wickr|signal|skype|line)"
    r"\s?[:=@]\s?@?)([a-z0-9_][\w.]{2,31})"
)
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?")
_ADDRESSES = (
    ("@", _MAIL, "mail"),
    (".", _URL, "url"),
    ("@", _HANDLE, "handle"),
    (":", _HANDLE, "handle"),
    ("=", _HANDLE, "handle"),
)
_AREA_CODE = re.compile(r"0\d{1,3}\s?[-/]")
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")

_SWEDISH = 46
_SHORTEST, _LONGEST = 8, 15
_MOBILE_LENGTH = 9
MASK = "0"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says: its words in order (digits masked) and the contacts that stood in it."""

    words: tuple[str, ...]
    contacts: tuple[str, ...]


def plain(text: str) -> str:
    """Return the text in small letters, composed, without markup, hidden characters or lookalikes."""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _MARKUP.sub(" ", text)
    if _BEYOND_PLAIN.search(text):
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    text = text.casefold()
    if _LOOKALIKE.search(text):
        text = _MIXED_WORD.sub(_unmasked, text)
    return text


def _unmasked(found: re.Match[str]) -> str:
    word = found[0]
    return word.translate(_LOOKALIKES) if _LATIN.search(word) else word


def read_text(text: str) -> Reading:
    """Return the words and the contacts of an ad's text."""
    contacts: list[str] = []
    rest = plain(text)
    for sign, pattern, kind in _ADDRESSES:
        if sign in rest:
            rest = _taken(rest, pattern, kind, contacts)
    if _HAS_NUMBER_WORDS.search(rest):
        rest = _SPELLED.sub(_as_digits, rest)
    if _DIGITS.search(rest):
        rest = _without_phones(_CLOCK.sub(" 0 ", rest), contacts)
        rest = _DIGITS.sub(MASK, rest)
    return Reading(tuple(_WORD.findall(rest)), tuple(dict.fromkeys(contacts)))


def _as_digits(found: re.Match[str]) -> str:
    return _SPELLED_WORD.sub(lambda word: _NUMBER_WORDS[word[0]], found[0])


def _taken(text: str, pattern: re.Pattern[str], kind: str, contacts: list[str]) -> str:
    """Return the text without the addresses of one kind, which go to `contacts`."""

    def take(found: re.Match[str]) -> str:
        written = _SCHEME.sub("", found[found.lastindex or 0]).rstrip("/.,;:!?)")
        contacts.append(f"{kind}:{written}")
        return " "

    return pattern.sub(take, text)


def _without_phones(text: str, contacts: list[str]) -> str:
    def taken(found: re.Match[str]) -> str:
        number = phone_number(found[0], is_in_text=True)
        if not number:
            return found[0]
        contacts.append(f"tel:{number}")
        return " "

    return _PHONE.sub(taken, text)


def phone_number(written: str, *, is_in_text: bool = False) -> str:
    """Return the number as E.164 (`+46701234567`), or "" when it is not a telephone number.

    In running text only mobile numbers, numbers with country code and Swedish numbers written
    with an area code and hyphen count; other digits there are prices, measures and hours.
    """
    tidy = _tidy(written)
    digits = re.sub(r"\D", "", tidy)
    has_country = tidy.startswith("+") or _is_mobile_abroad(digits)
    if has_country or digits.startswith("00"):
        return _international(digits.removeprefix("00"))
    is_landline = not is_in_text or _AREA_CODE.match(tidy) is not None
    is_national = digits.startswith("0") and (is_landline or _is_mobile(digits))
    return _international(f"{_SWEDISH}{digits}") if is_national else ""


def _is_mobile_abroad(digits: str) -> bool:
    return digits.startswith(f"{_SWEDISH}7") and len(digits) == _MOBILE_LENGTH + 2


def _is_mobile(digits: str) -> bool:
    return digits.startswith("07") and len(digits) == _MOBILE_LENGTH + 1


def _tidy(written: str) -> str:
    text = plain(written).strip(" \t\n()").removeprefix("tel:")
    if _HAS_NUMBER_WORDS.search(text):
        text = _SPELLED.sub(_as_digits, text)
    return text.translate(_DIGITLIKE)


def _international(digits: str) -> str:
    if digits.startswith(f"{_SWEDISH}0"):
        digits = f"{_SWEDISH}{digits[3:]}"
    if not _SHORTEST <= len(digits) <= _LONGEST or digits.startswith("0"):
        return ""
    return f"+{digits}"
