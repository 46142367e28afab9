"""What a check and a report must hold, and what a phone may send."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from nosvidere.kernel.refused import Refused
from nosvidere.rules import check
from nosvidere.rules.check import CheckContent, ReportContent
from nosvidere.rules.flows import LEAD

SEEN = CheckContent(entry_basis="outside", outcome="nothing")
PURCHASE = ReportContent(
    kind="PURCHASE_SEXUAL_ACT",
    completion="COMPLETED",
    place_type="HOTEL",
    front="BUYER",
    case_no="K-1",
)
ID = "0190163d-8694-739b-aea5-966c26f8ad91"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"entry_basis": "key"}, "vilken grund"),
        ({"outcome": "found"}, "vad kontrollen visade"),
        ({"entry_basis": "search_decision"}, "beslutets nummer"),
        ({"persons_met": -1}, "mellan 0 och 99"),
        ({"persons_met": 100}, "mellan 0 och 99"),
        ({"decision_no": "x" * 41}, "Numret är för långt"),
        ({"note": "x" * 1001}, "högst 1000"),
    ],
)
def test_a_check_that_lacks_something_is_refused(values, reason):
    check.check_record(SEEN, is_on_team=True)

    with pytest.raises(Refused, match=reason):
        check.check_record(replace(SEEN, **values), is_on_team=True)


def test_only_the_team_records():
    with pytest.raises(Refused, match="med i laget"):
        check.check_record(SEEN, is_on_team=False)


def test_an_outcome_has_a_sign_of_its_own_once():
    assert check.signs_of_check(outcome="confirmed", observed=["V01", "F02", "F02"]) == [
        "V01",
        "F02",
    ]
    assert check.signs_of_check(outcome="no_answer", observed=[]) == []


@pytest.mark.parametrize("outcome", sorted(check.OUTCOMES))
def test_each_outcome_points_to_a_finding_that_may_follow(outcome):
    assert LEAD.can("CHECKED", check.suggested_finding(outcome))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"case_no": " "}, "ärendets nummer"),
        ({"case_no": "K" * 41}, "Numret är för långt"),
        ({"kind": "THEFT"}, "Koden ”THEFT”"),
        ({"sex": "F"}, "Koden ”F”"),
        ({"age_years": 14}, "mellan 15 och 110"),
        ({"age_years": 111}, "mellan 15 och 110"),
    ],
)
def test_a_report_that_lacks_something_is_refused(values, reason):
    check.check_report(replace(PURCHASE, age_years=24), is_on_team=True, is_case_known=False)
    check.check_report(PURCHASE, is_on_team=True, is_case_known=False)

    with pytest.raises(Refused, match=reason):
        check.check_report(replace(PURCHASE, **values), is_on_team=True, is_case_known=False)


def test_a_report_is_the_team_s_and_its_case_is_new():
    with pytest.raises(Refused, match="med i laget"):
        check.check_report(PURCHASE, is_on_team=False, is_case_known=False)
    with pytest.raises(Refused, match="K-1 är redan"):
        check.check_report(PURCHASE, is_on_team=True, is_case_known=True)


def test_a_report_is_withdrawn_once_with_why():
    check.check_withdraw(state="REGISTERED", why="Fel.")

    with pytest.raises(Refused, match="varför"):
        check.check_withdraw(state="CONFIRMED", why=" ")
    with pytest.raises(Refused, match="från läget"):
        check.check_withdraw(state="WITHDRAWN", why="Fel.")


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"is_same_visit": False}, "samma besök"),
        ({"is_standing": False}, "redan ersatt"),
        ({"why": ""}, "varför"),
    ],
)
def test_a_record_replaces_another_of_its_visit_with_why(values, reason):
    good = {"is_same_visit": True, "is_standing": True, "why": "Fel dörr."}
    check.check_replace(**good)

    with pytest.raises(Refused, match=reason):
        check.check_replace(**{**good, **values})


@pytest.mark.parametrize(
    ("kind", "on", "label"),
    [
        ("PURCHASE_SEXUAL_ACT", date(2020, 10, 1), "köp av sexuell tjänst"),
        ("PURCHASE_SEXUAL_ACT", date(2025, 7, 1), "köp av sexuell handling"),
        ("PROCURING", date(2020, 10, 1), "koppleri"),
    ],
)
def test_an_offence_is_named_as_the_law_was(kind, on, label):
    assert check.offence_label(kind, check.OFFENCES, on=on) == label


def test_an_age_becomes_its_ten_years():
    assert [check.age_band(age) for age in (24, 30, 41)] == ["20–29", "30–39", "40–49"]


def test_an_instant_says_its_zone():
    assert check.read_instant("2020-10-01T21:00:00Z") == datetime(2020, 10, 1, 21, tzinfo=UTC)

    with pytest.raises(ValueError, match="without its zone"):
        check.read_instant("2020-10-01T21:00:00")


def test_a_phone_s_check_and_report_are_read_with_their_types():
    sent = {"entry_basis": "outside", "outcome": "nothing", "signs": ["F01"], "note": None}

    assert check.read_check(sent) == replace(SEEN, signs=("F01",))
    assert (
        check.read_report(
            {
                **{
                    f: getattr(PURCHASE, f)
                    for f in ("kind", "completion", "place_type", "front", "case_no")
                }
            }
        )
        == PURCHASE
    )


@pytest.mark.parametrize(
    "odd",
    [
        {"persons_met": "2"},
        {"persons_met": True},
        {"child_present": 1},
        {"signs": [1]},
        {"name": "Kim"},
        {"outcome": None},
    ],
)
def test_what_a_phone_may_not_say_is_an_error(odd):
    with pytest.raises(TypeError):
        check.read_check({"entry_basis": "outside", "outcome": "nothing", **odd})


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ("text", "ingen post"),
        ({}, "inget id"),
        ({"id": ID}, "kind"),
        ({"id": ID, "kind": ""}, "kind"),
        ({"id": ID, "kind": "x" * 21}, "kind"),
        ({"id": ID, "kind": "check"}, "body"),
    ],
)
def test_what_cannot_be_kept_is_refused(sent, reason):
    check.check_envelope({"id": ID, "kind": "check", "body": {}})

    with pytest.raises(Refused, match=reason):
        check.check_envelope(sent)
