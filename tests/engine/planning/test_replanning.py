"""Changing a plan while teams are out."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nosvidere.engine.planning import (
    TWO_TEAMS,
    Moment,
    StraightLine,
    check_plan,
    make_plan,
    re_plan,
)

TRAVEL = StraightLine()


def begun(plan, shifts, now):
    evening = {shift.id: shift.evening for shift in shifts}
    return [s for s in plan.stops if Moment(evening[s.team_shift_id], s.arrive_minute) < now]


def teams_of(plan):
    return {(stop.visit_id, stop.team_shift_id) for stop in plan.stops}


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 1), st.integers(0, 320))
def test_every_change_passes_the_checker_and_keeps_what_is_done(case, seed, evening, minute):
    visits, shifts = case(seed, 12, 4)
    old = make_plan(visits, shifts, travel=TRAVEL, seed=1)
    now = Moment(evening, minute)
    done = begun(old, shifts, now)
    kept = [visit for visit in visits if visit.id in {stop.visit_id for stop in done}]
    after = kept + [visit for visit in visits[::2] if visit not in kept]

    new = re_plan(old, after, shifts, travel=TRAVEL, seed=1, now=now, done=done)

    assert check_plan(new, after, shifts, travel=TRAVEL, done=done, now=now) == []


def test_without_a_change_every_visit_stays_with_its_team(case):
    visits, shifts = case(11, 20, 4)
    old = make_plan(visits, shifts, travel=TRAVEL, seed=1)
    now = Moment(0, 90)

    new = re_plan(
        old, visits, shifts, travel=TRAVEL, seed=2, now=now, done=begun(old, shifts, now)
    )

    assert teams_of(old) <= teams_of(new)


def test_a_new_visit_a_little_better_does_not_push_out_a_planned_one(visit, shift):
    planned, new = visit("old", service_minutes=200), visit("new", service_minutes=200)
    old = make_plan([planned], [shift("s")], travel=TRAVEL, seed=1)

    def served(priority):
        visits = [planned, replace(new, priority=priority)]
        plan = re_plan(old, visits, [shift("s")], travel=TRAVEL, seed=1, now=Moment(0, 0))
        return {stop.visit_id for stop in plan.stops}

    assert served(1.1) == {"old"}
    assert served(2.0) == {"new"}


def test_the_visits_of_a_lost_team_move_to_another(visit, shift):
    shifts = [shift("a"), shift("b")]
    visits = [visit(f"v{number}", service_minutes=60) for number in range(4)]
    old = make_plan(visits, shifts, travel=TRAVEL, seed=1)

    new = re_plan(old, visits, shifts[:1], travel=TRAVEL, seed=1, now=Moment(0, 0))

    assert new.unserved == ()
    assert {stop.team_shift_id for stop in new.stops} == {"a"}


def test_a_visit_its_team_can_no_longer_reach_moves_to_another(visit, shift):
    shifts = [shift("a"), shift("b")]
    visits = [visit("v", service_minutes=60)]
    old = make_plan(visits, shifts, travel=TRAVEL, seed=1)
    home = old.stops[0].team_shift_id
    after = [replace(one, end_minute=30) if one.id == home else one for one in shifts]

    new = re_plan(old, visits, after, travel=TRAVEL, seed=1, now=Moment(0, 0))

    assert new.unserved == ()
    assert new.stops[0].team_shift_id != home


def test_an_ongoing_visit_that_takes_longer_pushes_the_rest_later(visit, shift):
    visits = [visit("a", window=(0, 30)), visit("b", window=(30, 300))]
    old = make_plan(visits, [shift("s")], travel=TRAVEL, seed=1)
    late = replace(old.stops[0], leave_minute=70)

    new = re_plan(old, visits, [shift("s")], travel=TRAVEL, seed=1, now=Moment(0, 10), done=[late])

    assert new.stops[0] == late
    assert new.stops[1].arrive_minute >= 70


def test_a_break_that_is_taken_is_not_taken_again(visit, shift):
    team = shift("s", break_minutes=30, break_window=(0, 60))
    old = make_plan([visit("v")], [team], travel=TRAVEL, seed=1)

    new = re_plan(
        old,
        [visit("v"), visit("w")],
        [team],
        travel=TRAVEL,
        seed=1,
        now=Moment(0, 100),
        done=old.stops,
    )

    assert new.rests == old.rests


def test_a_meeting_of_two_teams_stays_where_it_holds(visit, shift):
    together = visit("both", needs=frozenset([TWO_TEAMS]), window=(100, 300))
    shifts = [shift("a"), shift("b"), shift("c")]
    old = make_plan([together], shifts, travel=TRAVEL, seed=1)

    new = re_plan(old, [together, visit("v")], shifts, travel=TRAVEL, seed=1, now=Moment(0, 20))

    assert [s for s in new.stops if s.visit_id == "both"] == list(old.stops)


@pytest.mark.parametrize(
    ("changes", "now"),
    [
        ({"window": (150, 300)}, 20),
        ({"window": (0, 70)}, 20),
        ({}, 60),
        ({"evenings": frozenset([1])}, 0),
    ],
)
def test_a_meeting_that_no_longer_holds_is_set_anew(visit, shift, changes, now):
    together = visit("both", needs=frozenset([TWO_TEAMS]), window=(55, 300))
    shifts = [
        shift(name, evening=evening)
        for evening in (0, 1)
        for name in (f"a{evening}", f"b{evening}")
    ]
    only_tonight = replace(together, evenings=frozenset([0]))
    old = make_plan([only_tonight], shifts, travel=TRAVEL, seed=1)
    after = replace(together, **changes)

    new = re_plan(old, [after], shifts, travel=TRAVEL, seed=1, now=Moment(0, now))

    assert new.unserved == ()
    assert set(new.stops) != set(old.stops)
    assert check_plan(new, [after], shifts, travel=TRAVEL, now=Moment(0, now)) == []


def test_a_meeting_whose_team_is_gone_is_set_anew(visit, shift):
    together = visit("both", needs=frozenset([TWO_TEAMS]))
    shifts = [shift("a"), shift("b"), shift("c")]
    old = make_plan([together], shifts, travel=TRAVEL, seed=1)
    gone = old.stops[0].team_shift_id
    left = [one for one in shifts if one.id != gone]

    new = re_plan(old, [together], left, travel=TRAVEL, seed=1, now=Moment(0, 0))

    assert {stop.team_shift_id for stop in new.stops} == {one.id for one in left}


def test_a_meeting_that_one_team_is_too_late_for_is_set_later(visit, shift):
    together = visit("both", needs=frozenset([TWO_TEAMS]), window=(60, 300))
    shifts = [shift("a"), shift("b")]
    visits = [visit("v", window=(0, 30)), together]
    old = make_plan(visits, shifts, travel=TRAVEL, seed=1)
    first = next(stop for stop in old.stops if stop.visit_id == "v")
    late = replace(first, leave_minute=100)

    new = re_plan(old, visits, shifts, travel=TRAVEL, seed=1, now=Moment(0, 50), done=[late])

    assert min(s.arrive_minute for s in new.stops if s.visit_id == "both") >= 100


def test_a_team_that_overran_its_shift_gets_nothing_more(visit, shift):
    visits = [visit("a"), visit("b")]
    team = shift("s", end_minute=60)
    old = make_plan(visits, [team], travel=TRAVEL, seed=1)
    late = replace(old.stops[0], leave_minute=70)

    new = re_plan(old, visits, [team], travel=TRAVEL, seed=1, now=Moment(0, 30), done=[late])

    assert new.stops == (late,)
    assert check_plan(new, visits, [team], travel=TRAVEL, done=[late], now=Moment(0, 30)) == []


def test_a_break_that_there_is_no_time_left_for_is_told_by_the_checker(visit, shift):
    team = shift("s", break_minutes=30, break_window=(200, 240))
    old = make_plan([visit("v")], [team], travel=TRAVEL, seed=1)
    late = replace(old.stops[0], leave_minute=230)

    new = re_plan(
        old, [visit("v")], [team], travel=TRAVEL, seed=1, now=Moment(0, 230), done=[late]
    )

    faults = check_plan(new, [visit("v")], [team], travel=TRAVEL, done=[late])
    assert faults == ["Pass s: 0 raster i stället för 1."]


def test_what_is_done_must_still_be_known(visit, shift):
    old = make_plan([visit("v")], [shift("s")], travel=TRAVEL, seed=1)

    with pytest.raises(ValueError, match="Besök v är gjort av pass s"):
        re_plan(old, [], [shift("s")], travel=TRAVEL, seed=1, now=Moment(0, 9), done=old.stops)
