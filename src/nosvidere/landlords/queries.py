"""Notices to landlords, and what the clock says of them."""

from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, QuerySet

from nosvidere.courier import store
from nosvidere.kernel.time import local_date
from nosvidere.landlords.models import Measure, Notice, NoticeReply
from nosvidere.leads.models import Lead
from nosvidere.leads.queries import live_statements
from nosvidere.register.models import Place
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.flows import NOTICE
from nosvidere.rules.notice import check_recheck, check_serve
from nosvidere.ui.words import reason_against

# Signs that speak against: no finding, an innocent explanation, a quarrel between neighbours.
COUNTER = frozenset({"V02", "V03", "V04"})
# Steps that have a form of their own, or that the landlord's answer takes.
OWN_FORMS = frozenset(
    {
        "REVIEW",
        "APPROVED",
        "REJECTED",
        "SENT",
        "RECEIVED",
        "ACKNOWLEDGED",
        "CONTESTED",
        "MEASURE_TAKEN",
        "VERIFIED",
    }
)


def notices(*, reader: Actor, state: str = "") -> QuerySet[Notice]:
    """Return the notices, newest first."""
    check_may(reader, "notice.read")
    found = Notice.objects.select_related("place", "party", "lead")
    return found.filter(state=state) if state else found


def observed_days(lead: Lead) -> list[date]:
    """Return the different days on which signs at the lead's place were observed, in order."""
    return _days_of_signs(lead.place)


def observed_after(notice: Notice) -> list[date]:
    """Return the days on which signs were observed after the landlord learnt of it, in order."""
    if notice.knows_since_at is None:
        return []
    known = local_date(notice.knows_since_at)
    return [day for day in _days_of_signs(notice.place) if day > known]


def _days_of_signs(place: Place) -> list[date]:
    signs = live_statements(place).exclude(sign__in=COUNTER)
    return sorted(set(signs.values_list("observed_until_on", flat=True)))


def leads_to_notice(*, reader: Actor) -> QuerySet[Lead]:
    """Return the confirmed leads that no open notice is about."""
    check_may(reader, "notice.draft")
    open_notices = Notice.objects.filter(lead=OuterRef("pk"), closed_at__isnull=True)
    confirmed = Lead.objects.select_related("place").filter(state="CONFIRMED")
    return confirmed.exclude(Exists(open_notices))


def new_signs_since(notice: Notice, on: date) -> int:
    """Return how many statements on the place were observed after a day."""
    later = live_statements(notice.place).filter(observed_until_on__gt=on)
    return later.exclude(sign__in=COUNTER).count()


def lasting_measure(notice: Notice) -> Measure | None:
    """Return the newest measure that may be said to hold: not one that did not, and not that nothing was done."""
    done = notice.measures.exclude(kind="none").exclude(has_held=False)
    return done.order_by("-taken_on", "-pk").first()


def replies(*, reader: Actor, notice: Notice) -> list[tuple[NoticeReply, str]]:
    """Return each answer of the landlord with its text."""
    check_may(reader, "notice.read")
    return [
        (reply, store.unseal(bytes(reply.sealed_text)).decode()) for reply in notice.replies.all()
    ]


def notice_counts(*, reader: Actor) -> dict[str, int]:
    """Return how many notices stand in each state, in the flow's order."""
    check_may(reader, "notice.read")
    counts = dict(Notice.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: counts.get(state, 0) for state in NOTICE.words}


def steps_by_hand(notice: Notice) -> list[tuple[str, str]]:
    """Return (state, word) of the steps that a person may take a notice by hand, those with own forms left out."""
    own = OWN_FORMS if notice.state != "CONTESTED" else OWN_FORMS - {"REVIEW"}
    return [
        (state, word.capitalize())
        for state, word in NOTICE.words.items()
        if NOTICE.can(notice.state, state) and state not in own
    ]


def open_acts(*, reader: Actor, notice: Notice, at: datetime) -> dict[str, str | None]:
    """Return {act: why the reader may not do it now, "" if they may}; None where the state itself rules it out."""
    on = local_date(at)
    is_draft, has_mailbox = notice.state == "DRAFT", bool(notice.mailbox_public)
    is_open = notice.closed_at is None
    return {
        "revise": _why_role(reader, "notice.draft") if is_draft else None,
        "ask_review": _why_role(reader, "notice.draft") if is_draft else None,
        "review": _why_not_review(reader, notice),
        "serve": _why_not_serve(reader, notice, on),
        "told": _why(reader, "notice.serve", notice, "RECEIVED"),
        "write": _why_role(reader, "notice.serve") if has_mailbox and is_open else None,
        "verify": _why_not_verify(reader, notice, on),
        "step": _why_role(reader, "notice.serve") if steps_by_hand(notice) else None,
    }


def _why_role(reader: Actor, permission: str) -> str:
    return reason_against(check_may, reader, permission)


def _why(reader: Actor, permission: str, notice: Notice, to: str) -> str | None:
    return _why_role(reader, permission) if NOTICE.can(notice.state, to) else None


def _why_not_review(reader: Actor, notice: Notice) -> str | None:
    against = _why(reader, "notice.review", notice, "APPROVED")
    if against != "":
        return against
    return (
        "Den som skrivit brevet granskar det inte. Be en kollega."
        if reader.code == notice.drafted_by
        else ""
    )


def _why_not_serve(reader: Actor, notice: Notice, on: date) -> str | None:
    against = _why(reader, "notice.serve", notice, "SENT")
    if against != "":
        return against
    return reason_against(
        check_serve, state=notice.state, hold_until_on=notice.hold_until_on, on=on
    )


def _why_not_verify(reader: Actor, notice: Notice, on: date) -> str | None:
    against, measure = _why(reader, "notice.draft", notice, "VERIFIED"), lasting_measure(notice)
    if measure is None:
        return None
    if against != "":
        return against
    return reason_against(
        check_recheck,
        taken_on=measure.taken_on,
        on=on,
        new_signs=new_signs_since(notice, measure.taken_on),
        letting_ended=notice.letting_ended_on is not None,
    )
