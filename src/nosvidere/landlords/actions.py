"""Notices drafted, reviewed, served through a letter code, answered, rechecked and ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.courier import store
from nosvidere.courier.actions import mark_taken, open_mailbox, send_answer
from nosvidere.courier.models import Delivery
from nosvidere.courier.queries import deliveries_waiting, open_delivery
from nosvidere.engine.sealing import Code, new_code
from nosvidere.intake.actions import next_diary_no
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.landlords.letter import notice_text
from nosvidere.landlords.models import MEASURES, Measure, Notice, NoticeReply, NoticeStep
from nosvidere.landlords.queries import new_signs_since, observed_days
from nosvidere.leads.models import Lead
from nosvidere.register.queries import landlord_of
from nosvidere.rules.access import SYSTEM, Actor, check_may
from nosvidere.rules.flows import NOTICE
from nosvidere.rules.notice import (
    ACKNOWLEDGE_DAYS,
    MEASURE_DAYS,
    check_draft,
    check_measure,
    check_recheck,
    check_review,
    legal_deadline,
)

LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class Served:
    """A notice that is on its way, with the letter code that opens it; the code is kept nowhere."""

    notice: Notice
    code: Code


@transaction.atomic
def draft_notice(*, lead: Lead, extent_basis: str, by: Actor, at: datetime) -> Notice:
    """Draft a notice about a confirmed place to whoever lets it."""
    check_may(by, "notice.draft")
    tenure = landlord_of(lead.place)
    if tenure is None:
        raise Refused("Registret säger inte vem som hyr ut. Lägg in hyresvärden först.")
    days = observed_days(lead)
    check_draft(
        lead_state=lead.state,
        observed_on=days,
        extent_basis=extent_basis,
        is_party_verified=tenure.party.is_verified,
    )
    if lead.notices.filter(closed_at__isnull=True).exists():
        raise Refused("Det finns redan ett öppet brev om platsen.")
    notice = Notice.objects.create(
        lead=lead,
        place=lead.place,
        party=tenure.party,
        tenure=tenure.form,
        diary_no=next_diary_no(at),
        extent_basis=extent_basis.strip(),
        observed_on=[day.isoformat() for day in days],
        drafted_by=by.code,
        drafted_at=at,
    )
    NoticeStep.objects.create(notice=notice, after="DRAFT", by=by.code, at=at)
    record(by=by, act="notice.draft", on=notice, at=at)
    return notice


@transaction.atomic
def ask_review(*, notice: Notice, by: Actor, at: datetime) -> None:
    """Hand a draft over to legal review."""
    check_may(by, "notice.draft")
    _move(notice, "REVIEW", by=by, at=at)


@transaction.atomic
def approve_notice(
    *,
    notice: Notice,
    proportionality: str,
    ground: str,
    harm: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> None:
    """Approve a notice in legal review, with the decision to disclose and the answers to the questions of harm."""
    check_may(by, "notice.review")
    check_review(
        state=notice.state,
        drafted_by=notice.drafted_by,
        reviewer=by.code,
        proportionality=proportionality,
        ground=ground,
        harm=harm,
    )
    _set(
        notice,
        proportionality=proportionality.strip(),
        disclosure_ground=ground,
        harm_check=dict(harm),
        reviewed_by=by.code,
        reviewed_at=at,
    )
    _move(notice, "APPROVED", by=by, at=at, why=proportionality)


@transaction.atomic
def reject_notice(*, notice: Notice, why: str, by: Actor, at: datetime) -> None:
    """Stop a notice in legal review."""
    check_may(by, "notice.review")
    _check_reason(why)
    _move(notice, "REJECTED", by=by, at=at, why=why)


@transaction.atomic
def serve_notice(*, notice: Notice, by: Actor, at: datetime) -> Served:
    """Put the notice, sealed and signed, in a mailbox of its own, and return the code for the paper letter."""
    check_may(by, "notice.serve")
    NOTICE.check(notice.state, "SENT")
    code = new_code()
    tag, mailbox = open_mailbox(code=code, at=at)
    send_answer(
        tag=tag, mailbox=mailbox, kind="notice", text=notice_text(notice, on=local_date(at)), at=at
    )
    _set(
        notice,
        sent_at=at,
        mailbox_tag=tag,
        acknowledge_by_on=local_date(at) + timedelta(days=ACKNOWLEDGE_DAYS),
    )
    _move(notice, "SENT", by=by, at=at)
    return Served(notice, code)


def take_in_replies(*, by: Actor, at: datetime) -> int:
    """Let each landlord's letter take effect on its notice, each in its own transaction; return how many."""
    letters = deliveries_waiting("landlord")
    for delivery in letters:
        _take_in(delivery, by=by, at=at)
    return len(letters)


