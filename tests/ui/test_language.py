"""The choice of language inside: kept in a cookie, and back to where one was, on this host only."""

import pytest
from django.conf import settings
from django.template import loader
from django.test import Client, RequestFactory

from nosvidere.ui import views


@pytest.fixture
def frame(settings):
    """Return a function that renders a frame on the police site."""
    settings.ROOT_URLCONF = "nosvidere.sites.police_urls"

    def render(name, request):
        return loader.render_to_string(name, {"shell": {}}, request=request)

    return render


@pytest.fixture
def choose():
    """Return a function that posts a choice of language."""

    def post(**values: str):
        return views.choose_language(RequestFactory().post("/sprak/", values))

    return post


def test_the_language_is_kept_and_one_comes_back_to_the_page(choose):
    response = choose(language="en", next="/tips/?page=2")

    cookie = response.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (response.status_code, response["Location"]) == (302, "/tips/?page=2")
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("en", True, "Lax")


@pytest.mark.parametrize(
    "asked", ["https://else.where/", "//else.where/", "javascript:alert(1)", ""]
)
def test_no_other_host_is_gone_to(choose, asked):
    assert choose(language="en", next=asked)["Location"] == "/"


def test_a_language_that_does_not_exist_changes_nothing(choose):
    response = choose(language="xx", next="/tips/")

    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies
    assert response["Location"] == "/tips/"


def test_the_language_is_chosen_by_a_form_that_is_sent():
    assert Client().get("/sprak/").status_code == 405


def test_the_frame_offers_both_languages_each_in_its_own_name(frame):
    html = frame("ui/inside.html", RequestFactory().get("/tips/?page=2"))

    assert 'name="next" value="/tips/?page=2"' in html
    assert 'value="sv" lang="sv" aria-current="true">svenska</button>' in html
    assert 'value="en" lang="en">English</button>' in html


def test_after_a_form_that_was_sent_one_comes_to_the_first_page(frame):
    html = frame("ui/narrow.html", RequestFactory().post("/tips/nytt/"))

    assert 'name="next" value=""' in html


@pytest.mark.usefixtures("frame")
def test_the_page_for_a_fault_of_ours_offers_no_form_that_could_not_be_sent():
    response = views.failed(RequestFactory().get("/"))

    assert b"language-choice" not in response.content
