"""Tips whose addresses were all wrong: flagged, seen by the source handler, and read anew when the sender has answered."""

import pytest
from tests.intake.conftest import HANDLER

from nosvidere.audit.models import AuditEvent
from nosvidere.intake.actions import flag_address, grade_tip, open_tip
from nosvidere.rules.triage import Grading

pytestmark = pytest.mark.django_db


def regrade(tip, text: str, at) -> None:
    open_tip(tip=tip, why="Svaret har kommit", by=HANDLER, at=at)
    grading = Grading("B", "2", "FACT", ("F01",), text)
    grade_tip(tip=tip, grading=grading, by=HANDLER, at=at)


def test_a_flag_is_set_once_and_is_in_the_log(make_tip, analyst, at):
    item = make_tip(is_graded=True).item

    flag_address(item=item, needs=True, by=analyst, at=at)
    flag_address(item=item, needs=True, by=analyst, at=at)

    item.refresh_from_db()
    assert item.needs_address
    assert AuditEvent.objects.get(act="item.flag_address").fields == {"needs": True}


def test_a_flag_is_taken_back(make_tip, analyst, at):
    item = make_tip(is_graded=True).item
    flag_address(item=item, needs=True, by=analyst, at=at)

    flag_address(item=item, needs=False, by=analyst, at=at)

    item.refresh_from_db()
    assert not item.needs_address


def test_another_address_in_the_answer_is_read_and_ends_the_flag(make_tip, analyst, at):
    tip = make_tip(is_graded=True)
    flag_address(item=tip.item, needs=True, by=analyst, at=at)

    regrade(tip, "Den som tipsade säger nu Tångvägen 2.", at)

    assert not tip.item.needs_address
    assert tip.item.mentions[0]["number"] == "2"


def test_the_same_address_again_leaves_the_flag(make_tip, analyst, at):
    tip = make_tip(is_graded=True)
    flag_address(item=tip.item, needs=True, by=analyst, at=at)

    regrade(tip, "Ingen ny adress.", at)

    assert tip.item.needs_address
