"""When an operation may be decided, staffed, planned, stepped on and read."""

from datetime import UTC, date, datetime, timedelta

import pytest

from nosvidere.kernel.refused import Refused
from nosvidere.rules import operation
from nosvidere.rules.flows import OPERATION
from nosvidere.rules.operation import Progress

START = datetime(2020, 10, 1, 16, 0, tzinfo=UTC)
DAY = date(2020, 10, 1)


def test_a_proposal_has_days_in_order_and_room_for_chance():
    operation.check_propose(from_on=DAY, until_on=DAY, address_limit=2)

    with pytest.raises(Refused, match="sluta innan"):
        operation.check_propose(from_on=DAY, until_on=DAY - timedelta(days=1), address_limit=2)
    with pytest.raises(Refused, match="minst 2 adresser"):
        operation.check_propose(from_on=DAY, until_on=DAY, address_limit=1)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"state": "PLANNED"}, "från läget"),
        ({"approver": "a"}, "Be en kollega"),
        ({"legality_note": " "}, "laglighet och proportion"),
    ],
)
def test_a_decision_needs_another_person_and_a_ground(values, reason):
    good = {"state": "PROPOSED", "proposed_by": "a", "approver": "b", "legality_note": "Prövad."}
    operation.check_approve_operation(**good)

    with pytest.raises(Refused, match=reason):
        operation.check_approve_operation(**{**good, **values})


@pytest.mark.parametrize("hours", [0, -1, 13])
def test_a_shift_has_bounds(hours):
    operation.check_shift(state="APPROVED", starts_at=START, ends_at=START + timedelta(hours=8))

    with pytest.raises(Refused, match="högst 12"):
        operation.check_shift(
            state="APPROVED", starts_at=START, ends_at=START + timedelta(hours=hours)
        )


@pytest.mark.parametrize("state", sorted(set(OPERATION.words) - {"APPROVED", "PLANNED"}))
def test_staff_are_added_between_decision_and_start(state):
    with pytest.raises(Refused, match="innan den har börjat"):
        operation.check_open_for_staffing(state)


def test_a_team_is_a_pair_of_rested_people():
    operation.check_team(members=2, are_free=True)

    with pytest.raises(Refused, match="minst 2"):
        operation.check_team(members=1, are_free=True)
    with pytest.raises(Refused, match="elva timmar"):
        operation.check_team(members=2, are_free=False)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"state": "ONGOING"}, "innan den har börjat"),
        ({"is_frozen": True}, "redan fryst"),
        ({"has_teams": False}, "pass och lag"),
        ({"candidates": 0}, "Inget uppslag"),
    ],
)
def test_the_list_is_frozen_once_when_all_is_there(values, reason):
    good = {"state": "APPROVED", "is_frozen": False, "has_teams": True, "candidates": 1}
    operation.check_freeze(**good)

    with pytest.raises(Refused, match=reason):
        operation.check_freeze(**{**good, **values})


def test_a_plan_needs_its_list():
    operation.check_plan(state="APPROVED", is_frozen=True)

    with pytest.raises(Refused, match="Frys listan"):
        operation.check_plan(state="APPROVED", is_frozen=False)
    with pytest.raises(Refused, match="från läget"):
        operation.check_plan(state="ONGOING", is_frozen=True)


def test_a_plan_with_a_fault_is_refused_with_the_fault():
    operation.check_plan_fits([])

    with pytest.raises(Refused, match="sparas inte: för sent"):
        operation.check_plan_fits(["för sent", "för långt"])


@pytest.mark.parametrize(
    ("state", "to", "progress"),
    [
        ("PLANNED", "BRIEFED", Progress(planned=1)),
        ("BRIEFED", "ONGOING", Progress()),
        ("DEBRIEFED", "REPORTED", Progress()),
        ("REPORTED", "EVALUATED", Progress(last_shift_on=DAY - timedelta(days=60))),
        ("EVALUATED", "CLOSED", Progress()),
    ],
)
def test_a_step_that_has_its_ground_is_taken(state, to, progress):
    operation.check_step(state=state, to=to, progress=progress, on=DAY)


@pytest.mark.parametrize(
    ("state", "to", "progress", "reason"),
    [
        ("PLANNED", "ONGOING", Progress(), "från läget"),
        ("PROPOSED", "APPROVED", Progress(), "beslut eller plan"),
        ("APPROVED", "PLANNED", Progress(), "beslut eller plan"),
        ("PLANNED", "BRIEFED", Progress(), "Planera insatsen"),
        ("DEBRIEFED", "REPORTED", Progress(without_finding=2), "2 väntar"),
        ("REPORTED", "EVALUATED", Progress(last_shift_on=DAY), "den 2020-11-30"),
        ("REPORTED", "EVALUATED", Progress(), "tidigast 60 dagar"),
    ],
)
def test_a_step_that_lacks_its_ground_is_refused(state, to, progress, reason):
    with pytest.raises(Refused, match=reason):
        operation.check_step(state=state, to=to, progress=progress, on=DAY)


def test_a_sheet_ends_at_six_in_stockholm_the_day_after_the_shift_began():
    assert operation.sheet_ends_at(START) == datetime(2020, 10, 2, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "is_lead", "may"),
    [
        ("PLANNED", True, True),
        ("PLANNED", False, False),
        ("BRIEFED", False, True),
        ("ONGOING", True, True),
        ("DEBRIEFED", True, False),
    ],
)
def test_a_sheet_is_read_by_the_lead_once_planned_and_by_teams_once_briefed(state, is_lead, may):
    if may:
        operation.check_read_sheet(state=state, is_lead=is_lead, starts_at=START, at=START)
        return

    with pytest.raises(Refused, match="tills den är slut"):
        operation.check_read_sheet(state=state, is_lead=is_lead, starts_at=START, at=START)


def test_a_sheet_is_not_read_after_its_end():
    end = operation.sheet_ends_at(START)

    with pytest.raises(Refused, match=r"06\.00"):
        operation.check_read_sheet(state="ONGOING", is_lead=True, starts_at=START, at=end)


@pytest.mark.parametrize("origin", sorted(operation.FRONTS_OF_ORIGIN))
def test_any_origin_has_a_front_and_a_buyer_is_met_at_each(origin):
    assert "BUYER" in operation.fronts_for(origin)
    assert operation.fronts_for(origin) <= set(operation.FRONTS)
