"""Pages on operations, as each role meets them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.making import make_place
from tests.operations.making import (
    AT,
    EVENING,
    LEAD,
    first_visit,
    make_approved_lead,
    make_officer,
    make_operation,
    make_planned,
    make_shift,
    make_team,
    make_unit,
)

from nosvidere.kernel import time
from nosvidere.operations import actions
from nosvidere.operations.models import Assignment, Operation, Shift, Team

pytestmark = pytest.mark.django_db
READ = [
    ("analyst", 200),
    ("operation_lead", 200),
    ("field_officer", 403),
    ("source_handler", 403),
    ("press_officer", 403),
]
PLAN = [("analyst", 403), ("operation_lead", 200), ("field_officer", 403)]
DECIDE = [
    ("legal_reviewer", 200),
    ("operation_lead", 200),
    ("analyst", 403),
    ("field_officer", 403),
]


@pytest.fixture(autouse=True)
def evening():
    """Let the clock show the first evening."""
    shift = time._shift
    time.start_clock_at(EVENING)
    yield
    time._shift = shift


@pytest.mark.parametrize(("role", "status"), READ)
@pytest.mark.parametrize("page", ["operations", "operation", "visit"])
def test_who_may_read(sign_in, role, status, page):
    operation = make_planned()
    args = {"operations": [], "operation": [operation.pk], "visit": [first_visit(operation).pk]}[
        page
    ]

    assert sign_in(role).get(reverse(f"operations:{page}", args=args)).status_code == status


@pytest.mark.parametrize(("role", "status"), PLAN)
@pytest.mark.parametrize("page", ["propose", "add_shift", "add_team"])
def test_who_may_plan(sign_in, role, status, page):
    shift = make_shift(make_operation())
    args = {"propose": [], "add_shift": [shift.operation_id], "add_team": [shift.pk]}[page]

    assert sign_in(role).get(reverse(f"operations:{page}", args=args)).status_code == status


@pytest.mark.parametrize(("role", "status"), DECIDE)
def test_who_may_decide(sign_in, role, status):
    operation = make_operation(is_approved=False)
    client = sign_in(role)

    assert client.get(reverse("operations:to_decide")).status_code == status
    assert client.get(reverse("operations:decide", args=[operation.pk])).status_code == status


@pytest.mark.parametrize("act", ["freeze", "plan", "step"])
def test_an_analyst_changes_nothing(sign_in, act):
    operation = make_operation()

    assert (
        sign_in("analyst").post(reverse(f"operations:{act}", args=[operation.pk])).status_code
        == 403
    )


def test_a_stranger_is_led_to_sign_in(client):
    assert client.get(reverse("operations:operations")).status_code == 302


def test_without_operations_the_list_says_so(sign_in):
    assert (
        "Ingen insats än"
        in sign_in("operation_lead").get(reverse("operations:operations")).content.decode()
    )


def test_the_whole_way_from_proposal_to_briefing(sign_in):
    make_officer("yttre-1", make_unit())
    make_officer("yttre-2", make_unit())
    make_place(99)
    client = sign_in("operation_lead", "legal_reviewer")

    def post(name, args, values):
        return client.post(reverse(f"operations:{name}", args=args), values, follow=True)

    proposal = {
        "name": "Höstinsats",
        "purpose": "Erbjuda hjälp.",
        "legal_basis": "Polislagen 2 §",
        "lead_unit": make_unit().pk,
        "from_on": "2020-10-01",
        "until_on": "2020-10-02",
        "address_limit": 10,
    }
    post("propose", [], proposal)
    operation = Operation.objects.get()
    Operation.objects.update(proposed_by="someone-else")
    post("decide", [operation.pk], {"legality_note": "Prövad."})
    hours = {"starts_at": "2020-10-01T18:00", "ends_at": "2020-10-02T02:00"}
    post(
        "add_shift",
        [operation.pk],
        {**hours, "muster_point": "tångvägen 99", "commander": "chef-1"},
    )
    post(
        "add_team",
        [Shift.objects.get().pk],
        {"call_sign": "21-1", "front": "PREMISES", "members": "yttre-1 yttre-2"},
    )
    make_approved_lead(1)
    make_approved_lead(2)
    post("freeze", [operation.pk], {})
    post("plan", [operation.pk], {})
    page = post("step", [operation.pk], {"to": "BRIEFED"}).content.decode()

    operation.refresh_from_db()
    assert operation.state == "BRIEFED"
    assert Assignment.objects.filter(state="PLANNED").count() == 2
    assert "Insatsen har gått ett steg vidare." in page
    assert "Restiderna är gissade efter fågelvägen" in page
    assert "21-1" in page


def test_a_form_with_errors_says_what_to_do(sign_in):
    response = sign_in("operation_lead").post(reverse("operations:propose"), {"name": "Höst"})

    assert response.status_code == 422
    assert "Fyll i det här." in response.content.decode()


def test_the_proposer_sees_why_the_button_is_off(sign_in):
    operation = make_operation(is_approved=False)

    page = sign_in("operation_lead", code="operation-lead-1").get(
        reverse("operations:decide", args=[operation.pk])
    )

    assert "Be en kollega" in page.content.decode()


def test_an_unknown_muster_place_is_refused_in_words(sign_in):
    operation = make_operation()
    values = {
        "starts_at": "2020-10-01T18:00",
        "ends_at": "2020-10-02T02:00",
        "muster_point": "Ingenstans 1",
        "commander": "chef-1",
    }

    response = sign_in("operation_lead").post(
        reverse("operations:add_shift", args=[operation.pk]), values
    )

    assert response.status_code == 422
    assert "Registret har ingen adress" in response.content.decode()
    assert not Shift.objects.exists()


def test_an_unknown_officer_is_refused_in_words(sign_in):
    shift = make_shift(make_operation())
    values = {"call_sign": "21-1", "front": "BUYER", "members": "ingen-1 ingen-2"}

    response = sign_in("operation_lead").post(
        reverse("operations:add_team", args=[shift.pk]), values
    )

    assert "Ingen i yttre tjänst har tjänstekoden ingen-1, ingen-2." in response.content.decode()
    assert not Team.objects.exists()


def test_what_cannot_be_done_is_said_on_the_page(sign_in):
    operation = make_operation()

    response = sign_in("operation_lead").post(reverse("operations:freeze", args=[operation.pk]))

    assert response.status_code == 422
    assert "Lägg till pass och lag innan listan fryses." in response.content.decode()


def test_what_is_drawn_and_what_is_left_out_is_said(sign_in):
    operation = make_operation(limit=2)
    make_team(make_shift(operation))
    for number in range(1, 4):
        make_approved_lead(number, lat=None, lon=None, cell="")
    client = sign_in("operation_lead")
    client.post(reverse("operations:freeze", args=[operation.pk]))

    page = client.post(
        reverse("operations:plan", args=[operation.pk]), follow=True
    ).content.decode()

    assert "lottad" in page
    assert "Ryms inte, och varför" in page
    assert "Registret ger ingen punkt" in page


def test_the_lead_adds_something_to_mind(sign_in):
    visit = first_visit(make_planned())
    client = sign_in("operation_lead")

    client.post(reverse("operations:visit", args=[visit.pk]), {"text": "Porten är låst."})

    visit.refresh_from_db()
    assert visit.cautions == "Porten är låst."


def test_a_sheet_shows_reasons_and_counter_evidence_without_points(sign_in):
    operation = make_planned()
    address = reverse("operations:sheet", args=[operation.shifts.get().pk])

    page = sign_in("field_officer", code="yttre-1").get(address).content.decode()

    assert "Många okända personer besöker samma lägenhet" in page
    assert "Det kan vara en mottagning." in page
    assert "Tidigare kontroll utan fynd" in page
    assert "För yttre-1" in page
    assert "poäng" not in page


def test_a_sheet_is_only_for_the_shift_s_own_people(sign_in):
    operation = make_planned()

    response = sign_in("field_officer", code="yttre-9").get(
        reverse("operations:sheet", args=[operation.shifts.get().pk])
    )

    assert response.status_code == 404


def test_a_sheet_shows_a_member_only_the_own_team(sign_in):
    operation = make_operation()
    shift = make_shift(operation)
    make_team(shift)
    make_team(shift, codes=("yttre-3", "yttre-4"), call_sign="21-2")
    make_approved_lead(1)
    actions.freeze_list(operation=operation, by=LEAD, at=AT)
    actions.plan_operation(operation=operation, by=LEAD, at=AT)
    actions.step_operation(operation=operation, to="BRIEFED", by=LEAD, at=AT)
    address = reverse("operations:sheet", args=[shift.pk])

    own = sign_in("field_officer", code="yttre-3").get(address).content.decode()
    all_ = sign_in("operation_lead", code="chef-1").get(address).content.decode()

    assert "21-1" not in own
    assert "21-1" in all_
    assert "21-2" in all_


def test_a_sheet_ends_at_six_the_next_morning(sign_in):
    operation = make_planned()
    client = sign_in("field_officer", code="yttre-1")
    time.start_clock_at(EVENING + timedelta(hours=12))

    response = client.get(reverse("operations:sheet", args=[operation.shifts.get().pk]))

    assert response.status_code == 410
    assert "06.00" in response.content.decode()


@pytest.mark.slow
def test_a_sheet_is_given_as_pdf(sign_in):
    operation = make_planned()

    response = sign_in("field_officer", code="yttre-1").get(
        reverse("operations:sheet_file", args=[operation.shifts.get().pk])
    )

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
