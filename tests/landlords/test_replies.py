"""What landlords write: always kept, never in each other's way."""

from datetime import timedelta

import pytest

from nosvidere.audit.models import AuditEvent
from nosvidere.courier import actions as courier
from nosvidere.courier.models import Delivery
from nosvidere.drop.queries import read_answers
from nosvidere.engine.sealing import new_code
from nosvidere.kernel.time import local_date, now
from nosvidere.landlords import actions, queries
from nosvidere.landlords.models import Measure, Notice, NoticeReply
from nosvidere.rules.access import SYSTEM
from nosvidere.rules.notice import add_months


def test_the_first_sign_of_life_starts_the_legal_clock(reply, at):
    notice = reply(act="acknowledged", text="Vi tar ett samtal.")

    known = local_date(notice.knows_since_at)
    assert notice.state == "ACKNOWLEDGED"
    assert known == local_date(at)
    assert notice.measure_by_on == known + timedelta(days=30)
    assert notice.legal_deadline_on == add_months(known, 6)
    assert [step.after for step in notice.steps.all()][-2:] == ["RECEIVED", "ACKNOWLEDGED"]


def test_a_reply_is_kept_sealed_and_shown_to_those_who_may(reply, analyst):
    notice = reply(act="acknowledged", text="Vi tar ett samtal.")

    assert b"samtal" not in bytes(NoticeReply.objects.get().sealed_text)
    assert [text for _, text in queries.replies(reader=analyst, notice=notice)] == [
        "Vi tar ett samtal."
    ]


@pytest.mark.parametrize("act", ["opened", "", "något-långt-som-ingen-känner"])
def test_a_letter_of_an_unknown_kind_is_kept_as_a_message_and_starts_the_clock(reply, act):
    notice = reply(act=act, text="Hej.")

    assert notice.state == "RECEIVED"
    assert NoticeReply.objects.get().kind == "message"


def test_an_objection_waits_for_the_police(reply):
    assert reply(act="contested", text="Fel hus.").state == "CONTESTED"


def test_a_landlord_may_report_one_thing_after_another(reply, at):
    reply(act="measure", measure="talk", taken_on=local_date(at).isoformat())

    notice = reply(act="measure", measure="termination", taken_on="2999-01-01")

    assert notice.state == "MEASURE_TAKEN"
    assert list(Measure.objects.order_by("pk").values_list("kind", "taken_on")) == [
        ("talk", local_date(at)),
        ("termination", local_date(at)),
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"measure": "okänd"},
        {"measure": "none"},
        {},
    ],
)
def test_a_measure_that_cannot_be_let_in_is_still_kept_as_words(reply, fields):
    notice = reply(act="measure", taken_on="i går", **fields)

    assert notice.state == "RECEIVED"
    assert NoticeReply.objects.get().kind == "measure"
    assert not Measure.objects.exists()


def test_a_reply_to_a_withdrawn_notice_is_kept_and_changes_nothing(served, reply, analyst, at):
    actions.step_notice(notice=served.notice, to="WITHDRAWN", why="Fel hus.", by=analyst, at=at)

    notice = reply(act="measure", measure="talk")

    assert (notice.state, notice.knows_since_at) == ("WITHDRAWN", None)
    assert NoticeReply.objects.count() == 1
    assert AuditEvent.objects.filter(act="notice.measure_refused").count() == 1
    assert not Delivery.objects.filter(taken_at__isnull=True).exists()


def test_the_second_acknowledgement_moves_nothing(reply):
    reply(act="acknowledged")

    assert reply(act="acknowledged", text="Igen.").state == "ACKNOWLEDGED"
    assert NoticeReply.objects.count() == 2


def test_a_stranger_s_letter_is_answered_and_stops_nobody(served, write_back, reply):
    stranger = new_code()

    write_back(stranger, act="acknowledged", text="Hej.")
    notice = reply(act="acknowledged")
    courier.push(at=now())

    told = [a.text for a in read_answers(stranger, on=local_date(now())) if a.kind == "notice"]
    assert len(told) == 1
    assert "inte sparat" in told[0]
    assert notice.state == "ACKNOWLEDGED"


def test_a_stranger_without_a_way_back_stops_nobody(police, at):
    Delivery.objects.create(
        letter_id="f" * 32,
        kind="landlord",
        tag="ab" * 32,
        mailbox=b"\x00" * 32,
        sent_on=local_date(at),
        received_at=at,
        sealed_fields=courier_fields(),
    )

    assert actions.take_in_replies(by=SYSTEM, at=at) == 1
    assert AuditEvent.objects.filter(act="answer.no_way_back").count() == 1
    assert not Notice.objects.exists()


def courier_fields() -> bytes:
    from nosvidere.courier import store
    from nosvidere.engine.sealing import as_canonical

    return store.seal(as_canonical({"act": "acknowledged"}))


def test_nothing_to_take_in_is_nothing(police, at):
    assert actions.take_in_replies(by=SYSTEM, at=at) == 0


def test_a_damaged_letter_waits_and_stops_no_other(police, at, caplog):
    letters = [
        Delivery.objects.create(
            letter_id=str(number) * 32,
            kind="landlord",
            tag=f"{number}{number}" * 32,
            mailbox=b"\x00" * 32,
            sent_on=local_date(at),
            received_at=at + timedelta(seconds=number),
            sealed_fields=fields,
        )
        for number, fields in enumerate((b"damaged", courier_fields()), start=1)
    ]

    assert actions.take_in_replies(by=SYSTEM, at=at) == 1

    taken = [Delivery.objects.get(pk=letter.pk).taken_at is not None for letter in letters]
    assert taken == [False, True]
    assert "Unreadable" in caplog.text
