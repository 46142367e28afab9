"""English is whole inside: no page, form, refusal or word of the rules lacks it, and it fills in the same values."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import polib
import pytest
from tests.public.msgids import of_files

import nosvidere
from nosvidere import rules
from nosvidere.engine.signs import SCHEME
from nosvidere.picture.figures import QUERIES
from nosvidere.rules.flows import FLOWS

SOURCE = Path(nosvidere.__file__).parent
SHARED = "ui"
APPS = (
    "accounts", "courier", "field", "intake", "landlords", "leads", "operations", "picture", "register", "services",
    "sites", "support", "ui",
)  # fmt: skip
# Pages that have tables of words of their own.
PAGES = (
    "nosvidere.intake.present.tips",
    "nosvidere.operations.present",
    "nosvidere.register.present",
    "nosvidere.register.reports",
)
# Tables whose values are codes, or the law's own words in a letter that is always Swedish.
NOT_SHOWN = (
    "KEPT",
    "SHAPES",
    "FINDING_OF_OUTCOME",
    "SIGN_OF_OUTCOME",
    "PART_OF",
    "LAWS",
    "EXCEPTIONS",
)
FILLED = re.compile(r"%\(\w+\)s|\{\w+\}")
FORBIDDEN = re.compile(r"prostitut|brothel|\bjohns?\b|\bpunter|\bhooker|\bpimp", re.IGNORECASE)


def entries(app: str) -> dict[str, polib.POEntry]:
    path = SOURCE / app / "locale/en/LC_MESSAGES/django.po"
    return {entry.msgid: entry for entry in polib.pofile(str(path))}


def english(entry: polib.POEntry) -> tuple[str, ...]:
    return tuple(text for text in (entry.msgstr, *entry.msgstr_plural.values()) if text)


def translated(app: str) -> set[str]:
    return {
        msgid for msgid, entry in entries(app).items() if entry.translated() and not entry.fuzzy
    }


def written_in(*folders: Path) -> set[str]:
    files = [
        file
        for folder in folders
        for file in folder.rglob("*")
        if file.suffix in (".py", ".html") and "migrations" not in file.parts
    ]
    return {texts[0] for texts in of_files(*files)}


def tables(module_name: str) -> Iterator[str]:
    """Yield the words of each table of words in a module."""
    for name, value in vars(importlib.import_module(module_name)).items():
        is_table = name.isupper() and name not in NOT_SHOWN and isinstance(value, Mapping)
        if is_table and all(isinstance(word, str) for word in value.values()):
            yield from value.values()


def words() -> set[str]:
    of_rules = [
        f"{rules.__name__}.{module.name}" for module in pkgutil.iter_modules(rules.__path__)
    ]
    of_models = [f"nosvidere.{app}.models" for app in APPS if app not in ("sites", "ui")]
    found = {word for module in (*of_rules, *of_models, *PAGES) for word in tables(module)}
    of_flows = {word for flow in FLOWS for word in flow.words.values()}
    of_signs = {sign.innocent_sv for sign in SCHEME.signs.values()} | set(SCHEME.families.values())
    of_figures = {text for query in QUERIES for text in (query.label, query.definition)}
    return (found | of_flows | of_signs | of_figures) - {""}


@pytest.mark.parametrize("app", APPS)
def test_no_string_of_an_app_lacks_its_english(app):
    wanted = written_in(SOURCE / app)

    assert sorted(wanted - translated(app) - translated(SHARED)) == []


def test_no_refusal_of_the_rules_lacks_its_english():
    assert sorted(written_in(SOURCE / "rules") - translated(SHARED)) == []


def test_no_word_of_a_table_lacks_its_english():
    assert sorted(words() - translated(SHARED)) == []


def test_every_sign_is_called_in_english_what_its_table_says():
    said = entries(SHARED)

    assert {
        sign.code for sign in SCHEME.signs.values() if english(said[sign.sv]) != (sign.en,)
    } == set()


@pytest.mark.parametrize("app", APPS)
def test_what_is_filled_in_is_the_same_in_english(app):
    for swedish, entry in entries(app).items():
        filled = set(FILLED.findall(f"{swedish} {entry.msgid_plural}"))
        assert {name for text in english(entry) for name in FILLED.findall(text)} == filled, (
            swedish
        )


@pytest.mark.parametrize("app", APPS)
def test_english_keeps_the_same_words_out_as_swedish(app):
    said = [text for entry in entries(app).values() for text in english(entry)]

    assert [text for text in said if FORBIDDEN.search(text)] == []
