"""The clock."""

from datetime import UTC, datetime, timedelta

import pytest

from nosvidere.kernel import time


@pytest.fixture(autouse=True)
def _restore_the_clock():
    yield
    time.start_clock_at(datetime.now(UTC))


def test_the_clock_is_aware_and_in_utc():
    assert time.now().tzinfo is UTC


def test_a_started_clock_goes_on_from_its_instant():
    start = datetime(2020, 10, 20, 18, 0, tzinfo=UTC)

    time.start_clock_at(start)

    assert timedelta(0) <= time.now() - start < timedelta(seconds=5)
    assert time.is_shifted()


def test_today_is_the_date_in_stockholm():
    time.start_clock_at(datetime(2020, 10, 20, 22, 30, tzinfo=UTC))

    assert time.today().isoformat() == "2020-10-21"


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="aware"):
        time.start_clock_at(datetime(2020, 10, 20))  # noqa: DTZ001 - the wrong input is the subject
