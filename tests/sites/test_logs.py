"""What is logged says what went wrong and where, never what somebody sent."""

import logging
import sys

from nosvidere.sites.common import LOGGING
from nosvidere.sites.logs import BareFormatter


def line(name: str, message: str, *words: object, fails: bool = False) -> str:
    error = None
    if fails:
        try:
            int("hemligt innehåll")
        except ValueError:
            error = sys.exc_info()
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, words, error)
    return BareFormatter().format(record)


def test_an_address_that_was_asked_for_is_not_written():
    told = line("django.request", "%s: %s", "Not Found", "/svar/hemlig-kod/")

    assert told.endswith("ERROR django.request %s: %s")


def test_our_own_words_are_written():
    assert line("nosvidere.sites.work", "%s: %s", "tips in", "OSError").endswith(
        "tips in: OSError"
    )


def test_of_an_error_its_kind_and_place_are_written_but_not_its_text():
    told = line("django.request", "Internal Server Error: %s", "/tips/", fails=True)

    assert "ValueError" in told
    assert "test_logs.py:" in told
    assert "hemligt" not in told
    assert "/tips/" not in told


def test_who_knocks_with_another_name_is_not_written():
    logger = LOGGING["loggers"]["django.security.DisallowedHost"]

    assert (logger["handlers"], logger["propagate"]) == ([], False)
