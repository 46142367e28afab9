"""Suggested addresses while a tip is written: from the register alone, of one size, only where an index lies."""

import time

import pytest

from nosvidere.engine.places import Address, Index
from nosvidere.public.suggestions import (
    EVEN_BYTES,
    HELD_S,
    LONGEST_ASKED,
    filled_up,
    suggestions,
    wait_until_even,
)

ADDRESS = "/tipsa/adress/"
DRAFT = {"at": "where", "place": "fyrg 3, två trappor", "saw": "Många besökare.", "signs": "F01"}


@pytest.fixture
def open_site(site, tmp_path):
    """The public site with an address index laid on it."""
    site.PLACES_INDEX = tmp_path / "places.index"
    Index.build(
        Address(f"{street} {number}{town}", street, str(number), "", "99101", town, town, "Lid")
        for street in ("Fyrgatan", "Långgatan")
        for number in (3, 5)
        for town in ("Videhamn", "Sandby")
    ).save(site.PLACES_INDEX)
    return site


@pytest.fixture
def closed_site(site, tmp_path):
    site.PLACES_INDEX = tmp_path / "none.index"
    return site


def test_nothing_is_suggested_until_an_index_is_laid(client, closed_site):
    assert "Föreslå adresser" not in client.get("/tipsa/").content.decode()
    assert client.post(ADDRESS, DRAFT).status_code == 404


def test_the_first_screen_offers_suggestions_without_script(client, open_site):
    page = client.get("/tipsa/").content.decode()

    assert f'formaction="{ADDRESS}"' in page
    assert page.index("Fortsätt</button>") < page.index("Föreslå adresser")


def test_what_may_be_meant_is_listed_from_the_whole_register(client, open_site):
    shown = client.post(ADDRESS, DRAFT)

    found = shown.context["found"]
    assert [one.address for one in found] == [
        "Fyrgatan 3, Lid, Sandby",
        "Fyrgatan 3, Lid, Videhamn",
    ]
    assert found[0].text == "Fyrgatan 3, Lid, Sandby, två trappor"
    assert 'name="saw" value="Många besökare."' in shown.content.decode()
    assert 'name="signs" value="F01"' in shown.content.decode()


def test_a_chosen_address_takes_the_place_of_what_was_typed(client, open_site):
    chosen = {**DRAFT, "go": "what", "place": [DRAFT["place"], "Fyrgatan 3, Lid, Videhamn"]}

    page = client.post("/tipsa/", chosen).content.decode()

    assert 'name="place" value="Fyrgatan 3, Lid, Videhamn"' in page


def test_a_text_without_an_address_is_kept(client, open_site):
    shown = client.post(ADDRESS, {**DRAFT, "place": "huset vid bron"})

    assert shown.context["found"] == ()
    assert "Vi hittade ingen adress" in shown.content.decode()
    assert 'name="place" value="huset vid bron"' in shown.content.decode()


def test_looking_by_address_leads_to_the_tip(client, open_site):
    assert client.get(ADDRESS)["Location"] == "/tipsa/"


@pytest.mark.parametrize(
    "place", ["", "Fyrgatan 3", "Långgatan 3, Fyrgatan 5 och Fyrgatan 3", "x" * 480, "Åå 1\n" * 9]
)
def test_every_answer_has_the_same_size(client, open_site, place):
    shown = client.post(ADDRESS, {**DRAFT, "place": place}, headers={"accept-encoding": "gzip"})

    assert len(shown.content) == EVEN_BYTES
    assert "Content-Encoding" not in shown


def test_an_answer_asks_no_database_and_knows_no_tip(
    client, police, open_site, tip, django_assert_num_queries
):
    before = client.post(ADDRESS, DRAFT).context["found"]
    sent = client.post("/tipsa/", {**tip, "place": "Fyrgatan 3, Lid, Sandby"})

    with django_assert_num_queries(0):
        after = client.post(ADDRESS, DRAFT).context["found"]

    assert sent.status_code == 201
    assert after == before


def test_an_answer_is_held_until_all_take_as_long():
    started = time.monotonic()

    wait_until_even(started)
    wait_until_even(started - 10)

    assert HELD_S <= time.monotonic() - started < HELD_S + 5


def test_a_page_beyond_one_size_gets_the_next():
    assert len(filled_up(b"x" * (EVEN_BYTES - 7))) == EVEN_BYTES
    assert len(filled_up(b"x" * (EVEN_BYTES - 6))) == 2 * EVEN_BYTES


def test_no_more_is_read_than_a_place_can_hold(open_site):
    assert suggestions("x " * (LONGEST_ASKED // 2) + "Fyrgatan 3") == ()


def test_another_index_is_read_when_it_is_laid(open_site):
    Index.build([Address("a", "Nygatan", "7", "", "", "Videhamn", "Videhamn")]).save(
        open_site.PLACES_INDEX
    )

    assert [one.address for one in suggestions("Nygatan 7")] == ["Nygatan 7, Videhamn"]
