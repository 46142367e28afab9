"""Changes to operations: what they do, that the log has them, and that a refusal leaves nothing."""

from datetime import date, timedelta

import pytest
from tests.operations.making import (
    AT,
    EVENING,
    LAWYER,
    LEAD,
    OFFICER,
    first_visit,
    make_approved_lead,
    make_operation,
    make_planned,
    make_shift,
    make_team,
    make_unit,
)

from nosvidere.audit.models import AuditEvent
from nosvidere.engine.planning import StraightLine
from nosvidere.kernel.refused import Refused
from nosvidere.leads.models import Lead
from nosvidere.operations import actions
from nosvidere.operations.models import Assignment, Operation, Shift, Team

pytestmark = pytest.mark.django_db


def last_act() -> str:
    return AuditEvent.objects.order_by("-seq").values_list("act", flat=True)[0]


def test_a_proposal_is_kept_and_logged():
    operation = make_operation(is_approved=False)

    assert operation.state == "PROPOSED"
    assert last_act() == "operation.propose"


def test_a_proposal_that_ends_before_it_begins_leaves_nothing():
    with pytest.raises(Refused, match="sluta innan"):
        actions.propose_operation(
            name="Fel",
            purpose="-",
            legal_basis="-",
            lead_unit=make_unit(),
            from_on=date(2020, 10, 2),
            until_on=date(2020, 10, 1),
            address_limit=30,
            seed=1,
            by=LEAD,
            at=AT,
        )

    assert not Operation.objects.exists()


def test_another_person_decides_and_writes_how_it_was_tried():
    operation = make_operation()

    operation.refresh_from_db()
    assert (operation.state, operation.approved_by, operation.legality_note) == (
        "APPROVED",
        LAWYER.code,
        "Prövad.",
    )


def test_the_proposer_does_not_decide():
    operation = make_operation(is_approved=False)

    with pytest.raises(Refused, match="beslutar inte"):
        actions.approve_operation(operation=operation, legality_note="Prövad.", by=LEAD, at=AT)

    assert Operation.objects.get().state == "PROPOSED"


def test_no_step_goes_around_the_decision():
    operation = make_operation(is_approved=False)

    with pytest.raises(Refused, match="beslut eller plan"):
        actions.step_operation(operation=operation, to="APPROVED", by=LEAD, at=AT)


def test_a_second_shift_at_the_same_time_is_refused():
    operation = make_operation()
    make_shift(operation)

    with pytest.raises(Refused, match="redan ett pass"):
        make_shift(operation)

    assert Shift.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"front": "OTHER"}, "tre fronterna"),
        ({"codes": ("yttre-1",)}, "minst 2"),
        ({"codes": ("yttre-1", "yttre-9")}, "redan med"),
        ({"codes": ("yttre-8", "yttre-9")}, "Anropet 21-1 finns redan"),
    ],
)
def test_a_team_that_may_not_be_leaves_nothing(values, reason):
    shift = make_shift(make_operation())
    make_team(shift)

    with pytest.raises(Refused, match=reason):
        make_team(shift, **values)

    assert Team.objects.count() == 1


def test_nobody_works_again_before_eleven_hours_of_rest():
    operation = make_operation()
    make_team(make_shift(operation))
    early = actions.add_shift(
        operation=operation,
        starts_at=EVENING + timedelta(hours=16),
        ends_at=EVENING + timedelta(hours=20),
        muster_point="x",
        muster=(57.0, 11.4),
        commander=LEAD.code,
        by=LEAD,
        at=AT,
    )

    with pytest.raises(Refused, match="elva timmar"):
        make_team(early)


def test_the_list_takes_the_heaviest_and_some_by_chance():
    operation = make_operation(limit=4)
    make_team(make_shift(operation))
    for number in range(1, 9):
        make_approved_lead(number, weight=float(number))

    taken = actions.freeze_list(operation=operation, by=LEAD, at=AT)

    assert [a.priority for a in taken[:3]] == [8.0, 7.0, 6.0]
    assert [a.is_exploration for a in taken] == [False, False, False, True]
    assert Lead.objects.filter(state="ASSIGNED").count() == 4
    assert last_act() == "operation.freeze"


def test_the_list_is_frozen_once():
    operation = make_planned(to="PLANNED")
    make_approved_lead(9)

    with pytest.raises(Refused, match="redan fryst"):
        actions.freeze_list(operation=operation, by=LEAD, at=AT)


