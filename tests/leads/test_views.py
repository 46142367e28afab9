"""Pages on leads, as each role meets them."""

from datetime import date

import pytest
from django.urls import reverse

from nosvidere.leads.models import Assessment, Lead
from tests.making import make_lead, make_place, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(at):
    place = make_place()
    make_statement(place, "F01", on=date(2020, 9, 20), informant="a")
    return make_lead(place, at=at)


@pytest.mark.parametrize(
    ("role", "status"),
    [("analyst", 200), ("operation_lead", 200), ("source_handler", 200), ("field_officer", 403), ("press_officer", 403)],
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


def test_an_assessment_is_kept_and_shown(sign_in, lead):
    client = sign_in("analyst")

    response = client.post(reverse("leads:assess", args=[lead.pk]), {"decision": "accept"}, follow=True)

    assert response.status_code == 200
    assert "Bedömningen är sparad." in response.content.decode()
    assert Lead.objects.get().state == "ASSESSED"


def test_a_refusal_keeps_what_was_written_and_says_what_to_do(sign_in, lead):
    client = sign_in("analyst")

    response = client.post(reverse("leads:assess", args=[lead.pk]), {"decision": "raise", "reason": "kort"})

    assert response.status_code == 422
    assert "Skriv varför du bedömer annorlunda" in response.content.decode()
    assert "kort" in response.content.decode()
    assert not Assessment.objects.exists()
