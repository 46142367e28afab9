"""Tips: taken in, opened, graded, asked about, set aside."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.courier import store
from nosvidere.courier.actions import mark_taken, send_answer
from nosvidere.courier.models import Delivery
from nosvidere.courier.queries import deliveries_waiting, open_delivery
from nosvidere.engine import places
from nosvidere.engine.places import Mention
from nosvidere.engine.signs import mask
from nosvidere.intake.actions.items import next_diary_no, set_item_state
from nosvidere.intake.models import Message, SourceItem, Tip
from nosvidere.intake.queries import readable_text
from nosvidere.kernel.ids import new_id
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.register.queries import mentions_in
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.evidence import FIRST_GRADES, check_signs, safeguarding_signs
from nosvidere.rules.keeping import DISCARDED_TIP_DAYS, FREE_TEXT_DAYS, ends_on
from nosvidere.rules.triage import Grading, check_ask, check_discard, check_forward, check_grade

MOST_DAYS = 31


def take_in_tips(*, by: Actor, at: datetime) -> int:
    """Make a tip or a message of each waiting letter from the public, each in its own transaction; return how many."""
    letters = deliveries_waiting("tip", "followup", "withdraw")
    for delivery in letters:
        _take_in(delivery, by=by, at=at)
    return len(letters)


@transaction.atomic
def _take_in(delivery: Delivery, *, by: Actor, at: datetime) -> None:
    """Take one letter in and mark it as taken, in one transaction: a kill in between takes it again, once."""
    fields = open_delivery(delivery)
    earlier = Tip.objects.select_related("item").filter(tag=delivery.tag).first()
    if earlier is None and delivery.kind == "tip":
        _new_tip(delivery, fields, by=by, at=at)
    elif earlier is not None:
        _add_message(earlier, fields, by=by, at=at)
    mark_taken(delivery=delivery, at=at)


def _new_tip(delivery: Delivery, fields: dict[str, str], *, by: Actor, at: datetime) -> Tip:
    text, place_text = fields.get("saw", ""), fields.get("place", "")
    signs = [code for code in fields.get("signs", "").split(",") if code]
    check_signs(signs)
    source_grade, info_grade = FIRST_GRADES["tip"]
    item = SourceItem.objects.create(
        kind="tip",
        channel=fields.get("channel", "web"),
        state="RECEIVED",
        diary_no=next_diary_no(at),
        received_at=delivery.received_at,
        occurred_from_on=fields.get("from_on") or None,
        occurred_until_on=fields.get("until_on") or None,
        lawful_ground="PBL 2:1 1",
        source_grade=source_grade,
        info_grade=info_grade,
        mentions=[places.mention_as_json(m) for m in _mentions(place_text, text)],
        expires_on=ends_on(local_date(at), days=FREE_TEXT_DAYS),
    )
    tip = Tip.objects.create(
        item=item,
        tag=delivery.tag,
        mailbox=bytes(delivery.mailbox),
        sealed_text=store.seal(text.encode()),
        sanitised_text=mask(text),
        sanitised_place=mask(place_text),
        signs=signs,
        days=_days(fields),
        is_emergency=bool(safeguarding_signs(signs)) or fields.get("danger") == "yes",
        is_dispute=fields.get("dispute") == "yes",
    )
    record(by=by, act="tip.take_in", on=item, at=at, fields={"channel": item.channel})
    return tip


def _days(fields: dict[str, str]) -> int:
    """Return on how many days the sender saw it: as told, at least one, at most a month's."""
    told = fields.get("days", "")
    return min(int(told), MOST_DAYS) if told.isdecimal() and int(told) > 0 else 1


def _mentions(place_text: str, text: str) -> list[Mention]:
    """Return the addresses in what was written as the place; where there are none, those in the text."""
    return mentions_in(place_text) or mentions_in(text)


def _add_message(tip: Tip, fields: dict[str, str], *, by: Actor, at: datetime) -> None:
    """Add what the sender wrote later; an answer to a question brings the tip back to triage."""
    seq = tip.messages.filter(is_from_sender=True).count() + 1
    message = Message.objects.create(
        tip=tip,
        is_from_sender=True,
        seq=seq,
        at=at,
        sealed_text=store.seal(fields.get("text", "").encode()),
    )
    if tip.item.state == "QUESTION_ASKED":
        set_item_state(item=tip.item, state="TRIAGED", by=by, at=at)
    record(by=by, act="tip.message", on=message, at=at)


