"""English is whole: every string of the public pages, and every refusal that they show."""

import re
import shutil
import subprocess
import sys

import polib
import pytest
from django.utils import translation
from tests.public.catalogue import (
    PUBLIC,
    REFUSALS,
    SHOWN_COMPONENTS,
    SHOWN_REFUSALS,
    SOURCE,
)
from tests.public.msgids import in_python, in_template, of_files

from nosvidere.picture.figures import QUERIES
from nosvidere.sites.translations import compile_all

FILLED = re.compile(r"%\(\w+\)s|\{\w+\}")


def catalogue(app):
    entries = polib.pofile(str(SOURCE / app / "locale/en/LC_MESSAGES/django.po"))
    return {
        entry.msgid: (entry.msgstr, *entry.msgstr_plural.values())
        for entry in entries
        if entry.translated() and not entry.fuzzy
    }


def test_no_string_of_the_public_pages_lacks_its_english():
    wanted = of_files(*PUBLIC.rglob("*.py"), *PUBLIC.rglob("*.html"), refusals=REFUSALS)

    assert len(wanted) > 250
    assert {texts[0] for texts in wanted} - catalogue("public").keys() == set()


def test_no_refusal_that_is_shown_lacks_its_english():
    wanted = of_files(*SHOWN_REFUSALS, refusals=REFUSALS)

    assert {texts[0] for texts in wanted} - catalogue("public").keys() == set()


def test_no_component_that_is_used_outside_lacks_its_english():
    wanted = of_files(*SHOWN_COMPONENTS)

    assert {texts[0] for texts in wanted} - catalogue("ui").keys() == set()


def test_no_published_figure_lacks_its_english():
    wanted = {text for query in QUERIES for text in (query.label, query.definition)}

    assert wanted - catalogue("public").keys() == set()


@pytest.mark.parametrize("app", ["public", "ui"])
def test_what_is_filled_in_is_the_same_in_english(app):
    for swedish, english in catalogue(app).items():
        filled = {name for text in english for name in FILLED.findall(text)}
        assert filled <= set(FILLED.findall(swedish)) | {"%(n)s", "%(areas)s"}, swedish


def test_strings_are_found_in_python_and_in_templates():
    python = 'x = _("Ett")\nngettext("en", "flera", n)\nraise Busy("Vänta")\nreason = "Fel"'
    template = (
        "{% load i18n %}{% translate 'Två' %}"
        "{% blocktranslate count n=n %}en{% plural %}flera{% endblocktranslate %}"
    )

    assert set(in_python(python, ("Busy",))) == {("Ett",), ("en", "flera"), ("Vänta",), ("Fel",)}
    assert set(in_template(template)) == {("Två",), ("en", "flera")}


def test_a_translation_is_compiled_when_it_is_missing_or_older(tmp_path):
    folder = tmp_path / "app/locale/en/LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text('msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "ja"\nmsgstr "yes"\n')

    first, second = compile_all(tmp_path), compile_all(tmp_path)

    assert (first, second) == ([source], [])
    assert polib.mofile(str(folder / "django.mo"))[0].msgstr == "yes"
    assert [file.name for file in sorted(folder.iterdir())] == ["django.mo", "django.po"]


def test_the_english_is_in_place_when_the_site_has_started():
    with translation.override("en"):
        assert translation.gettext("Skicka tipset") == "Send the tip"
        assert translation.gettext("Snabbt bort") == "Leave quickly"


@pytest.mark.slow
def test_a_fresh_copy_speaks_english_and_somali_at_once(tmp_path):
    shutil.copytree(SOURCE, tmp_path / "src/nosvidere", ignore=shutil.ignore_patterns("*.mo"))
    script = (
        "import django; django.setup()\n"
        "from django.utils import translation\n"
        "with translation.override('en'): print(translation.gettext('Skicka tipset'))\n"
        "with translation.override('so'): print(translation.gettext('Skicka tipset') != 'Skicka tipset')\n"
        "print(translation.get_supported_language_variant('so'))"  # Django itself has no Somali
    )

    said = subprocess.run(
        [sys.executable, "-c", script],
        env={
            "PYTHONPATH": str(tmp_path / "src"),
            "NOSVIDERE_HOME": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "nosvidere.sites.public",
        },
        capture_output=True,
        check=True,
    )

    assert said.stdout == b"Send the tip\nTrue\nso\n"
