"""When a landlord may be told, and how the clock runs."""

from datetime import date

import pytest

from nosvidere.kernel.refused import Refused
from nosvidere.rules.notice import (
    DISCLOSURE_GROUNDS,
    EXCEPTIONS,
    HARM_QUESTIONS,
    LAWS,
    LEGAL_MONTHS,
    add_months,
    answer_due,
    check_draft,
    check_escalate,
    check_measure,
    check_recheck,
    check_review,
    check_serve,
    check_told,
    is_overdue,
    legal_deadline,
    working_days_after,
)

THURSDAY = date(2020, 10, 1)
DRAFT = {
    "lead_state": "CONFIRMED",
    "observed_on": [date(2020, 9, 1), date(2020, 9, 2)],
    "extent_basis": "Besök varje kväll.",
    "is_party_verified": True,
}
REVIEW = {
    "state": "REVIEW",
    "drafted_by": "analyst-1",
    "reviewer": "jurist-1",
    "proportionality": "Prövad.",
    "ground": "OSL 10:2",
    "harm": dict.fromkeys(HARM_QUESTIONS, "Nej."),
    "on": THURSDAY,
}
TOLD = {
    "state": "SENT",
    "sent_on": date(2020, 9, 20),
    "told_on": date(2020, 9, 25),
    "how": "Kvitto 12",
    "on": THURSDAY,
}
MEASURE = {
    "state": "RECEIVED",
    "kind": "talk",
    "taken_on": THURSDAY,
    "on": THURSDAY,
    "reason": "",
}
RECHECK = {
    "taken_on": date(2020, 8, 2),
    "on": THURSDAY,
    "new_signs": 0,
    "letting_ended": False,
}


def test_a_confirmed_place_seen_on_two_days_may_be_written_about():
    check_draft(**DRAFT)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"lead_state": "CHECKED"}, "bekräftad"),
        ({"observed_on": [date(2020, 9, 1)] * 2}, "minst 2 olika dagar"),
        ({"extent_basis": "  "}, "väsentlig del"),
        ({"is_party_verified": False}, "Lantmäteriet"),
    ],
)
def test_a_draft_is_refused_with_its_reason(changes, says):
    with pytest.raises(Refused, match=says):
        check_draft(**{**DRAFT, **changes})


@pytest.mark.parametrize("ground", DISCLOSURE_GROUNDS)
@pytest.mark.parametrize("hold", [None, THURSDAY, date(2020, 10, 15)])
def test_a_colleague_may_approve_and_hold_the_letter_back_up_to_fourteen_days(ground, hold):
    check_review(**{**REVIEW, "ground": ground, "hold_until_on": hold})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"state": "DRAFT"}, "Det går inte"),
        ({"reviewer": "analyst-1"}, "Be en kollega"),
        ({"proportionality": " "}, "proportionen"),
        ({"ground": "därför"}, "Välj på vilken grund"),
        ({"harm": {**REVIEW["harm"], "child": " "}}, "Finns ett barn"),
        ({"harm": {}}, "Vem bor där"),
        ({"hold_until_on": date(2020, 10, 16)}, "fram till 2020-10-15"),
        ({"hold_until_on": date(2020, 9, 30)}, "inte längre"),
    ],
)
def test_a_review_is_refused_with_its_reason(changes, says):
    with pytest.raises(Refused, match=says):
        check_review(**{**REVIEW, **changes})


@pytest.mark.parametrize("hold", [None, THURSDAY])
def test_an_approved_letter_goes_out_when_it_no_longer_waits(hold):
    check_serve(state="APPROVED", hold_until_on=hold, on=THURSDAY)


@pytest.mark.parametrize(
    ("state", "hold", "says"),
    [("REVIEW", None, "Det går inte"), ("APPROVED", date(2020, 10, 2), "väntar till 2020-10-02")],
)
def test_a_letter_stays_in_the_house_with_the_reason(state, hold, says):
    with pytest.raises(Refused, match=says):
        check_serve(state=state, hold_until_on=hold, on=THURSDAY)


@pytest.mark.parametrize("day", [TOLD["sent_on"], THURSDAY])
def test_a_silent_landlord_may_be_served_in_another_way(day):
    check_told(**{**TOLD, "told_on": day})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"state": "ACKNOWLEDGED"}, "Det går inte"),
        ({"sent_on": None}, "mellan dagen"),
        ({"told_on": date(2020, 9, 19)}, "mellan dagen"),
        ({"told_on": date(2020, 10, 2)}, "mellan dagen"),
        ({"how": ""}, "Skriv hur det styrks"),
    ],
)
def test_another_way_of_serving_is_refused_with_its_reason(changes, says):
    with pytest.raises(Refused, match=says):
        check_told(**{**TOLD, **changes})


