"""What a phone is given to work without a network."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from tests.field.test_actions import record_one
from tests.operations.making import EVENING, first_visit, make_planned

from nosvidere.audit.models import AuditEvent
from nosvidere.field import phone
from nosvidere.kernel import time

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def evening():
    """Let the clock show the middle of the first evening."""
    shift = time._shift
    time.start_clock_at(EVENING + timedelta(hours=3))
    yield
    time._shift = shift


@pytest.fixture
def visit():
    return first_visit(make_planned())


def test_a_pack_holds_the_own_visits_that_are_left_and_its_end(sign_in, visit):
    client = sign_in("field_officer", code="yttre-1")
    record_one(visit)

    pack = client.get(reverse("field:pack")).json()

    assert [one["number"] for one in pack["visits"]] == ["2"]
    assert pack["code"] == "yttre-1"
    assert datetime.fromisoformat(pack["expires_at"]) == datetime(2020, 10, 2, 4, 0, tzinfo=UTC)
    assert AuditEvent.objects.filter(act="pack.read", actor="yttre-1").exists()


def test_a_pack_holds_no_reasons_and_no_weight(sign_in, visit):
    pack = sign_in("field_officer", code="yttre-1").get(reverse("field:pack")).json()

    assert set(pack["visits"][0]) == {
        "id",
        "number",
        "place",
        "district",
        "hours",
        "state",
        "is_done",
        "cautions",
        "href",
    }


def test_without_a_shift_there_is_no_pack(sign_in):
    assert sign_in("field_officer").get(reverse("field:pack")).status_code == 404


@pytest.mark.parametrize("page", ["pack", "key"])
def test_the_pack_and_the_token_are_for_the_field_alone(client, sign_in, page):
    assert client.get(reverse(f"field:{page}")).status_code == 302
    assert sign_in("analyst").get(reverse(f"field:{page}")).status_code == 403


def test_a_fresh_token_comes_with_who_is_signed_in(sign_in):
    told = sign_in("field_officer").get(reverse("field:key")).json()

    assert told["code"] == "tester-1"
    assert told["csrf"]


def test_the_page_without_a_network_holds_nothing_of_the_shift(sign_in, visit):
    page = sign_in("field_officer", code="yttre-1").get(reverse("field:shell")).content.decode()

    assert str(visit.place) not in page
    assert "yttre-1" not in page
    assert "På vilken grund gick ni in?" in page


def test_the_worker_names_the_page_and_its_files_alone(client):
    response = client.get(reverse("field:worker"))
    script = response.content.decode()

    assert response["Content-Type"].startswith("text/javascript")
    assert f'"field-{phone.version()}"' in script
    assert '"/falt/utan-nat/"' in script
    assert '"/static/field/store.js"' in script
    assert "skipWaiting" not in script


@pytest.mark.parametrize("body", ["[" * 100_000, "{", '{"items": 1}', "[]"])
def test_what_is_no_batch_is_told_and_nothing_is_kept(sign_in, body):
    client = sign_in("field_officer")

    told = client.post(reverse("field:outbox"), body, content_type="application/json")

    assert told.status_code == 400
    assert "Inget har sparats" in told.json()["error"] or "Skicka" in told.json()["error"]
