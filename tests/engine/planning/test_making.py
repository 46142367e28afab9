"""Making plans."""

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nosvidere.engine.planning import (
    TWO_TEAMS,
    Road,
    RoadGraph,
    StraightLine,
    TeamShift,
    Visit,
    check_plan,
    make_plan,
)
from nosvidere.engine.planning.laying import PATIENCE
from nosvidere.engine.planning.vroom_router import Vroom

TRAVEL = StraightLine()
few = settings(max_examples=8, deadline=None)
seeds = st.integers(0, 10_000)


class PlaneOfTenths:
    """Straight lines on a plane in tenths, cut off: the rounding of the published problems."""

    name = "plan yta"
    is_fallback = False

    def minutes(self, points):
        at = np.asarray(points, dtype=float)
        return np.floor(np.linalg.norm(at[:, None] - at[None], axis=2) * 10 + 1e-9).astype(int)


@few
@given(seeds, st.integers(0, 14), st.integers(0, 5))
def test_every_plan_passes_the_checker(case, seed, visits, shifts):
    visits, shifts = case(seed, visits, shifts)

    plan = make_plan(visits, shifts, travel=TRAVEL, seed=seed)

    assert check_plan(plan, visits, shifts, travel=TRAVEL) == []


@few
@given(seeds, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(case, seed, chance):
    visits, shifts = case(seed, 10, 4)
    plan = make_plan(visits, shifts, travel=TRAVEL, seed=3)
    chance.shuffle(visits)
    chance.shuffle(shifts)

    again = make_plan(visits, shifts, travel=TRAVEL, seed=3)
    assert again.served_priority == plan.served_priority
    assert (again.travel_minutes, again.bound) == (plan.travel_minutes, plan.bound)


@few
@given(seeds)
def test_an_hour_more_never_serves_less_where_the_search_is_exhaustive(visit, shift, seed):
    rng = np.random.default_rng(seed)
    visits = [
        visit(str(i), *rng.uniform(-3, 3, 2), priority=float(i), service_minutes=25)
        for i in range(1, 6)
    ]

    short, long = (
        make_plan(visits, [shift("s", end_minute=end)], travel=TRAVEL, seed=1)
        for end in (100, 160)
    )

    assert long.served_priority >= short.served_priority
    assert long.bound >= short.bound


@pytest.mark.parametrize("seed", range(10))
def test_a_small_plan_is_the_best_of_all(visit, shift, seed):
    rng = np.random.default_rng(seed)
    visits = [
        visit(
            str(number),
            *rng.uniform(-4, 4, 2),
            priority=float(rng.integers(1, 9)),
            window=(0, int(rng.integers(40, 120))),
        )
        for number in range(5)
    ]
    team = shift("s", end_minute=110)

    plan = make_plan(visits, [team], travel=TRAVEL, seed=1)

    assert plan.served_priority == best_by_trying_all(visits, team)


def best_by_trying_all(visits: list[Visit], team: TeamShift) -> float:
    points = [(team.depot_lat, team.depot_lon), *((one.lat, one.lon) for one in visits)]
    minutes = TRAVEL.minutes(points)
    best = 0.0
    for order in (o for size in range(6) for o in permutations(range(5), size)):
        clock, place, is_good = 0, 0, True
        for number in order:
            clock += int(minutes[place, number + 1]) + visits[number].service_minutes
            place = number + 1
            is_good = is_good and clock <= visits[number].window[1]
        if is_good and clock + minutes[place, 0] <= team.end_minute:
            best = max(best, sum(visits[number].priority for number in order))
    return best


@pytest.mark.slow
@pytest.mark.parametrize(("teams", "published"), [(1, 320), (2, 590), (3, 810), (4, 1020)])
def test_the_published_scores_of_c101_are_reached_within_three_percent(teams, published):
    """Scores: Righini and Salani 2009; Montemanni and Gambardella 2009."""
    rows = np.loadtxt(Path(__file__).parent / "c101.txt", skiprows=1, dtype=int).tolist()
    visits = [
        Visit(str(name), y, x, float(score), service * 10, (ready * 10, (due + service) * 10))
        for name, x, y, score, ready, due, service in rows[1:]
    ]
    shifts = [TeamShift(f"s{i}", f"t{i}", 0, "", 0, 12360, 50, 40) for i in range(teams)]

    plan = make_plan(visits, shifts, travel=PlaneOfTenths(), seed=1)

    assert published * 0.97 <= plan.served_priority <= published
    assert check_plan(plan, visits, shifts, travel=PlaneOfTenths()) == []


def test_priority_goes_before_travel(visit, shift):
    near = [visit(f"n{number}", priority=1.0, service_minutes=60) for number in range(3)]
    far = visit("far", 5, priority=4.0, service_minutes=60)

    plan = make_plan([*near, far], [shift("s", end_minute=110)], travel=TRAVEL, seed=1)

    assert [stop.visit_id for stop in plan.stops] == ["far"]
    assert plan.served_priority == 4.0


def test_a_team_takes_its_break_inside_the_window(visit, shift):
    visits = [visit(str(number), number / 2) for number in range(8)]
    team = shift("s", break_minutes=30, break_window=(100, 170))

    plan = make_plan(visits, [team], travel=TRAVEL, seed=1)

    assert len(plan.rests) == 1
    assert check_plan(plan, visits, [team], travel=TRAVEL) == []


def test_a_team_without_visits_still_has_its_break(shift):
    plan = make_plan([], [shift("s", break_minutes=30)], travel=TRAVEL, seed=1)

    assert [(rest.start_minute, rest.end_minute) for rest in plan.rests] == [(0, 30)]


def test_two_teams_meet_at_the_same_minute(visit, shift):
    together = visit("both", 2, needs=frozenset([TWO_TEAMS, "interpreter"]), priority=9.0)
    shifts = [
        shift("a", break_minutes=20, break_window=(10, 60)),
        shift("b", skills=frozenset(["interpreter"])),
        shift("c", evening=1),
    ]

    plan = make_plan([together, visit("alone")], shifts, travel=TRAVEL, seed=1)

    meeting = [stop for stop in plan.stops if stop.visit_id == "both"]
    assert {stop.team_shift_id for stop in meeting} == {"a", "b"}
    assert len({stop.arrive_minute for stop in meeting}) == 1
    assert check_plan(plan, [together, visit("alone")], shifts, travel=TRAVEL) == []


def test_a_meeting_waits_for_a_break_that_cannot_come_later(visit, shift):
    together = visit("both", 1, needs=frozenset([TWO_TEAMS]), service_minutes=100)
    shifts = [shift("a", break_minutes=20, break_window=(0, 40)), shift("b")]

    plan = make_plan([together], shifts, travel=TRAVEL, seed=1)

    assert plan.unserved == ()
    assert plan.rests[0].end_minute <= plan.stops[0].arrive_minute


def test_two_teams_are_not_sent_where_one_each_serves_more(visit, shift):
    together = visit("both", needs=frozenset([TWO_TEAMS]), service_minutes=100, priority=1.0)
    alone = [visit(f"v{number}", service_minutes=100, priority=5.0) for number in range(2)]

    plan = make_plan(
        [together, *alone],
        [shift("a", end_minute=110), shift("b", end_minute=110)],
        travel=TRAVEL,
        seed=1,
    )

    assert {stop.visit_id for stop in plan.stops} == {"v0", "v1"}
    assert [one.visit_id for one in plan.unserved] == ["both"]


def test_a_visit_drawn_by_lot_is_not_the_first_to_be_dropped(visit, shift):
    visits = [
        visit(f"v{number}", service_minutes=90, priority=2.0 + number) for number in range(4)
    ]
    drawn = visit("drawn", priority=0.1, service_minutes=60, is_exploration=True)

    plan = make_plan([*visits, drawn], [shift("s")], travel=TRAVEL, seed=1)

    assert "drawn" in {stop.visit_id for stop in plan.stops}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"evenings": frozenset([3])}, "av de kvällar"),
        ({"fronts": frozenset(["outreach"])}, "på den front"),
        ({"needs": frozenset(["interpreter", "dog"])}, "det som behövs: dog, tolk"),
        ({"window": (290, 305)}, "tidsfönster"),
        ({"window": (0, 2), "service_minutes": 5}, "tidsfönster"),
        ({"needs": frozenset([TWO_TEAMS])}, "inte två patruller"),
        ({"lat": 58.5}, "hinner dit och tillbaka"),
    ],
)
def test_what_is_left_out_is_told_with_why(visit, shift, changes, reason):
    plan = make_plan([visit("v", **changes)], [shift("s")], travel=TRAVEL, seed=1)

    assert reason in plan.unserved[0].reason_sv


