"""Travel times."""

import numpy as np
import pytest

from nosvidere.engine.planning import Road, RoadGraph, StraightLine
from nosvidere.engine.planning.travel import UNREACHABLE, great_circle_m

A, B, C, D = (57.0, 11.0), (57.0, 11.1), (57.0, 11.2), (57.2, 11.2)


def test_a_degree_of_latitude_is_111_kilometres():
    metres = great_circle_m([(57.0, 11.0)], [(58.0, 11.0)])

    assert metres[0, 0] == pytest.approx(111_195, abs=1)


def test_a_straight_line_is_named_a_guess_with_its_speed():
    travel = StraightLine(speed_kmh=30)

    assert travel.is_fallback
    assert travel.name == "fågelvägen i 30 km/h"


def test_a_straight_line_is_driven_in_whole_minutes_rounded_up():
    minutes = StraightLine(speed_kmh=60, detour=1.0).minutes([(57.0, 11.0), (57.01, 11.0)])

    assert minutes.tolist() == [[0, 2], [2, 0]]


@pytest.mark.parametrize(("speed", "detour"), [(0, 1.3), (25, 0.9)])
def test_an_impossible_speed_or_detour_is_an_error(speed, detour):
    with pytest.raises(ValueError, match="hastighet över 0"):
        StraightLine(speed_kmh=speed, detour=detour)


def test_a_road_graph_takes_the_quickest_way_not_the_fewest_roads():
    graph = RoadGraph([Road(A, B, 3), Road(B, C, 4), Road(A, C, 9)])

    assert graph.minutes([A, B, C]).tolist() == [[0, 3, 7], [3, 0, 4], [7, 4, 0]]
    assert not graph.is_fallback


def test_of_two_roads_between_the_same_ends_the_quicker_counts():
    graph = RoadGraph([Road(A, B, 5), Road(A, B, 2)])

    assert graph.minutes([A, B])[0, 1] == 2


def test_a_one_way_road_is_not_driven_back():
    graph = RoadGraph([Road(A, B, 3, is_one_way=True), Road(B, C, 1), Road(C, A, 5)])

    assert graph.minutes([A, B]).tolist() == [[0, 3], [6, 0]]


def test_a_place_off_the_road_walks_to_it():
    graph = RoadGraph([Road(A, B, 3)], walking_kmh=6)
    beside = (57.001, 11.0)

    assert graph.minutes([beside, B])[0, 1] == 5  # 111 m at 100 m a minute, then 3


def test_where_no_road_leads_the_way_is_longer_than_any_shift():
    graph = RoadGraph([Road(A, B, 3), Road(C, D, 3)])

    assert graph.minutes([A, C])[0, 1] == UNREACHABLE


def test_no_places_have_no_travel():
    assert StraightLine().minutes([]).shape == (0, 0)
    assert RoadGraph([Road(A, B, 3)]).minutes([]).shape == (0, 0)


@pytest.mark.parametrize("roads", [[], [Road(A, B, 0)]])
def test_a_graph_without_roads_or_with_a_road_that_takes_no_time_is_an_error(roads):
    with pytest.raises(ValueError, match="minst en väg"):
        RoadGraph(roads)


def test_roads_never_beat_the_triangle():
    rng = np.random.default_rng(3)
    ends = [tuple(end) for end in rng.uniform([57, 11], [57.1, 11.1], (12, 2)).tolist()]
    roads = [Road(a, b, float(rng.uniform(1, 9))) for a in ends for b in ends if a < b]
    minutes = RoadGraph(roads).minutes(ends)

    assert (minutes[:, None, :] <= minutes[:, :, None] + minutes[None, :, :]).all()
