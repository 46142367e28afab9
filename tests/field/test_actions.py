"""What teams record: taken once, never lost, with its effect on place, visit and lead."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.operations.making import (
    AT,
    EVENING,
    LEAD,
    OFFICER,
    OTHER_OFFICER,
    SECOND_OFFICER,
    first_visit,
    make_planned,
)

from nosvidere.audit.models import AuditEvent
from nosvidere.field import actions
from nosvidere.field.models import Check, ConcernReport, Envelope, OffenceReport
from nosvidere.field.queries import open_concerns, own_records, standing_checks
from nosvidere.kernel.ids import new_id
from nosvidere.kernel.refused import Refused
from nosvidere.leads.models import Lead, Statement
from nosvidere.operations.actions import step_operation
from nosvidere.operations.models import Assignment, Operation
from nosvidere.rules.check import CheckContent, ReportContent

pytestmark = pytest.mark.django_db
SEEN = CheckContent(entry_basis="outside", outcome="confirmed", signs=("F02",), persons_met=1)
PURCHASE = ReportContent(
    kind="PURCHASE_SEXUAL_ACT",
    completion="COMPLETED",
    place_type="FLAT_RENTED",
    front="BUYER",
    case_no="K-1",
    age_years=34,
    sex="man",
)
LATE = EVENING + timedelta(hours=3)


@pytest.fixture
def visit():
    return first_visit(make_planned())


def record_one(visit, content=SEEN, *, by=OFFICER, **values):
    return actions.record_check(
        **{
            "id": new_id(),
            "assignment": visit,
            "content": content,
            "recorded_at": LATE,
            "by": by,
            "at": LATE,
            **values,
        }
    )


def last_acts(n=1):
    return list(AuditEvent.objects.order_by("-seq").values_list("act", flat=True)[:n])


def sent(visit, **body):
    facts = {
        "assignment": visit.pk,
        "recorded_at": LATE.isoformat(),
        "entry_basis": "outside",
        "outcome": "nothing",
    }
    return {"id": str(new_id()), "kind": "check", "body": {**facts, **body}}


def test_a_check_states_what_was_seen_and_ends_the_visit(visit):
    check = record_one(visit)

    visit.refresh_from_db()
    assert sorted(Statement.objects.values_list("sign", flat=True)) == ["F02", "V01"]
    assert set(Statement.objects.values_list("source_grade", "info_grade")) == {("A", "1")}
    assert visit.state == "DONE"
    assert visit.lead.state == "CHECKED"
    assert "check.record" in last_acts(5)
    assert str(check) == "bekräftat"


def test_the_same_check_twice_is_one(visit):
    key = new_id()

    first = record_one(visit, id=key)
    again = record_one(first_visit(visit.operation), id=key)

    assert again == first
    assert Check.objects.count() == 1


def test_another_check_with_the_same_id_is_refused(visit):
    key = new_id()
    record_one(visit, id=key)

    with pytest.raises(Refused, match="samma nummer"):
        record_one(visit, replace(SEEN, outcome="nothing"), id=key)


def test_only_the_team_records_and_a_refusal_leaves_nothing(visit):
    with pytest.raises(Refused, match="med i laget"):
        record_one(visit, by=OTHER_OFFICER)

    assert not Check.objects.exists()
    assert not Statement.objects.exists()


def test_signs_of_who_somebody_is_are_refused(visit):
    with pytest.raises(Refused, match="vem någon är"):
        record_one(visit, replace(SEEN, signs=("X01",)))


def test_a_correction_stands_instead_and_withdraws_what_was_stated(visit):
    wrong = record_one(visit)

    right = record_one(visit, replace(SEEN, outcome="nothing", signs=()), corrects=wrong)

    wrong.refresh_from_db()
    assert wrong.corrected_by == right
    assert list(standing_checks(visit.operation)) == [right]
    assert list(Statement.objects.filter(withdrawn_at=None).values_list("sign", flat=True)) == [
        "V02"
    ]


def test_a_correction_of_another_visit_is_refused(visit):
    other = (
        Assignment.objects.exclude(pk=visit.pk)
        .select_related("team__shift", "lead", "place")
        .get()
    )
    wrong = record_one(visit)

    with pytest.raises(Refused, match="samma besök"):
        record_one(other, corrects=wrong)

    assert Check.objects.count() == 1


def test_two_records_of_a_visit_are_both_kept_until_a_person_chooses(visit):
    first = record_one(visit)
    second = record_one(visit, replace(SEEN, outcome="nothing"), by=SECOND_OFFICER)

    assert standing_checks(visit.operation).count() == 2
    actions.replace_check(
        earlier=first, later=second, why="Den andra såg längre.", by=LEAD, at=LATE
    )

    assert list(standing_checks(visit.operation)) == [second]
    assert last_acts() == ["check.replace"]


def test_a_replaced_record_is_not_replaced_again(visit):
    first, second = record_one(visit), record_one(visit, by=SECOND_OFFICER)
    actions.replace_check(earlier=first, later=second, why="Fel dörr.", by=LEAD, at=LATE)
    first.refresh_from_db()

    with pytest.raises(Refused, match="redan ersatt"):
        actions.replace_check(earlier=second, later=first, why="Fel dörr.", by=LEAD, at=LATE)


def test_a_child_opens_one_concern_due_before_the_shift_ends_and_leaves_a_caution(visit):
    record_one(visit, replace(SEEN, child_present=True))
    record_one(visit, replace(SEEN, child_present=True), by=SECOND_OFFICER)

    concern = ConcernReport.objects.get()
    visit.refresh_from_db()
    assert concern.due_at == visit.team.shift.ends_at
    assert "Barn har setts på platsen 2020-10-01" in visit.cautions
    assert str(concern) == f"{concern.due_at:%Y-%m-%d %H:%M}"


def test_a_concern_is_sent_once_and_seen_by_its_own_team(visit):
    record_one(visit, replace(SEEN, child_present=True))
    concern = open_concerns(reader=OFFICER).get()
    assert not open_concerns(reader=OTHER_OFFICER).exists()

    actions.send_concern(concern=concern, by=OFFICER, at=LATE)

    assert not open_concerns(reader=LEAD).exists()
    with pytest.raises(Refused, match="redan lämnad"):
        actions.send_concern(concern=concern, by=OFFICER, at=LATE)


@pytest.mark.parametrize("state", ["NOT_REACHED", "ABORTED"])
def test_a_check_that_comes_after_the_evening_still_counts(visit, state):
    if state == "ABORTED":
        Assignment.objects.filter(pk=visit.pk).update(state="ON_SITE")
    step_operation(operation=visit.operation, to="DEBRIEFED", by=LEAD, at=LATE)
    late = first_visit(visit.operation)

    record_one(late)

    late.refresh_from_db()
    assert late.state == "DONE"
    assert Lead.objects.get(pk=late.lead_id).state == "CHECKED"


def register(visit, content=PURCHASE, *, by=OFFICER, **values):
    return actions.register_report(
        **{
            "id": new_id(),
            "assignment": visit,
            "content": content,
            "happened_at": LATE,
            "by": by,
            "at": LATE,
            **values,
        }
    )


def test_a_report_is_registered_once(visit):
    key = new_id()

    register(visit, id=key)
    register(visit, id=key)

    assert OffenceReport.objects.get().registered_by == OFFICER.code
    assert last_acts() == ["report.register"]


def test_a_case_is_registered_once_whoever_sends_it(visit):
    register(visit)

    with pytest.raises(Refused, match="redan registrerat"):
        register(visit, by=SECOND_OFFICER)


def test_a_withdrawn_report_counts_no_more(visit):
    report = register(visit)

    actions.withdraw_report(report=report, why="Fel ärende.", by=LEAD, at=LATE)

    assert OffenceReport.objects.get().state == "WITHDRAWN"
    with pytest.raises(Refused, match="från läget"):
        actions.withdraw_report(report=report, why="Igen.", by=LEAD, at=LATE)


def test_ages_become_bands_when_the_operation_is_closed(visit):
    register(visit)
    register(visit, replace(PURCHASE, case_no="K-2", age_years=None))
    assert actions.band_ages(by=LEAD, at=LATE) == 0
    Operation.objects.update(state="CLOSED")

    assert actions.band_ages(by=LEAD, at=LATE) == 2

    assert list(
        OffenceReport.objects.order_by("case_no").values_list("age_years", "age_band", "sex")
    ) == [
        (None, "30–39", ""),
        (None, "", ""),
    ]
    assert actions.band_ages(by=LEAD, at=LATE) == 0


def test_a_finding_is_decided_by_the_lead(visit):
    record_one(visit)

    actions.conclude_visit(
        assignment=first_visit(visit.operation), finding="CONFIRMED", by=LEAD, at=LATE
    )

    assert Lead.objects.get(pk=visit.lead_id).state == "CONFIRMED"
    assert not own_records(reader=OFFICER).exists()


def test_a_batch_is_taken_item_by_item(visit):
    good, second = sent(visit), sent(visit, outcome="no_answer")
    unknown, stranger = {**sent(visit), "kind": "dance"}, sent(visit, assignment=999_999)
    odd, naive = sent(visit, persons_met="två"), sent(visit, recorded_at="2020-10-01T21:00")
    not_mine = sent(visit, entry_basis="search_decision")

    answers = actions.receive(
        envelopes=[good, unknown, stranger, odd, naive, not_mine, second], by=OFFICER, at=LATE
    )

    assert [a.result for a in answers] == [
        "stored",
        "held",
        "rejected",
        "held",
        "held",
        "rejected",
        "stored",
    ]
    assert answers[2].reason == "Besöket finns inte."
    assert Check.objects.count() == 2
    assert Envelope.objects.count() == 7


def test_sent_again_it_is_a_duplicate(visit):
    one = sent(visit)
    actions.receive(envelopes=[one], by=OFFICER, at=LATE)

    (answer,) = actions.receive(envelopes=[one], by=OFFICER, at=LATE)

    assert answer.result == "duplicate"
    assert Check.objects.count() == 1


def test_a_held_record_is_read_again_when_it_is_sent_again(visit):
    one = sent(visit)
    Envelope.objects.create(
        id=one["id"],
        kind="check",
        body=one["body"],
        body_hash=actions.digest({"body": one["body"]}),
        received_at=AT,
        sent_by=OFFICER.code,
    )

    (answer,) = actions.receive(envelopes=[one], by=OFFICER, at=LATE)

    assert answer.result == "stored"


def test_the_same_id_with_another_body_is_refused_and_logged(visit):
    one = sent(visit)
    actions.receive(envelopes=[one], by=OFFICER, at=LATE)

    (answer,) = actions.receive(envelopes=[{**one, "body": {}}], by=OFFICER, at=LATE)

    assert answer.result == "rejected"
    assert last_acts() == ["envelope.clash"]


@pytest.mark.parametrize(
    "broken",
    [
        "text",
        {},
        {"id": "1", "kind": "check", "body": {}},
        {"id": str(new_id()), "kind": 1, "body": {}},
        {"id": str(new_id()), "kind": "check", "body": []},
    ],
)
def test_what_cannot_be_kept_is_answered(visit, broken):
    (answer,) = actions.receive(envelopes=[broken], by=OFFICER, at=LATE)

    assert answer.result == "rejected"
    assert answer.reason
    assert not Envelope.objects.exists()


def test_a_phone_may_send_a_correction_and_a_report(visit):
    one = sent(visit, outcome="confirmed")
    correction = sent(visit, corrects=one["id"])
    report = {
        "id": str(new_id()),
        "kind": "report",
        "body": {
            "assignment": visit.pk,
            "happened_at": LATE.isoformat(),
            "kind": "PURCHASE_SEXUAL_ACT",
            "completion": "ATTEMPT",
            "place_type": "HOTEL",
            "front": "BUYER",
            "case_no": "K-9",
            "age_years": None,
            "buyer_informed": True,
        },
    }
    lost = sent(visit, corrects=str(new_id()))

    answers = actions.receive(envelopes=[one, correction, report, lost], by=OFFICER, at=LATE)

    assert [a.result for a in answers] == ["stored", "stored", "stored", "rejected"]
    assert str(standing_checks(visit.operation).get()) == "inget av intresse"
    assert str(OffenceReport.objects.get()) == "K-9"
    assert str(Envelope.objects.first()) in {"stored", "rejected"}
