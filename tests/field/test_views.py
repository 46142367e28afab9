"""Pages of the field and of the debriefing, as each role meets them."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from tests.field.test_actions import PURCHASE, SEEN, record_one, register, sent
from tests.operations.making import EVENING, SECOND_OFFICER, first_visit, make_planned

from nosvidere.field.models import Check, ConcernReport, Envelope, OffenceReport
from nosvidere.kernel import time
from nosvidere.kernel.ids import new_id
from nosvidere.leads.models import Lead

pytestmark = pytest.mark.django_db
CHECK = {"entry_basis": "invited", "outcome": "confirmed", "signs": ["F02"], "persons_met": "1"}
REPORT = {
    "kind": "PURCHASE_SEXUAL_ACT",
    "completion": "ATTEMPT",
    "happened_at": "2020-10-01T21:00",
    "mode": "IN_PERSON",
    "place_type": "FLAT_RENTED",
    "front": "BUYER",
    "case_no": "K-5",
    "age_years": "",
    "sex": "",
    "self_harm_asked": "on",
}


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


@pytest.fixture
def officer(sign_in):
    return sign_in("field_officer", code="yttre-1")


@pytest.mark.parametrize(
    ("role", "status"),
    [("field_officer", 200), ("operation_lead", 403), ("analyst", 403), ("press_officer", 403)],
)
@pytest.mark.parametrize("page", ["shift", "records"])
def test_who_may_open_the_field(sign_in, role, status, page):
    assert sign_in(role).get(reverse(f"field:{page}")).status_code == status


@pytest.mark.parametrize(
    ("role", "status"),
    [("analyst", 200), ("operation_lead", 200), ("field_officer", 403), ("press_officer", 403)],
)
def test_who_may_debrief(sign_in, visit, role, status):
    client = sign_in(role)

    for page in ("debrief", "after_action"):
        address = reverse(f"field:{page}", args=[visit.operation_id])
        assert client.get(address).status_code == status


@pytest.mark.parametrize("page", ["conclude", "replace", "withdraw"])
def test_an_analyst_decides_nothing_at_the_debriefing(sign_in, page):
    key = 1 if page == "conclude" else new_id()

    assert sign_in("analyst").post(reverse(f"field:{page}", args=[key])).status_code == 403


def test_without_a_shift_the_page_says_so(officer):
    assert "Inget pass nu" in officer.get(reverse("field:shift")).content.decode()


def test_the_shift_shows_the_own_visits_in_order(officer, visit):
    page = officer.get(reverse("field:shift")).content.decode()

    places = [str(a.place) for a in visit.operation.assignments.order_by("order")]
    assert "21-1, platser" in page
    assert page.index(places[0]) < page.index(places[1])


@pytest.mark.parametrize("page", ["visit", "report"])
def test_another_team_s_visit_is_not_there(sign_in, visit, page):
    assert (
        sign_in("field_officer", code="yttre-9")
        .get(reverse(f"field:{page}", args=[visit.pk]))
        .status_code
        == 404
    )


def test_a_check_is_taken_once_however_often_the_button_is_pressed(officer, visit):
    values = {**CHECK, "id": str(new_id())}
    address = reverse("field:visit", args=[visit.pk])

    first = officer.post(address, values, follow=True)
    officer.post(address, values)

    assert "Kontrollen är sparad." in first.content.decode()
    assert Check.objects.count() == 1


def test_a_check_without_its_ground_is_not_taken(officer, visit):
    response = officer.post(
        reverse("field:visit", args=[visit.pk]),
        {"id": str(new_id()), "outcome": "nothing", "persons_met": "0"},
    )

    assert response.status_code == 422
    assert not Check.objects.exists()


@pytest.mark.parametrize(
    ("note", "reason"),
    [("Ring 070-123 45 67", "pekar ut någon"), ("Hon pratade ryska", "ursprung, språk")],
)
def test_a_note_that_points_somebody_out_is_not_taken(officer, visit, note, reason):
    response = officer.post(
        reverse("field:visit", args=[visit.pk]), {**CHECK, "id": str(new_id()), "note": note}
    )

    assert reason in response.content.decode()
    assert not Check.objects.exists()


def test_a_child_is_shown_until_the_concern_is_sent(officer, visit):
    officer.post(
        reverse("field:visit", args=[visit.pk]),
        {**CHECK, "id": str(new_id()), "child_present": "on"},
    )
    page = officer.get(reverse("field:shift")).content.decode()

    officer.post(
        reverse("field:concern_sent", args=[ConcernReport.objects.get().pk]), {"from_field": "1"}
    )

    assert "avbryt, skydda, ring socialjouren" in page
    assert ConcernReport.objects.get().sent_by == "yttre-1"
    assert "Orosanmälan ska lämnas" not in officer.get(reverse("field:shift")).content.decode()


def test_a_record_is_corrected_by_a_new_one(officer, visit):
    wrong = record_one(visit)
    address = reverse("field:visit", args=[visit.pk])

    page = officer.get(f"{address}?rattar={wrong.pk}").content.decode()
    officer.post(
        address, {**CHECK, "id": str(new_id()), "outcome": "nothing", "corrects": str(wrong.pk)}
    )

    wrong.refresh_from_db()
    assert "Rätta kontrollen" in page
    assert wrong.corrected_by.outcome == "nothing"
    assert "Ersatt av en senare anteckning." in officer.get(address).content.decode()


def test_an_odd_wish_to_correct_is_passed_over(officer, visit):
    page = officer.get(reverse("field:visit", args=[visit.pk]) + "?rattar=x").content.decode()

    assert "Rätta kontrollen" not in page


def test_a_report_holds_no_name_and_is_listed(officer, visit):
    response = officer.post(
        reverse("field:report", args=[visit.pk]), {**REPORT, "id": str(new_id())}, follow=True
    )

    page = officer.get(reverse("field:records")).content.decode()
    assert "Anmälan är registrerad." in response.content.decode()
    assert OffenceReport.objects.get().age_years is None
    assert "K-5: köp av sexuell tjänst, försök" in page
    assert "har inte fått veta var hjälp finns" in page


def test_a_known_case_is_refused_on_the_form(officer, visit):
    register(visit)

    response = officer.post(
        reverse("field:report", args=[visit.pk]),
        {**REPORT, "id": str(new_id()), "case_no": PURCHASE.case_no},
    )

    assert response.status_code == 422
    assert "redan registrerat" in response.content.decode()


def post_batch(client, content):
    return client.post(reverse("field:outbox"), content, content_type="application/json")


def test_a_batch_is_answered_item_by_item(officer, visit):
    one = sent(visit)

    response = post_batch(officer, json.dumps({"items": [one, one, "?"]}))

    assert [item["result"] for item in response.json()["items"]] == [
        "stored",
        "duplicate",
        "rejected",
    ]
    assert response.json()["items"][0]["id"] == one["id"]


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b"{}", b'{"items": 1}', b"\xff", json.dumps({"items": [1] * 101})]
)
def test_what_is_no_batch_is_said_to_be_none(officer, content):
    response = post_batch(officer, content)

    assert response.status_code == 400
    assert "Inget har sparats." in response.json()["error"]
    assert not Envelope.objects.exists()


def test_the_outbox_is_for_the_field_alone(sign_in):
    assert post_batch(sign_in("analyst"), "{}").status_code == 403


def test_the_outbox_wants_its_token(sign_in):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.cookies = sign_in("field_officer").cookies

    assert post_batch(client, "{}").status_code == 403


def test_the_lead_decides_what_a_check_found(sign_in, visit):
    record_one(visit)
    client = sign_in("operation_lead")
    page = client.get(reverse("field:debrief", args=[visit.operation_id])).content.decode()

    client.post(reverse("field:conclude", args=[visit.pk]), {"finding": "CONFIRMED"})

    assert "Antecknat pekar mot:" in page
    assert Lead.objects.get(pk=visit.lead_id).state == "CONFIRMED"


def test_a_finding_that_lacks_its_ground_says_why(sign_in, visit):
    from dataclasses import replace

    record_one(visit, replace(SEEN, outcome="no_answer", signs=()))
    client = sign_in("operation_lead")

    page = client.get(reverse("field:debrief", args=[visit.operation_id])).content.decode()
    response = client.post(reverse("field:conclude", args=[visit.pk]), {"finding": "CONFIRMED"})

    assert "Att bekräfta kräver en egen iakttagelse" in page
    assert response.status_code == 422


def test_two_records_stand_side_by_side_until_the_lead_chooses(sign_in, visit):
    first, second = record_one(visit), record_one(visit, by=SECOND_OFFICER)
    client = sign_in("operation_lead")
    page = client.get(reverse("field:debrief", args=[visit.operation_id])).content.decode()

    client.post(
        reverse("field:replace", args=[first.pk]), {"later": str(second.pk), "why": "Fel dörr."}
    )

    first.refresh_from_db()
    assert "Två anteckningar om samma besök" in page
    assert first.corrected_by == second


def test_a_report_is_withdrawn_with_why(sign_in, visit):
    report = register(visit)
    client = sign_in("operation_lead")

    refused = client.post(reverse("field:withdraw", args=[report.pk]), {"why": ""})
    client.post(reverse("field:withdraw", args=[report.pk]), {"why": "Fel ärende."})

    report.refresh_from_db()
    assert refused.status_code == 422
    assert report.state == "WITHDRAWN"


def test_the_lead_sees_concerns_and_records_that_were_not_taken(sign_in, visit, officer):
    post_batch(
        officer,
        json.dumps({"items": [{**sent(visit), "kind": "dance"}, sent(visit, child_present=True)]}),
    )
    client = sign_in("operation_lead")

    page = client.get(reverse("field:debrief", args=[visit.operation_id])).content.decode()
    client.post(reverse("field:concern_sent", args=[ConcernReport.objects.get().pk]))

    assert "Poster som inte har tagits in" in page
    assert "Orosanmälan ska lämnas" in page
    assert ConcernReport.objects.get().sent_by == "tester-1"


def test_the_after_action_report_counts_from_what_was_recorded(sign_in, visit):
    record_one(visit)
    register(visit)

    page = (
        sign_in("analyst")
        .get(reverse("field:after_action", args=[visit.operation_id]))
        .content.decode()
    )

    assert "Kontrollerade platser: 1 av 2 (50 %) av listan." in page
    assert "2 personer, 16 timmar, från 1 enheter." in page
    assert "Köp av sexuell tjänst" in page


@pytest.mark.slow
def test_the_after_action_report_is_given_as_pdf(sign_in, visit):
    response = sign_in("operation_lead").get(
        reverse("field:after_action_file", args=[visit.operation_id])
    )

    assert response.content.startswith(b"%PDF-")
