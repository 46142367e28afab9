"""How long."""

from datetime import date

from nosvidere.rules.keeping import DISCARDED_TIP_DAYS, ends_on


def test_a_discarded_tip_ends_after_ninety_days():
    assert ends_on(date(2020, 10, 1), days=DISCARDED_TIP_DAYS) == date(2020, 12, 30)
