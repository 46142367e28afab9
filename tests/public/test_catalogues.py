"""Each of the twelve translations is whole: every string, every plural, the same values filled in, and no Swedish left."""

import re
from datetime import date
from html.parser import HTMLParser

import polib
import pytest
from django.utils import translation
from tests.public.catalogue import PLURALS, catalogue, wanted

from nosvidere.public import forms
from nosvidere.public.languages import LANGUAGES, WRITTEN

FILLED = re.compile(r"%\(\w+\)s|\{\w+\}")
PARTED = re.compile(r"\d+(?:[- ]\d+)+")
ISOLATED = re.compile("\u2066[^\u2069]*\u2069")
FOLDERS = sorted(PLURALS)
CODES = sorted(folder.replace("_", "-").lower() for folder in FOLDERS)
WANTED = wanted()
PAGES = (
    *("/", "/tecken/", "/tipsa/", "/vad-hander/", "/folj/", "/hyresvard/", "/integritet/"),
    *("/hjalp/salt-sex/", "/hjalp/kopt-sex/", "/hjalp/hyra-ut/", "/tillganglighet/", "/nej/"),
)

pytestmark = pytest.mark.slow


def texts_of(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())


class _Texts(HTMLParser):
    """The texts of a page that are not said to be in another language."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.apart: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.apart or tag in {"style", "title"} or ("lang" in dict(attrs) and tag != "html"):
            self.apart.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.apart:
            while self.apart.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.apart and data.strip():
            self.found.append(" ".join(data.split()))


def texts_on(page: str) -> list[str]:
    reader = _Texts()
    reader.feed(page)
    return reader.found


def test_every_language_but_the_written_ones_has_a_catalogue():
    assert set(CODES) == {code for code, _name in LANGUAGES} - WRITTEN


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_string_lacks_its_translation(folder):
    held = {entry.msgid: entry for entry in catalogue(folder) if not entry.fuzzy}

    lacking = [texts[0] for texts in WANTED if not all(texts_of(held[texts[0]]))]
    assert lacking == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_language_counts_as_its_grammar_does(folder):
    forms_of, rule = PLURALS[folder]
    said = catalogue(folder)

    assert said.metadata["Plural-Forms"] == f"nplurals={forms_of}; plural=({rule});"
    numbers = {tuple(sorted(one.msgstr_plural)) for one in said if one.msgid_plural}
    assert numbers == {tuple(range(forms_of))}


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_filled_in_is_the_same(folder):
    for entry in catalogue(folder):
        of_swedish = [sorted(FILLED.findall(text)) for text in (entry.msgid, entry.msgid_plural)]
        # "one" and "two" may be written as words.
        allowed = [*of_swedish, []] if entry.msgid_plural else of_swedish[:1]
        wrong = [text for text in texts_of(entry) if sorted(FILLED.findall(text)) not in allowed]
        assert wrong == [], entry.msgid


@pytest.mark.parametrize("folder", FOLDERS)
def test_only_a_form_for_few_leaves_the_number_out(folder):
    """In a form that stands for many numbers the number is said, or the reader cannot know which."""
    several = {"ar": (3, 4, 5), "so": (1,), "fa": (1,), "ti": (1,), "es": (1,)}
    last = several.get(folder, range(PLURALS[folder][0]))
    for entry in (one for one in catalogue(folder) if one.msgid_plural):
        assert all("%(n)s" in entry.msgstr_plural[number] for number in last), entry.msgid


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_translation_is_not_the_swedish(folder):
    same = [
        one.msgid
        for one in catalogue(folder)
        if one.msgid in texts_of(one) and len(one.msgid.split()) > 1
    ]

    assert same == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_numbers_to_call_are_not_changed(folder):
    for entry in catalogue(folder):
        for number in re.findall(r"\b(?:112|114 14)\b", entry.msgid):
            assert all(number in text for text in texts_of(entry)), entry.msgid


@pytest.mark.parametrize("folder", ["ar", "fa"])
def test_numbers_in_several_parts_are_marked_off_where_one_reads_from_the_right(folder):
    """Else "114 14" is shown as "14 114", and a date backwards (UAX 9, rules W2 and W4)."""
    loose = {
        text: found
        for entry in catalogue(folder)
        for text in texts_of(entry)
        if (found := PARTED.findall(ISOLATED.sub("", text)))
    }

    assert loose == {}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("path", PAGES)
def test_no_page_shows_a_swedish_string_in_another_language(client, site, code, path):
    swedish = {texts[0] for texts in WANTED}

    shown = texts_on(client.get(f"/{code}{path}").content.decode())

    with translation.override(code):
        kept = {text for text in swedish if translation.gettext(text) == text}
    assert [text for text in shown if text in swedish - kept] == []
    assert len(shown) > 10


def test_a_text_in_another_language_is_told_apart():
    page = '<html lang="ar"><p>a</p><p lang="sv">b <b>c</b></p><a lang="en">d</a><style>e</style>f'

    assert texts_on(page) == ["a", "f"]


def wrong_forms():
    """Return each public form with everything in it wrong."""
    bad = {"days": "x", "from_on": "x", "until_on": "x", "basis": "x", "dispute": "x"}
    on = date(2020, 10, 1)
    yield forms.WhereForm({"place": "a\x00b"})
    yield forms.WhereForm({"place": "x" * 9999})
    yield forms.WhereForm({})
    yield forms.WhatForm({"signs": ["x"], "danger_signs": ["x"], "saw": "x" * 9999})
    yield forms.WhatForm({})
    yield forms.WhenForm(bad, today=on)
    yield forms.WhenForm({"days": "0", "from_on": "2020-10-02"}, today=on)
    yield forms.WhenForm(
        {"days": "99", "from_on": "2020-09-02", "until_on": "2020-09-01"}, today=on
    )
    yield forms.CodeForm({"code": "x" * 999})
    yield forms.CodeForm({})
    yield forms.LastFourForm({"last_four": "x" * 99})
    yield forms.MessageForm({})
    yield forms.MeasureForm({"measure": "x", "taken_on": "x"}, today=on)
    yield forms.MeasureForm({"measure": "none", "taken_on": "2020-11-01"}, today=on)
    yield forms.ShortcomingForm({})


def errors():
    """Return what every form says about what is wrong, in the language in use."""
    return [
        item.text for form in wrong_forms() if not form.is_valid() for item in form.error_items()
    ]


@pytest.mark.parametrize("code", CODES)
def test_no_error_is_told_in_swedish_or_in_the_words_of_the_framework(site, code):
    with translation.override("sv"):
        swedish = errors()
    with translation.override(code):
        told = errors()

    assert len(told) == len(swedish) > 20
    assert set(told) & set(swedish) == set()
