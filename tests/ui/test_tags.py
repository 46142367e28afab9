"""Dates, numbers, refusals and styles as templates call them."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.template import Context
from django.test import RequestFactory

from nosvidere.kernel.refused import Refused
from nosvidere.ui import styles
from nosvidere.ui.components import Toast
from nosvidere.ui.templatetags import ui
from nosvidere.ui.toasts import say

LATE = datetime(2020, 10, 20, 22, 30, tzinfo=UTC)  # half past midnight in Stockholm


def test_instants_are_shown_in_stockholm():
    assert ui.day(LATE) == "2020-10-21"
    assert ui.clock(LATE) == "2020-10-21 00:30"
    assert ui.hour(LATE) == "00:30"
    assert ui.moment(LATE) == "2020-10-21T00:30:00+02:00"


def test_a_date_is_itself():
    assert ui.day(date(2020, 10, 20)) == "2020-10-20"


def test_no_time_shows_nothing():
    assert (ui.day(None), ui.clock(None), ui.hour(None), ui.moment(None)) == ("", "", "", "")


@pytest.mark.parametrize(
    ("length", "said"), [(0, "0 min"), (35, "35 min"), (60, "1 h"), (95, "1 h 35 min")]
)
def test_lengths_are_said_in_hours_and_minutes(length, said):
    assert ui.minutes(length) == said


def test_numbers_are_written_the_swedish_way():
    assert ui.number(12345.67, 1).replace("\xa0", " ") == "12 345,7"


def test_a_refusal_is_shown_with_its_values():
    assert ui.refusal_text(Refused("Vänta {days} dagar.", days=14)) == "Vänta 14 dagar."


def test_styles_are_inlined_without_a_request_too():
    assert ui.inline_css(Context()).startswith("<style>:root{")


def test_a_stylesheet_that_does_not_exist_is_named():
    with pytest.raises(ValueError, match=r"ui/nowhere\.css"):
        styles.inlined(("ui/nowhere.css",))


def test_smaller_css_keeps_what_matters():
    css = "/* a */\n.a:hover, .b { color: red;\n  margin: 0 4px; }\n@media (min-width: 1px) { c d { e: f } }"

    assert styles.smaller(css) == (
        ".a:hover,.b{color:red;margin:0 4px}@media (min-width: 1px){c d{e:f}}"
    )


def test_what_was_just_done_is_said_once_with_its_way_back():
    request = RequestFactory().get("/")
    request._messages = CookieStorage(request)
    say(request, "Lagt åt sidan.", undo_href="/undo")

    assert ui.said(Context({"request": request})) == [Toast("Lagt åt sidan.", "/undo")]


def test_without_a_request_nothing_was_just_done():
    assert ui.said(Context()) == []
