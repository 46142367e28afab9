import pytest

from nosvidere.engine.effect import detection_risk, e_test, poisson_interval, rate


def test_eight_reports_have_the_published_limits():
    assert poisson_interval(8) == pytest.approx((3.45, 15.76), abs=0.005)


def test_no_reports_have_a_lower_limit_of_nothing():
    assert poisson_interval(0) == pytest.approx((0, 3.6889), abs=1e-4)


def test_a_rate_is_the_count_per_hour_with_its_limits():
    found = rate(8, 40)

    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0863, 0.3941), abs=1e-4)


@pytest.mark.parametrize("exposure", [0, -1, float("nan")])
def test_a_rate_without_exposure_is_refused(exposure):
    with pytest.raises(ValueError, match="exposure"):
        rate(8, exposure)


@pytest.mark.parametrize(
    ("counts", "p"), [((0, 3), 0.0884), ((6, 2), 0.1749), ((20, 10), 0.06883178), ((0, 0), 1)]
)
def test_two_counts_have_the_published_p_values(counts, p):
    assert e_test(*counts) == pytest.approx(p, abs=5e-5 if p != 0.06883178 else 5e-9)
    assert e_test(*counts[::-1]) == pytest.approx(e_test(*counts))


def test_the_same_rate_over_different_hours_is_no_difference():
    assert e_test(20, 10, exposures=(2, 1)) == pytest.approx(1, abs=0.01)
    assert e_test(2000, 1000, exposures=(1, 1)) < 1e-9


@pytest.mark.parametrize("counts", [(-1, 2), (2, -1)])
def test_a_negative_count_is_refused(counts):
    with pytest.raises(ValueError, match="-1"):
        e_test(*counts)


def test_the_risk_of_detection_is_a_band_per_scenario():
    bands = detection_risk(8)

    assert [(band.purchases, round(band.low, 4), round(band.high, 4)) for band in bands] == [
        (500, 0.0069, 0.0315),
        (2000, 0.0017, 0.0079),
        (10000, 0.0003, 0.0016),
    ]


def test_a_risk_is_never_more_than_all():
    assert detection_risk(8, scenarios=[8])[0].high == 1


@pytest.mark.parametrize(("reports", "purchases"), [(8, 7), (0, 0)])
def test_a_scenario_with_fewer_purchases_than_reports_is_refused(reports, purchases):
    with pytest.raises(ValueError, match="at least as many"):
        detection_risk(reports, scenarios=[purchases])
