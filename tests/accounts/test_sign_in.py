"""Signing in, with a second factor tried for real."""

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.urls import reverse

from nosvidere.accounts.actions import (
    add_account,
    add_unit,
    close_account,
    end_posts,
    give_post,
    reset_account,
)
from nosvidere.accounts.models import Account
from nosvidere.accounts.queries import actor_for, staff_with_role
from nosvidere.audit.models import AuditEvent
from nosvidere.kernel.refused import Refused
from nosvidere.rules.access import SYSTEM

pytestmark = pytest.mark.django_db
PASSWORD = "ett langt losenord"


@pytest.fixture
def analyst_account(at):
    unit = add_unit(code="vb", name="Videbygden", kind="region", parent=None, by=SYSTEM, at=at)
    account = add_account(code="analys-1", name="Alex", password=PASSWORD, by=SYSTEM, at=at)
    give_post(account=account, role="analyst", unit=unit, from_on=at.date(), by=SYSTEM, at=at)
    return account


def code_for(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def set_up_second_factor(client) -> str:
    """Set a second factor up as a person does: the password once more, then the app's first code."""
    asked = client.get(reverse("mfa_activate_totp"))
    page = client.post(asked["Location"], {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    return secret


def sign_in(client, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": "analys-1", "password": password})


def test_a_wrong_password_says_so_and_is_logged_without_what_was_typed(client, analyst_account):
    response = sign_in(client, "fel")

    assert response.status_code == 200
    event = AuditEvent.objects.get(act="account.sign_in_failed")
    assert event.fields == {}


def test_nobody_gets_in_without_a_second_factor(client, analyst_account):
    sign_in(client)

    response = client.get(reverse("leads:leads"))

    assert response.status_code == 302
    assert response["Location"] == reverse("mfa_activate_totp")


def test_a_second_factor_is_set_up_and_asked_for_at_the_next_sign_in(client, analyst_account):
    sign_in(client)
    set_up_second_factor(client)
    assert client.get(reverse("leads:leads")).status_code == 200
    client.logout()

    response = sign_in(client)

    assert response["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("leads:leads")).status_code == 302


def test_the_code_from_the_app_opens_the_second_door_and_another_does_not(client, analyst_account):
    sign_in(client)
    secret = set_up_second_factor(client)
    client.logout()
    cache.clear()  # a code may be used once
    sign_in(client)

    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    right = client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})

    assert wrong.status_code == 200
    assert right.status_code == 302
    assert client.get(reverse("leads:leads")).status_code == 200


def test_the_second_factors_secret_lies_encrypted(client, analyst_account):
    from allauth.mfa.models import Authenticator

    sign_in(client)
    secret = set_up_second_factor(client)

    stored = Authenticator.objects.get(type="totp").data["secret"]

    assert secret not in stored
    assert re.fullmatch(r"[0-9a-f]+", stored)


def test_nobody_signs_up(client):
    page = client.get(reverse("account_signup"))

    assert "password1" not in page.content.decode()
    assert not Account.objects.exists()


def test_a_taken_code_and_a_weak_password_are_refused(analyst_account, at):
    with pytest.raises(Refused, match="finns redan"):
        add_account(code="analys-1", name="X", password=PASSWORD, by=SYSTEM, at=at)
    with pytest.raises(Refused):
        add_account(code="analys-2", name="X", password="kort", by=SYSTEM, at=at)

    assert Account.objects.count() == 1


def test_a_post_gives_a_role_until_it_ends(analyst_account, at):
    assert actor_for(analyst_account, on=at.date()).roles == {"analyst"}
    assert [code for code, _ in staff_with_role("analyst", on=at.date())] == ["analys-1"]

    end_posts(posts=analyst_account.posts.all(), by=SYSTEM, at=at)

    from datetime import timedelta

    assert actor_for(analyst_account, on=at.date() + timedelta(days=1)).roles == frozenset()


def test_an_unknown_role_and_an_end_before_the_start_are_refused(analyst_account, at):
    unit = analyst_account.posts.get().unit
    with pytest.raises(Refused, match="finns inte"):
        give_post(
            account=analyst_account, role="king", unit=unit, from_on=at.date(), by=SYSTEM, at=at
        )
    with pytest.raises(Refused, match="sluta före"):
        give_post(
            account=analyst_account,
            role="analyst",
            unit=unit,
            from_on=at.date(),
            until_on=at.date().replace(year=2019),
            by=SYSTEM,
            at=at,
        )


def test_a_closed_account_is_signed_out_and_opens_nothing_more(client, analyst_account, at):
    sign_in(client)
    set_up_second_factor(client)
    assert client.get("/").status_code == 200

    close_account(account=analyst_account, by=SYSTEM, at=at)

    assert client.get("/")["Location"].startswith(reverse("account_login"))
    sign_in(client)
    assert client.get("/")["Location"].startswith(reverse("account_login"))
    assert analyst_account.posts.get().until_on == at.date()
    analyst_account.refresh_from_db()
    with pytest.raises(Refused, match="redan stängt"):
        close_account(account=analyst_account, by=SYSTEM, at=at)


def test_who_lost_the_phone_gets_a_new_password_and_sets_the_factor_up_anew(
    client, analyst_account, at
):
    sign_in(client)
    set_up_second_factor(client)

    reset_account(account=analyst_account, password="ett helt annat losenord", by=SYSTEM, at=at)

    assert client.get("/")["Location"].startswith(reverse("account_login"))
    cache.clear()
    sign_in(client, "ett helt annat losenord")
    assert client.get("/")["Location"] == reverse("mfa_activate_totp")
    assert AuditEvent.objects.filter(act="account.reset").count() == 1


def test_a_reset_needs_a_password_that_the_site_takes(analyst_account, at):
    with pytest.raises(Refused):
        reset_account(account=analyst_account, password="kort", by=SYSTEM, at=at)