def test_the_prosecutor_is_told_when_it_went_on_after_the_landlord_learnt_of_it():
    check_escalate(knows_since_on=THURSDAY, new_signs=1)


@pytest.mark.parametrize(
    ("known", "signs", "says"), [(None, 1, "inte styrkt"), (THURSDAY, 0, "2020-10-01")]
)
def test_the_prosecutor_is_not_told_without_knowledge_and_resumption(known, signs, says):
    with pytest.raises(Refused, match=says):
        check_escalate(knows_since_on=known, new_signs=signs)


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2020, 10, 15), 2, date(2020, 12, 15)),
        (date(2020, 10, 31), 6, date(2021, 4, 30)),
        (date(2020, 12, 31), 2, date(2021, 2, 28)),
        (date(2019, 12, 31), 2, date(2020, 2, 29)),
        (date(2020, 6, 30), 6, date(2020, 12, 30)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_one(day, months, after):
    assert add_months(day, months) == after


@pytest.mark.parametrize(
    ("tenure", "deadline"),
    [
        ("COOP", date(2020, 12, 1)),
        ("RENTAL", date(2021, 4, 1)),
        ("PREMISES", date(2021, 4, 1)),
        ("SHORT_LET", None),
        ("HOTEL", None),
    ],
)
def test_the_law_gives_each_form_of_tenure_its_time(tenure, deadline):
    assert legal_deadline(tenure, THURSDAY) == deadline
    assert (tenure in EXCEPTIONS) is (tenure in LEGAL_MONTHS)
    assert LAWS[tenure]


@pytest.mark.parametrize(
    "state", ["RECEIVED", "ACKNOWLEDGED", "CONTESTED", "INSUFFICIENT", "MEASURE_TAKEN"]
)
def test_a_landlord_who_knows_may_report_what_is_done_and_then_more(state):
    check_measure(**{**MEASURE, "state": state})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"state": "CLOSED"}, "Det går inte"),
        ({"taken_on": date(2020, 10, 2)}, "framåt i tiden"),
        ({"kind": "none", "reason": " "}, "varför ingen åtgärd"),
    ],
)
def test_a_measure_is_refused_with_its_reason(changes, says):
    with pytest.raises(Refused, match=says):
        check_measure(**{**MEASURE, **changes})


def test_nothing_done_is_a_measure_when_the_reason_is_written():
    check_measure(**{**MEASURE, "kind": "none", "reason": "Uppgiften gäller grannhuset."})


@pytest.mark.parametrize("changes", [{}, {"letting_ended": True, "taken_on": THURSDAY}])
def test_a_measure_holds_after_sixty_days_or_at_once_when_the_letting_ended(changes):
    check_recheck(**{**RECHECK, **changes})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"new_signs": 2, "letting_ended": True}, "2 nya uppgifter"),
        ({"taken_on": date(2020, 8, 3)}, "Vänta till 2020-10-02"),
    ],
)
def test_a_measure_does_not_hold_yet_with_the_reason(changes, says):
    with pytest.raises(Refused, match=says):
        check_recheck(**{**RECHECK, **changes})


@pytest.mark.parametrize(
    ("count", "after"),
    [(0, THURSDAY), (1, date(2020, 10, 2)), (2, date(2020, 10, 5)), (10, date(2020, 10, 15))],
)
def test_weekends_are_no_working_days(count, after):
    assert working_days_after(THURSDAY, count) == after


@pytest.mark.parametrize(
    ("state", "due"),
    [("REVIEW", date(2020, 10, 8)), ("CONTESTED", date(2020, 10, 15)), ("SENT", None)],
)
def test_the_police_owe_a_review_and_an_answer_in_time(state, due):
    assert answer_due(state, THURSDAY) == due


@pytest.mark.parametrize(
    ("state", "acknowledge_by", "measure_by", "late"),
    [
        ("SENT", date(2020, 9, 30), None, True),
        ("SENT", THURSDAY, None, False),
        ("SENT", None, None, False),
        ("RECEIVED", date(2020, 9, 30), None, True),
        ("ACKNOWLEDGED", date(2020, 9, 1), THURSDAY, False),
        ("ACKNOWLEDGED", None, date(2020, 9, 30), True),
        ("ACKNOWLEDGED", None, None, False),
        ("MEASURE_TAKEN", date(2020, 9, 1), date(2020, 9, 2), False),
    ],
)
def test_a_landlord_is_late_with_what_is_asked_now(state, acknowledge_by, measure_by, late):
    is_late = is_overdue(
        state=state, acknowledge_by_on=acknowledge_by, measure_by_on=measure_by, on=THURSDAY
    )

    assert is_late is late
