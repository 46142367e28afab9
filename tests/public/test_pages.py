"""What holds for every page: its weight, its privacy, its words."""

import logging
import re
from importlib import import_module

import pytest
from django.conf import settings as site_settings
from django.core.checks import run_checks
from django.db import connection
from django.utils import translation
from tests.public.readability import lix, main_text

from nosvidere.drop.models import Bulletin
from nosvidere.public.contacts import BadContacts, missing_contacts, read_contacts
from nosvidere.public.flood import AN_HOUR, Counts, address_of, lane_of
from nosvidere.public.present.picture import sentences_of
from nosvidere.public.views.accessibility import SUPERVISOR
from nosvidere.rules.keeping import DISCARDED_TIP_DAYS

PUBLIC_LANGUAGES = import_module("nosvidere.sites.public").LANGUAGES
FIRST_PAGE = 14 * 1024
JOURNEY = 40 * 1024
PAGES = (
    "/",
    "/tecken/",
    "/tipsa/",
    "/tipsa/kod/",
    "/folj/",
    "/hyresvard/",
    "/lagesbild/",
    "/vad-hander/",
    "/hjalp/salt-sex/",
    "/hjalp/kopt-sex/",
    "/hjalp/hyra-ut/",
    "/integritet/",
    "/tillganglighet/",
    "/finns-inte/",
)
WAY_OUT = "https://www.smhi.se/"
CANARY = "kanariefågel"
FIGURES = {
    "addresses_checked": "30",
    "from_ads_or_tips": "30",
    "evening_shifts": "4",
    "police_areas": "5",
    "reported": "8",
    "reported_men": "8",
    "attempts": "1",
    "youngest": "24",
    "oldest": "41",
    "help_offered": "9",
    "help_accepted": "färre än 5",
}


def text_of(client, address):
    return client.get(address).content.decode()


def test_the_first_page_is_light_even_uncompressed(client, site):
    assert len(client.get("/").content) <= FIRST_PAGE


def test_the_whole_journey_is_light(client, police, tip):
    gzip = {"headers": {"accept-encoding": "gzip"}}
    pages = [client.get(address, **gzip) for address in ("/", "/tecken/", "/tipsa/")]
    for at, go in (("where", "what"), ("what", "when")):
        pages.append(client.post("/tipsa/", tip | {"at": at, "go": go}, **gzip))
    pages.append(client.post("/tipsa/", tip, **gzip))

    assert pages[-1].status_code == 201
    assert sum(len(page.content) for page in pages) <= JOURNEY


