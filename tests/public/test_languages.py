"""Fourteen languages: the same page in each, from the right side, with what was typed, and honest about who translated."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.contrib.staticfiles import finders
from django.core.checks import run_checks
from django.utils import translation

from nosvidere.public.contacts import DEFAULTS, Contact, unchecked_contacts
from nosvidere.public.languages import CODES, LANGUAGES, WRITTEN, as_languages, is_unreviewed
from nosvidere.ui.templatetags.ui import day

ORDER = ["sv", "en", "ar", "fa", "so", "ti", "uk", "ru", "ro", "pl", "es", "th", "zh-hans", "vi"]
OTHERS = [code for code in ORDER if code not in WRITTEN]
FROM_THE_RIGHT = {"ar", "fa"}
TRANSFER = 14 * 1024
PHYSICAL = re.compile(
    r"(?:margin|padding|border|inset)-(?:left|right)|(?<![\w-])(?:left|right)\s*:"
    r"|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
    r"|(?:margin|padding):\s*[\d.]+\w*(?:\s+[\d.]+\w*){3}"
)


def address(code, path="/"):
    return path if code == "sv" else f"/{code}{path}"


def page_in(client, code, path="/"):
    return client.get(address(code, path)).content.decode()


def test_the_languages_stand_in_their_order_each_named_in_itself(client, site):
    page = page_in(client, "sv")

    shown = re.findall(r'<a href="[^"]+" hreflang="([\w-]+)" lang="\1"[^>]*>([^<]+)</a>', page)
    assert shown == LANGUAGES
    assert [code for code, _name in shown] == ORDER


@pytest.mark.parametrize("code", ORDER)
def test_a_page_says_its_language_and_its_direction(client, site, code):
    side = "rtl" if code in FROM_THE_RIGHT else "ltr"

    assert f'<html lang="{code}" dir="{side}">' in page_in(client, code)


@pytest.mark.parametrize("code", ORDER)
def test_the_first_page_is_light_in_every_language(client, site, code):
    response = client.get(address(code), headers={"accept-encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) <= TRANSFER


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_that_nobody_has_reviewed_says_so_also_in_swedish(client, site, code):
    said = '<p lang="sv" dir="ltr">Ett program har översatt den här sidan.'

    assert said in page_in(client, code)
    site.REVIEWED_LANGUAGES = frozenset({code})
    assert said not in page_in(client, code)


def test_swedish_and_english_are_written_with_the_pages(client, site):
    assert not is_unreviewed("sv")
    assert "Ett program har översatt" not in page_in(client, "sv") + page_in(client, "en")


def test_the_deployer_is_told_which_languages_nobody_has_reviewed(site):
    site.REVIEWED_LANGUAGES = CODES - {"so", "ti"}

    (told,) = run_checks(tags=["languages"], include_deployment_checks=True)
    site.REVIEWED_LANGUAGES = CODES

    assert told.id == "public.W003"
    assert told.msg.endswith(": so, ti.")
    assert run_checks(tags=["languages"], include_deployment_checks=True) == []


def test_the_inside_is_not_asked_about_languages():
    assert site_settings.SITE != "public"
    assert run_checks(tags=["languages"], include_deployment_checks=True) == []


def test_a_reviewed_language_that_does_not_exist_stops_the_start():
    assert as_languages(" ar, ZH-hans,") == {"ar", "zh-hans"}
    with pytest.raises(ValueError, match="no such language: xx"):
        as_languages("ar,xx")


@pytest.mark.parametrize("code", ORDER)
def test_the_language_is_changed_without_losing_what_is_typed(client, site, tip, code):
    page = client.post("/tipsa/", tip | {"at": "what", "language": code}).content.decode()

    assert f'<html lang="{code}"' in page
    assert f'action="{address(code, "/tipsa/")}"' in page
    assert 'name="place" value="Fyrgatan 3"' in page
    assert "Många besökare varje kväll.</textarea>" in page
    assert page.count(" checked") == len(tip["signs"])


@pytest.mark.parametrize("code", ORDER)
def test_a_letter_says_in_which_language_it_was_written(client, police, tip, code):
    response = client.post(address(code, "/tipsa/"), tip)

    (letter,) = police.letters()
    assert response.status_code == 201
    assert letter.lang == code


def test_the_end_of_the_code_and_the_danger_follow_to_another_language(client, police, tip):
    thanks = client.post("/tipsa/", tip | {"danger_signs": ["C02"]}).content.decode()
    (hidden,) = re.findall(r'name="hidden" value="(\w+)"', thanks)
    carried = {"hidden": hidden, "danger": "yes", "last_four": "ABCD", "language": "en"}

    page = client.post("/tipsa/kod/", carried).content.decode()

    assert 'name="danger" value="yes"' in thanks
    assert 'value="ABCD"' in page
    assert "Someone may be in danger" in page


@pytest.mark.parametrize("code", OTHERS)
def test_the_picture_is_shown_in_swedish_and_english_alone(client, site, code):
    response = client.get(f"/{code}/lagesbild/")

    assert (response.status_code, response["Location"]) == (302, "/en/lagesbild/")


@pytest.mark.parametrize(
    ("code", "number"),
    [("sv", "114 14"), ("ar", "\u2066114 14\u2069"), ("fa", "\u2066114 14\u2069")],
)
def test_a_number_is_not_turned_around_where_one_reads_from_the_right(client, site, code, number):
    assert f'<b dir="ltr">{number}</b>' in page_in(client, code, "/vad-hander/")


@pytest.mark.parametrize("name", ["ui/tokens.css", "ui/outside.css", "public/public.css"])
def test_no_style_of_the_outside_names_left_or_right(name):
    css = Path(finders.find(name)).read_text(encoding="utf-8")

    assert PHYSICAL.findall(css) == []


def test_physical_directions_are_found():
    wrong = ("a{margin-left:0}", "a{left: 0}", "a{text-align:right}", "a{padding: 8px 12px 8px 0}")

    assert all(PHYSICAL.search(css) for css in wrong)
    assert not PHYSICAL.search("a{padding-inline:0 12px;padding:8px 12px;justify-content:left}")


def test_a_day_looks_the_same_in_every_language(client, site):
    site.CONTACTS.write_text(
        '{"mika": {"number": "010", "name": "Mottagningen", "checked_on": "2020-10-01"}}'
    )

    assert all("2020-10-01" in page_in(client, code, "/hjalp/salt-sex/") for code in ORDER)


def test_a_number_that_nobody_has_checked_within_a_year_is_told_to_the_deployer(site):
    on = date(2020, 10, 1)
    rows = [
        f'"{key}": {{"number": "010", "name": "x", "checked_on": "{on - timedelta(days=age)}"}}'
        for key, age in (("mika", 365), ("kast", 366))
    ]
    site.CONTACTS.write_text(f"{{{', '.join(rows)}}}")

    assert set(unchecked_contacts(on)) == {*DEFAULTS, "kast"}
    told = run_checks(tags=["contacts"], include_deployment_checks=True)
    assert "public.W002" in {one.id for one in told}


def test_a_number_and_a_day_are_marked_off_where_one_reads_from_the_right():
    row = Contact("020-390 000", "Stöd")

    with translation.override("fa"):
        assert row.shown == "\u2066020-390 000\u2069"
        assert day(date(2020, 10, 20)) == "\u20662020-10-20\u2069"
    assert (row.shown, day(date(2020, 10, 20))) == ("020-390 000", "2020-10-20")
