"""The only clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")

_shift = timedelta(0)


def now() -> datetime:
    """Return the instant that the clock shows, aware and in UTC."""
    return datetime.now(UTC) + _shift


def today() -> date:
    """Return the date in Stockholm."""
    return local_date(now())


def local_date(instant: datetime) -> date:
    """Return the date in Stockholm at an instant."""
    return instant.astimezone(STOCKHOLM).date()


def start_clock_at(instant: datetime) -> None:
    """Let the clock show `instant` now and go on from there: the demonstration lives in its own season."""
    global _shift  # noqa: PLW0603 - one clock per process is the point
    if instant.tzinfo is None:
        message = f"The clock needs an aware instant, got {instant!r}."
        raise ValueError(message)
    _shift = instant - datetime.now(UTC)


def is_shifted() -> bool:
    """Say whether the clock shows another time than the machine's."""
    return _shift != timedelta(0)