@transaction.atomic
def _take_in(delivery: Delivery, *, by: Actor, at: datetime) -> None:
    fields = open_delivery(delivery)
    notice = Notice.objects.filter(mailbox_tag=delivery.tag).first()
    if notice is not None:
        _apply(notice, fields, received_at=delivery.received_at, by=by, at=at)
    mark_taken(delivery=delivery, at=at)


def _apply(
    notice: Notice, fields: dict[str, str], *, received_at: datetime, by: Actor, at: datetime
) -> None:
    """Keep what the landlord wrote, start the legal clock at the first sign of life, and move the notice."""
    kind = fields.get("act", "")
    NoticeReply.objects.create(
        notice=notice,
        kind=kind,
        at=received_at,
        sealed_text=store.seal(fields.get("text", "").encode()),
    )
    if notice.knows_since_at is None:
        _start_clock(notice, received_at, by=by, at=at)
    if kind == "acknowledged" and NOTICE.can(notice.state, "ACKNOWLEDGED"):
        _move(notice, "ACKNOWLEDGED", by=SYSTEM, at=at)
    elif kind == "contested" and NOTICE.can(notice.state, "CONTESTED"):
        _move(notice, "CONTESTED", by=SYSTEM, at=at)
    elif kind == "measure" and fields.get("measure") in MEASURES:
        _report_measure(notice, fields, at=at)


def _start_clock(notice: Notice, knows_since_at: datetime, *, by: Actor, at: datetime) -> None:
    knows_on = local_date(knows_since_at)
    _set(
        notice,
        knows_since_at=knows_since_at,
        measure_by_on=knows_on + timedelta(days=MEASURE_DAYS),
        legal_deadline_on=legal_deadline(notice.tenure, knows_on),
    )
    _move(notice, "RECEIVED", by=by, at=at, why="Hyresvärden har öppnat underrättelsen.")


def _report_measure(notice: Notice, fields: dict[str, str], *, at: datetime) -> None:
    taken_on = _day(fields.get("taken_on", ""), local_date(at))
    check_measure(
        state=notice.state,
        kind=fields["measure"],
        taken_on=taken_on,
        on=local_date(at),
        reason=fields.get("text", ""),
    )
    Measure.objects.create(
        notice=notice, kind=fields["measure"], taken_on=taken_on, reported_at=at
    )
    if fields["measure"] == "letting_ended":
        _set(notice, letting_ended_on=taken_on)
    _move(notice, "MEASURE_TAKEN", by=SYSTEM, at=at)


def _day(text: str, today: date) -> date:
    """Return the day that a landlord wrote; one ahead or unreadable counts as today."""
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today


@transaction.atomic
def verify_measure(*, notice: Notice, by: Actor, at: datetime) -> None:
    """Say that a measure has held: the letting ended, or sixty days passed without new signs."""
    check_may(by, "notice.draft")
    NOTICE.check(notice.state, "VERIFIED")
    measure = notice.measures.order_by("-taken_on").first()
    if measure is None:
        raise Refused("Ingen åtgärd är rapporterad.")
    on = local_date(at)
    check_recheck(
        taken_on=measure.taken_on,
        on=on,
        new_signs=new_signs_since(notice, measure.taken_on),
        letting_ended=notice.letting_ended_on is not None,
    )
    Measure.objects.filter(pk=measure.pk).update(rechecked_on=on, has_held=True)
    _move(notice, "VERIFIED", by=by, at=at)


@transaction.atomic
def step_notice(*, notice: Notice, to: str, why: str, by: Actor, at: datetime) -> None:
    """Take a notice on by hand, with a reason: insufficient, escalated, withdrawn, back to review, closed."""
    check_may(by, "notice.serve")
    _check_reason(why)
    if to in {"APPROVED", "SENT", "VERIFIED", "MEASURE_TAKEN"}:
        raise Refused("Det steget har ett eget formulär.")
    _move(notice, to, by=by, at=at, why=why)


def _check_reason(why: str) -> None:
    if not why.strip():
        raise Refused("Skriv varför.")


def _set(notice: Notice, **values: object) -> None:
    Notice.objects.filter(pk=notice.pk).update(**values)
    for name, value in values.items():
        setattr(notice, name, value)


def _move(notice: Notice, to: str, *, by: Actor, at: datetime, why: str = "") -> None:
    NOTICE.check(notice.state, to)
    closed_at = at if to in NOTICE.ends() else None
    if not Notice.objects.filter(pk=notice.pk, state=notice.state).update(
        state=to, closed_at=closed_at
    ):
        raise Refused("Någon annan har ändrat brevet. Läs in sidan igen.")
    NoticeStep.objects.create(
        notice=notice, before=notice.state, after=to, by=by.code, at=at, why=why[:LONGEST_REASON]
    )
    notice.state, notice.closed_at = to, closed_at
    record(by=by, act="notice.move", on=notice, at=at, fields={"to": to})
