"""The pages on accounts and the log, the frame around every page, and the commands."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.urls import reverse
from tests.audit.test_chain import without_guard

from nosvidere.accounts.access import needs
from nosvidere.accounts.actions import add_account, add_unit, give_post
from nosvidere.accounts.commands import add_user, close_user, reset_user, verify_log
from nosvidere.accounts.models import Account, OrgUnit, Post
from nosvidere.accounts.queries import accounts_for, posts_on, units
from nosvidere.audit.actions import record
from nosvidere.audit.models import AuditEvent
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import today
from nosvidere.rules.access import ROLES, SYSTEM

pytestmark = pytest.mark.django_db
PASSWORD = "ett langt losenord"


def text(response) -> str:
    return response.content.decode()


def run(command, *words, typed=""):
    return CliRunner().invoke(command, words, input=typed)


@pytest.mark.parametrize(
    ("page", "role"),
    [("accounts", "technical_administrator"), ("log", "data_protection_officer")],
)
def test_each_page_has_one_role(sign_in, page, role):
    for other in ROLES:
        client = sign_in(other, code=other.replace("_", "-"))
        expected = 200 if other == role else 403
        assert client.get(reverse(f"accounts:{page}")).status_code == expected, other


def test_the_accounts_with_their_posts(sign_in):
    page = text(sign_in("technical_administrator").get(reverse("accounts:accounts")))

    assert "teknisk administratör, Västkust" in page
    assert "öppet" in page


def test_a_closed_account_says_so(sign_in):
    client = sign_in("technical_administrator")
    Account.objects.create_user(
        "gammal-1", name="X", created_at="2020-01-01T00:00Z", is_active=False
    )

    assert "stängt" in text(client.get(reverse("accounts:accounts")))


def test_the_log_shows_the_newest_first_and_looking_is_itself_logged(sign_in, analyst, at):
    record(by=analyst, act="lead.assess", at=at, why="Prövat")
    client = sign_in("data_protection_officer")

    page = text(client.get(reverse("accounts:log")))

    assert page.index("audit.search") < page.index("lead.assess")
    assert "Prövat" in page
    assert "Kedjan är hel" in page


def test_the_log_is_searched_by_act_and_by_who(sign_in, analyst, operation_lead, at):
    for by in (analyst, operation_lead):
        record(by=by, act="lead.assess", at=at)
    client = sign_in("data_protection_officer")

    found = client.get(reverse("accounts:log"), {"act": "lead", "actor": analyst.code})
    nothing = client.get(reverse("accounts:log"), {"act": "nosuch"})

    assert [row.actor for row in found.context["rows"]] == [analyst.code]
    assert "Inga rader svarar mot det du söker" in text(nothing)
    searched = AuditEvent.objects.filter(act="audit.search").first()
    assert searched.fields == {"act": "lead", "actor": analyst.code}


def test_a_long_log_has_pages_that_keep_the_search(sign_in, analyst, at):
    for _ in range(51):
        record(by=analyst, act="lead.read", at=at)
    client = sign_in("data_protection_officer")

    first = client.get(reverse("accounts:log"), {"act": "lead"})

    assert first.context["pager"].next_href == "?act=lead&page=2"
    second = client.get(reverse("accounts:log"), {"act": "lead", "page": "2"})
    assert len(second.context["rows"]) == 1


def test_a_broken_log_says_where(sign_in, analyst, at):
    record(by=analyst, act="lead.read", at=at)
    client = sign_in("data_protection_officer")
    without_guard("UPDATE audit_auditevent SET actor = %s WHERE seq = 1", ["someone"])

    page = text(client.get(reverse("accounts:log")))

    assert "Kedjan är bruten." in page
    assert "Rad 1 har ändrats" in page


def test_a_door_needs_a_permission_that_exists():
    with pytest.raises(ValueError, match="No such permission: everything"):
        needs("everything")


def test_a_user_is_added_from_the_shell_with_a_unit_that_is_new():
    words = ("analys-9", "--name", "Alex", "--role", "analyst", "--unit", "vb")

    done = run(add_user, *words, typed=PASSWORD + "\n")

    assert done.output == "analys-9: analytiker, vb.\n"
    account = Account.objects.get(service_code="analys-9")
    assert account.check_password(PASSWORD)
    assert Post.objects.get(account=account).is_held_on(today())


def test_a_user_is_added_to_a_unit_that_is_known(at):
    add_unit(code="vb", name="Videbygden", kind="region", parent=None, by=SYSTEM, at=at)
    words = ("analys-9", "--name", "Alex", "--role", "analyst", "--unit", "vb")

    assert "Videbygden" in run(add_user, *words, typed=PASSWORD + "\n").output
    assert OrgUnit.objects.count() == 1


def test_the_log_is_verified_from_the_shell(analyst, at):
    record(by=analyst, act="lead.read", at=at)

    whole = run(verify_log)
    without_guard("UPDATE audit_auditevent SET actor = %s WHERE seq = 1", ["someone"])
    broken = run(verify_log)

    assert (whole.exit_code, whole.output) == (0, "Kedjan är hel: 1 rader.\n")
    assert broken.exit_code == 1
    assert "Kedjan är bruten vid rad 1" in broken.output


def test_an_account_may_be_one_that_no_password_opens(at):
    account = add_account(code="yttre-1", name="X", password=None, by=SYSTEM, at=at)

    assert not account.has_usable_password()
    assert str(account) == "yttre-1"


def test_only_an_administrator_manages_accounts(analyst, administrator, at):
    with pytest.raises(Refused):
        add_unit(code="x", name="X", kind="group", parent=None, by=analyst, at=at)
    with pytest.raises(Refused):
        accounts_for(reader=analyst)
    assert list(accounts_for(reader=administrator)) == []


def test_a_unit_knows_what_it_lies_under(at):
    region = add_unit(code="vb", name="Region", kind="region", parent=None, by=SYSTEM, at=at)
    area = add_unit(code="po", name="Område", kind="area", parent=region, by=SYSTEM, at=at)

    assert area.ancestor("area") == area
    assert area.ancestor("region") == region
    assert area.ancestor("authority") is None
    assert [str(unit) for unit in units()] == ["Område", "Region"]


def test_a_post_is_held_from_its_first_day_to_its_last(at):
    unit = add_unit(code="vb", name="Region", kind="region", parent=None, by=SYSTEM, at=at)
    account = add_account(code="analys-1", name="A", password=PASSWORD, by=SYSTEM, at=at)
    day = at.date()
    post = give_post(
        account=account, role="analyst", unit=unit, from_on=day, until_on=day, by=SYSTEM, at=at
    )

    assert post.is_held_on(day)
    assert not post.is_held_on(day.replace(year=2019))
    assert not post.is_held_on(day.replace(year=2021))
    assert str(post) == "analytiker, Region"
    assert list(posts_on(account, day)) == [post]


def test_an_account_is_reset_and_closed_from_the_shell():
    run(
        add_user,
        "analys-9",
        "--name",
        "Alex",
        "--role",
        "analyst",
        "--unit",
        "vb",
        typed=PASSWORD + "\n",
    )
    new = "ett helt annat losenord"

    assert "nytt lösenord" in run(reset_user, "analys-9", typed=new + "\n").output
    assert Account.objects.get(service_code="analys-9").check_password(new)
    assert run(close_user, "analys-9").output == "analys-9 är stängt.\n"
    assert not Account.objects.get(service_code="analys-9").is_active
    assert "finns inte" in str(run(close_user, "analys-0").exception)


def test_the_log_tells_the_hour_as_people_write_it(sign_in, analyst):
    record(by=analyst, act="lead.view", at=datetime(2020, 10, 20, 19, 30, 5, 123, tzinfo=UTC))

    page = sign_in("data_protection_officer").get(reverse("accounts:log")).content.decode()

    assert ">2020-10-20 21:30</time>" in page
