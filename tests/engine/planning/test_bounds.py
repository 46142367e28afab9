"""The bound on what any plan can serve."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nosvidere.engine.planning import TWO_TEAMS, StraightLine, make_plan

TRAVEL = StraightLine()


def test_where_all_fits_the_bound_is_all(visit, shift):
    visits = [visit("a", priority=2.0), visit("b", priority=3.0)]

    assert make_plan(visits, [shift("s")], travel=TRAVEL, seed=1).bound == pytest.approx(5)


def test_without_travel_the_bound_is_the_fractional_knapsack(visit, shift):
    visits = [
        visit(f"v{number}", service_minutes=50, priority=5.0 - number) for number in range(5)
    ]

    plan = make_plan(visits, [shift("s", end_minute=120)], travel=TRAVEL, seed=1)

    assert plan.bound == pytest.approx(5 + 4 + 3 * 20 / 50)
    assert plan.served_priority == 9.0


def test_a_lone_visit_that_cannot_be_reached_and_left_in_time_is_worth_nothing(visit, shift):
    far = visit("far", 10, service_minutes=60)
    there_and_back = int(2 * TRAVEL.minutes([(57.0, 11.0), (57.1, 11.0)])[0, 1])

    short, enough = (
        make_plan([far], [shift("s", end_minute=end)], travel=TRAVEL, seed=1)
        for end in (59 + there_and_back, 60 + there_and_back)
    )

    assert short.bound == pytest.approx(0)
    assert enough.bound == pytest.approx(1)


def test_a_visit_for_two_teams_takes_the_time_of_both(visit, shift):
    together = visit("both", needs=frozenset([TWO_TEAMS]), service_minutes=100, priority=4.0)
    shifts = [shift("a", end_minute=100), shift("b", end_minute=100)]

    assert make_plan([together], shifts, travel=TRAVEL, seed=1).bound == pytest.approx(4)
    assert make_plan([together], shifts[:1], travel=TRAVEL, seed=1).bound == 0


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 12))
def test_no_plan_serves_more_than_the_bound(case, seed, count):
    visits, shifts = case(seed, count, 4)

    plan = make_plan(visits, shifts, travel=TRAVEL, seed=1)

    assert plan.served_priority <= plan.bound + 1e-6
