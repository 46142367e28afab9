"""A notice through the house: drafted, reviewed, sent, followed up; and every refusal leaves nothing."""

from datetime import timedelta

import pytest
from tests.conftest import actor
from tests.landlords.conftest import REVIEWED
from tests.making import make_landlord, make_lead, make_place, make_statement

from nosvidere.audit.models import AuditEvent
from nosvidere.courier import actions as courier
from nosvidere.courier.models import Outgoing
from nosvidere.drop.queries import read_answers
from nosvidere.engine.sealing import new_code
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date, now
from nosvidere.landlords import actions, queries
from nosvidere.landlords.models import Measure, Notice, NoticeStep
from nosvidere.register.models import Party, Tenure
from nosvidere.rules import access


def acts():
    return list(AuditEvent.objects.order_by("seq").values_list("act", flat=True))


def snapshot():
    """Return what a refusal must leave as it was."""
    tables = (Notice, NoticeStep, Measure, Outgoing)
    return [list(model.objects.order_by("pk").values()) for model in tables], acts()


def refused(says, act, **values):
    before = snapshot()

    with pytest.raises(Refused, match=says):
        act(**values)

    assert snapshot() == before


def test_a_draft_rests_on_the_register_and_on_two_observed_days(lead, draft):
    assert draft.party.name == "Havsbybostäder"
    assert draft.tenure == "RENTAL"
    assert draft.diary_no.startswith("NV-")
    assert draft.observed_on == [day.isoformat() for day in queries.observed_days(lead)]
    assert len(draft.observed_on) == 2
    assert acts() == ["notice.draft"]


def test_signs_that_speak_against_are_no_observations(lead, at):
    make_statement(lead.place, "V02", on=local_date(at))

    assert local_date(at) not in queries.observed_days(lead)


def test_a_draft_is_refused_without_role_landlord_evidence_or_a_check_of_the_party(
    lead, analyst, operation_lead, at
):
    values = {"lead": lead, "extent_basis": "Besök.", "at": at}
    refused("Din roll", actions.draft_notice, **values, by=operation_lead)
    refused("väsentlig del", actions.draft_notice, **{**values, "extent_basis": " "}, by=analyst)

    Party.objects.update(is_verified=False)
    refused("Lantmäteriet", actions.draft_notice, **values, by=analyst)

    Tenure.objects.all().delete()
    refused("vem som hyr ut", actions.draft_notice, **values, by=analyst)


def test_a_place_has_one_open_notice_at_a_time(lead, draft, analyst, at):
    refused(
        "redan ett öppet",
        actions.draft_notice,
        lead=lead,
        extent_basis="Besök.",
        by=analyst,
        at=at,
    )


def test_only_confirmed_places_without_an_open_notice_wait_for_one(lead, draft, analyst, at):
    assert not queries.leads_to_notice(reader=analyst)

    Notice.objects.update(state="REJECTED", closed_at=at)

    assert list(queries.leads_to_notice(reader=analyst)) == [lead]


def test_a_draft_sent_back_can_be_changed_and_reads_the_register_anew(
    in_review, legal_reviewer, analyst, at
):
    actions.step_notice(notice=in_review, to="DRAFT", why="Skriv mer.", by=legal_reviewer, at=at)
    Tenure.objects.update(form="COOP")

    actions.revise_notice(notice=in_review, extent_basis=" Mer. ", by=analyst, at=at)

    in_review.refresh_from_db()
    assert (in_review.extent_basis, in_review.tenure) == ("Mer.", "COOP")
    assert acts()[-1] == "notice.revise"


def test_a_notice_in_review_is_not_changed(in_review, analyst, at):
    refused(
        "Bara ett utkast",
        actions.revise_notice,
        notice=in_review,
        extent_basis="x",
        by=analyst,
        at=at,
    )


def test_a_review_decides_what_the_landlord_may_know_and_when(in_review, legal_reviewer, at):
    wait = local_date(at) + timedelta(days=14)

    actions.approve_notice(
        notice=in_review,
        **REVIEWED,
        reservation="För inte vidare.",
        hold_until_on=wait,
        by=legal_reviewer,
        at=at,
    )

    in_review.refresh_from_db()
    assert in_review.state == "APPROVED"
    assert in_review.reviewed_by == legal_reviewer.code
    assert in_review.hold_until_on == wait
    assert in_review.steps.last().why == REVIEWED["proportionality"]
    assert acts()[-1] == "notice.move"


def test_nobody_approves_a_letter_of_their_own(in_review, at):
    both = access.Actor("analyst-1", frozenset({access.ANALYST, access.LEGAL_REVIEWER}), "x")

    refused("Be en kollega", actions.approve_notice, notice=in_review, **REVIEWED, by=both, at=at)


