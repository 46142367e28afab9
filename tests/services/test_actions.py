"""Referrals received, opened, followed up and destroyed, on the services' own side."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.conftest import actor

from nosvidere.audit.models import AuditEvent
from nosvidere.courier import store
from nosvidere.courier.models import Outgoing
from nosvidere.engine.sealing import from_canonical
from nosvidere.kernel.refused import Refused
from nosvidere.rules import access
from nosvidere.rules.access import SYSTEM
from nosvidere.services import actions, queries
from nosvidere.services.models import ReceivedReferral, ReferralStep


def acts():
    found = AuditEvent.objects.filter(act__startswith="referral").order_by("seq")
    return list(found.values_list("act", flat=True))


def refused(says, act, **values):
    before = (
        [list(m.objects.order_by("pk").values()) for m in (ReceivedReferral, ReferralStep)],
        acts(),
    )

    with pytest.raises(Refused, match=says):
        act(**values)

    after = (
        [list(m.objects.order_by("pk").values()) for m in (ReceivedReferral, ReferralStep)],
        acts(),
    )
    assert after == before


def take_in(at):
    return actions.take_in_referrals(by=SYSTEM, at=at)


def test_a_referral_lies_sealed_and_is_opened_by_the_services_with_a_trace(
    referral, told, services_worker, at
):
    assert b"Ring" not in bytes(referral.sealed_text)
    assert referral.due_at == at + timedelta(hours=24)
    assert not referral.is_urgent

    opened = actions.open_referral(referral=referral, by=services_worker, at=at)

    assert opened == {name: told[name] for name in actions.TOLD}
    assert acts() == ["referral.receive", "referral.read"]


def test_the_police_are_told_that_it_came_and_nothing_more(referral, told):
    sent = Outgoing.objects.get()

    assert (sent.to, sent.kind) == ("police", "referral_status")
    assert from_canonical(store.unseal(bytes(sent.content))) == {"reference": told["reference"]}


def test_the_same_referral_twice_is_one(referral, letter, told, at):
    letter(**told)

    assert take_in(at) == 1
    assert ReceivedReferral.objects.count() == Outgoing.objects.count() == 1


@pytest.mark.parametrize(
    ("scope", "due", "hours"),
    [
        ("meet_now", "", 8),
        ("call_me", "i morgon", 24),
        ("okänd", "2020-10-01T20:00:00", 24),
    ],
)
def test_a_promise_that_cannot_be_read_counts_from_now(letter, told, at, scope, due, hours):
    letter(**{**told, "scope": scope, "due_at": due})

    take_in(at)

    referral = ReceivedReferral.objects.get()
    assert referral.due_at == at + timedelta(hours=hours)
    assert referral.is_urgent is (scope == "meet_now")


def test_a_letter_that_says_almost_nothing_stops_nobody(letter, told, at):
    letter()
    letter(**told)

    assert take_in(at) == 2
    assert ReceivedReferral.objects.count() == 2


def test_a_withdrawal_destroys_what_was_told(referral, letter, told, services_worker, at):
    letter("referral_withdraw", reference=told["reference"])

    take_in(at)

    referral.refresh_from_db()
    assert (referral.state, referral.closed_at) == ("WITHDRAWN", at)
    assert bytes(referral.sealed_text) == b""
    assert actions.open_referral(referral=referral, by=services_worker, at=at) == {}


def test_a_withdrawal_that_comes_first_destroys_what_comes_after(letter, told, at):
    letter("referral_withdraw", reference=told["reference"])
    take_in(at)
    letter(**told)

    take_in(at)

    referral = ReceivedReferral.objects.get()
    assert referral.state == "WITHDRAWN"
    assert bytes(referral.sealed_text) == b""


def test_a_withdrawal_after_the_end_destroys_what_was_told_too(
    referral, letter, told, services_worker, at
):
    for to in ("ACCEPTED", "FOLLOWED_UP", "CLOSED"):
        actions.step_referral(referral=referral, to=to, note="", by=services_worker, at=at)
    letter("referral_withdraw", reference=told["reference"])

    take_in(at)

    referral.refresh_from_db()
    assert (referral.state, bytes(referral.sealed_text)) == ("CLOSED", b"")
    assert acts()[-1] == "referral.destroy"


def test_a_person_may_take_it_back_directly_at_the_services(referral, services_worker, at):
    actions.step_referral(
        referral=referral, to="WITHDRAWN", note="Ringde.", by=services_worker, at=at
    )

    referral.refresh_from_db()
    assert (referral.state, bytes(referral.sealed_text)) == ("WITHDRAWN", b"")


def test_nobody_is_called_not_reached_before_three_tries(referral, services_worker, at):
    step = {"referral": referral, "to": "NOT_REACHED", "note": "", "by": services_worker, "at": at}
    for number in range(3):
        refused("Tre försök", actions.step_referral, **step)
        actions.note_try(referral=referral, note=f"Försök {number}", by=services_worker, at=at)

    actions.step_referral(**step)

    assert ReceivedReferral.objects.get().state == "NOT_REACHED"


def test_nobody_is_contacted_after_the_end(referral, services_worker, at):
    actions.step_referral(referral=referral, to="WITHDRAWN", note="", by=services_worker, at=at)

    refused(
        "ska inte kontaktas",
        actions.note_try,
        referral=referral,
        note="x",
        by=services_worker,
        at=at,
    )
    refused(
        "Det går inte",
        actions.step_referral,
        referral=referral,
        to="ACCEPTED",
        note="",
        by=services_worker,
        at=at,
    )


def test_two_who_act_at_once_do_not_both_get_their_way(referral, services_worker, at):
    other = ReceivedReferral.objects.get()
    actions.step_referral(referral=other, to="ACCEPTED", note="", by=services_worker, at=at)

    refused(
        "Någon annan",
        actions.step_referral,
        referral=referral,
        to="WITHDRAWN",
        note="",
        by=services_worker,
        at=at,
    )


def test_notes_are_sealed_and_opened_in_order(referral, services_worker, at):
    actions.note_try(referral=referral, note="Inget svar.", by=services_worker, at=at)
    actions.step_referral(referral=referral, to="ACCEPTED", note="", by=services_worker, at=at)

    assert b"svar" not in b"".join(bytes(s.sealed_note) for s in ReferralStep.objects.all())
    steps = queries.steps_with_notes(reader=services_worker, referral=referral)
    assert [(state, note) for state, _, _, note in steps] == [
        ("RECEIVED", ""),
        ("TRIED", "Inget svar."),
        ("ACCEPTED", ""),
    ]


@pytest.mark.parametrize("role", [role for role in access.ROLES if role != access.SERVICES_WORKER])
def test_no_police_role_reads_or_moves_a_referral(referral, at, role):
    by = actor(role)

    refused("Din roll", actions.open_referral, referral=referral, by=by, at=at)
    refused("Din roll", actions.note_try, referral=referral, note="", by=by, at=at)
    refused(
        "Din roll", actions.step_referral, referral=referral, to="ACCEPTED", note="", by=by, at=at
    )
    refused("Din roll", queries.referrals, reader=by)


def test_urgent_ones_come_first_and_ended_ones_last(letter, told, services_worker, at):
    for number, scope in enumerate(("call_me", "written", "meet_now")):
        letter(**{**told, "reference": f"{number}", "scope": scope, "due_at": ""})
    take_in(at)
    ended = ReceivedReferral.objects.get(reference="0")
    actions.step_referral(referral=ended, to="WITHDRAWN", note="", by=services_worker, at=at)

    listed = [r.reference for r in queries.referrals(reader=services_worker)]

    assert listed == ["2", "1", "0"]
    assert [r.reference for r in queries.referrals(reader=services_worker, state="WITHDRAWN")] == [
        "0"
    ]


def test_a_month_is_counted_by_state(referral, services_worker, at):
    counts = queries.monthly_counts(reader=services_worker, month=at)

    assert counts["RECEIVED"] == sum(counts.values()) == 1
    assert not any(
        queries.monthly_counts(
            reader=services_worker, month=datetime(2019, 1, 1, tzinfo=UTC)
        ).values()
    )


def test_the_rows_say_what_they_are(referral):
    assert str(referral) == referral.reference
    assert str(referral.steps.get()) == "RECEIVED"


def test_a_withdrawal_empties_the_notes_of_earlier_tries(referral, services_worker, at):
    actions.note_try(referral=referral, note="Ringde.", by=services_worker, at=at)

    actions.step_referral(referral=referral, to="WITHDRAWN", note="", by=services_worker, at=at)

    assert {bytes(step.sealed_note) for step in referral.steps.all()} == {b""}


@pytest.mark.parametrize(
    ("is_closed", "days", "stays"),
    [(True, 364, True), (True, 365, False), (False, 729, True), (False, 730, False)],
)
def test_a_referral_goes_a_year_after_its_end_or_two_after_it_came(
    referral, at, is_closed, days, stays
):
    if is_closed:
        ReceivedReferral.objects.update(state="CLOSED", closed_at=at)

    gone = actions.purge(by=SYSTEM, at=at + timedelta(days=days))

    assert ReceivedReferral.objects.exists() is stays
    assert gone == (0 if stays else 1)
    assert AuditEvent.objects.filter(act="purge").exists() is not stays