@transaction.atomic
def open_tip(*, tip: Tip, why: str, by: Actor, at: datetime) -> str:
    """Return the tip as it was written, for a source handler; the reading is in the log with its reason."""
    check_may(by, "tip.read")
    if not why.strip():
        raise Refused("Skriv varför du öppnar tipset.")
    record(by=by, act="tip.read", on=tip.item, at=at, why=why)
    if tip.opened_at is None:
        Tip.objects.filter(pk=tip.pk).update(opened_at=at)
        tip.opened_at = at
        send_answer(tag=tip.tag, mailbox=bytes(tip.mailbox), kind="status", text="read", at=at)
    return readable_text(tip)


@transaction.atomic
def grade_tip(*, tip: Tip, grading: Grading, by: Actor, at: datetime) -> None:
    """Grade source and content apart, set the signs that were told of, and keep the masked text for those who assess."""
    check_may(by, "tip.grade")
    item = tip.item
    check_grade(grading, state=item.state, was_opened=tip.opened_at is not None)
    check_signs(grading.signs)
    if item.state != "TRIAGED":
        set_item_state(item=item, state="TRIAGED", by=by, at=at)
    SourceItem.objects.filter(pk=item.pk).update(
        source_grade=grading.source_grade,
        info_grade=grading.info_grade,
        basis=grading.basis,
        graded_by=by.code,
        graded_at=at,
    )
    # What an assessor sees is masked once more: a person may have let something through.
    Tip.objects.filter(pk=tip.pk).update(
        signs=list(grading.signs),
        is_dispute=grading.is_dispute,
        sanitised_text=mask(grading.sanitised_text),
    )
    item.refresh_from_db()
    tip.refresh_from_db()
    fields = {"source": grading.source_grade, "content": grading.info_grade}
    record(by=by, act="tip.grade", on=item, at=at, fields=fields)


@transaction.atomic
def discard_tip(*, tip: Tip, reason: str, by: Actor, at: datetime) -> None:
    """Set a tip aside for a coded reason; it is purged after ninety days."""
    check_may(by, "tip.grade")
    check_discard(state=tip.item.state, reason=reason)
    set_item_state(item=tip.item, state="DISCARDED", by=by, at=at)
    ends = ends_on(local_date(at), days=DISCARDED_TIP_DAYS)
    SourceItem.objects.filter(pk=tip.item.pk).update(set_aside_reason=reason, expires_on=ends)
    send_answer(tag=tip.tag, mailbox=bytes(tip.mailbox), kind="status", text="closed", at=at)


@transaction.atomic
def forward_emergency(*, tip: Tip, by: Actor, at: datetime) -> None:
    """Note that a tip was told to the command centre at once."""
    check_may(by, "tip.grade")
    check_forward(state=tip.item.state, is_emergency=tip.is_emergency)
    set_item_state(item=tip.item, state="EMERGENCY_FORWARDED", by=by, at=at)


@transaction.atomic
def ask_sender(*, tip: Tip, question: str, by: Actor, at: datetime) -> Message:
    """Send a signed question to the sender's mailbox and keep it sealed in the thread."""
    check_may(by, "tip.ask")
    check_ask(state=tip.item.state, question=question)
    seq = tip.messages.filter(is_from_sender=False).count() + 1
    message = Message.objects.create(
        tip=tip,
        is_from_sender=False,
        seq=seq,
        at=at,
        by=by.code,
        sealed_text=store.seal(question.encode()),
    )
    set_item_state(item=tip.item, state="QUESTION_ASKED", by=by, at=at)
    send_answer(tag=tip.tag, mailbox=bytes(tip.mailbox), kind="question", text=question, at=at)
    record(by=by, act="tip.ask", on=message, at=at)
    return message


@transaction.atomic
def mark_same_informant(*, tips: Sequence[Tip], by: Actor, at: datetime) -> str:
    """Say that tips come from one sender whom the source handler can tell from others; return the opaque key they share.

    Until somebody has said so, the senders of all tips may be the same person, and together they count once.
    """
    check_may(by, "tip.grade")
    shared = next((tip.informant for tip in tips if tip.informant), "") or str(new_id())
    Tip.objects.filter(pk__in=[tip.pk for tip in tips]).update(informant=shared)
    for tip in tips:
        tip.informant = shared
        record(by=by, act="tip.same_informant", on=tip.item, at=at)
    return shared
