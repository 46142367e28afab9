"""What is drawn is what was computed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nosvidere.ui.drawing import (
    Bar,
    Point,
    WeightMark,
    WeightPart,
    bar_chart,
    series_chart,
    weight,
)

POINTS = st.floats(min_value=-20, max_value=20).map(lambda value: round(value, 1))


def share(percent: str) -> float:
    return float(percent.rstrip("%"))


@given(st.lists(POINTS, min_size=1, max_size=12))
def test_parts_stay_within_the_drawing_whatever_they_weigh(points):
    drawn = weight([WeightPart("del", value) for value in points], says="")

    for piece in drawn.pieces:
        assert 0 <= share(piece.x) <= share(piece.x) + share(piece.width) <= 100.01


@given(st.lists(st.floats(min_value=0, max_value=20), min_size=1, max_size=12))
def test_the_end_is_the_sum_of_the_parts(points):
    drawn = weight([WeightPart("del", value) for value in points], says="")

    assert share(drawn.end) == pytest.approx(sum(share(p.width) for p in drawn.pieces), abs=0.1)


def test_what_pulls_back_starts_where_the_rest_ended():
    drawn = weight([WeightPart("emot", -1), WeightPart("för", 4)], says="")

    adding, pulling = drawn.pieces
    assert (adding.label, pulling.label) == ("för", "emot")
    assert share(pulling.x) == pytest.approx(share(drawn.end))
    assert share(pulling.x) + share(pulling.width) == pytest.approx(share(adding.width), abs=0.02)


def test_a_mark_beyond_the_weight_is_inside_the_drawing():
    drawn = weight([WeightPart("för", 1)], says="", marks=[WeightMark("stark", 10)])

    assert share(drawn.marks[0].x) < 100


def test_on_a_scale_the_same_points_have_the_same_length_everywhere():
    mark = [WeightMark("kan godkännas", 4)]
    light = weight([WeightPart("för", 2)], says="", marks=mark, scale=8.0)
    heavy = weight([WeightPart("för", 6), WeightPart("emot", -4)], says="", marks=mark, scale=8.0)

    assert (light.end, heavy.end) == ("25.00%", "25.00%")
    assert light.marks[0].x == heavy.marks[0].x == "50.00%"
    assert light.scale == "8"


def test_what_is_beyond_the_scale_widens_the_drawing():
    drawn = weight([WeightPart("för", 10)], says="", scale=8.0)

    assert share(drawn.end) < 100
    assert drawn.scale == "10,5"


def test_a_weight_of_nothing_is_drawn_as_nothing():
    drawn = weight([], says="Inga uppgifter.")

    assert drawn.pieces == ()
    assert drawn.total == "0"


def test_a_narrow_part_carries_no_number():
    drawn = weight([WeightPart("stor", 99), WeightPart("liten", 1)], says="")

    assert [piece.has_number for piece in drawn.pieces] == [True, False]


def test_bars_start_at_zero_and_the_widest_interval_fits():
    chart = bar_chart(
        [Bar("A", 2, "2", 1, 4), Bar("B", 1, "1")], says="", headings=("Del", "Antal")
    )

    wide, narrow = chart.bars
    assert (wide.width, wide.low, wide.high) == ("50.00%", "25.00%", "100.00%")
    assert narrow.width == "25.00%"
    assert not narrow.has_interval


def test_a_series_of_many_periods_thins_its_labels():
    points = [Point(str(week), week) for week in range(1, 27)]
    chart = series_chart(points, says="", name="tips", period="Vecka")

    assert sum(point.shows_label for point in chart.points) <= 6


def test_higher_values_are_drawn_higher_and_the_table_says_the_interval():
    chart = series_chart(
        [Point("1", 2, 1, 3), Point("2", 4, 2, 6)], says="", name="tips", period="Vecka"
    )

    first, second = chart.points
    assert float(second.y) < float(first.y)
    assert chart.rows == (("1", "2 (1–3)"), ("2", "4 (2–6)"))


def test_a_series_without_effort_for_a_period_counts_it_as_none():
    chart = series_chart(
        [Point("1", 2)], says="", name="tips", period="Vecka", effort_name="kontroller"
    )

    assert chart.rows == (("1", "2", "0"),)


def test_an_empty_series_is_refused():
    with pytest.raises(ValueError, match="at least one point"):
        series_chart([], says="", name="tips", period="Vecka")
