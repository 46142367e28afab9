"""What is told to everybody: late enough, nobody pointed out, each time a new version."""

from datetime import timedelta

import pytest
from tests.operations.making import LEAD, make_operation
from tests.picture.making import LATE, WEEK_AFTER, report

from nosvidere.audit.models import AuditEvent
from nosvidere.courier.keys import PARTY, OwnKeys
from nosvidere.courier.models import Outgoing
from nosvidere.engine.sealing import open_bulletin, verify_key_of
from nosvidere.field.actions import withdraw_report
from nosvidere.field.models import OffenceReport
from nosvidere.kernel.refused import Refused
from nosvidere.picture.actions import publish_summary
from nosvidere.picture.models import PublicSummary
from nosvidere.picture.queries import held_back, last_published, why_not_publish

DECISION = "Ett försök pekar inte ut någon."


@pytest.fixture
def publish(played, press_officer):
    def do(reason="", *, at=WEEK_AFTER, by=press_officer):
        return publish_summary(
            operation=played.operation, small_number_reason=reason, by=by, at=at
        )

    return do


def told(summary) -> dict[str, str]:
    return {figure["key"]: figure["value"] for figure in summary.figures}


def withdraw(case_no: str) -> None:
    report = OffenceReport.objects.get(case_no=case_no)
    withdraw_report(report=report, why="Fel ärende.", by=LEAD, at=LATE)


def test_small_numbers_are_hidden_without_a_reason_and_told_with_one(publish):
    hidden, shown = told(publish()), told(publish(DECISION))

    assert hidden["attempts"] == "färre än 5"
    assert hidden["help_accepted"] == "färre än 5"
    assert hidden["reported"] == "6"
    assert (shown["attempts"], shown["help_accepted"]) == ("1", "1")


def test_a_small_rest_is_hidden_as_well_as_a_small_part(publish):
    assert told(publish())["buyers_informed"] == "visas inte"


def test_numbers_of_addresses_and_shifts_are_never_hidden(publish):
    figures = told(publish())

    assert (figures["addresses_checked"], figures["evening_shifts"]) == ("5", "2")


def test_ages_are_told_only_over_five_reports_whatever_is_decided(publish):
    over_six = told(publish())
    for case in ("K-0", "K-3"):
        withdraw(case)
    over_four = told(publish(DECISION))

    assert (over_six["youngest"], over_six["oldest"]) == ("24", "41")
    assert (over_four["youngest"], over_four["oldest"]) == ("visas inte", "visas inte")


def test_ages_are_counted_over_those_that_are_known(publish):
    OffenceReport.objects.exclude(case_no__in=["K-0", "K-5"]).update(age_years=None)

    assert told(publish(DECISION))["youngest"] == "visas inte"


def test_a_small_change_since_the_last_version_is_hidden_without_a_reason(publish, played):
    publish()
    withdraw("K-3")

    again, once_more = told(publish()), told(publish())

    assert again["reported"] == once_more["reported"] == "visas inte"
    assert last_published(played.operation)["reported"] == 6


def test_each_time_is_a_new_version_and_the_old_one_stays(publish, played):
    first, second = publish(), publish(DECISION)

    assert (first.version, second.version) == (1, 2)
    assert told(PublicSummary.objects.get(version=1))["attempts"] == "färre än 5"
    assert str(second) == "Insatsen Nos Videre (2)"


def test_what_is_published_is_signed_and_queued_with_the_log(publish, press_officer):
    summary = publish(DECISION)

    waiting = Outgoing.objects.get(work="bulletin")
    key = verify_key_of(OwnKeys.of_site().signing(PARTY))
    opened = open_bulletin(bytes(waiting.content), verify_key=key, party="police")
    assert waiting.to == opened.name == "summary"
    assert opened.content["figures"] == summary.figures
    assert opened.content["version"] == 1
    event = AuditEvent.objects.get(act="summary.publish")
    assert (event.actor, event.why) == (press_officer.code, DECISION)


def test_nothing_is_published_within_seven_days_of_the_last_shift(publish, played):
    early = WEEK_AFTER - timedelta(days=2)

    with pytest.raises(Refused, match="Vänta till 2020-10-09"):
        publish(at=early)

    assert not PublicSummary.objects.exists()
    assert not Outgoing.objects.filter(work="bulletin").exists()
    assert "Vänta" in why_not_publish(played.operation, on=early.date())


def test_an_operation_without_a_shift_has_nothing_to_tell(keys, press_officer):
    with pytest.raises(Refused, match="inget genomfört pass"):
        publish_summary(
            operation=make_operation(), small_number_reason="", by=press_officer, at=WEEK_AFTER
        )


def test_only_a_press_officer_publishes(publish, analyst):
    with pytest.raises(Refused, match="presstalesperson"):
        publish(by=analyst)


def test_a_press_officer_sees_what_could_point_somebody_out_and_why(played, press_officer):
    report(played, 6, age=30, sex="woman")

    why = {
        f.key: str(reason)
        for f, reason in held_back(reader=press_officer, operation=played.operation)
    }

    assert why["attempts"] == "1 är under 5."
    assert why["reported_men"] == "1 återstår av 7."
    assert "reported" not in why
