"""The social services' pages, as each role meets them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from nosvidere.audit.models import AuditEvent
from nosvidere.rules import access
from nosvidere.services import present
from nosvidere.services.models import ReceivedReferral


@pytest.fixture
def site(services, as_site, settings):
    """The process as the services' site."""
    keys = settings.KEYS
    as_site("services")
    settings.KEYS = keys


@pytest.fixture
def worker(site, sign_in):
    return sign_in("services_worker")


def to(name, referral):
    return reverse(f"services:{name}", args=[referral.pk])


@pytest.mark.parametrize("role", access.ROLES)
def test_only_a_services_worker_reads(site, sign_in, referral, role):
    client, status = sign_in(role), 200 if role == "services_worker" else 403

    for address in (
        reverse("services:referrals"),
        reverse("services:month"),
        to("referral", referral),
    ):
        assert client.get(address).status_code == status
    if status == 403:
        assert client.post(to("note_try", referral)).status_code == 403
        assert client.post(to("step", referral)).status_code == 403


def test_a_stranger_is_led_to_sign_in(site, client, referral):
    assert client.get(reverse("services:referrals")).status_code == 302
    assert client.post(to("step", referral)).status_code == 302


def test_an_empty_list_says_when_something_comes(worker):
    assert "Ingen förmedling än" in worker.get(reverse("services:referrals")).content.decode()


def test_a_referral_is_opened_and_the_reading_is_logged(worker, referral):
    listed = worker.get(reverse("services:referrals")).content.decode()
    page = worker.get(to("referral", referral)).content.decode()

    assert "BEADFEED" in listed
    assert "Ring 19" not in listed
    for words in (
        "Ring 19–20.",
        "Någonstans att bo.",
        "vill bli uppringd",
        "P-7QK4-M2XD",
        "2021-03-30",
    ):
        assert words in page
    assert AuditEvent.objects.filter(act="referral.read").count() == 1


def test_a_try_and_a_step_are_noted(worker, referral):
    tried = worker.post(to("note_try", referral), {"note": "Inget svar."}, follow=True)
    stepped = worker.post(to("step", referral), {"to": "ACCEPTED", "note": "Bokat."}, follow=True)

    assert "Försöket är antecknat." in tried.content.decode()
    assert "Inget svar." in tried.content.decode()
    assert "Steget är sparat." in stepped.content.decode()
    assert ReceivedReferral.objects.get().state == "ACCEPTED"


def test_a_refused_step_says_why_and_keeps_the_note(worker, referral):
    response = worker.post(to("step", referral), {"to": "NOT_REACHED", "note": "Två försök."})

    assert response.status_code == 422
    assert "Tre försök krävs" in response.content.decode()
    assert "Två försök." in response.content.decode()


def test_an_ended_referral_shows_nothing_and_takes_nothing(worker, referral):
    worker.post(to("step", referral), {"to": "WITHDRAWN"})

    page = worker.get(to("referral", referral)).content.decode()
    refused = worker.post(to("note_try", referral), {"note": "Ändå."})

    assert "Det som stod här är förstört." in page
    assert "Anteckna försöket" not in page
    assert refused.status_code == 422


def test_acts_are_not_done_by_reading(worker, referral):
    assert worker.get(to("step", referral)).status_code == 405
    assert worker.get(to("note_try", referral)).status_code == 405


def test_a_referral_that_is_not_there_is_not_found(worker):
    assert worker.get("/formedling/01234567-89ab-7def-8123-456789abcdef/").status_code == 404


def test_no_id_stands_twice_on_the_page(worker, referral):
    page = worker.get(to("referral", referral)).content.decode()

    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_this_month_and_the_one_before_are_counted(worker, referral, at):
    page = worker.get(reverse("services:month")).content.decode()

    assert f"{at:%Y-%m}" in page
    assert "färre än fem" in page


@pytest.mark.parametrize(
    ("changes", "shape", "due"),
    [
        ({}, "working", "20"),
        ({"is_urgent": True}, "time", "20"),
        ({"late": True}, "time", "för sent"),
        ({"state": "ACCEPTED"}, "working", "–"),
        ({"state": "CLOSED", "closed": True}, "closed", "–"),
    ],
)
def test_a_row_says_what_is_urgent_in_words(site, referral, at, changes, shape, due):
    referral.is_urgent = changes.get("is_urgent", False)
    referral.state = changes.get("state", "RECEIVED")
    referral.closed_at = at if "closed" in changes else None

    row = present.referral_row(referral, at=at + timedelta(days=2 if "late" in changes else 0))

    assert row.shape == shape
    assert due in row.due


def test_what_is_empty_is_not_shown():
    assert present.told_lines({"contact": "Ring.", "needs": "", "scope": "okänt"}) == [
        ("Önskan", "okänt"),
        ("Kontakt", "Ring."),
    ]


def test_the_month_before_january_is_december():
    assert present.two_months(date(2021, 1, 31)) == (date(2021, 1, 1), date(2020, 12, 1))
