"""Pages on leads, as each role meets them."""

from datetime import date

import pytest
from django.urls import reverse
from tests.leads.test_actions import make_ad, make_tip
from tests.making import make_lead, make_place, make_statement

from nosvidere.intake.models import Ad, AdBatch, SourceItem, Tip
from nosvidere.kernel.time import start_clock_at
from nosvidere.leads import queries
from nosvidere.leads.models import Assessment, Lead
from nosvidere.leads.present.leads import lead_page
from nosvidere.register.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(at):
    place = make_place()
    make_statement(place, "F01", on=date(2020, 9, 20), informant="a")
    return make_lead(place, at=at)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("analyst", 200),
        ("operation_lead", 200),
        ("source_handler", 200),
        ("field_officer", 403),
        ("press_officer", 403),
    ],
)
@pytest.mark.parametrize("page", ["list", "one"])
def test_who_may_read_leads(sign_in, lead, role, status, page):
    address = reverse("leads:leads") if page == "list" else reverse("leads:lead", args=[lead.pk])

    assert sign_in(role).get(address).status_code == status


def test_a_stranger_is_led_to_sign_in(client, db):
    response = client.get(reverse("leads:leads"))

    assert response.status_code == 302
    assert response["Location"].startswith("/konto/")


def test_the_page_shows_the_place_and_both_sides_of_the_evidence(sign_in, lead):
    page = sign_in("analyst").get(reverse("leads:lead", args=[lead.pk])).content.decode()

    assert "Tångvägen 1" in page
    assert "Talar för" in page
    assert "Talar emot" in page


def test_what_was_withdrawn_while_the_page_was_made_is_told_without_its_days(lead):
    weighing = queries.weigh_place(lead.place, on=date(2020, 10, 20))

    page = lead_page(lead, weighing=weighing, statements=[], links=[], assessment=None)

    (entry,) = (*page.ledger.supporting, *page.uncounted)
    assert "(F01)" in entry.what
    assert (entry.on, entry.until, entry.source) == ("", "", "")


def test_an_assessment_is_kept_and_shown(sign_in, lead):
    client = sign_in("analyst")

    response = client.post(
        reverse("leads:assess", args=[lead.pk]), {"decision": "accept"}, follow=True
    )

    assert response.status_code == 200
    assert "Bedömningen är sparad." in response.content.decode()
    assert Lead.objects.get().state == "ASSESSED"


def test_a_refusal_keeps_what_was_written_and_says_what_to_do(sign_in, lead):
    client = sign_in("analyst")

    response = client.post(
        reverse("leads:assess", args=[lead.pk]), {"decision": "raise", "reason": "kort"}
    )

    assert response.status_code == 422
    assert "Skriv varför du bedömer annorlunda" in response.content.decode()
    assert "kort" in response.content.decode()
    assert not Assessment.objects.exists()


def test_the_list_shows_a_state_alone(sign_in, lead):
    client = sign_in("analyst")

    assert "U-" in client.get(reverse("leads:leads"), {"lage": "OPEN"}).content.decode()
    assert (
        "Inga uppslag här"
        in client.get(reverse("leads:leads"), {"lage": "CLOSED"}).content.decode()
    )


def test_a_button_that_the_rules_forbid_says_why(sign_in, lead):
    client = sign_in("analyst")
    client.post(reverse("leads:assess", args=[lead.pk]), {"decision": "accept"})

    page = client.get(reverse("leads:lead", args=[lead.pk])).content.decode()

    assert "Den som bedömt ett uppslag får inte godkänna det själv." in page


@pytest.mark.parametrize(
    ("act", "said", "state"),
    [
        ("park", "vilar i trettio dagar", "PARKED"),
        ("withdraw", "Uppslaget är återkallat", "WITHDRAWN"),
    ],
)
def test_a_lead_is_put_aside_with_a_reason(sign_in, lead, act, said, state):
    client = sign_in("analyst")

    empty = client.post(reverse(f"leads:{act}", args=[lead.pk]), {"why": ""})
    done = client.post(reverse(f"leads:{act}", args=[lead.pk]), {"why": "Ett skäl."}, follow=True)

    assert empty.status_code == 422
    assert said in done.content.decode()
    assert Lead.objects.get().state == state


def test_a_resting_lead_is_taken_up(sign_in, at):
    lead = make_lead(make_place(), state="PARKED", at=at)

    sign_in("analyst").post(reverse("leads:reopen", args=[lead.pk]), {"why": "Något nytt."})

    assert Lead.objects.get().state == "OPEN"


def test_a_lead_is_approved_by_a_colleague(sign_in, at, analyst):
    from nosvidere.leads.actions import assess

    place = make_place()
    for sign, informant in (("F01", "a"), ("T05", "b"), ("T05", "c"), ("F02", "b")):
        make_statement(place, sign, on=date(2020, 9, 28), informant=informant)
    lead = make_lead(place, at=at)
    start_clock_at(at)
    assess(lead=lead, decision="accept", reason="", by=analyst, at=at)

    response = sign_in("operation_lead").post(
        reverse("leads:approve", args=[lead.pk]),
        {"why_not": "Det kan vara en mottagning."},
        follow=True,
    )

    assert "godkänd för kontroll" in response.content.decode()


