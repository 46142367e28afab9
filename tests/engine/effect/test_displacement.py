import pytest

from nosvidere.engine.effect import (
    Change,
    displacement_quotient,
    minimum_detectable_difference,
    weighted_displacement_difference,
)
from nosvidere.kernel.refused import Refused


def test_a_fall_against_a_control_has_the_published_answer():
    found = weighted_displacement_difference(treated=Change(20, 10), control=Change(20, 20))

    assert (found.total, found.standard_error) == pytest.approx((-10, 8.366600), abs=1e-6)
    assert (found.low, found.high) == pytest.approx((-23.762, 3.762), abs=5e-4)


def test_a_fall_nearby_adds_to_it():
    found = weighted_displacement_difference(
        treated=Change(20, 10),
        control=Change(20, 20),
        displacement=Change(30, 20),
        displacement_control=Change(30, 30),
    )

    assert (found.total, found.standard_error) == pytest.approx((-20, 13.416408), abs=1e-6)
    assert (found.low, found.high) == pytest.approx((-42.068, 2.068), abs=5e-4)
    assert (found.in_area, found.nearby) == (-10, -10)


def test_a_longer_time_before_is_weighed_down():
    found = weighted_displacement_difference(
        treated=Change(20, 10), control=Change(20, 20), time_weights=(2, 1)
    )

    assert found.standard_error == pytest.approx(6.324555, abs=1e-6)


def test_larger_areas_are_weighed_down():
    found = weighted_displacement_difference(
        treated=Change(20, 10, 1.5),
        control=Change(20, 20, 2),
        displacement=Change(30, 20, 3.2),
        displacement_control=Change(30, 30, 3),
    )

    assert (found.total, found.standard_error) == pytest.approx((-9.791667, 5.906167), abs=1e-6)


def test_the_smallest_change_that_shows_grows_with_the_error():
    found = weighted_displacement_difference(treated=Change(20, 10), control=Change(20, 20))

    assert minimum_detectable_difference(found) == pytest.approx(
        (1.644854 + 0.841621) * 8.3666, abs=1e-4
    )


@pytest.mark.parametrize(
    ("nearby", "value", "meaning"),
    [
        (Change(20, 5), 1.5, "vann mer"),
        (Change(20, 15), 0.5, "spred sig"),
        (Change(20, 25), -0.5, "mindre än vinsten"),
        (Change(20, 40), -2, "Mer flyttade"),
    ],
)
def test_the_quotient_says_where_the_gain_went(nearby, value, meaning):
    quotient = displacement_quotient(
        treated=Change(20, 10), control=Change(20, 20), displacement=nearby
    )

    assert quotient.value == pytest.approx(value)
    assert meaning in quotient.meaning


def test_a_quotient_without_a_control_is_refused():
    with pytest.raises(Refused, match="kontrollområdet"):
        displacement_quotient(
            treated=Change(9, 1), control=Change(0, 3), displacement=Change(5, 5)
        )


def test_a_quotient_without_a_fall_is_refused():
    with pytest.raises(Refused, match="minskade inte"):
        displacement_quotient(
            treated=Change(9, 9), control=Change(3, 3), displacement=Change(5, 5)
        )
