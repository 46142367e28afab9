import numpy as np
import pytest

from nosvidere.engine.effect import interrupted_series, minimum_detectable_fall, share_found
from nosvidere.engine.effect.quasi_poisson import fit
from nosvidere.kernel.refused import Refused

WEEKS = [
    *(
        4,
        4,
        7,
        2,
        7,
        5,
        8,
        6,
        5,
        4,
        8,
        5,
        3,
        8,
        7,
        5,
        2,
        6,
        8,
        6,
        4,
        3,
        6,
        3,
        7,
        4,
        3,
        3,
        5,
        7,
        1,
        10,
    ),
    *(
        4,
        7,
        6,
        4,
        2,
        6,
        5,
        8,
        7,
        2,
        5,
        9,
        5,
        3,
        7,
        8,
        2,
        4,
        6,
        3,
        6,
        3,
        3,
        6,
        3,
        5,
        5,
        5,
        6,
        4,
        3,
        4,
    ),
]
HOURS = [
    *(
        49,
        57,
        55,
        40,
        57,
        59,
        58,
        23,
        38,
        44,
        31,
        35,
        45,
        52,
        43,
        26,
        47,
        54,
        28,
        41,
        33,
        56,
        22,
        39,
    ),
    *(
        55,
        37,
        25,
        51,
        58,
        59,
        57,
        34,
        49,
        58,
        42,
        57,
        43,
        27,
        38,
        44,
        32,
        48,
        36,
        57,
        28,
        46,
        23,
        25,
    ),
    *(40, 39, 39, 39, 54, 40, 34, 58, 55, 33, 28, 28, 26, 40, 43, 45),
]


def test_the_fit_equals_an_established_package():
    # statsmodels 0.14, GLM with Poisson family, log hours as offset, scale "X2"
    time = (np.arange(64) - 52) / 64
    design = np.column_stack([np.ones(64), time, np.arange(64) >= 52]).astype(float)

    found = fit(design, np.array([WEEKS], dtype=float), np.log(HOURS))

    assert found.coefficients[0] == pytest.approx([-2.02854882, 0.19187462, -0.19893684], abs=1e-8)
    assert found.errors[0] == pytest.approx([0.14975903, 0.31257027, 0.23918393], abs=1e-8)
    assert found.dispersion[0] == pytest.approx(1.4536363122227849)
    assert found.p_values()[0, 2] == pytest.approx(4.08804603e-01, abs=1e-8)


def test_a_steady_series_shows_no_break_and_says_what_it_could_have_shown():
    found = interrupted_series(WEEKS, first_after=52, exposure=HOURS, seed=1)

    assert found.low < 1 < found.high
    assert found.p > 0.05
    assert found.minimum_detectable_fall >= 0.5
    assert found.placebo.tried == 29
    assert 0 < found.placebo.p <= 1


def test_a_fall_to_a_third_is_found_and_the_placebo_does_not_find_it():
    counts = [*np.random.default_rng(5).poisson(20, 40), *np.random.default_rng(6).poisson(7, 12)]

    found = interrupted_series(counts, first_after=40, seed=1)

    assert found.p < 0.001
    assert 0.2 < found.ratio < 0.6
    assert found.placebo.p == pytest.approx(1 / (1 + found.placebo.tried))


def test_dates_with_nothing_to_compare_are_no_placebo():
    counts = [*[0] * 14, *[3, 5, 4, 6] * 5, *[2, 3, 1, 2]]

    found = interrupted_series(counts, first_after=34, seed=1)

    assert found.placebo.tried == 30 - 12 + 1 - 3


def test_the_same_seed_gives_the_same_answer():
    first, second = (
        share_found(0.3, before=52, after=12, mean=5, runs=300, seed=3) for _ in range(2)
    )

    assert first == second


@pytest.mark.parametrize(("fall", "share"), [(0.2, 0.20), (0.4, 0.65), (0.6, 0.98)])
def test_how_often_a_fall_is_found_is_as_published(fall, share):
    found = share_found(fall, before=52, after=12, mean=5, runs=2000, seed=11)

    assert found == pytest.approx(share, abs=0.035)


@pytest.mark.parametrize("dispersion", [1, 2])
def test_false_alarms_keep_to_what_is_promised(dispersion):
    alarms = share_found(0, before=52, after=12, mean=5, dispersion=dispersion, runs=2500, seed=2)

    assert alarms <= 0.06


def test_more_reports_let_a_smaller_fall_show():
    few = minimum_detectable_fall(before=52, after=12, mean=5, runs=400, seed=1)
    many = minimum_detectable_fall(before=52, after=12, mean=50, runs=400, seed=1)

    assert many < few <= 0.55


def test_a_series_that_can_show_nothing_says_so():
    assert minimum_detectable_fall(before=12, after=4, mean=0.2, runs=200, seed=1) is None


@pytest.mark.parametrize(("length", "first_after"), [(60, 11), (60, 57)])
def test_a_short_series_is_refused(length, first_after):
    with pytest.raises(Refused, match="för kort"):
        interrupted_series([5] * length, first_after=first_after, seed=1)


@pytest.mark.parametrize("counts", [[0] * 40 + [5] * 8, [5] * 40 + [0] * 8])
def test_a_series_without_cases_on_one_side_is_refused(counts):
    with pytest.raises(Refused, match="inga fall"):
        interrupted_series(counts, first_after=40, seed=1)


def test_a_series_without_any_scatter_finds_no_break():
    found = interrupted_series([5] * 20, first_after=14, seed=1)

    assert found.p > 0.99
    assert found.ratio == pytest.approx(1)


def test_a_series_without_an_estimate_is_refused():
    with pytest.raises(Refused, match="för glest"):
        interrupted_series([*[0] * 19, 5, *[0] * 5, 7], first_after=20, seed=1)


@pytest.mark.parametrize(
    ("counts", "exposure"), [([5] * 20, [1] * 19), ([5] * 20, [0] * 20), ([-1] * 20, None)]
)
def test_a_crooked_series_is_refused(counts, exposure):
    with pytest.raises(ValueError, match="exposure above 0"):
        interrupted_series(counts, first_after=14, exposure=exposure, seed=1)
