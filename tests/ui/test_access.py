"""A page that is open to all says so, and why."""

import pytest

from nosvidere.ui.access import open_to_all
from nosvidere.ui.views import showcase


def test_an_open_page_carries_the_mark_and_the_reason():
    assert showcase.needs == "open"
    assert "reads nothing" in showcase.open_reason


def test_an_open_page_without_a_reason_is_refused():
    with pytest.raises(ValueError, match="says why"):
        open_to_all("  ")
