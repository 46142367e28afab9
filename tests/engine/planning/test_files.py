"""Plans from and to files."""

import json

import pytest

from nosvidere.engine.planning import (
    RoadGraph,
    UnusableFile,
    make_plan,
    plan_as_json,
    read_visits,
)

VISIT = {"id": "b1", "lat": 57.01, "lon": 11.0, "priority": 3, "service_minutes": 25}
SHIFT = {
    "id": "p1",
    "team": "A",
    "evening": 0,
    "front": "buyers",
    "start_minute": 0,
    "end_minute": 300,
    "depot": [57.0, 11.0],
}


@pytest.fixture
def write(tmp_path):
    def writing(content):
        path = tmp_path / "visits.json"
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        return path

    return writing


def test_a_short_file_gets_the_whole_evening_and_a_guess_of_travel(write):
    request = read_visits(write({"visits": [VISIT], "team_shifts": [SHIFT]}), seed=4)

    assert request.visits[0].window == (0, 300)
    assert request.visits[0].evenings is None
    assert request.travel.is_fallback
    assert (request.seed, request.left_by_choice) == (4, 0)


def test_a_full_file_is_read_as_written(write):
    visit = VISIT | {
        "window": [10, 200],
        "fronts": ["buyers"],
        "needs": ["interpreter", "two_teams"],
        "evenings": [0, 2],
    }
    shift = SHIFT | {"skills": ["interpreter"], "break_minutes": 30, "break_window": [100, 200]}

    request = read_visits(
        write({"visits": [visit], "team_shifts": [shift], "seed": 9, "speed_kmh": 40})
    )

    assert request.visits[0].window == (10, 200)
    assert request.visits[0].is_for_two_teams
    assert request.visits[0].evenings == {0, 2}
    assert request.team_shifts[0].rest_window == (100, 200)
    assert request.travel.name == "fågelvägen i 40 km/h"
    assert request.seed == 9


def test_roads_in_the_file_are_driven(write):
    told = {"visits": [VISIT], "team_shifts": [SHIFT], "roads": [[57.0, 11.0, 57.01, 11.0, 3]]}

    request = read_visits(write(told))

    assert isinstance(request.travel, RoadGraph)
    assert request.travel.minutes([(57.0, 11.0), (57.01, 11.0)])[0, 1] == 3


def test_a_limit_turns_on_the_choice_with_its_share_by_lot(write):
    visits = [VISIT | {"id": f"b{number}", "priority": number} for number in range(9)]

    request = read_visits(write({"visits": visits, "team_shifts": [SHIFT], "limit": 4}))

    assert [visit.id for visit in request.visits[:3]] == ["b8", "b7", "b6"]
    assert request.visits[3].is_exploration
    assert request.left_by_choice == 5


def test_a_plan_written_and_read_back_tells_everything(write):
    visits = [VISIT, VISIT | {"id": "b2", "evenings": [4]}]
    shift = SHIFT | {"break_minutes": 30}
    request = read_visits(write({"visits": visits, "team_shifts": [shift]}))
    plan = make_plan(request.visits, request.team_shifts, travel=request.travel, seed=request.seed)

    told = json.loads(json.dumps(plan_as_json(plan, request)))

    assert told["faults"] == []
    assert [stop["visit_id"] for stop in told["team_shifts"][0]["stops"]] == ["b1"]
    assert len(told["team_shifts"][0]["breaks"]) == 1
    assert told["unserved"][0]["visit_id"] == "b2"
    assert told["travel_is_guessed"]
    assert told["drawn_by_lot"] == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "inte JSON"),
        ([], "filen ska vara ett objekt"),
        ({"visits": {}, "team_shifts": [SHIFT]}, "filen visits ska vara en lista"),
        ({"visits": [], "team_shifts": [SHIFT]}, "minst ett besök"),
        ({"visits": [VISIT]}, "minst ett besök"),
        ({"visits": [3], "team_shifts": [SHIFT]}, "besöket nummer 1 i visits ska vara ett objekt"),
        ({"visits": [VISIT | {"id": ""}]}, "besöket : id ska vara en text"),
        ({"visits": [VISIT | {"lat": "x"}]}, "besöket b1: lat ska vara ett tal, fick 'x'"),
        ({"visits": [VISIT | {"lat": True}]}, "lat ska vara ett tal"),
        ({"visits": [VISIT | {"priority": float("inf")}]}, "priority ska vara ett tal"),
        ({"visits": [VISIT | {"priority": -1}]}, "prioriteten ska vara 0 eller mer"),
        ({"visits": [VISIT | {"service_minutes": 2.5}]}, "service_minutes ska vara ett heltal"),
        ({"visits": [VISIT | {"service_minutes": True}]}, "service_minutes ska vara ett heltal"),
        ({"visits": [VISIT | {"window": [1]}]}, "window ska vara två minuter"),
        ({"visits": [VISIT | {"evenings": ["x"]}]}, "evenings ska vara ett heltal"),
        ({"visits": [VISIT | {"needs": [1]}]}, "needs ska vara en text"),
        ({"visits": [VISIT], "team_shifts": [SHIFT | {"depot": [57]}]}, "2 tal i en lista"),
        ({"visits": [VISIT], "team_shifts": [SHIFT], "roads": [[1, 2]]}, "vägen nummer 1: roads"),
        ({"visits": [VISIT], "team_shifts": [SHIFT], "roads": []}, "minst en väg"),
        ({"visits": [VISIT], "team_shifts": [SHIFT], "limit": 1}, "minst 2 besök"),
    ],
)
def test_a_wrong_file_is_told_with_where_and_what(write, content, message):
    with pytest.raises(UnusableFile, match=r"visits\.json") as caught:
        read_visits(write(content))

    assert message in str(caught.value)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UnusableFile, match="går inte att läsa"):
        read_visits(tmp_path / "none.json")
