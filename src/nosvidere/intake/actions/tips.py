"""Tips: opened with a reason, graded, asked about, set aside."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.courier import store
from nosvidere.courier.actions import open_mailbox, send_answer, tell_received
from nosvidere.engine.sealing import Code, new_code
from nosvidere.intake.actions.items import flag_address, mentions_as_json, set_item_state
from nosvidere.intake.models import Message, SourceItem, Tip
from nosvidere.intake.queries import readable_text
from nosvidere.intake.sanitising import sanitised
from nosvidere.kernel.ids import new_id
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.evidence import check_signs
from nosvidere.rules.keeping import DISCARDED_TIP_DAYS, ends_on
from nosvidere.rules.triage import (
    WHERE_QUESTION,
    Grading,
    check_ask,
    check_discard,
    check_forward,
    check_give_code,
    check_grade,
    check_same_sender,
)


@transaction.atomic
def open_tip(*, tip: Tip, why: str, by: Actor, at: datetime) -> str:
    """Return the tip as it was written, for a source handler; the reading is in the log with its reason."""
    check_may(by, "tip.read")
    if not why.strip():
        raise Refused("Skriv varför du öppnar tipset.")
    record(by=by, act="tip.read", on=tip.item, at=at, why=why.strip())
    if tip.opened_at is None:
        Tip.objects.filter(pk=tip.pk).update(opened_at=at)
        tip.opened_at = at
        _tell_sender(tip, "read", at=at)
    return readable_text(tip)


def _tell_sender(tip: Tip, status: str, *, at: datetime) -> None:
    """Tell the sender how far the tip has come, where there is a way back."""
    if tip.has_mailbox:
        send_answer(tag=tip.tag, mailbox=bytes(tip.mailbox), kind="status", text=status, at=at)


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
    _read_place_again(tip, sanitised(grading.sanitised_text), by=by, at=at)
    # What an assessor sees is masked once more: a person may have let something through.
    Tip.objects.filter(pk=tip.pk).update(
        signs=list(dict.fromkeys(grading.signs)),
        is_dispute=grading.is_dispute,
        sanitised_text=sanitised(grading.sanitised_text),
    )
    item.refresh_from_db()
    tip.refresh_from_db()
    fields = {"source": grading.source_grade, "content": grading.info_grade}
    record(by=by, act="tip.grade", on=item, at=at, fields=fields)


def _read_place_again(tip: Tip, text: str, *, by: Actor, at: datetime) -> None:
    """Read the place of a tip that came before there was an index, or whose addresses were all wrong and now are others."""
    item = tip.item
    if (
        item.needs_address
    ):  # what the sender has answered stands in the text; the place is as it was
        found = mentions_as_json(text, tip.sanitised_place)
    else:
        found = item.mentions or mentions_as_json(tip.sanitised_place, text)
    if found == item.mentions:
        return
    SourceItem.objects.filter(pk=item.pk).update(mentions=found)
    flag_address(item=item, needs=False, by=by, at=at)


@transaction.atomic
def discard_tip(*, tip: Tip, reason: str, by: Actor, at: datetime) -> None:
    """Set a tip aside for a coded reason; it is purged after ninety days."""
    check_may(by, "tip.grade")
    check_discard(state=tip.item.state, reason=reason, was_opened=tip.opened_at is not None)
    set_item_state(item=tip.item, state="DISCARDED", by=by, at=at)
    ends = ends_on(local_date(at), days=DISCARDED_TIP_DAYS)
    SourceItem.objects.filter(pk=tip.item.pk).update(set_aside_reason=reason, expires_on=ends)
    tip.item.refresh_from_db()
    record(by=by, act="tip.discard", on=tip.item, at=at, fields={"reason": reason})
    _tell_sender(tip, "closed", at=at)


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
    return _put_question(tip=tip, question=question, by=by, at=at)


@transaction.atomic
def ask_where(*, tip: Tip, by: Actor, at: datetime) -> Message:
    """Send the question about the address, in its fixed words, for one who confirms places; the answer goes to the source handler."""
    check_may(by, "place.confirm")
    return _put_question(tip=tip, question=WHERE_QUESTION, by=by, at=at)


def _put_question(*, tip: Tip, question: str, by: Actor, at: datetime) -> Message:
    check_ask(state=tip.item.state, question=question, has_mailbox=tip.has_mailbox)
    message = Message.objects.create(
        tip=tip,
        is_from_sender=False,
        seq=tip.messages.filter(is_from_sender=False).count() + 1,
        at=at,
        by=by.code,
        sealed_text=store.seal(question.encode()),
    )
    set_item_state(item=tip.item, state="QUESTION_ASKED", by=by, at=at)
    send_answer(tag=tip.tag, mailbox=bytes(tip.mailbox), kind="question", text=question, at=at)
    record(by=by, act="tip.ask", on=message, at=at)
    return message


def give_code(*, tip: Tip, by: Actor, at: datetime) -> Code:
    """Open a mailbox for somebody who told by phone, and return its code: to be read out now, for it is kept nowhere.

    Raises Refused, and the tip stays as it is, when it has a mailbox already or the drop does not answer.
    """
    check_may(by, "tip.grade")
    check_give_code(has_mailbox=tip.has_mailbox)
    code = new_code()
    tag, mailbox = open_mailbox(code=code, at=at)
    with transaction.atomic():
        Tip.objects.filter(pk=tip.pk).update(tag=tag, mailbox=mailbox)
        tell_received(tag=tag, mailbox=mailbox, at=at)
        record(by=by, act="tip.give_code", on=tip.item, at=at)
    tip.refresh_from_db()
    return code


@transaction.atomic
def mark_same_informant(*, tips: Sequence[Tip], by: Actor, at: datetime) -> str:
    """Say that tips come from one sender whom the source handler can tell from others; return the opaque key they share.

    Until somebody has said so, the senders of all tips may be the same person, and together they count once.
    One tip alone: its sender is another than those of all other tips. Tips that were already tied to one of these follow.
    """
    check_may(by, "tip.grade")
    check_same_sender(tips=len(tips))
    keys = [tip.informant for tip in tips if tip.informant]
    shared = keys[0] if keys else str(new_id())
    Tip.objects.filter(informant__in=keys).update(informant=shared)
    Tip.objects.filter(pk__in=[tip.pk for tip in tips]).update(informant=shared)
    for tip in tips:
        tip.informant = shared
        record(by=by, act="tip.same_informant", on=tip.item, at=at)
    return shared


@transaction.atomic
def same_sender_as(*, tip: Tip, numbers: str, by: Actor, at: datetime) -> str:
    """Say that a tip has the same sender as those with these diary numbers; with none, a sender of its own."""
    wanted = set(numbers.replace(",", " ").upper().split())
    others = list(Tip.objects.select_related("item").filter(item__diary_no__in=wanted))
    unknown = sorted(wanted - {other.item.diary_no for other in others})
    if unknown:
        raise Refused("Det finns inget tips med diarienummer {no}.", no=unknown[0])
    return mark_same_informant(
        tips=[tip, *(other for other in others if other.pk != tip.pk)], by=by, at=at
    )
