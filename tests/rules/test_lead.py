"""When a lead may be assessed, approved, checked again and concluded."""

from datetime import date, timedelta

import pytest

from nosvidere.kernel.refused import Refused
from nosvidere.rules.lead import (
    PARK_DAYS,
    Assessed,
    check_approve,
    check_assess,
    check_conclude,
    check_confirm,
    check_recheck,
    closes_by_itself,
    next_review,
)

DAY = date(2020, 10, 1)
WHY_NOT = "Det kan vara en mottagning."


def assessed(**values):
    fixed = {
        "made_by": "analyst-1",
        "is_eligible": True,
        "is_strong": False,
        "blocked_until": None,
        "decision": "accept",
        "reason": "",
    }
    return Assessed(**{**fixed, **values})


def approve(given, *, state="ASSESSED", approver="analyst-2", why_not=WHY_NOT):
    check_approve(state=state, assessed=given, approver=approver, why_not=why_not, on=DAY)


def test_a_graded_item_may_be_linked_to_a_live_entrance():
    check_confirm(is_graded=True, is_live_place=True)


@pytest.mark.parametrize(
    ("graded", "live", "street", "says"),
    [
        (False, True, False, "måste bedömas"),
        (True, False, False, "finns inte längre"),
        (True, True, True, "En gata är ingen plats"),
    ],
)
def test_a_link_is_refused_with_its_reason(graded, live, street, says):
    with pytest.raises(Refused, match=says):
        check_confirm(is_graded=graded, is_live_place=live, level_is_street=street)


@pytest.mark.parametrize(
    ("decision", "reason"),
    [("accept", ""), ("raise", "Stämmer inbördes."), ("lower", "En enda källa bakom allt.")],
)
def test_a_lead_is_assessed_as_weighed_or_otherwise_with_a_reason(decision, reason):
    check_assess(state="OPEN", decision=decision, reason=reason)


@pytest.mark.parametrize(
    ("state", "decision", "reason", "says"),
    [
        ("CLOSED", "accept", "", "Det går inte"),
        ("OPEN", "double", "", "Välj om vikten"),
        ("OPEN", "raise", "kort     ", "Skriv varför"),
    ],
)
def test_an_assessment_is_refused_with_its_reason(state, decision, reason, says):
    with pytest.raises(Refused, match=says):
        check_assess(state=state, decision=decision, reason=reason)


@pytest.mark.parametrize(
    "given",
    [
        assessed(),
        assessed(blocked_until=DAY),
        assessed(is_eligible=False, is_strong=True, decision="raise"),
    ],
)
def test_a_colleague_may_approve_what_carries(given):
    approve(given)


@pytest.mark.parametrize(
    ("given", "changes", "says"),
    [
        (assessed(), {"state": "OPEN"}, "Det går inte"),
        (None, {}, "ingen bedömning"),
        (assessed(), {"approver": "analyst-1"}, "Be en kollega"),
        (assessed(blocked_until=DAY + timedelta(days=1)), {}, "spärrad till 2020-10-02"),
        (assessed(decision="lower"), {}, "sänkte vikten"),
        (assessed(is_eligible=False), {}, "Underlaget räcker inte"),
        (assessed(is_eligible=False, is_strong=True), {}, "Underlaget räcker inte"),
        (assessed(is_eligible=False, decision="raise"), {}, "Underlaget räcker inte"),
        (assessed(), {"why_not": "nej"}, "vad som talar emot"),
    ],
)
def test_an_approval_is_refused_with_its_reason(given, changes, says):
    with pytest.raises(Refused, match=says):
        approve(given, **changes)


@pytest.mark.parametrize(
    ("checked", "news"),
    [
        ([], None),
        ([date(2020, 9, 20)], None),
        ([date(2020, 8, 1), date(2020, 9, 1), date(2020, 9, 20)], None),
        ([date(2020, 9, 10), date(2020, 9, 20)], date(2020, 9, 21)),
    ],
)
def test_a_place_may_be_checked_again(checked, news):
    check_recheck(checked_on=checked, last_news_on=news, on=DAY)


@pytest.mark.parametrize("news", [None, date(2020, 9, 20)])
def test_a_third_check_in_thirty_days_needs_something_new(news):
    with pytest.raises(Refused, match="2 gånger på 30 dagar"):
        check_recheck(checked_on=[date(2020, 9, 20), date(2020, 9, 10)], last_news_on=news, on=DAY)


@pytest.mark.parametrize(
    ("finding", "own", "report"),
    [
        ("CONFIRMED", True, False),
        ("CONFIRMED", False, True),
        ("NOT_CONFIRMED", False, False),
        ("INNOCENT", False, False),
    ],
)
def test_a_check_ends_in_a_finding(finding, own, report):
    check_conclude(state="CHECKED", finding=finding, has_own_observation=own, has_report=report)


@pytest.mark.parametrize(
    ("state", "says"), [("OPEN", "Det går inte"), ("CHECKED", "egen iakttagelse")]
)
def test_a_finding_is_refused_with_its_reason(state, says):
    with pytest.raises(Refused, match=says):
        check_conclude(
            state=state, finding="CONFIRMED", has_own_observation=False, has_report=False
        )


@pytest.mark.parametrize(
    ("earlier", "finding", "closes"),
    [
        (0, "INNOCENT", True),
        (0, "NOT_CONFIRMED", False),
        (1, "NOT_CONFIRMED", True),
        (3, "CONFIRMED", False),
    ],
)
def test_innocent_closes_at_once_and_not_confirmed_the_second_time(earlier, finding, closes):
    assert closes_by_itself(earlier_not_confirmed=earlier, finding=finding) is closes


def test_a_parked_lead_is_looked_at_again_after_thirty_days():
    assert next_review(DAY) == DAY + timedelta(days=PARK_DAYS)
