"""Pages on help, as each role meets them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nosvidere.kernel.ids import new_id
from nosvidere.operations.models import Shift
from nosvidere.rules.help import CONSENT_TEXT
from nosvidere.support.models import Consent, HelpOffer, Referral

OFFERS = reverse("support:offers")
YES = {
    "scope": "meet_now",
    "given_how": "spoken",
    "contact": "Väntar vid kiosken.",
    "needs": "Någonstans att sova.",
}


@pytest.fixture
def officer(sign_in):
    """The test client as an officer who is on the shift."""
    return sign_in("field_officer", code="yttre-1")


def to_answer(offer):
    return reverse("support:answer", args=[offer.pk])


@pytest.mark.parametrize(
    ("role", "may_count", "may_offer"),
    [
        ("field_officer", 403, 404),
        ("regional_coordinator", 200, 200),
        ("operation_lead", 200, 403),
        ("analyst", 200, 403),
        ("source_handler", 403, 403),
        ("legal_reviewer", 403, 403),
        ("services_worker", 403, 403),
    ],
)
def test_who_may_count_and_who_may_offer(sign_in, offer, shift, role, may_count, may_offer):
    client = sign_in(role)

    assert client.get(OFFERS).status_code == may_count
    assert client.get(reverse("support:offer", args=[shift.pk])).status_code == may_offer
    assert client.get(to_answer(offer)).status_code == may_offer
    assert client.get(reverse("support:consent", args=[offer.pk])).status_code == may_offer


def test_an_officer_on_the_shift_may_offer_and_one_long_after_may_not(officer, shift, offer):
    assert officer.get(reverse("support:offer", args=[shift.pk])).status_code == 200
    assert officer.get(to_answer(offer)).status_code == 200

    Shift.objects.update(
        starts_at=shift.starts_at - timedelta(days=2), ends_at=shift.ends_at - timedelta(days=2)
    )

    assert officer.get(reverse("support:offer", args=[shift.pk])).status_code == 404


def test_a_stranger_is_led_to_sign_in(client, offer):
    for address in (OFFERS, to_answer(offer)):
        assert client.get(address).status_code == 302
    assert client.post(reverse("support:withdraw")).status_code == 302


def test_the_counts_name_nobody_and_an_analyst_gets_no_way_on(sign_in, offer):
    page = sign_in("analyst").get(OFFERS).content.decode()

    assert "Bara antal." in page
    assert "Person med erfarenhet av sex mot ersättning" in page
    assert str(offer.pk) not in page
    assert "Återta" not in page


def test_an_empty_page_says_where_offers_come_from(sign_in, db):
    assert "under passet" in sign_in("operation_lead").get(OFFERS).content.decode()


def test_a_coordinator_goes_on_from_the_counts(sign_in, offer, shift):
    page = sign_in("regional_coordinator").get(OFFERS).content.decode()

    assert to_answer(offer) in page
    assert reverse("support:offer", args=[shift.pk]) in page
    assert "Återta ett samtycke" in page


def test_an_offer_is_noted_and_leads_to_its_answer(officer, shift):
    address, key = reverse("support:offer", args=[shift.pk]), new_id()
    assert "Först därefter frågor." in officer.get(address).content.decode()

    response = officer.post(
        address, {"id": key, "audience": "EXPOSED", "in_private": "on"}, follow=True
    )

    row = HelpOffer.objects.get()
    assert (row.pk, row.in_private, row.with_interpreter) == (key, True, False)
    assert response.redirect_chain == [(to_answer(row), 302)]


def test_an_offer_to_nobody_is_asked_for_anew(officer, shift):
    response = officer.post(reverse("support:offer", args=[shift.pk]), {"id": new_id()})

    assert response.status_code == 422
    assert "Vem erbjöds hjälp?" in response.content.decode()
    assert not HelpOffer.objects.exists()


def test_a_no_is_counted(officer, offer):
    response = officer.post(to_answer(offer), {"answer": "DECLINED"}, follow=True)

    assert "Svaret är räknat." in response.content.decode()
    assert HelpOffer.objects.get().state == "DECLINED"
    assert officer.get(to_answer(offer)).status_code == 404


def test_an_answer_that_the_rules_refuse_says_why(officer, offer):
    officer.post(to_answer(offer), {"answer": "INFO_ONLY"})

    response = officer.post(to_answer(offer), {"answer": "DECLINED"})

    assert response.status_code == 422
    assert "Det går inte från läget" in response.content.decode()


def test_a_yes_shows_the_words_and_gives_a_pseudonym_once(officer, offer, keys):
    address = reverse("support:consent", args=[offer.pk])
    assert CONSENT_TEXT in officer.get(address).content.decode()

    response = officer.post(address, YES)

    assert (response.status_code, response["Cache-Control"]) == (201, "no-store")
    assert Consent.objects.get().pseudonym in response.content.decode()
    assert Referral.objects.count() == 1
    assert officer.post(address, YES).status_code == 404


def test_a_yes_without_a_way_to_reach_the_person_is_asked_for_anew(officer, offer, keys):
    response = officer.post(reverse("support:consent", args=[offer.pk]), {**YES, "contact": ""})

    assert response.status_code == 422
    assert "Någonstans att sova." in response.content.decode()
    assert not Consent.objects.exists()


def test_a_consent_is_taken_back(officer, offer, keys):
    officer.post(reverse("support:consent", args=[offer.pk]), YES)
    pseudonym, address = Consent.objects.get().pseudonym, reverse("support:withdraw")

    wrong = officer.post(address, {"pseudonym": "P-0000"})
    done = officer.post(address, {"pseudonym": pseudonym}, follow=True)

    assert wrong.status_code == 422
    assert "Läs på kortet igen." in wrong.content.decode()
    assert "Socialtjänsten får veta det." in done.content.decode()
    assert HelpOffer.objects.get().state == "WITHDRAWN"


def test_a_withdrawal_is_not_done_by_reading(officer, db):
    assert officer.get(reverse("support:withdraw")).status_code == 405


def test_overdue_referrals_are_told_as_a_number(sign_in, offer, keys, officer):
    officer.post(reverse("support:consent", args=[offer.pk]), YES)
    Referral.objects.update(due_at=offer.offered_at - timedelta(hours=1))

    page = sign_in("analyst", code="analyst-9").get(OFFERS).content.decode()

    assert "1 förmedling har inte kvitterats i tid." in page


@pytest.mark.parametrize("name", ["answer", "consent"])
def test_a_form_sent_empty_says_what_is_missing(officer, offer, name):
    response = officer.post(reverse(f"support:{name}", args=[offer.pk]))

    assert response.status_code == 422
    assert "Välj ett svar." in response.content.decode()
