"""The showcase in all its forms, and the pages for when something is wrong."""

import itertools
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, RequestFactory, override_settings

from nosvidere.ui import views

VARIANTS = [
    f"?mood={mood}&theme={theme}&lang={language}&dir={direction}"
    for mood, theme, language, direction in itertools.product(
        ("inside", "outside"), ("light", "dark"), ("sv", "en"), ("ltr", "rtl")
    )
]
INLINE = re.compile(r"\son\w+=|\sstyle=|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)
FORBIDDEN = re.compile(r"prostituerad|torsk|bordell|träff", re.IGNORECASE)
OUTSIDE_BUDGET = 14 * 1024
FRAME_BUDGET = 8 * 1024
SCRIPT_LINES = 150


@pytest.mark.parametrize("query", VARIANTS)
def test_the_showcase_shows_in_every_form(query):
    response = Client().get(f"/ui/showcase{query}")

    html = response.content.decode()
    assert response.status_code == 200
    assert INLINE.findall(html) == []
    assert FORBIDDEN.findall(html) == []


def test_theme_language_and_direction_are_forced_by_the_address():
    html = Client().get("/ui/showcase?theme=dark&lang=en&dir=rtl").content.decode()

    assert '<html lang="en" dir="rtl" data-theme="dark">' in html


def test_what_the_address_asks_for_but_is_not_there_is_the_usual():
    html = Client().get("/ui/showcase?theme=pink&lang=xx&dir=up&mood=wild").content.decode()

    assert '<html lang="sv" dir="ltr">' in html


@pytest.mark.parametrize(
    ("asked", "used"),
    [("/tiles/map.pmtiles", "/tiles/map.pmtiles"), ("//else.where/x", ""), ("https://a", "")],
)
def test_the_map_takes_its_tiles_from_this_host_only(asked, used):
    html = Client().get("/ui/showcase", {"tiles": asked}).content.decode()

    assert f'data-tiles="{used}"' in html


def test_ids_are_used_once():
    for query in ("", "?mood=outside"):
        html = Client().get(f"/ui/showcase{query}").content.decode()
        ids = re.findall(r'\sid="([^"]+)"', html)

        assert len(ids) == len(set(ids))


def test_what_describes_and_labels_exists():
    for query in ("", "?mood=outside"):
        html = Client().get(f"/ui/showcase{query}").content.decode()
        ids = set(re.findall(r'\sid="([^"]+)"', html))
        named = re.findall(
            r'\s(?:aria-describedby|aria-labelledby|for|popovertarget)="([^"]+)"', html
        )

        assert {one for names in named for one in names.split()} <= ids


def test_inside_the_first_stop_leads_to_the_contents():
    html = Client().get("/ui/showcase").content.decode()

    first = re.search(r"<(?:a|button)\b[^>]*>", html)
    assert first is not None
    assert 'href="#main"' in first[0]
    assert 'id="main"' in html


def test_inside_the_frame_says_who_is_signed_in_and_that_it_is_a_demonstration():
    html = Client().get("/ui/showcase").content.decode()

    assert "Inloggad som" in html
    assert "K-4711" in html
    assert "Demonstration" in html
    assert 'aria-current="page">Uppslag' in html


def test_outside_the_first_stop_is_the_way_out():
    html = Client().get("/ui/showcase?mood=outside").content.decode()

    first = re.search(r"<(?:a|button)\b[^>]*>", html)
    assert first is not None
    assert 'href="https://www.smhi.se/" rel="noreferrer"' in first[0]


def test_outside_nothing_more_is_asked_for():
    html = Client().get("/ui/showcase?mood=outside").content.decode()

    assert re.findall(r"<(?:script|img|link rel=.stylesheet)", html) == []
    assert re.findall(r"url\(", html) == []
    assert re.findall(r'<link rel="icon" href="(?!data:)', html) == []


def test_the_outside_frame_leaves_room_for_a_page(page):
    assert len(page("ui/outside.html").encode()) <= FRAME_BUDGET < OUTSIDE_BUDGET


def test_the_narrow_frame_holds_a_page_and_a_note_on_the_clock(page):
    html = page("ui/narrow.html", {"shell": {"clock_note": "2020-10-20 18:00"}})

    assert "Klockan visar 2020-10-20 18:00" in html
    assert '<main id="main"' in html


@pytest.mark.parametrize(
    ("view", "code", "words"),
    [
        (views.bad_request, 400, "Det gick inte att läsa"),
        (views.not_allowed, 403, "inte tillgång"),
        (views.csrf_refused, 403, "för länge"),
        (views.not_found, 404, "Sidan finns inte"),
        (views.failed, 500, "Något gick fel hos oss"),
    ],
)
@pytest.mark.parametrize("site", ["police", "public"])
def test_a_page_for_what_is_wrong_gives_the_next_step(view, code, words, site):
    arguments = [] if view in {views.failed, views.csrf_refused} else [ValueError()]

    with override_settings(SITE=site):
        response = view(RequestFactory().get("/nowhere"), *arguments)

    html = response.content.decode()
    assert response.status_code == code
    assert words in html
    assert "Till första sidan" in html
    assert ("Snabbt bort" in html) == (site == "public")
    assert INLINE.findall(html) == []


@pytest.mark.parametrize("name", ["keys", "toast", "map"])
def test_a_script_stays_short(name):
    script = Path(str(finders.find(f"ui/{name}.js"))).read_text(encoding="utf-8")

    assert len(script.splitlines()) <= SCRIPT_LINES


@pytest.mark.parametrize("folder", ["maplibre", "htmx"])
def test_a_part_from_others_stands_beside_its_licence(folder):
    assert finders.find(f"vendor/{folder}/LICENSE")
