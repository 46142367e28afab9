"""Help is passed on by consent alone."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest

from nosvidere.kernel.refused import Refused
from nosvidere.rules.help import (
    CONSENT_TEXT,
    LONGEST_CONTACT,
    RESPONSE_HOURS,
    check_answer,
    check_refer,
    consent_ends,
    consent_hash,
    referral_due,
)

DAY = date(2020, 10, 1)
REFER = {
    "state": "CONSENTED",
    "is_withdrawn": False,
    "expires_on": DAY,
    "on": DAY,
    "contact": "Ring efter 18.",
}


def test_the_hash_is_of_the_text_that_is_read_out():
    assert consent_hash() == hashlib.sha256(CONSENT_TEXT.encode()).hexdigest()


def test_the_text_says_that_a_no_has_no_price_and_a_yes_can_be_taken_back():
    assert "Att säga nej påverkar ingenting annat." in CONSENT_TEXT
    assert "när som helst ta tillbaka" in CONSENT_TEXT


@pytest.mark.parametrize("answer", ["DECLINED", "INFO_ONLY", "CONSENTED"])
def test_an_offer_may_be_answered_in_three_ways(answer):
    check_answer(state="OFFERED", answer=answer)


def test_someone_who_took_information_may_still_say_yes():
    check_answer(state="INFO_ONLY", answer="CONSENTED")


@pytest.mark.parametrize(
    ("state", "answer", "says"),
    [
        ("DECLINED", "CONSENTED", "Det går inte"),
        ("CONSENTED", "REFERRED", "Välj om personen tackade nej"),
    ],
)
def test_an_answer_is_refused_with_its_reason(state, answer, says):
    with pytest.raises(Refused, match=says):
        check_answer(state=state, answer=answer)


def test_a_consent_that_holds_may_be_passed_on():
    check_refer(**REFER)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"is_withdrawn": True}, "återtaget"),
        ({"expires_on": date(2020, 9, 30)}, "gått ut"),
        ({"state": "OFFERED"}, "Det går inte"),
        ({"contact": "  "}, "Skriv hur"),
        ({"contact": "x" * (LONGEST_CONTACT + 1)}, "högst 400 tecken"),
    ],
)
def test_a_referral_is_refused_with_its_reason(changes, says):
    with pytest.raises(Refused, match=says):
        check_refer(**{**REFER, **changes})


@pytest.mark.parametrize(("scope", "hours"), RESPONSE_HOURS.items())
def test_the_services_answer_within_the_shift_or_the_day(scope, hours):
    at = datetime(2020, 10, 1, 20, 0, tzinfo=UTC)

    assert referral_due(at, scope) - at == timedelta(hours=hours)


def test_a_consent_holds_for_half_a_year():
    assert consent_ends(DAY) == date(2021, 3, 30)
