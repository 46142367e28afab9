"""The independent checker finds every kind of planted fault."""

from dataclasses import replace

import pytest

from nosvidere.engine.planning import (
    TWO_TEAMS,
    Moment,
    Plan,
    Rest,
    Stop,
    StraightLine,
    Unserved,
    check_plan,
)

TRAVEL = StraightLine()
A, B = Stop("a", "one", 1, 10, 30), Stop("b", "one", 2, 60, 80)
MEETING = [Stop("both", "one", 3, 120, 140), Stop("both", "two", 1, 120, 140)]


@pytest.fixture
def visits(visit):
    return [
        visit("a", 1, window=(5, 60), evenings=frozenset([0])),
        visit("b", 1, 2, priority=2.0, fronts=frozenset(["buyers"])),
        visit("both", 0, 2, needs=frozenset([TWO_TEAMS, "interpreter"])),
        visit("left", priority=5.0),
    ]


@pytest.fixture
def shifts(shift):
    return [
        shift("one", break_minutes=20, break_window=(80, 120)),
        shift("two", front="outreach", skills=frozenset(["interpreter"])),
        shift("next", evening=1),
    ]


@pytest.fixture
def plan():
    return Plan(
        stops=(A, B, *MEETING),
        rests=(Rest("one", 85, 105),),
        unserved=(Unserved("left", "Tiden räckte inte."),),
        travel_minutes=24,
        served_priority=4.0,
        bound=9.0,
        fallback=True,
        travel_name="",
        seed=1,
    )


@pytest.fixture
def case_of_three(visits, shifts):
    return visits, shifts


def test_a_good_plan_has_no_fault(plan, visits, shifts):
    assert check_plan(plan, visits, shifts, travel=TRAVEL) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"stops": (A, B, *MEETING, Stop("zz", "one", 4, 150, 170))}, "Besök zz finns inte"),
        ({"stops": (A, B, *MEETING, Stop("left", "zz", 1, 150, 170))}, "Pass zz finns inte"),
        ({"rests": (Rest("zz", 85, 105),)}, "Pass zz finns inte"),
        ({"unserved": (Unserved("zz", "x"), Unserved("left", "x"))}, "Besök zz finns inte"),
        ({"unserved": ()}, "left är varken planerat eller utelämnat"),
        ({"unserved": (Unserved("left", "x"),) * 2}, "left är varken planerat eller utelämnat"),
        ({"unserved": (Unserved("left", ""),)}, "utelämnat utan skäl"),
        ({"unserved": (Unserved("left", "x"), Unserved("a", "x"))}, "både planerat och"),
        ({"rests": ()}, "0 raster i stället för 1"),
        ({"rests": (Rest("one", 85, 105), Rest("two", 1, 1))}, "Pass two: 1 raster"),
        ({"rests": (Rest("one", 85, 100),)}, "rasten är inte 20 minuter"),
        ({"rests": (Rest("one", 105, 125),)}, "rasten ligger utanför 80–120"),
        ({"rests": (Rest("one", 70, 90),)}, "rasten krockar med besök b"),
        ({"served_priority": 4.5}, "Planen säger prioritet 4.500"),
        ({"bound": 3.0}, "mer prioritet än gränsen"),
        ({"travel_minutes": 5}, "Planen säger 5 minuters väg"),
        ({"stops": (replace(A, order=3), B, *MEETING)}, "ordningen på besöken"),
        ({"stops": (replace(A, arrive_minute=1), B, *MEETING)}, "minuter till a, men vägen"),
        ({"stops": (replace(A, arrive_minute=1), B, *MEETING)}, "a ligger utanför sitt tidsf"),
        ({"stops": (replace(A, leave_minute=62), B, *MEETING)}, "a ligger utanför sitt tidsf"),
        ({"stops": (replace(A, leave_minute=59), B, *MEETING)}, "minuter till b, men vägen"),
        ({"stops": (replace(A, leave_minute=25), B, *MEETING)}, "kortare än 20 minuter"),
        ({"stops": (replace(A, arrive_minute=-5), B, *MEETING)}, "a ligger utanför pass one"),
        ({"stops": (A, replace(B, leave_minute=310), *MEETING)}, "b ligger utanför pass one"),
        ({"stops": (replace(A, team_shift_id="next"), B, *MEETING)}, "får inte göras kväll 1"),
        ({"stops": (A, replace(B, team_shift_id="two"), *MEETING)}, "på rätt front"),
        ({"stops": (A, A, B, *MEETING)}, "a: 2 stopp av 1 patruller"),
        ({"stops": (A, B, MEETING[1])}, "both: 1 stopp av 2 patruller"),
        ({"stops": (A, B, MEETING[0], MEETING[0])}, "both: saknar interpreter"),
        (
            {"stops": (A, B, MEETING[0], replace(MEETING[1], arrive_minute=119))},
            "inte där samtidigt",
        ),
        (
            {"stops": (A, B, MEETING[1], replace(MEETING[0], team_shift_id="next"))},
            "inte där samtidigt",
        ),
    ],
)
def test_a_planted_fault_is_found(plan, case_of_three, change, fault):
    found = check_plan(replace(plan, **change), *case_of_three, travel=TRAVEL)

    assert any(fault in one for one in found), found


def test_a_team_that_comes_home_too_late_is_found(plan, visits, shifts):
    shifts[1] = replace(shifts[1], end_minute=141)

    assert check_plan(plan, visits, shifts, travel=TRAVEL) == [
        "Pass two: 1 minuter till depån, men vägen tar 4."
    ]


def test_a_break_is_no_time_for_driving(plan, visits, shifts):
    late = (A, replace(B, arrive_minute=80, leave_minute=100), *MEETING)
    resting = replace(plan, stops=late, rests=(Rest("one", 100, 120),))

    found = check_plan(resting, visits, shifts, travel=TRAVEL)

    assert found == ["Pass one: 0 minuter till both, men vägen tar 4."]


def test_a_done_visit_that_is_gone_or_changed_is_found(plan, visits, shifts):
    done = [replace(A, leave_minute=31)]

    found = check_plan(plan, visits, shifts, travel=TRAVEL, done=done)

    assert found == ["Besök a är gjort men finns inte kvar som det gjordes."]


def test_a_stop_in_the_past_that_was_not_done_is_found(plan, visits, shifts):
    found = check_plan(plan, visits, shifts, travel=TRAVEL, done=[A], now=Moment(0, 100))

    assert found == ["Besök b är planerat i det förflutna."]


def test_a_drawn_visit_is_counted_as_the_median_by_the_checker_too(plan, visits, shifts):
    visits[0] = replace(visits[0], priority=0.5, is_exploration=True)

    assert check_plan(replace(plan, served_priority=5.0), visits, shifts, travel=TRAVEL) == []


def test_drawn_visits_alone_count_their_priority(visit, shift, plan):
    only = replace(
        plan,
        stops=(Stop("a", "one", 1, 0, 20),),
        rests=(),
        unserved=(),
        travel_minutes=0,
        served_priority=1.0,
    )

    assert check_plan(only, [visit("a", is_exploration=True)], [shift("one")], travel=TRAVEL) == []