def test_a_rejection_needs_a_reason_and_ends_the_notice(in_review, legal_reviewer, analyst, at):
    refused(
        "Skriv varför", actions.reject_notice, notice=in_review, why=" ", by=legal_reviewer, at=at
    )
    refused("Din roll", actions.reject_notice, notice=in_review, why="Nej.", by=analyst, at=at)

    actions.reject_notice(notice=in_review, why="För tunt.", by=legal_reviewer, at=at)

    in_review.refresh_from_db()
    assert (in_review.state, in_review.closed_at) == ("REJECTED", at)


def test_two_who_act_at_once_do_not_both_get_their_way(in_review, legal_reviewer, at):
    other = Notice.objects.get()
    actions.reject_notice(notice=other, why="För tunt.", by=legal_reviewer, at=at)

    refused(
        "Någon annan har ändrat",
        actions.approve_notice,
        notice=in_review,
        **REVIEWED,
        by=legal_reviewer,
        at=at,
    )


def test_a_letter_that_is_held_back_for_help_does_not_leave_the_house(approved, analyst, at):
    Notice.objects.update(hold_until_on=local_date(at) + timedelta(days=3))
    approved.refresh_from_db()

    refused("hinner erbjudas", actions.serve_notice, notice=approved, by=analyst, at=at)
    assert "hinner erbjudas" in queries.open_acts(reader=analyst, notice=approved, at=at)["serve"]


def test_a_drop_that_does_not_answer_leaves_the_letter_unsent(police, approved, analyst, settings):
    settings.DROP_URL = "http://127.0.0.1:9"

    refused("Brevlådan|drop|svarar", actions.serve_notice, notice=approved, by=analyst, at=now())


def test_a_sent_letter_waits_for_an_answer_within_a_week(served, at):
    notice = served.notice

    assert notice.state == "SENT"
    assert notice.acknowledge_by_on == local_date(at) + timedelta(days=7)
    assert notice.knows_since_at is None
    assert len(bytes(notice.mailbox_public)) == 32


def test_the_letter_is_printed_only_with_its_own_code(served, analyst, at):
    pdf = actions.print_letter(notice=served.notice, code=served.code, by=analyst, at=at)

    assert pdf.startswith(b"%PDF")
    assert acts()[-1] == "notice.print"
    refused(
        "hör inte till",
        actions.print_letter,
        notice=served.notice,
        code=new_code(),
        by=analyst,
        at=at,
    )


def test_a_letter_that_is_not_sent_is_not_printed(approved, analyst, at):
    refused(
        "inte skickat", actions.print_letter, notice=approved, code=new_code(), by=analyst, at=at
    )


def test_a_reminder_lies_in_the_mailbox_of_the_code(served, analyst, at):
    actions.write_again(notice=served.notice, text=" Svara gärna. ", by=analyst, at=at)
    courier.push(at=now())

    first, second = read_answers(served.code, on=local_date(now()))
    assert served.notice.diary_no in first.text
    assert (second.kind, second.text.endswith("\n\nSvara gärna.")) == ("notice", True)
    assert "notice.write" in acts()


def test_nothing_is_written_to_a_mailbox_that_is_not_there_or_is_closed(
    approved, served, analyst, at
):
    refused("Skriv varför", actions.write_again, notice=served.notice, text=" ", by=analyst, at=at)
    actions.step_notice(notice=served.notice, to="WITHDRAWN", why="Fel hus.", by=analyst, at=at)

    refused("inte öppen", actions.write_again, notice=served.notice, text="Hej", by=analyst, at=at)


def test_a_silent_landlord_served_in_another_way_starts_the_clock(served, analyst, at):
    actions.note_told(
        notice=served.notice, told_on=local_date(at), how="Kvitto 12", by=analyst, at=at
    )

    notice = Notice.objects.get()
    assert notice.state == "RECEIVED"
    assert local_date(notice.knows_since_at) == local_date(at)
    assert notice.legal_deadline_on > local_date(at) + timedelta(days=170)
    assert notice.steps.last().why == "Kvitto 12"


def test_serving_in_another_way_is_refused_before_the_letter_is_sent(approved, analyst, at):
    refused(
        "Det går inte",
        actions.note_told,
        notice=approved,
        told_on=local_date(at),
        how="Kvitto",
        by=analyst,
        at=at,
    )


@pytest.mark.parametrize("to", ["RECEIVED", "ACKNOWLEDGED"])
def test_what_starts_the_clock_is_no_step_by_hand(served, analyst, at, to):
    refused(
        "eget formulär",
        actions.step_notice,
        notice=served.notice,
        to=to,
        why="Så.",
        by=analyst,
        at=at,
    )


def test_a_step_by_hand_needs_a_reason_and_a_way(draft, analyst, at):
    refused(
        "Skriv varför",
        actions.step_notice,
        notice=draft,
        to="WITHDRAWN",
        why="",
        by=analyst,
        at=at,
    )
    refused(
        "Det går inte", actions.step_notice, notice=draft, to="CLOSED", why="x", by=analyst, at=at
    )
    refused(
        "eget formulär", actions.step_notice, notice=draft, to="REVIEW", why="x", by=analyst, at=at
    )


