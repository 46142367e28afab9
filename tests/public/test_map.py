"""A place chosen by map while a tip is written: from the register alone, by posts alone, with nothing typed lost."""

import re

import pytest

from nosvidere.engine.places import Address, Index
from nosvidere.public.maps import EVEN_BYTES

pytestmark = pytest.mark.slow

MAP = "/tipsa/karta/"
DRAFT = {
    "at": "where",
    "place": "två trappor",
    "place_unknown": "on",
    "saw": "Många besökare.",
    "signs": ["F01", "F02"],
}
STREETS = ("Fyrgatan", "Storgatan", "Hamngatan", "Långgatan")


def houses(town="Videhamn", lat=57.0):
    """Yield four streets of two hundred houses, one north of the other."""
    for line, street in enumerate(STREETS):
        for number in range(1, 201):
            point = {"lat": lat + line * 0.004, "lon": 12 + number * 0.0002}
            yield Address(
                f"{town}{street}{number}", street, str(number), "", "", town, town, **point
            )


@pytest.fixture
def open_site(site, tmp_path):
    """The public site with an index of two towns laid on it, and a home."""
    site.PLACES_INDEX, site.HOME_MUNICIPALITY = tmp_path / "places.index", "Videhamn"
    Index.build([*houses(), *houses("Fjärrby", 59.0)]).save(site.PLACES_INDEX)
    return site


def cells(page):
    """Return the (value, accessible name) of each part of the map that opens."""
    return re.findall(r'name="cell" value="([^"]+)" aria-label="([^"]*)"', page.content.decode())


def opened(client, **posted):
    return client.post(MAP, {**DRAFT, **posted})


def to_the_houses(client):
    """Press the first part of the map until addresses are listed; return that page and how many presses it took."""
    page, presses = opened(client), 0
    while not page.context["map"].houses:
        page, presses = opened(client, cell=[cells(page)[0][0]]), presses + 1
    return page, presses


def test_there_is_no_map_until_an_index_is_laid(client, site, tmp_path):
    site.PLACES_INDEX = tmp_path / "none.index"

    assert "Visa karta" not in client.get("/tipsa/").content.decode()
    assert client.post(MAP, DRAFT).status_code == 404


@pytest.mark.parametrize("content", [b"", b"NVPLACES and no more"])
def test_there_is_no_map_of_a_broken_index(client, site, tmp_path, content):
    site.PLACES_INDEX = tmp_path / "broken.index"
    site.PLACES_INDEX.write_bytes(content)

    assert "Visa karta" not in client.get("/tipsa/").content.decode()
    assert client.post(MAP, DRAFT).status_code == 404


def test_there_is_no_map_of_a_register_without_points(client, site, tmp_path):
    site.PLACES_INDEX = tmp_path / "places.index"
    Index.build([Address("a", "Fyrgatan", "3", "", "", "Lid", "Lid")]).save(site.PLACES_INDEX)

    assert "Visa karta" not in client.get("/tipsa/").content.decode()
    assert client.post(MAP, DRAFT).status_code == 404


def test_the_first_screen_offers_the_map(client, open_site):
    assert f'formaction="{MAP}"' in client.get("/tipsa/").content.decode()


def test_no_address_of_the_map_can_carry_a_place(client, open_site):
    assert client.get(MAP, {"cell": "1.0.0"}).status_code == 405
    assert client.head(MAP).status_code == 405


def test_the_map_opens_at_home_and_says_what_each_part_holds(client, open_site):
    page = opened(client)

    found = cells(page)
    assert page["X-Robots-Tag"] == "noindex"
    assert page.context["map"].wider == ""
    assert {name for _, name in found} <= {
        *STREETS,
        *(f"{a}, {b}" for a in STREETS for b in STREETS),
    }
    assert {label.text for label in page.context["map"].drawing.labels} <= set(STREETS)


def test_a_part_with_many_streets_tells_how_many_more(client, open_site):
    open_site.HOME_MUNICIPALITY = ""

    names = [name for _, name in cells(opened(client))]

    assert names == ["Fyrgatan, Storgatan. Fler gator: 2"] * len(names)
    assert names


def test_pressing_leads_to_houses_and_a_house_to_the_tip_with_all_kept(client, open_site):
    page, presses = to_the_houses(client)
    house = page.context["map"].houses[0]

    tip = opened(client, house=str(house.row), cell="2.0.0").content.decode()

    assert 1 <= presses <= 3
    assert re.search(rf"<textarea[^>]*>\s*{house.address}, Videhamn\s+två trappor</textarea>", tip)
    assert 'name="saw" value="Många besökare."' in tip
    assert 'name="signs" value="F01"' in tip
    assert 'name="signs" value="F02"' in tip
    assert re.search(r'name="place_unknown"[^>]* checked', tip)


def test_another_house_takes_the_place_of_the_one_chosen_before(client, open_site):
    page, _ = to_the_houses(client)
    first, second = page.context["map"].houses[:2]

    tip = opened(client, place=f"{first.address}, Videhamn\r\nvinden", house=str(second.row))

    assert tip.context["form"].initial["place"] == f"{second.address}, Videhamn\nvinden"


def test_zooming_out_leads_back_to_the_beginning(client, open_site):
    page = opened(client, cell="2.5.9")

    assert page.context["map"].wider == "1.1.2"
    assert opened(client, cell="1.1.2").context["map"].wider == "0.0.0"


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "x",
        "1",
        "1.4.0",
        "1.0.-1",
        "9.262144.0",
        "1.00.1",
        "1.1.1.1",
        "１.1.1",
        "1.1.1\n",
        "10.1.1",
    ],
)
def test_a_forged_part_starts_over(client, open_site, cell):
    assert str(opened(client, cell=cell).context["map"].drawing.square) == "0.0.0"


@pytest.mark.parametrize("house", ["-1", "x", "1600", "99999999999", "¹"])
def test_a_forged_house_shows_the_map(client, open_site, house):
    assert opened(client, house=house).context["map"].drawing.square.zoom == 0


def test_another_language_keeps_the_part_and_all_that_was_typed(client, open_site):
    page = opened(client, cell="1.1.2", language="en")

    text = page.content.decode()
    assert "Back to the tip" in text
    assert str(page.context["map"].drawing.square) == "1.1.2"
    assert 'name="place" value="två trappor"' in text


def test_a_map_asks_no_database_and_knows_no_tip(
    client, police, open_site, tip, django_assert_num_queries
):
    before = opened(client).content
    sent = client.post("/tipsa/", {**tip, "place": "Fyrgatan 3, Videhamn"})

    with django_assert_num_queries(0):
        after = opened(client).content

    assert sent.status_code == 201
    assert after == before


@pytest.mark.parametrize("cell", ["0.0.0", "1.1.1", "2.5.5", "9.0.0"])
def test_every_part_has_the_same_light_page(client, open_site, cell):
    shown = client.post(MAP, {**DRAFT, "cell": cell}, headers={"accept-encoding": "gzip"})

    assert len(shown.content) == EVEN_BYTES
    assert "Content-Encoding" not in shown


def test_the_looks_of_the_map_are_allowed_and_weigh_on_no_other_page(client, open_site):
    page = opened(client)

    assert page.content.count(b"<style>") == 1
    assert b".map-cell" in page.content
    assert b".map-cell" not in client.get("/tipsa/").content
