"""The frame around every page: who is there, where they may go, and what they must know."""

from datetime import timedelta

import pytest
from django.contrib.auth.signals import user_logged_out
from django.test import RequestFactory
from django.urls import reverse

from nosvidere.accounts.models import Account
from nosvidere.audit.models import AuditEvent
from nosvidere.courier.models import UNREADABLE, Contact, Delivery
from nosvidere.kernel import time
from nosvidere.kernel.time import now
from nosvidere.rules.access import ROLES, Actor
from nosvidere.sites.shell import SECTIONS, shell

pytestmark = pytest.mark.django_db


def frame(role: str, path: str = "/"):
    request = RequestFactory().get(path)
    request.actor = Actor("någon-1", frozenset({role}), "vb")
    return shell(request)["shell"]


def fetched(ago: timedelta) -> None:
    Contact.objects.update_or_create(pk=1, defaults={"pulled_at": now() - ago})


def test_nobody_signed_in_has_no_way_in():
    told = shell(RequestFactory().get("/"))["shell"]

    assert (told.account, told.sections, told.notices) == ("", (), ())


def test_every_section_a_role_sees_opens_for_it(sign_in):
    for role in ROLES:
        client = sign_in(role, code=role.replace("_", "-"))
        shown = frame(role).sections
        assert shown, role
        assert {client.get(item.href).status_code for item in shown} <= {200}, role


def test_the_section_one_is_in_is_marked_and_the_first_only_on_itself():
    here = [item.label for item in frame("analyst", "/uppslag/17/").sections if item.is_current]
    first = [item.label for item in frame("analyst", "/").sections if item.is_current]

    assert (here, first) == (["Uppslag"], ["Start"])


def test_a_section_without_pages_on_this_site_is_left_out(settings):
    settings.PARTY = "services"

    assert [item.label for item in frame("technical_administrator").sections] == ["Konton"]
    assert "services:referrals" in {section.url_name for section in SECTIONS["services"]}
    assert frame("services_worker").sections == ()


def test_a_mailbox_that_is_silent_is_told_to_those_who_wait_for_it_or_mend_it():
    fetched(timedelta(minutes=16))

    told = {role for role in ROLES if frame(role).notices}

    assert told == {
        "source_handler",
        "services_worker",
        "data_protection_officer",
        "technical_administrator",
    }
    assert frame("source_handler").notices[0].title == "Brevlådan svarar inte"
    fetched(timedelta(minutes=14))
    assert frame("source_handler").notices == ()


def test_the_clock_is_shown_only_where_it_is_not_the_machines(at, monkeypatch):
    monkeypatch.setattr(time, "_shift", timedelta(0))
    assert frame("analyst").clock_note == ""

    time.start_clock_at(at)

    assert frame("analyst").clock_note == "2020-10-01 20:00"


def test_signing_out_is_logged_and_nobody_signing_out_is_not(sign_in, client):
    sign_in("analyst").post(reverse("account_logout"))
    user_logged_out.send(sender=Account, user=None, request=None)

    assert list(AuditEvent.objects.values_list("act", flat=True)) == [
        "account.sign_in",
        "account.sign_out",
    ]


def test_a_section_of_an_app_that_the_site_lacks_is_left_out(settings):
    settings.ROOT_URLCONF = "nosvidere.sites.services_urls"

    assert [item.label for item in frame("technical_administrator").sections] == ["Konton"]


def test_a_letter_that_nobody_can_open_is_told_until_somebody_has_seen_to_it(at):
    fetched(timedelta(minutes=1))
    letter = Delivery.objects.create(
        letter_id="a" * 32, kind=UNREADABLE, sent_on=at.date(), received_at=at, sealed_fields=b"x"
    )

    (notice,) = frame("technical_administrator").notices
    assert (notice.title, notice.text[:6]) == ("Brev som inte går att läsa", "1 brev")
    assert frame("analyst").notices == ()

    Delivery.objects.filter(pk=letter.pk).update(taken_at=at)
    assert frame("technical_administrator").notices == ()
