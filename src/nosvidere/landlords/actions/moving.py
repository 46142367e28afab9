"""A notice's state and dates, changed in one place: the step, the log entry, and nothing if somebody else was first."""

from datetime import datetime, timedelta

from nosvidere.audit.actions import record
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.landlords.models import Notice, NoticeStep
from nosvidere.rules.access import Actor
from nosvidere.rules.flows import NOTICE
from nosvidere.rules.notice import MEASURE_DAYS, legal_deadline

LONGEST_REASON = 400


def set_values(notice: Notice, **values: object) -> None:
    """Write fields of a notice, in the database and on the object."""
    Notice.objects.filter(pk=notice.pk).update(**values)
    for name, value in values.items():
        setattr(notice, name, value)


def move(notice: Notice, to: str, *, by: Actor, at: datetime, why: str = "") -> None:
    """Take a notice to a state, with its step and its log entry; raises Refused when the flow or somebody else says no."""
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


def start_clock(
    notice: Notice, knows_since_at: datetime, *, by: Actor, at: datetime, why: str
) -> None:
    """Note when the landlord learnt of it: the first time is the law's, a notice sent anew gets a new day to act by."""
    knows_on = local_date(knows_since_at)
    set_values(notice, measure_by_on=knows_on + timedelta(days=MEASURE_DAYS))
    if notice.knows_since_at is None:
        until = legal_deadline(notice.tenure, knows_on)
        set_values(notice, knows_since_at=knows_since_at, legal_deadline_on=until)
    move(notice, "RECEIVED", by=by, at=at, why=why)


def check_reason(why: str) -> None:
    """Raise Refused unless a reason is written."""
    if not why.strip():
        raise Refused("Skriv varför.")
