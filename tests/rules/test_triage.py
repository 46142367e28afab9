"""What may happen to a tip before it is linked."""

import pytest

from nosvidere.kernel.refused import Refused
from nosvidere.rules.triage import (
    DISCARD_REASONS,
    LONGEST_QUESTION,
    LONGEST_TEXT,
    Grading,
    check_ask,
    check_discard,
    check_forward,
    check_grade,
    check_same_sender,
    check_told,
)

GOOD = Grading("B", "2", "FACT", ("F01",), "Många kommer och går.")


def grading(**values):
    fields = {name: getattr(GOOD, name) for name in Grading.__slots__}
    return Grading(**{**fields, **values})


@pytest.mark.parametrize(
    "state", ["RECEIVED", "EMERGENCY_FORWARDED", "TRIAGED", "QUESTION_ASKED", "LINKED"]
)
def test_a_tip_that_has_been_read_may_be_graded(state):
    check_grade(GOOD, state=state, was_opened=True)


@pytest.mark.parametrize(
    ("given", "state", "was_opened", "says"),
    [
        (GOOD, "DISCARDED", True, "Det går inte"),
        (GOOD, "RECEIVED", False, "Läs tipset"),
        (grading(source_grade="D"), "RECEIVED", True, "Bedöm både källan"),
        (grading(info_grade="5"), "RECEIVED", True, "Bedöm både källan"),
        (grading(basis="RUMOUR"), "RECEIVED", True, "Välj om det är"),
    ],
)
def test_a_grading_is_refused_with_its_reason(given, state, was_opened, says):
    with pytest.raises(Refused, match=says):
        check_grade(given, state=state, was_opened=was_opened)


@pytest.mark.parametrize("reason", DISCARD_REASONS)
def test_a_read_tip_may_be_set_aside_for_each_coded_reason(reason):
    check_discard(state="RECEIVED", reason=reason, was_opened=True)


@pytest.mark.parametrize(
    ("state", "reason", "was_opened", "says"),
    [
        ("LINKED", "spam", True, "Det går inte"),
        ("RECEIVED", "spam", False, "Läs tipset"),
        ("RECEIVED", "boring", True, "Välj varför"),
    ],
)
def test_setting_aside_is_refused_with_its_reason(state, reason, was_opened, says):
    with pytest.raises(Refused, match=says):
        check_discard(state=state, reason=reason, was_opened=was_opened)


def test_a_graded_tip_may_be_asked_about_what_happened():
    check_ask(state="TRIAGED", question="På vilket våningsplan var det?", has_mailbox=True)


@pytest.mark.parametrize(
    ("state", "question", "has_mailbox", "says"),
    [
        ("RECEIVED", "Vilken dag?", True, "Det går inte"),
        ("TRIAGED", "Vilken dag?", False, "brevlådan"),
        ("TRIAGED", "  ", True, "Skriv en fråga"),
        ("TRIAGED", "x" * (LONGEST_QUESTION + 1), True, "för lång"),
    ],
)
def test_a_question_is_refused_with_its_reason(state, question, has_mailbox, says):
    with pytest.raises(Refused, match=says):
        check_ask(state=state, question=question, has_mailbox=has_mailbox)


@pytest.mark.parametrize(
    "question",
    [
        "Vem är du?",
        "Vad heter du?",
        "Skriv ditt namn",
        "Vi behöver ditt personnummer",
        "Vad är ditt telefonnummer?",
    ],
)
def test_nobody_is_asked_who_they_are(question):
    with pytest.raises(Refused, match="inte om vem"):
        check_ask(state="TRIAGED", question=question, has_mailbox=True)


def test_an_emergency_is_told_on():
    check_forward(state="RECEIVED", is_emergency=True)


@pytest.mark.parametrize(("state", "is_emergency"), [("TRIAGED", True), ("RECEIVED", False)])
def test_what_is_no_emergency_is_not_told_on(state, is_emergency):
    with pytest.raises(Refused):
        check_forward(state=state, is_emergency=is_emergency)


@pytest.mark.parametrize(
    ("text", "place"), [("Något", ""), ("", "Tångvägen 1"), ("x" * LONGEST_TEXT, "")]
)
def test_a_text_or_a_place_is_enough(text, place):
    check_told(text=text, place_text=place)


@pytest.mark.parametrize(
    ("text", "place"), [("", ""), (" ", "\n"), ("x" * (LONGEST_TEXT + 1), "")]
)
def test_nothing_or_too_much_is_refused(text, place):
    with pytest.raises(Refused):
        check_told(text=text, place_text=place)


def test_a_sender_is_said_of_at_least_one_tip():
    check_same_sender(tips=1)

    with pytest.raises(Refused):
        check_same_sender(tips=0)
