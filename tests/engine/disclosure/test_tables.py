import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nosvidere.engine.disclosure import SuppressedTable, cell_bounds, suppress_table

quickly = settings(max_examples=20, deadline=None)


def table_of(counts):
    return {f"r{i}": {f"c{j}": n for j, n in enumerate(row)} for i, row in enumerate(counts)}


tables = st.integers(1, 4).flatmap(
    lambda breadth: st.lists(
        st.lists(
            st.one_of(st.integers(0, 8), st.integers(0, 60)), min_size=breadth, max_size=breadth
        ),
        min_size=1,
        max_size=4,
    )
)


def test_a_table_without_small_cells_is_shown_whole():
    table = suppress_table(table_of([[10, 20], [30, 40]]))

    assert table.shown() == [["10", "20", "30"], ["30", "40", "70"], ["40", "60", "100"]]


def test_one_small_cell_takes_three_others_with_it():
    table = suppress_table(table_of([[3, 20, 12], [30, 40, 50], [9, 25, 60]]))

    assert [row.count(None) for row in table.cells] == [2, 0, 2]
    assert table.cells[0][0] is None
    assert None not in (*table.row_totals, *table.column_totals, table.total)


def test_the_protecting_cells_are_as_small_as_they_may_be():
    table = suppress_table(table_of([[3, 20, 12], [30, 40, 50], [9, 25, 60]]))

    assert table.cells == ((None, None, 12), (30, 40, 50), (None, None, 60))


def test_a_small_total_is_held_back_and_protected_too():
    table = suppress_table(table_of([[1, 2], [30, 40]]))

    assert table.row_totals[0] is None
    assert all(high - low >= 5 for low, high in cell_bounds(table).values())


def test_a_table_of_one_row_loses_the_totals_that_repeat_it():
    table = suppress_table({"Norra": {"tips": 3, "annonser": 12}})

    assert table.cells == ((None, None),)
    assert table.column_totals == (None, None)
    assert (table.row_totals, table.total) == ((15,), 15)


@quickly
@given(tables)
def test_no_cell_that_is_held_back_can_be_recomputed(counts):
    bounds = cell_bounds(suppress_table(table_of(counts)))

    assert all(high - low >= 5 - 1e-6 for low, high in bounds.values())


@quickly
@given(tables)
def test_small_cells_are_held_back_and_the_rest_is_true(counts):
    table = suppress_table(table_of(counts))

    for row, shown in zip(counts, table.cells, strict=True):
        assert all(
            n >= 5 if cell is not None else True for n, cell in zip(row, shown, strict=True)
        )
        assert all(cell in {None, n} for n, cell in zip(row, shown, strict=True))
    assert table.total in {None, sum(map(sum, counts))}
    assert all(cell is None or cell >= 5 for cell in (*table.row_totals, *table.column_totals))


@quickly
@given(tables)
def test_the_truth_lies_within_what_a_reader_can_work_out(counts):
    bounds = cell_bounds(suppress_table(table_of(counts)))

    for (i, j), (low, high) in bounds.items():
        if i < len(counts) and j < len(counts[0]):
            assert low - 1e-6 <= counts[i][j] <= high + 1e-6


def test_a_single_hidden_cell_is_recomputed_by_the_checker():
    careless = SuppressedTable(
        rows=("a", "b"),
        columns=("x", "y"),
        cells=((None, 20), (30, 40)),
        row_totals=(23, 70),
        column_totals=(33, 60),
        total=93,
    )

    (bounds,) = cell_bounds(careless).values()

    assert bounds == pytest.approx((3, 3))


def test_a_total_without_limit_is_open_upwards():
    bounds = cell_bounds(suppress_table({"Norra": {"tips": 3}}))

    assert set(bounds.values()) == {(0, math.inf)}


def test_numbers_that_contradict_each_other_are_refused():
    wrong = SuppressedTable(("a",), ("x", "y"), ((None, 9),), (None,), (None, 9), 5)

    with pytest.raises(ValueError, match="contradict"):
        cell_bounds(wrong)


@pytest.mark.parametrize("table", [{}, {"a": {}}, {"a": {"x": 1}, "b": {"y": 1}}])
def test_a_crooked_table_is_refused(table):
    with pytest.raises(ValueError, match="same columns"):
        suppress_table(table)


def test_a_table_with_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="negative"):
        suppress_table({"a": {"x": -1}})
