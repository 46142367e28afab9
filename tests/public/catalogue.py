"""What the public pages say in each language: the strings that are wanted, and the catalogues that hold them."""

from pathlib import Path

import polib
from tests.public.msgids import of_files

import nosvidere

SOURCE = Path(nosvidere.__file__).parent
PUBLIC = SOURCE / "public"
REFUSALS = (
    *("CodePutAway", "CodeError", "SpoolFull", "NoKeys", "Busy", "NoParty", "FieldRefused"),
    *("FormUsed", "NoRoomForFiles"),
)
SHOWN_REFUSALS = tuple(
    SOURCE / name
    for name in (
        "drop/actions.py",
        "drop/derivation.py",
        "drop/parties.py",
        "drop/queries.py",
        "engine/sealing/fields.py",
        "engine/sealing/receipt.py",
    )
)
COMPONENTS = ("outside", "languages", "field", "error_summary", "notice", "steps", "timeline")
SHOWN_COMPONENTS = (
    *(SOURCE / f"ui/templates/ui/{name}.html" for name in COMPONENTS),
    SOURCE / "ui/templates/ui/errors/error.html",
    SOURCE / "ui/forms.py",
    SOURCE / "ui/views.py",
)
# The picture is published by the police in Swedish and English; its page is not shown in other languages.
TWO_LANGUAGES = (PUBLIC / "present/picture.py", PUBLIC / "templates/public/picture.html")
# How each language counts. Source: Unicode CLDR 45, plural rules, as gettext writes them.
EAST_SLAVIC = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2"
PLURALS = {
    "ar": (6, "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"),
    "fa": (2, "n > 1"),
    "so": (2, "n != 1"),
    "ti": (2, "n > 1"),
    "uk": (3, EAST_SLAVIC),
    "ru": (3, EAST_SLAVIC),
    "ro": (3, "n==1 ? 0 : (n==0 || (n%100>0 && n%100<20)) ? 1 : 2"),
    "pl": (3, "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2"),
    "es": (2, "n != 1"),
    "th": (1, "0"),
    "zh_Hans": (1, "0"),
    "vi": (1, "0"),
}


def public_files() -> list[Path]:
    """Return the files whose words are translated to every language."""
    found = (*PUBLIC.rglob("*.py"), *PUBLIC.rglob("*.html"))
    return [*sorted({*found} - {*TWO_LANGUAGES}), *SHOWN_REFUSALS, *SHOWN_COMPONENTS]


def wanted() -> dict[tuple[str, ...], list[str]]:
    """Return each string, with its plural, and the pages or modules where it stands."""
    places: dict[tuple[str, ...], list[str]] = {}
    for file in public_files():
        for texts in of_files(file, refusals=REFUSALS):
            places.setdefault(texts, []).append(file.stem)
    return places


def catalogue(folder: str, app: str = "public") -> polib.POFile:
    """Return a language's catalogue of an app."""
    return polib.pofile(str(SOURCE / app / f"locale/{folder}/LC_MESSAGES/django.po"))