@pytest.mark.parametrize("language", [code for code, _ in PUBLIC_LANGUAGES])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_light_with_its_head_in_every_language(client, site, address, language):
    prefix = "" if language == "sv" else f"/{language}"

    page = client.get(prefix + address, headers={"accept-encoding": "gzip"})

    head = sum(len(name) + len(value) + 4 for name, value in page.headers.items())
    assert len(page.content) + head <= FIRST_PAGE


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_asks_for_nothing_more_and_leaves_nothing(client, site, address, language):
    response = client.get(language + address)

    page = response.content.decode()
    assert not response.cookies
    assert "<script" not in page
    assert not re.search(r"\son\w+=|javascript:|style=", page)
    assert not re.search(r"<(?:img|iframe|object|embed|audio|video|source)\b", page)
    links = re.findall(r'(?:src|href|action)="((?:https?:)?//[^"]+)"', page)
    assert links == [WAY_OUT, *([SUPERVISOR] if address == "/tillganglighet/" else [])]
    assert not re.search(r"url\(|@import", page)
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", PAGES)
def test_the_policy_allows_the_inlined_style_alone(client, site, address):
    policy = client.get(address)["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "'unsafe-inline'" not in policy
    assert policy.count("'sha256-") == 1


@pytest.mark.parametrize("address", PAGES)
def test_the_way_out_is_the_first_link_of_the_page(client, site, address):
    first = re.search(r"<(?:a|button|input)\b[^>]*>", text_of(client, address))

    assert first is not None
    assert 'href="https://www.smhi.se/"' in first[0]


def test_112_comes_before_everything_else_on_the_first_page(client, site):
    page = main_text(text_of(client, "/"))

    assert page.lstrip(" .").startswith("Ring 112")


def test_nothing_of_a_tip_can_be_found_in_the_database_or_a_log(client, police, tip, caplog):
    caplog.set_level(logging.DEBUG)

    client.post("/tipsa/", tip | {"saw": CANARY, "place": CANARY}, REMOTE_ADDR="81.2.69.160")

    assert police.letters()[0].fields["saw"] == CANARY
    held = connection.connection.serialize()
    for trace in (CANARY, "81.2.69.160"):
        assert trace.encode() not in held
        assert trace not in caplog.text


@pytest.mark.parametrize("address", PAGES)
def test_the_swedish_is_easy_to_read(client, site, address):
    assert lix(main_text(text_of(client, address))) <= 30


def test_the_screens_of_the_tip_and_the_thanks_are_easy_to_read(client, police, tip):
    told = tip | {"danger_signs": "C02", "saw": "De pratade rumänska."}
    pages = [
        client.post("/tipsa/", told | {"at": "where", "go": name}) for name in ("what", "when")
    ]
    pages.append(client.post("/tipsa/", told))

    assert all(lix(main_text(page.content.decode())) <= 30 for page in pages)


def test_lix_is_words_a_sentence_plus_the_share_of_long_words():
    assert lix("Hunden sover. Katten springer hem.") == pytest.approx(2.5 + 100 / 5)


def test_the_days_that_a_tip_is_kept_are_those_of_the_rules(client, site):
    assert f"oftast efter {DISCARDED_TIP_DAYS} dagar" in text_of(client, "/vad-hander/")


def test_a_number_that_is_not_configured_is_not_shown_and_the_deployer_is_told(client, site):
    page = text_of(client, "/hjalp/salt-sex/")

    assert re.findall(r'href="tel:(\w+)"', page) == ["112"]
    told = run_checks(tags=["contacts"], include_deployment_checks=True)
    assert [one.id for one in told].count("public.W001") == len(missing_contacts())


def test_a_configured_number_is_shown_with_the_day_it_was_checked(client, site):
    row = '{"number": "010-000 00 01", "name": "Mottagningen", "checked_on": "2020-10-01"}'
    site.CONTACTS.write_text(f'{{"mika": {row}}}')

    page = text_of(client, "/hjalp/salt-sex/")

    assert 'href="tel:0100000001"' in page
    assert "Kontrollerat 2020-10-01" in page


@pytest.mark.parametrize(
    "text", ["[", "[]", '{"mika": {}}', '{"mika": {"number": "", "name": "x"}}']
)
def test_a_file_of_numbers_that_cannot_be_used_is_an_error_and_the_pages_stay_up(
    client, site, text
):
    site.CONTACTS.write_text(text)

    with pytest.raises(BadContacts):
        read_contacts(site.CONTACTS)
    assert "tel:112" in text_of(client, "/")
    told = run_checks(tags=["contacts"], include_deployment_checks=True)
    assert [one.id for one in told] == ["public.E001"]


def test_the_inside_is_not_asked_about_numbers():
    assert site_settings.SITE != "public"
    assert run_checks(tags=["contacts"], include_deployment_checks=True) == []


def test_an_address_for_letters_is_one_to_write_to():
    row = read_contacts(None)["police"]

    assert row.href == "tel:11414"
    assert type(row)("stod@example.se", "Stöd").href == "mailto:stod@example.se"
    assert type(row)("Storgatan", "Stöd").href == ""


def test_the_reminder_says_nothing_of_why(client, site):
    response = client.get("/paminnelse.ics")

    text = response.content.decode()
    assert response["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Påminnelse\r\n" in text
    assert not re.search(r"(?i)nos|videre|tips|polis|http", text)


def test_the_picture_is_told_in_sentences_and_then_in_figures(client, police):
    police.publish_picture(FIGURES)

    page = text_of(client, "/lagesbild/")

    for sentence in (
        "30 adresser kontrollerades. Alla blev kända genom annonser eller tips.",
        "Arbetet gjordes under fyra kvällspass. Polis från fem polisområden var med.",
        "Åtta män mellan 24 och 41 år anmäldes för köp av sex. En av dem gäller försök.",
        "Hjälp erbjöds nio gånger.",
    ):
        assert sentence in page
    assert "Det som attempts räknar." in page
    assert "färre än 5" in page


@pytest.mark.parametrize(
    ("figures", "sentences"),
    [
        ({}, ()),
        ({"addresses_checked": "1"}, ("En adress kontrollerades.",)),
        (
            {"addresses_checked": "20", "from_ads_or_tips": "1"},
            ("20 adresser kontrollerades. En av dem blev känd genom annonser eller tips.",),
        ),
        ({"reported": "1"}, ("En person anmäldes för köp av sex.",)),
        ({"reported": "2", "reported_men": "1"}, ("Två personer anmäldes för köp av sex.",)),
        (
            {"help_offered": "13", "help_accepted": "6"},
            ("Hjälp erbjöds 13 gånger. Sex gånger blev svaret ja.",),
        ),
        ({"landlords_told": "1"}, ("En hyresvärd fick veta.",)),
        ({"reported": "färre än 5"}, ()),
    ],
)
def test_a_sentence_says_what_its_figures_say_and_no_more(figures, sentences):
    with translation.override("sv"):
        assert sentences_of(figures) == sentences


def test_without_a_picture_the_page_says_what_will_come(client, police):
    assert "Inget har lagts ut än" in text_of(client, "/lagesbild/")


def test_without_the_police_s_keys_nothing_is_shown_as_theirs(client, police, site):
    police.publish_picture(FIGURES)
    site.PARTIES.unlink()

    assert "Inget har lagts ut än" in text_of(client, "/lagesbild/")


def test_a_picture_that_the_police_have_not_signed_is_not_shown_and_is_logged(
    client, police, caplog
):
    police.publish_picture(FIGURES)
    Bulletin.objects.update(signed=b"forged")

    page = text_of(client, "/lagesbild/")

    assert "Inget har lagts ut än" in page
    assert "public.E002" in caplog.text


def test_a_language_leads_to_the_same_page(client, site):
    assert 'href="/en/tecken/" hreflang="en"' in text_of(client, "/tecken/")
    assert 'href="/tecken/" hreflang="sv"' in text_of(client, "/en/tecken/")


@pytest.mark.parametrize(
    ("typed", "age", "lane"),
    [
        ({}, 60, {}),
        ({}, 2, {"lane": "slow"}),
        ({"website": "http://x"}, 60, {"lane": "slow"}),
    ],
)
def test_what_looks_like_a_machine_takes_the_slower_lane(rf, at, *, typed, age, lane):
    assert lane_of(rf.post("/tipsa/", typed), age=age, at=at) == lane


def test_a_net_that_sends_many_in_an_hour_takes_the_slower_lane_until_the_next(at):
    counts = Counts()

    seen = [counts.is_many(f"81.2.69.{n}", at) for n in range(AN_HOUR + 1)]

    assert seen == [False] * AN_HOUR + [True]
    assert not counts.is_many("81.2.70.1", at)
    assert not counts.is_many("81.2.69.1", at.replace(hour=at.hour + 1))
    assert b"81.2" not in b"".join(counts.seen)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "::1", "", "unix:"])
