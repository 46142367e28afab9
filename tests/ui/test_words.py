"""The rules' Swedish words are shown in the reader's language."""

import pytest
from django.utils import translation

from nosvidere.kernel.refused import Refused
from nosvidere.ui.templatetags.ui import number
from nosvidere.ui.widgets import CheckboxChoice, RadioChoice, Select
from nosvidere.ui.words import sentence, translated, translated_list


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("bedömt", "assessed"),
        ("Bedömt", "Assessed"),
        ("Kopplat till plats", "Linked to a place"),
        ("A: ingen tvekan om källan", "A: no doubt about the source"),
        ("Fyrgränd 7", "Fyrgränd 7"),
        ("fyrgränd 7", "fyrgränd 7"),
        ("", ""),
        (7, "7"),
    ],
)
def test_a_word_is_shown_in_english_and_what_is_no_word_as_it_is(word, english):
    with translation.override("en"):
        assert translated(word) == english


def test_a_word_is_as_it_is_written_in_swedish():
    with translation.override("sv"):
        assert translated("Bedömt") == "Bedömt"


def test_words_in_a_row_are_each_translated():
    with translation.override("en"):
        assert translated_list("analytiker, jurist") == "analyst, lawyer"


def test_a_refusal_is_said_in_english_with_its_words():
    refused = Refused("Det går inte från läget ”{now}” till ”{then}”.", now="öppet", then="bedömt")

    with translation.override("en"):
        assert sentence(refused) == "It cannot go from “open” to “assessed”."


def test_numbers_in_a_refusal_stay_numbers():
    refused = Refused("Ett lag är minst {n} personer.", n=2)

    with translation.override("en"):
        assert sentence(refused) == "A team is at least 2 people."


@pytest.mark.parametrize("widget", [RadioChoice, CheckboxChoice, Select])
def test_alternatives_are_named_in_the_readers_language(widget):
    field = widget(choices=[("man", "man"), ("woman", "kvinna")])

    with translation.override("en"):
        html = field.render("sex", None)

    assert "woman" in html
    assert "kvinna" not in html


def test_numbers_are_written_as_the_language_writes_them():
    with translation.override("en"):
        assert number(1234.5, 1) == "1,234.5"
    with translation.override("sv"):
        assert number(1234.5, 1) == "1\u00a0234,5"
