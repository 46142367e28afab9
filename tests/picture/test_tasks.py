"""What waits for whom: every kind counts, and none leads to a closed door."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.making import make_lead, make_place
from tests.operations.making import (
    AT,
    EVENING,
    LEAD,
    OFFICER,
    first_visit,
    make_approved_lead,
    make_operation,
    make_planned,
)
from tests.picture.making import WEEK_AFTER

from nosvidere.field.actions import conclude_visit, record_check
from nosvidere.intake.models import Ad, AdBatch, SourceItem, Tip
from nosvidere.kernel import time
from nosvidere.kernel.ids import new_id
from nosvidere.landlords.models import Notice
from nosvidere.leads.models import Lead
from nosvidere.operations.actions import step_operation
from nosvidere.operations.models import Assignment, Operation
from nosvidere.picture.tasks import KINDS, tasks_for
from nosvidere.register.models import Party
from nosvidere.rules.access import PERMISSIONS, ROLES, Actor
from nosvidere.rules.check import CheckContent
from nosvidere.support.models import Consent, HelpOffer, Referral

pytestmark = pytest.mark.django_db
EVERYBODY = Actor("everybody", frozenset(ROLES), "syd")
EARLY, LATER = AT - timedelta(days=2), AT - timedelta(days=1)


def counts(reader=EVERYBODY, *, at=AT) -> dict[str, int]:
    """Return {kind: how many} of what waits."""
    waiting = {str(kind.label): kind.key for kind in KINDS}
    return {waiting[task.label]: task.count for task in tasks_for(reader, at=at)}


def an_item(kind: str, state: str, **values) -> SourceItem:
    return SourceItem.objects.create(
        kind=kind,
        channel="web",
        state=state,
        diary_no=str(new_id())[12:],
        received_at=values.pop("received_at", AT),
        lawful_ground="PBL",
        expires_on=AT.date() + timedelta(days=90),
    )


def a_tip(state: str, *, is_emergency: bool = False, received_at=AT) -> Tip:
    item = an_item("tip", state, received_at=received_at)
    return Tip.objects.create(item=item, sealed_text=b"", is_emergency=is_emergency)


def an_ad(*, place=None) -> Ad:
    batch, _ = AdBatch.objects.get_or_create(
        file_name="ads.csv", sha256="0" * 64, imported_by="x", imported_at=AT
    )
    return Ad.objects.create(
        item=an_item("ad", "REGISTERED"),
        batch=batch,
        reference=str(new_id()),
        place=place,
        first_seen_on=AT.date(),
        last_seen_on=AT.date(),
    )


def a_notice(state: str, **values) -> Notice:
    number = Notice.objects.count() + 1
    place = make_place(200 + number)
    party, _ = Party.objects.get_or_create(kind="housing_company", name="Bostäder")
    facts = {"diary_no": f"NV-{number}", "drafted_by": "analyst-1", "drafted_at": AT}
    return Notice.objects.create(
        lead=make_lead(place, state="CONFIRMED", at=AT),
        place=place,
        party=party,
        tenure="RENTAL",
        state=state,
        **{**facts, **values},
    )


def a_child_at_the_last_visit() -> None:
    record(first_visit(make_planned()), child_present=True)


def record(visit, **content) -> None:
    facts = {"entry_basis": "outside", "outcome": "nothing", **content}
    record_check(
        id=new_id(),
        assignment=visit,
        content=CheckContent(**facts),
        recorded_at=EVENING,
        by=OFFICER,
        at=EVENING,
    )


def an_overdue_referral(**values) -> None:
    shift = make_planned().shifts.get()
    offer = HelpOffer.objects.create(shift=shift, audience="EXPOSED", offered_at=EARLY)
    consent = Consent.objects.create(
        offer=offer,
        pseudonym="P001",
        scope="call_me",
        text_version="1",
        given_how="spoken",
        given_at=EARLY,
        expires_on=AT.date() + timedelta(days=90),
    )
    facts = {"reference": "R1", "sent_at": EARLY, "due_at": LATER}
    Referral.objects.create(consent=consent, **{**facts, **values})


def an_operation_that_is_done() -> Operation:
    operation = make_planned(leads=2)
    for visit in operation.assignments.select_related("team__shift", "lead", "place"):
        record(visit)
        visit.refresh_from_db()
        conclude_visit(assignment=visit, finding="NOT_CONFIRMED", by=LEAD, at=EVENING)
    for state in ("DEBRIEFED", "REPORTED"):
        step_operation(operation=operation, to=state, by=LEAD, at=EVENING)
    return operation


# What lies there, which kind counts it, how many there are, and what lies there without being counted.
WAITS = {
    "emergencies": (lambda: (a_tip("RECEIVED", is_emergency=True), a_tip("TRIAGED")), 1),
    "tips": (lambda: (a_tip("RECEIVED"), a_tip("RECEIVED"), a_tip("TRIAGED")), 2),
    "tips_to_place": (lambda: (a_tip("RECEIVED"), a_tip("TRIAGED")), 1),
    "ads_to_place": (lambda: (an_ad(place=make_place(1)), an_ad()), 1),
    "to_assess": (lambda: make_lead(make_place(1), at=AT), 1),
    "to_look_at_again": (lambda: (rested(1, AT), rested(2, AT + timedelta(days=1))), 1),
    "to_approve": (lambda: (approvable("analyst-1"), approvable("everybody")), 1),
    "to_visit": (make_approved_lead, 1),
    "to_decide": (lambda: make_operation(is_approved=False), 1),
    "ongoing": (make_planned, 1),
    "to_review": (lambda: a_notice("REVIEW"), 1),
    "to_serve": (lambda: a_notice("APPROVED", reviewed_by="jurist-1", reviewed_at=AT), 1),
    "answers": (
        lambda: (a_notice("MEASURE_TAKEN", sent_at=AT), a_notice("CONTESTED", sent_at=AT)),
        2,
    ),
    "overdue_notices": (
        lambda: (
            a_notice("SENT", sent_at=EARLY, acknowledge_by_on=LATER.date()),
            a_notice("SENT", sent_at=EARLY, acknowledge_by_on=AT.date()),
        ),
        1,
    ),
    "overdue_referrals": (an_overdue_referral, 1),
}


def rested(number: int, until) -> Lead:
    lead = make_lead(make_place(number), state="PARKED", at=EARLY)
    Lead.objects.filter(pk=lead.pk).update(next_review_on=until.date())
    return lead


def approvable(assessor: str) -> Lead:
    number = Lead.objects.count() + 1
    lead = make_approved_lead(number)
    Lead.objects.filter(pk=lead.pk).update(state="ASSESSED")
    lead.assessments.update(made_by=assessor)
    return lead


@pytest.mark.parametrize("kind", WAITS)
def test_each_kind_counts_what_waits(kind):
    lay, expected = WAITS[kind]

    lay()

    assert counts()[kind] == expected


def test_a_concern_for_a_child_is_danger_to_the_team_and_to_the_lead():
    a_child_at_the_last_visit()

    assert counts(OFFICER)["concerns"] == 1
    assert counts(LEAD)["unsent_concerns"] == 1
    first = tasks_for(LEAD, at=EVENING)[0]
    assert first.is_danger
    assert first.note.startswith("senast 2020-10-0")


def test_visits_left_on_the_own_shift_wait_for_their_team():
    operation = make_planned(leads=2)
    stranger = Actor("yttre-9", OFFICER.roles, "syd")

    assert counts(OFFICER, at=EVENING)["visits"] == 2
    record(first_visit(operation))
    assert counts(OFFICER, at=EVENING)["visits"] == 1
    assert "visits" not in counts(stranger, at=EVENING)


def test_a_checked_place_waits_for_its_finding():
    record(first_visit(make_planned()))

    assert counts(LEAD)["to_conclude"] == 1


def test_a_reported_operation_waits_to_be_told_of_until_it_has_been(press_officer):
    operation = an_operation_that_is_done()

    assert "to_publish" not in counts(press_officer, at=EVENING)
    assert counts(press_officer, at=WEEK_AFTER)["to_publish"] == 1
    operation.summaries.create(
        title="X", version=1, figures=[], published_by="press-1", published_at=WEEK_AFTER
    )
    assert "to_publish" not in counts(press_officer, at=WEEK_AFTER)


def test_a_visit_without_an_hour_and_a_notice_not_sent_do_not_wait():
    operation = make_planned()
    Assignment.objects.update(team=None, order=None, arrive_at=None, leave_at=None)
    a_notice("SENT", acknowledge_by_on=LATER.date())

    assert "visits" not in counts(OFFICER, at=EVENING)
    assert "overdue_notices" not in counts()
    assert operation.assignments.exists()


def test_danger_comes_first_and_the_oldest_says_since_when():
    a_tip("RECEIVED", received_at=EARLY)
    a_tip("RECEIVED", is_emergency=True)

    danger, tips = tasks_for(Actor("h", frozenset({"source_handler"})), at=AT)

    assert (danger.is_danger, danger.count, tips.count) == (True, 1, 2)
    assert tips.note == "det äldsta sedan 2020-09-29 14:00"


def test_nothing_waits_in_an_empty_house():
    assert tasks_for(EVERYBODY, at=AT) == []


@pytest.mark.parametrize("role", ROLES)
def test_no_task_leads_to_a_closed_door(sign_in, role):
    time.start_clock_at(EVENING)
    client = sign_in(role)
    kinds = [kind for kind in KINDS if role in PERMISSIONS[kind.permission]]

    opened = {k.key: client.get(reverse(k.url_name) + k.query).status_code for k in kinds}

    assert opened == dict.fromkeys(opened, 200)