def test_an_objection_goes_back_to_review_and_the_first_knowledge_stands(
    reply, write_back, analyst, legal_reviewer
):
    at = now()
    notice = reply(act="contested", text="Fel hus.")
    first = notice.knows_since_at

    actions.step_notice(notice=notice, to="REVIEW", why="Se över.", by=analyst, at=at)
    actions.approve_notice(notice=notice, **REVIEWED, by=legal_reviewer, at=at)
    again = actions.serve_notice(notice=notice, by=analyst, at=at)
    write_back(again.code, act="measure", measure="talk", taken_on=local_date(at).isoformat())

    notice.refresh_from_db()
    assert notice.state == "MEASURE_TAKEN"
    assert notice.knows_since_at == first


def test_a_measure_holds_when_sixty_days_pass_without_signs(reply, analyst, at):
    notice = reply(act="measure", measure="talk", taken_on=local_date(at).isoformat())

    refused("Vänta till", actions.verify_measure, notice=notice, by=analyst, at=at)
    actions.verify_measure(notice=notice, by=analyst, at=at + timedelta(days=61))

    measure = Measure.objects.get()
    assert notice.state == "VERIFIED"
    assert measure.has_held is True
    assert measure.rechecked_on == local_date(at + timedelta(days=61))


def test_a_letting_that_ended_holds_at_once_unless_signs_go_on(reply, lead, analyst, at):
    notice = reply(act="measure", measure="letting_ended", taken_on=local_date(at).isoformat())
    statement = make_statement(lead.place, "F01", on=local_date(at) + timedelta(days=1))

    refused("nya uppgifter", actions.verify_measure, notice=notice, by=analyst, at=at)
    statement.delete()
    actions.verify_measure(notice=notice, by=analyst, at=at)

    assert notice.state == "VERIFIED"


def test_nothing_done_never_counts_as_a_measure_that_holds(reply, analyst, at):
    notice = reply(act="measure", measure="none", text="Uppgiften är fel.")

    refused(
        "Ingen åtgärd är rapporterad",
        actions.verify_measure,
        notice=notice,
        by=analyst,
        at=at + timedelta(days=90),
    )


def test_a_measure_that_did_not_hold_is_noted_and_does_not_count_later(reply, analyst, at):
    notice = reply(act="measure", measure="letting_ended", taken_on=local_date(at).isoformat())

    actions.step_notice(notice=notice, to="INSUFFICIENT", why="Det går vidare.", by=analyst, at=at)

    assert Measure.objects.get().has_held is False
    assert notice.letting_ended_on is None
    assert queries.lasting_measure(notice) is None


def test_the_prosecutor_is_told_only_of_what_went_on_after_the_knowledge(reply, lead, analyst, at):
    notice = reply(act="acknowledged")
    told = {"notice": notice, "to": "ESCALATED", "why": "Fortsätter.", "by": analyst, "at": at}
    refused("efter att hyresvärden fick veta", actions.step_notice, **told)
    day = local_date(at) + timedelta(days=1)
    make_statement(lead.place, "F01", on=day)

    actions.step_notice(**told)

    assert notice.state == "ESCALATED"
    assert queries.observed_after(notice) == [day]


def test_a_dwelling_has_its_entrance_s_landlord(db, analyst, at):
    entrance = make_place(3)
    make_landlord(entrance, form="COOP")
    flat = make_place(3, external_id="flat", dwelling_no="1101", parent=entrance)
    for days in (3, 2):
        make_statement(flat, "F01", on=local_date(at) - timedelta(days=days))
    lead = make_lead(flat, state="CONFIRMED", at=at)

    notice = actions.draft_notice(lead=lead, extent_basis="Hela.", by=analyst, at=at)

    assert (notice.tenure, notice.place) == ("COOP", flat)


def test_readers_without_the_role_see_no_notices(draft):
    with pytest.raises(Refused):
        queries.notices(reader=actor(access.FIELD_OFFICER))


@pytest.mark.parametrize(
    ("reader", "may"),
    [
        (actor(access.LEGAL_REVIEWER), ""),
        (actor(access.LEGAL_REVIEWER, "analyst-1"), "Be en kollega"),
        (actor(access.OPERATION_LEAD), "Din roll"),
    ],
)
def test_the_review_button_says_why_it_is_off(in_review, at, reader, may):
    acts = queries.open_acts(reader=reader, notice=in_review, at=at)

    assert (may in acts["review"]) if may else acts["review"] == ""
    assert acts["serve"] is None
    assert acts["verify"] is None


def test_the_button_for_a_measure_says_when_it_may_be_pressed(reply, analyst, legal_reviewer, at):
    notice = reply(act="measure", measure="talk", taken_on=local_date(at).isoformat())

    assert "Vänta till" in queries.open_acts(reader=analyst, notice=notice, at=at)["verify"]
    assert "Din roll" in queries.open_acts(reader=legal_reviewer, notice=notice, at=at)["verify"]
