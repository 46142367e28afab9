import numpy as np
import pytest

from nosvidere.engine.darkfigure import (
    bca_interval,
    conditional_interval,
    independence,
    independence_estimates,
    stepwise_estimates,
)
from nosvidere.engine.darkfigure.intervals import acceleration, bca_limits
from nosvidere.engine.darkfigure.models import main_effects


def test_the_seed_alone_decides_the_interval(uk):
    first, again, other = (
        bca_interval(uk, independence_estimates, seed=seed, replicates=200) for seed in (1, 1, 2)
    )

    assert first == again
    assert first != other
    assert first.low < independence(uk).estimate < first.high


def test_progress_is_told_block_by_block(new_orleans):
    told = []

    bca_interval(
        new_orleans,
        independence_estimates,
        seed=1,
        replicates=2_500,
        progress=lambda done, of: told.append((done, of)),
    )

    assert told == [(1_000, 2_500), (2_000, 2_500), (2_500, 2_500)]


def test_replicates_without_an_estimate_are_counted(new_orleans):
    def fails_half(counts):
        values = independence_estimates(counts)
        values[counts[:, 1] > 25] = np.nan
        return values

    interval = bca_interval(new_orleans, fails_half, seed=1, replicates=400)

    assert 0.3 < interval.without_estimate < 0.6


def test_no_point_or_no_replicates_give_no_interval(uk, without_overlap):
    assert bca_interval(without_overlap, stepwise_estimates, seed=1, replicates=50) is None
    assert bca_interval(uk, stepwise_estimates, seed=1, replicates=1) is None


def test_without_bias_and_acceleration_the_limits_are_the_percentiles():
    values = np.arange(1.0, 1_001.0)

    low, high = bca_limits(500.5, values, 0.0)

    assert (low, high) == pytest.approx(
        tuple(np.quantile(values, [0.025, 0.975], method="median_unbiased"))
    )


def test_ties_count_half():
    values = np.array([1.0] * 300 + [2.0 + 1e-12] * 400 + [3.0] * 300)

    assert bca_limits(2.0, values, 0.0) == (1.0, 3.0)


def test_more_replicates_below_move_the_limits_up():
    values = np.arange(1.0, 1_001.0)

    assert bca_limits(700.0, values, 0.0) > bca_limits(500.5, values, 0.0)
    assert bca_limits(500.5, values, 0.1) > bca_limits(500.5, values, 0.0)
    assert bca_limits(2_000.0, values, 5.0)[1] == 1_000.0


def test_acceleration_without_spread_is_none(uk):
    assert acceleration(uk.as_array(), lambda counts: np.full(len(counts), 7.0)) == 0.0
    assert acceleration(uk.as_array(), lambda counts: np.full(len(counts), np.nan)) == 0.0


def test_each_history_weighs_in_the_acceleration_as_many_times_as_it_was_seen():
    counts = np.array([0.0, 1.0, 9.0, 0.0])
    leaves_one_out = lambda tables: np.where(tables[:, 1] < 1, 0.0, 10.0)  # noqa: E731 - one use

    a = acceleration(counts, leaves_one_out)

    apart = np.array([9.0] + [-1.0] * 9)
    assert a == pytest.approx((apart**3).sum() / (6 * (apart**2).sum() ** 1.5))


def test_the_conditional_interval_is_that_of_the_model(uk, without_overlap):
    interval = conditional_interval(uk, main_effects(5))

    assert interval.low < independence(uk).estimate < interval.high
    assert conditional_interval(without_overlap, main_effects(3)) is None
