"""What a published figure must pass."""

from datetime import date

import pytest

from nosvidere.kernel.refused import Refused
from nosvidere.rules.summary import check_publish

LAST = date(2020, 10, 4)
GOOD = {
    "last_shift_on": LAST,
    "on": date(2020, 10, 11),
    "small_figures": {},
    "small_number_reason": "",
}


@pytest.mark.parametrize(
    "changes",
    [{}, {"small_figures": {"försök": 1}, "small_number_reason": "Pekar inte ut någon."}],
)
def test_figures_may_be_published_a_week_after_the_last_shift(changes):
    check_publish(**{**GOOD, **changes})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"last_shift_on": None}, "inget genomfört pass"),
        ({"small_figures": {"försök": 1}}, r"under 5 \(försök\)"),
        ({"small_figures": {"försök": 1}, "small_number_reason": "  "}, "Skriv skälet"),
        ({"on": date(2020, 10, 10)}, "Vänta till 2020-10-11"),
    ],
)
def test_figures_are_held_back_with_the_reason(changes, says):
    with pytest.raises(Refused, match=says):
        check_publish(**{**GOOD, **changes})
