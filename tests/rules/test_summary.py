"""What a published figure must pass."""

from datetime import date

import pytest

from nosvidere.kernel.refused import Refused
from nosvidere.rules.summary import check_publish, pointing_out

LAST = date(2020, 10, 4)


def test_figures_may_be_published_a_week_after_the_last_shift():
    check_publish(last_shift_on=LAST, on=date(2020, 10, 11))


@pytest.mark.parametrize(
    ("last", "on", "says"),
    [
        (None, date(2020, 10, 11), "inget genomfört pass"),
        (LAST, date(2020, 10, 10), "Vänta till 2020-10-11"),
    ],
)
def test_figures_are_held_back_with_the_reason(last, on, says):
    with pytest.raises(Refused, match=says):
        check_publish(last_shift_on=last, on=on)


@pytest.mark.parametrize(
    ("counts", "earlier", "expected"),
    [
        ({"reported": 8, "reported_men": 8}, {}, {}),
        ({"reported": 4}, {}, {"reported": "4 är under 5."}),
        ({"help_accepted": 0}, {}, {"help_accepted": "0 är under 5."}),
        ({"reported": 8, "reported_men": 7}, {}, {"reported_men": "1 återstår av 8."}),
        ({"reported": 12, "reported_men": 7}, {}, {}),
        ({"reported_men": 8}, {}, {}),
        (
            {"reported": 8},
            {"reported": 9},
            {"reported": "1 skiljer från 9 som redan är publicerat."},
        ),
        ({"reported": 8}, {"reported": 13}, {}),
        ({"reported": 8}, {"reported": 8}, {}),
    ],
)
def test_counts_that_could_point_somebody_out_are_named_with_why(counts, earlier, expected):
    found = pointing_out(counts, earlier=earlier)

    assert {key: str(why) for key, why in found.items()} == expected