def test_cautions_follow_the_place_to_the_next_operation():
    first = make_planned()
    visit = first_visit(first)
    actions.note_caution(assignment=visit, text="Hund i trapphuset.", by=LEAD, at=AT)
    actions.note_caution(assignment=visit, text="Hund i trapphuset.", by=LEAD, at=AT)
    actions.step_operation(operation=first, to="DEBRIEFED", by=LEAD, at=AT)
    second = make_operation()
    make_team(make_shift(second, days=7))

    actions.freeze_list(operation=second, by=LEAD, at=AT)

    assert second.assignments.get(place=visit.place).cautions == "Hund i trapphuset."


@pytest.mark.parametrize(("text", "reason"), [(" ", "tänka på"), ("x" * 1001, "högst 1000")])
def test_an_empty_or_endless_caution_is_refused(text, reason):
    visit = first_visit(make_planned())

    with pytest.raises(Refused, match=reason):
        actions.note_caution(assignment=visit, text=text, by=LEAD, at=AT)


def test_a_plan_gives_each_visit_a_team_an_order_and_a_time():
    operation = make_planned(to="PLANNED")

    visits = list(operation.assignments.order_by("order"))

    assert [v.order for v in visits] == [1, 2]
    assert all(v.state == "PLANNED" and v.team and v.arrive_at >= EVENING for v in visits)
    assert operation.plan["is_fallback"] is True
    assert operation.state == "PLANNED"


def test_a_place_without_a_point_is_listed_with_why():
    operation = make_operation()
    make_team(make_shift(operation))
    make_approved_lead(1, lat=None, lon=None, cell="")
    actions.freeze_list(operation=operation, by=LEAD, at=AT)

    actions.plan_operation(operation=operation, travel=StraightLine(), by=LEAD, at=AT)

    visit = Assignment.objects.get()
    assert visit.state == "UNPLANNED"
    assert "ingen punkt" in visit.unserved_reason


def test_nothing_is_planned_before_the_list_is_frozen():
    with pytest.raises(Refused, match="Frys listan"):
        actions.plan_operation(operation=make_operation(), by=LEAD, at=AT)


def test_what_was_not_visited_is_given_back():
    operation = make_planned()
    first = first_visit(operation)
    actions.move_assignment(assignment=first, to="ON_SITE", by=LEAD, at=AT)

    actions.step_operation(operation=operation, to="DEBRIEFED", by=LEAD, at=AT)

    assert sorted(operation.assignments.values_list("state", flat=True)) == [
        "ABORTED",
        "NOT_REACHED",
    ]
    assert set(Lead.objects.values_list("state", flat=True)) == {"APPROVED_FOR_CHECK"}


def test_calling_it_off_gives_all_back():
    operation = make_planned(to="PLANNED")

    actions.step_operation(operation=operation, to="CLOSED", by=LEAD, at=AT)

    operation.refresh_from_db()
    assert operation.closed_at == AT
    assert set(Lead.objects.values_list("state", flat=True)) == {"APPROVED_FOR_CHECK"}


def test_two_who_step_at_once_do_not_step_twice():
    operation = make_planned()
    same = Operation.objects.get()
    actions.step_operation(operation=operation, to="DEBRIEFED", by=LEAD, at=AT)

    with pytest.raises(Refused, match="Läs in sidan igen"):
        actions.step_operation(operation=same, to="DEBRIEFED", by=LEAD, at=AT)


def test_two_who_move_a_visit_at_once_do_not_move_it_twice():
    operation = make_planned()
    visit, same = first_visit(operation), first_visit(operation)
    actions.move_assignment(assignment=visit, to="DONE", by=LEAD, at=AT)

    with pytest.raises(Refused, match="Läs in sidan igen"):
        actions.move_assignment(assignment=same, to="DONE", by=LEAD, at=AT)


def test_reading_a_sheet_is_logged():
    operation = make_planned()

    actions.open_sheet(shift=operation.shifts.get(), by=OFFICER, at=EVENING)

    assert last_act() == "sheet.read"


def test_an_officer_changes_nothing_in_an_operation():
    operation = make_planned()

    with pytest.raises(Refused, match="Din roll"):
        actions.step_operation(operation=operation, to="DEBRIEFED", by=OFFICER, at=AT)