def test_a_proxy_or_an_onion_service_is_never_counted(at, address):
    counts = Counts()

    assert not any(counts.is_many(address, at) for _ in range(AN_HOUR + 2))


@pytest.mark.parametrize(
    ("proxies", "passed", "address"),
    [
        (0, "81.2.69.1", "10.0.0.9"),
        (1, "81.2.69.1", "81.2.69.1"),
        (1, "6.6.6.6, 81.2.69.1", "81.2.69.1"),
        (2, "6.6.6.6, 81.2.69.1, 10.0.0.2", "81.2.69.1"),
        (2, "81.2.69.1", ""),
        (1, "", ""),
    ],
)
def test_behind_proxies_only_what_they_wrote_is_believed(
    rf, settings, *, proxies, passed, address
):
    settings.PROXIES = proxies
    request = rf.post("/tipsa/", headers={"x-forwarded-for": passed}, REMOTE_ADDR="10.0.0.9")

    assert address_of(request) == address


def test_the_dark_figure_is_told_as_an_interval_with_its_caveat(client, police):
    assert "uträkning" not in text_of(client, "/lagesbild/")

    police.publish_dark_figure(
        title="Platser i Videbygden", low=120, high=310, counted_until_on="2020-10-15"
    )

    page = text_of(client, "/lagesbild/")
    assert "Platser i Videbygden" in page
    assert "Mellan 120 och 310." in page
    assert "2020-10-15" in page
    assert "troligen högre" in page
