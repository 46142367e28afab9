"""Notices followed up by hand: told in another way, held or not, handed on, closed."""

from datetime import date, datetime, time

from django.db import transaction

from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import STOCKHOLM, local_date
from nosvidere.landlords.actions.moving import check_reason, move, set_values, start_clock
from nosvidere.landlords.models import Measure, Notice
from nosvidere.landlords.queries import OWN_FORMS, lasting_measure, new_signs_since
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.flows import NOTICE
from nosvidere.rules.notice import check_escalate, check_recheck, check_told

NOON = time(12, tzinfo=STOCKHOLM)  # of a day without an hour


@transaction.atomic
def note_told(*, notice: Notice, told_on: date, how: str, by: Actor, at: datetime) -> None:
    """Note that a landlord who has not answered was served in another way, with the proof: the legal clock starts."""
    check_may(by, "notice.serve")
    check_told(
        state=notice.state,
        sent_on=local_date(notice.sent_at) if notice.sent_at else None,
        told_on=told_on,
        how=how,
        on=local_date(at),
    )
    start_clock(notice, datetime.combine(told_on, NOON), by=by, at=at, why=how)


@transaction.atomic
def verify_measure(*, notice: Notice, by: Actor, at: datetime) -> None:
    """Say that a measure has held: the letting ended, or sixty days passed without new signs."""
    check_may(by, "notice.draft")
    NOTICE.check(notice.state, "VERIFIED")
    measure = lasting_measure(notice)
    if measure is None:
        raise Refused("Ingen åtgärd är rapporterad som kan hålla.")
    on = local_date(at)
    check_recheck(
        taken_on=measure.taken_on,
        on=on,
        new_signs=new_signs_since(notice, measure.taken_on),
        letting_ended=notice.letting_ended_on is not None,
    )
    Measure.objects.filter(pk=measure.pk).update(rechecked_on=on, has_held=True)
    move(notice, "VERIFIED", by=by, at=at)


@transaction.atomic
def step_notice(*, notice: Notice, to: str, why: str, by: Actor, at: datetime) -> None:
    """Take a notice on by hand, with a reason: insufficient, escalated, withdrawn, back to review, closed."""
    check_may(by, "notice.serve")
    check_reason(why)
    NOTICE.check(notice.state, to)
    if to in OWN_FORMS and (notice.state, to) != ("CONTESTED", "REVIEW"):
        raise Refused("Det steget har ett eget formulär.")
    if to == "ESCALATED":
        _check_escalate(notice)
    if to == "INSUFFICIENT":
        _note_not_held(notice, on=local_date(at))
    move(notice, to, by=by, at=at, why=why)


def _note_not_held(notice: Notice, *, on: date) -> None:
    """Note that what was done did not hold; a letting that ended has begun again, for all we know."""
    notice.measures.exclude(has_held=False).update(rechecked_on=on, has_held=False)
    set_values(notice, letting_ended_on=None)


def _check_escalate(notice: Notice) -> None:
    known = local_date(notice.knows_since_at) if notice.knows_since_at else None
    new_signs = new_signs_since(notice, known) if known else 0
    check_escalate(knows_since_on=known, new_signs=new_signs)
