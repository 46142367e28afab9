"""Write what translators fill in: each language of the public pages with every string, and what is translated kept.

Run from the repository: `PYTHONPATH=src:. NOSVIDERE_HOME=/some/folder python tools/public_catalogue.py`.
"""

import os

import django
import polib

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nosvidere.sites.public")
django.setup()

from tests.public.catalogue import PLURALS, PUBLIC, catalogue, wanted  # noqa: E402 - after django.setup

WIDE = 100_000  # a string a line, so that a change is a line in a diff


def english() -> dict[str, str]:
    """Return the English of each string, as a hint to translators."""
    entries = [entry for app in ("ui", "public") for entry in catalogue("en", app)]
    return {
        entry.msgid: entry.msgstr or " / ".join(entry.msgstr_plural.values()) for entry in entries
    }


def entry_for(
    texts: tuple[str, ...], places: list[str], *, hint: str, held: polib.POEntry | None, forms: int
) -> polib.POEntry:
    """Return a string's entry with what is already translated."""
    plural = texts[1] if len(texts) > 1 else ""
    entry = polib.POEntry(msgid=texts[0], msgid_plural=plural, wrapwidth=WIDE)
    entry.comment = f"{', '.join(sorted(set(places)))}: {hint}"
    if "%(" in "".join(texts):
        entry.flags = ["python-format"]
    old = held.msgstr_plural if held else {}
    if plural:
        entry.msgstr_plural = {number: old.get(number, "") for number in range(forms)}
    elif held:
        entry.msgstr = held.msgstr
    return entry


def write(folder: str) -> None:
    """Write one language's catalogue anew."""
    file = PUBLIC / f"locale/{folder}/LC_MESSAGES/django.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    held = {entry.msgid: entry for entry in catalogue(folder)} if file.exists() else {}
    forms, rule = PLURALS[folder]
    hints = english()
    made = polib.POFile(wrapwidth=WIDE)
    made.metadata = {
        "Language": folder,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": f"nplurals={forms}; plural=({rule});",
    }
    for texts, places in sorted(wanted().items(), key=lambda item: (sorted(item[1]), item[0])):
        kept = held.get(texts[0])
        made.append(entry_for(texts, places, hint=hints[texts[0]], held=kept, forms=forms))
    made.save(str(file))


if __name__ == "__main__":
    for language in PLURALS:
        write(language)
