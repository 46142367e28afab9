"""Each figure is a stored query: a changed row changes that figure and no other."""

from datetime import timedelta

import pytest
from django.db import transaction
from tests.landlords.conftest import REVIEWED
from tests.operations.making import LAWYER, LEAD
from tests.picture.making import (
    EVENING,
    LATE,
    let_and_observe,
    make_briefed,
    make_played,
    officer_of,
    report,
)
from tests.relay import become, relay_at_hand

from nosvidere.field.actions import conclude_visit, record_check, withdraw_report
from nosvidere.field.models import Check, OffenceReport
from nosvidere.kernel import time
from nosvidere.kernel.ids import new_id
from nosvidere.landlords import actions as landlords
from nosvidere.landlords.models import Notice
from nosvidere.operations.models import Assignment, Shift, TeamMember
from nosvidere.picture.figures import QUERIES, figures_of
from nosvidere.rules.check import CheckContent
from nosvidere.support.models import HelpOffer

EXPECTED = {
    "help_offered": 2,
    "help_accepted": 1,
    "addresses_checked": 5,
    "from_ads_or_tips": 4,
    "evening_shifts": 2,
    "police_areas": 2,
    "fronts": 3,
    "reported": 6,
    "reported_men": 6,
    "attempts": 1,
    "youngest": 24,
    "oldest": 41,
    "buyers_informed": 5,
    "landlords_told": 0,
    "wrong_addresses": 1,
}


def values(operation) -> dict[str, int]:
    return {figure.key: figure.value for figure in figures_of(operation)}


def last_check() -> Check:
    return Check.objects.order_by("pk").last()


def reports(**which):
    return OffenceReport.objects.filter(**which)


def replace_check_at_unknown_place() -> None:
    wrong = Check.objects.exclude(assignment__origin__in=["TIP", "AD", "BOTH"]).get()
    other = Check.objects.filter(assignment__origin="TIP").order_by("pk").first()
    Check.objects.filter(pk=wrong.pk).update(place=other.place)


# What is done to one row, and which figures it changes to what.
CHANGES = {
    "an offer turns out to be to somebody else": (
        lambda: HelpOffer.objects.filter(state="DECLINED").update(audience="OTHER"),
        {"help_offered": 1},
    ),
    "a yes is taken back": (
        lambda: HelpOffer.objects.exclude(state="DECLINED").update(state="WITHDRAWN"),
        {"help_accepted": 0},
    ),
    "two checks were of one place": (replace_check_at_unknown_place, {"addresses_checked": 4}),
    "a place was found by the police themselves": (
        lambda: Assignment.objects.filter(origin="AD").update(origin="OWN_OBS"),
        {"from_ads_or_tips": 3},
    ),
    "a shift was by day": (
        lambda: Shift.objects.filter(starts_at=EVENING).update(kind="DAY"),
        {"evening_shifts": 1},
    ),
    "all officers came from one area": (
        lambda: TeamMember.objects.update(unit=TeamMember.objects.order_by("pk").first().unit),
        {"police_areas": 1},
    ),
    "a report was on another front": (
        lambda: reports(front="OUTREACH").update(front="BUYER"),
        {"fronts": 2},
    ),
    "a report was not of a man": (
        lambda: reports(case_no="K-3").update(sex="woman"),
        {"reported_men": 5},
    ),
    "an attempt was completed": (
        lambda: reports(completion="ATTEMPT").update(completion="COMPLETED"),
        {"attempts": 0},
    ),
    "the youngest was older": (
        lambda: reports(age_years=24).update(age_years=26),
        {"youngest": 26},
    ),
    "the oldest was younger": (lambda: reports(age_years=41).update(age_years=40), {"oldest": 40}),
    "another buyer was informed": (
        lambda: reports(buyer_informed=False).update(buyer_informed=True),
        {"buyers_informed": 6},
    ),
    "a wrong address was right": (
        lambda: Check.objects.filter(outcome="wrong_address").update(outcome="nothing"),
        {"wrong_addresses": 0},
    ),
    "a report was of something else": (
        lambda: reports(case_no="K-2").update(kind="PROCURING"),
        {"reported": 5, "reported_men": 5},
    ),
}


def test_the_figures_count_what_was_done(played):
    assert values(played.operation) == EXPECTED


def test_every_figure_has_a_row_that_changes_it():
    changed = {key for _, after in CHANGES.values() for key in after} | {"landlords_told"}

    assert changed == {query.key for query in QUERIES}


def test_a_changed_row_changes_its_figure_and_no_other(played):
    found = {name: after_change(change, played.operation) for name, (change, _) in CHANGES.items()}

    assert found == {name: {**EXPECTED, **after} for name, (_, after) in CHANGES.items()}
    assert values(played.operation) == EXPECTED


def after_change(change, operation) -> dict[str, int]:
    """Return the figures after a change that is then undone."""
    with transaction.atomic():
        change()
        found = values(operation)
        transaction.set_rollback(True)
    return found


def test_a_withdrawn_report_counts_in_no_figure(played):
    withdraw_report(report=reports(case_no="K-3").get(), why="Fel ärende.", by=LEAD, at=LATE)

    after = {"reported": 5, "reported_men": 5, "buyers_informed": 4}
    assert values(played.operation) == {**EXPECTED, **after}


def test_a_corrected_check_counts_as_corrected(played):
    visit = played.visits[-1]
    record_check(
        id=new_id(),
        assignment=visit,
        content=CheckContent(entry_basis="outside", outcome="nothing"),
        recorded_at=LATE,
        corrects=visit.checks.get(),
        by=officer_of(visit),
        at=LATE,
    )

    assert values(played.operation) == {**EXPECTED, "wrong_addresses": 0}


@pytest.mark.django_db
def test_ages_of_nobody_are_not_zero():
    played = make_briefed()
    report(played, 1, age=None)

    shown = {figure.key: figure.shown for figure in figures_of(played.operation)}

    assert (shown["youngest"], shown["oldest"], shown["reported"]) == ("–", "–", "1")


def test_a_letter_to_a_landlord_counts_when_it_is_sent(db, settings, tmp_path, analyst):
    time.start_clock_at(EVENING)
    with relay_at_hand(settings, folder=tmp_path):
        become(settings, "police", folder=tmp_path)
        played = make_played()
        let_and_observe(played.visits[0])
        at = LATE + timedelta(days=1)
        conclude_visit(assignment=played.visits[0], finding="CONFIRMED", by=LEAD, at=at)
        lead = played.visits[0].lead
        notice = landlords.draft_notice(lead=lead, extent_basis="Besök.", by=analyst, at=at)
        landlords.ask_review(notice=notice, by=analyst, at=at)
        assert values(played.operation)["landlords_told"] == 0
        landlords.approve_notice(notice=notice, **REVIEWED, by=LAWYER, at=at)
        landlords.serve_notice(notice=notice, by=analyst, at=at)

    assert values(played.operation) == {**EXPECTED, "landlords_told": 1}
    Notice.objects.update(sent_at=None)
    assert values(played.operation) == EXPECTED