MENTION = {
    "start": 0,
    "end": 11,
    "text": "Tångvägen 1",
    "level": "exact",
    "address_id": "Tångvägen-1",
    "street": "Tångvägen",
    "number": "1",
    "letter": "",
    "confidence": 0.97,
    "alternatives": [{"address_id": "Tångvägen-2", "confidence": 0.02}],
    "reasons": ["gatan och numret finns i registret"],
}


@pytest.fixture
def waiting_tip(at):
    make_place(1)
    make_place(2)
    item = make_tip(1, at, sanitised_place="Tångvägen 1")
    SourceItem.objects.update(mentions=[MENTION])
    return item


def test_what_waits_for_a_place_is_listed_with_its_suggestion(sign_in, waiting_tip, at):
    make_ad(1, at, place=Place.objects.first())

    page = sign_in("analyst").get(reverse("leads:waiting")).content.decode()

    assert "Tångvägen 1" in page
    assert "annons" in page


def test_an_item_without_a_place_of_its_own_is_listed_by_the_words_of_its_text(
    sign_in, waiting_tip
):
    Tip.objects.update(sanitised_place="")

    page = sign_in("analyst").get(reverse("leads:waiting")).content.decode()

    assert f"i texten: {MENTION['text']}" in page
    assert "ingen plats angiven" not in page


def test_a_place_is_confirmed_among_the_candidates(sign_in, waiting_tip):
    client = sign_in("analyst")
    address = reverse("leads:confirm", args=[waiting_tip.pk])

    shown = client.get(address).content.decode()
    refused = client.post(address, {"place": "another"})
    done = client.post(address, {"place": "Tångvägen-1"}, follow=True)

    assert "<mark>Tångvägen 1</mark>" in shown
    assert "Gatan och numret finns i registret." in shown
    assert refused.status_code == 422
    assert "Platsen är bekräftad." in done.content.decode()
    assert Lead.objects.get().place.external_id == "Tångvägen-1"


def test_an_item_without_an_address_says_what_to_do(sign_in, at):
    item = make_tip(2, at)

    page = sign_in("analyst").get(reverse("leads:confirm", args=[item.pk])).content.decode()

    assert "Ingen registrerad adress" in page


def test_a_link_is_undone_from_the_lead(sign_in, waiting_tip, analyst, at):
    from nosvidere.leads.actions import confirm_place
    from nosvidere.leads.models import Link

    lead = confirm_place(
        item=waiting_tip, place=Place.objects.first(), by=analyst, at=at, explanation={}
    )
    client = sign_in("analyst")
    assert (
        waiting_tip.diary_no in client.get(reverse("leads:lead", args=[lead.pk])).content.decode()
    )
    link = Link.objects.get()

    without = client.post(reverse("leads:undo", args=[link.pk]), {"why": ""})
    done = client.post(reverse("leads:undo", args=[link.pk]), {"why": "Fel hus."}, follow=True)

    assert without.status_code == 422
    assert "Kopplingen är ångrad" in done.content.decode()


def test_no_right_address_goes_back_to_the_source_handler(sign_in, waiting_tip):
    client = sign_in("analyst")

    done = client.post(reverse("leads:turn_down", args=[waiting_tip.pk]), follow=True)

    waiting_tip.refresh_from_db()
    assert waiting_tip.needs_address
    assert waiting_tip.diary_no not in done.content.decode()


def test_leads_are_found_by_their_street(sign_in, lead):
    client = sign_in("analyst")

    assert "Tångvägen 1" in client.get(reverse("leads:leads"), {"sok": "tångv 1"}).content.decode()
    assert (
        "Tångvägen 1"
        not in client.get(reverse("leads:leads"), {"sok": "Annangatan"}).content.decode()
    )


def test_the_groups_of_ads_that_touch_a_place_are_named(lead, sign_in, at):
    batch = AdBatch.objects.create(
        file_name="a",
        sha256="",
        lawful_source="x",
        legal_ground="y",
        imported_by="z",
        imported_at=at,
    )
    for number in range(2):
        item = SourceItem.objects.create(
            kind="ad",
            channel="import",
            state="REGISTERED",
            diary_no=f"NV-2020-9{number:05d}",
            received_at=at,
            lawful_ground="y",
            expires_on=at.date(),
        )
        Ad.objects.create(
            item=item,
            batch=batch,
            reference=str(number),
            place=lead.place,
            first_seen_on=at.date(),
            last_seen_on=at.date(),
            text_group="t1",
            organiser_group="o1",
        )
    address = reverse("leads:lead", args=[lead.pk])

    assert "2 annonser, 1 textmallar" in sign_in("analyst").get(address).content.decode()
    other = sign_in("operation_lead", code="tester-2").get(address)
    assert "Grupper av annonser" not in other.content.decode()
