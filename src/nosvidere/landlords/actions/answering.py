"""What landlords write through the letter code: always kept, and taking effect where the notice's state lets it."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.courier import store
from nosvidere.courier.actions import mark_taken, send_answer, take_each
from nosvidere.courier.models import Delivery
from nosvidere.courier.queries import deliveries_waiting, open_delivery
from nosvidere.engine.sealing import AnswerRefused
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.landlords.actions.moving import move, set_values, start_clock
from nosvidere.landlords.models import MEASURES, REPLIES, Measure, Notice, NoticeReply
from nosvidere.rules.access import SYSTEM, Actor, check_may
from nosvidere.rules.flows import NOTICE
from nosvidere.rules.notice import check_measure

NO_NOTICE = (
    "Koden hör inte till någon underrättelse som gäller nu. Det du skrev är inte sparat. "
    "Har du fått ett nyare brev, svara med koden i det. Ring annars 114 14."
)
FIRST_SIGN_OF_LIFE = "Hyresvärden har öppnat underrättelsen."


def take_in_replies(*, by: Actor, at: datetime) -> int:
    """Let each landlord's letter take effect on its notice, each in its own transaction; return how many.

    A letter that is refused or damaged waits and is tried again next time; it never stops the others.
    """
    check_may(by, "notice.serve")
    return take_each(deliveries_waiting("landlord"), partial(_take_in, by=by, at=at))


@transaction.atomic
def _take_in(delivery: Delivery, *, by: Actor, at: datetime) -> None:
    fields = open_delivery(delivery)
    notice = Notice.objects.filter(mailbox_tag=delivery.tag).first()
    if notice is None:
        _tell_no_notice(delivery, by=by, at=at)
    else:
        _apply(notice, fields, received_at=delivery.received_at, at=at)
    mark_taken(delivery=delivery, at=at)


def _tell_no_notice(delivery: Delivery, *, by: Actor, at: datetime) -> None:
    """Tell whoever wrote with a code that is no notice's; a mailbox with a made-up key is told nothing."""
    record(by=by, act="notice.unknown_reply", on=delivery, at=at)
    try:
        send_answer(
            tag=delivery.tag, mailbox=bytes(delivery.mailbox), kind="notice", text=NO_NOTICE, at=at
        )
    except AnswerRefused:
        record(by=SYSTEM, act="answer.no_way_back", on=delivery, at=at)


def _apply(
    notice: Notice, fields: Mapping[str, str], *, received_at: datetime, at: datetime
) -> None:
    """Keep what the landlord wrote, start the clock at the first sign of life, and move the notice if it may move."""
    kind = fields.get("act", "")
    reply = NoticeReply.objects.create(
        notice=notice,
        kind=kind if kind in REPLIES else "message",
        at=received_at,
        sealed_text=store.seal(fields.get("text", "").encode()),
    )
    record(by=SYSTEM, act="notice.reply", on=notice, at=at, fields={"kind": reply.kind})
    if notice.state == "SENT":
        start_clock(notice, received_at, by=SYSTEM, at=at, why=FIRST_SIGN_OF_LIFE)
    if reply.kind == "measure":
        _report_measure(notice, fields, at=at)
        return
    to = {"acknowledged": "ACKNOWLEDGED", "contested": "CONTESTED"}.get(reply.kind, "")
    if to and NOTICE.can(notice.state, to):
        move(notice, to, by=SYSTEM, at=at)


def _report_measure(notice: Notice, fields: Mapping[str, str], *, at: datetime) -> None:
    """Keep a measure that the rules let in; the landlord's words are kept either way."""
    kind, taken_on = fields.get("measure", ""), _day(fields.get("taken_on", ""), local_date(at))
    if kind not in MEASURES or not _may_report(notice, kind, taken_on, fields, at=at):
        return
    Measure.objects.create(notice=notice, kind=kind, taken_on=taken_on, reported_at=at)
    if kind == "letting_ended":
        set_values(notice, letting_ended_on=taken_on)
    if notice.state != "MEASURE_TAKEN":
        move(notice, "MEASURE_TAKEN", by=SYSTEM, at=at)


def _may_report(
    notice: Notice, kind: str, taken_on: date, fields: Mapping[str, str], *, at: datetime
) -> bool:
    try:
        check_measure(
            state=notice.state,
            kind=kind,
            taken_on=taken_on,
            on=local_date(at),
            reason=fields.get("text", ""),
        )
    except Refused as refused:
        record(by=SYSTEM, act="notice.measure_refused", on=notice, at=at, why=str(refused))
        return False
    return True


def _day(text: str, today: date) -> date:
    """Return the day that a landlord wrote; one ahead or unreadable counts as today."""
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today
