import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nosvidere.engine.darkfigure import (
    CaptureTable,
    bic,
    decomposable,
    independence,
    independence_estimates,
    stepwise,
    stepwise_estimates,
)
from nosvidere.engine.darkfigure.draws import draw

THREE_LISTS = st.lists(st.integers(1, 60), min_size=7, max_size=7).map(lambda n: (0, *n))


def _renumbered(table, order):
    counts = [0] * len(table.counts)
    for pattern, n in enumerate(table.counts):
        moved = sum((pattern >> old & 1) << new for new, old in enumerate(order))
        counts[moved] = n
    return CaptureTable(tuple(table.lists[i] for i in order), tuple(counts))


@given(THREE_LISTS, st.permutations(range(3)))
@settings(max_examples=15, deadline=None)
def test_the_order_of_the_lists_does_not_matter(counts, order):
    table = CaptureTable(("A", "B", "C"), counts)
    other = _renumbered(table, order)

    assert independence(table).estimate == pytest.approx(independence(other).estimate)
    assert bic(table).estimate == pytest.approx(bic(other).estimate)
    assert decomposable(table).estimate == decomposable(other).estimate


@given(THREE_LISTS)
@settings(max_examples=15, deadline=None)
def test_an_estimate_is_never_under_what_was_seen(counts):
    table = CaptureTable(("A", "B", "C"), counts)

    for answer in (independence(table), stepwise(table), bic(table)):
        assert answer.estimate is None or answer.estimate >= table.observed


@given(THREE_LISTS, st.integers(2, 9))
@settings(max_examples=10, deadline=None)
def test_independence_scales_with_the_table(counts, times):
    once = independence_estimates(np.array([counts], dtype=float))
    many = independence_estimates(np.array([counts], dtype=float) * times)

    assert many == pytest.approx(once * times, rel=1e-8)


def test_independence_of_two_lists_is_lincoln_and_petersen():
    table = CaptureTable(("A", "B"), (0, 30, 50, 10))

    assert independence(table).estimate == pytest.approx(40 * 60 / 10)
    assert stepwise(table).estimate == pytest.approx(40 * 60 / 10)


def test_no_overlap_has_no_estimate_and_says_so(without_overlap):
    for answer in (independence(without_overlap), stepwise(without_overlap)):
        assert answer.estimate is None
        assert not answer.exists
        assert answer.bic is None
        assert "Överlappen" in answer.reason


def test_an_empty_table_in_a_batch_has_no_estimate(uk):
    tables = np.array([uk.as_array(), np.zeros(32)])

    assert np.isnan(stepwise_estimates(tables)).tolist() == [False, True]


def test_tables_in_a_batch_follow_their_own_paths(uk):
    tables = draw(uk.as_array(), 15, seed=5)

    together = stepwise_estimates(tables)

    alone = [stepwise_estimates(table[None])[0] for table in tables]
    assert together == pytest.approx(alone, rel=1e-9)


def test_a_stricter_threshold_gives_independence(uk):
    assert stepwise(uk, threshold=0.0).estimate == independence(uk).estimate
    assert stepwise(uk, threshold=0.0).model == "[1,2,3,4,5]"


def test_a_pair_that_would_end_the_estimate_is_passed_over():
    table = CaptureTable(("A", "B", "C"), (0, 40, 40, 25, 40, 30, 0, 0))

    answer = stepwise(table, threshold=0.9)

    assert answer.exists
    assert answer.estimate < 1e6


def test_few_cases_on_all_three_lists_leave_one_of_the_pairs_out():
    table = CaptureTable(("A", "B", "C"), (0, 90, 80, 30, 70, 40, 20, 0))

    assert stepwise(table, threshold=1.0).model != "[12,13,23]"