def test_a_window_that_only_an_unskilled_team_keeps_is_told_as_the_window(visit, shift):
    needy = visit("v", needs=frozenset(["interpreter"]), window=(0, 60))
    shifts = [shift("early"), shift("late", start_minute=100, skills=frozenset(["interpreter"]))]

    plan = make_plan([needy], shifts, travel=TRAVEL, seed=1)

    assert "tidsfönster" in plan.unserved[0].reason_sv


def test_too_little_time_is_told_as_such(visit, shift):
    visits = [visit(f"v{number}", service_minutes=200) for number in range(2)]

    plan = make_plan(visits, [shift("s")], travel=TRAVEL, seed=1)

    assert plan.unserved[0].reason_sv == "Tiden räckte inte: andra besök gick före."


def test_a_plan_says_how_travel_was_reckoned(visit, shift):
    roads = RoadGraph([Road((57.0, 11.0), (57.01, 11.0), 2.5)])

    guessed = make_plan([visit("v", 1)], [shift("s")], travel=TRAVEL, seed=7)
    known = make_plan([visit("v", 1)], [shift("s")], travel=roads, seed=7)

    assert (guessed.fallback, guessed.travel_name) == (True, "fågelvägen i 25 km/h")
    assert (known.fallback, known.travel_name, known.travel_minutes) == (False, roads.name, 6)
    assert known.seed == 7


class Eager:
    """A router that lays every order it may into the first stretch, however little room there is."""

    def lay(self, stretches, orders, minutes, *, effort):
        return [[one.visit_id for one in orders if 0 in one.allowed], *([] for _ in stretches[1:])]


def test_what_a_router_lays_too_tight_loses_its_least_worthy(visit, shift):
    visits = [visit(str(number), service_minutes=90, priority=number) for number in range(5)]
    shifts = [shift("a"), shift("b")]

    plan = make_plan(visits, shifts, travel=TRAVEL, seed=1, router=Eager())

    assert {stop.visit_id for stop in plan.stops} == {"2", "3", "4"}
    assert check_plan(plan, visits, shifts, travel=TRAVEL) == []


class Worse(Eager):
    """A router whose first answer is good and all later ones empty."""

    def __init__(self):
        self.asked = 0

    def lay(self, stretches, orders, minutes, *, effort):
        self.asked += 1
        routes = super().lay(stretches, orders, minutes, effort=effort)
        return routes if self.asked == 1 else [[] for _ in stretches]


def test_a_worse_answer_is_thrown_away_and_the_search_ends(visit, shift):
    visits = [visit(f"{number:02}", service_minutes=5) for number in range(60)]
    router = Worse()

    plan = make_plan(visits, [shift("s")], travel=TRAVEL, seed=1, router=router)

    assert plan.served_priority > 40
    assert router.asked <= 2 + PATIENCE


def test_a_large_case_is_searched_quickly_and_passes_the_checker(case):
    visits, shifts = case(5, 70, 8)

    plan = make_plan(visits, shifts, travel=TRAVEL, seed=1)

    assert check_plan(plan, visits, shifts, travel=TRAVEL) == []
    assert plan.served_priority > 0.7 * plan.bound


def test_vroom_lays_nothing_where_nothing_may_lie(shift):
    assert Vroom().lay([], [], np.zeros((0, 0), dtype=np.int64), effort=1) == []


def test_the_same_id_twice_is_an_error(visit, shift):
    with pytest.raises(ValueError, match="eget id"):
        make_plan([visit("v"), visit("v")], [shift("s")], travel=TRAVEL, seed=1)


def test_a_team_with_two_shifts_at_once_is_an_error(shift):
    shifts = [shift("a", team="x", end_minute=200), shift("b", team="x", start_minute=150)]

    with pytest.raises(ValueError, match="två pass samtidigt kväll 0: a och b"):
        make_plan([], shifts, travel=TRAVEL, seed=1)


def test_a_team_with_one_shift_after_the_other_is_fine(visit, shift):
    shifts = [shift("a", team="x", end_minute=150), shift("b", team="x", start_minute=150)]

    plan = make_plan([visit("v")], shifts, travel=TRAVEL, seed=1)

    assert plan.unserved == ()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"priority": -1.0}, "prioriteten"),
        ({"priority": float("nan")}, "prioriteten"),
        ({"service_minutes": 0}, "tiden på plats"),
        ({"window": (50, 50)}, "tidsfönstret"),
        ({"lat": 91.0}, "läget"),
    ],
)
def test_a_visit_with_an_impossible_number_is_an_error(visit, changes, message):
    with pytest.raises(ValueError, match=f"Besök v: {message}"):
        visit("v", **changes)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"end_minute": 0}, "före sitt slut"),
        ({"break_minutes": 400}, "ryms inte"),
        ({"depot_lon": 200.0}, "läget"),
    ],
)
def test_a_shift_with_an_impossible_number_is_an_error(shift, changes, message):
    with pytest.raises(ValueError, match=message):
        shift("s", **changes)
