"""Notices to landlords, and what the clock says of them."""

from datetime import date, datetime

from django.db.models import Count, QuerySet

from nosvidere.courier import store
from nosvidere.kernel.time import local_date
from nosvidere.landlords.models import Notice, NoticeReply
from nosvidere.leads.models import Lead
from nosvidere.leads.queries import live_statements, reason_against
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.flows import NOTICE
from nosvidere.rules.notice import check_recheck


def notices(*, reader: Actor, state: str = "") -> QuerySet[Notice]:
    """Return the notices, newest first."""
    check_may(reader, "notice.read")
    found = Notice.objects.select_related("place", "party", "lead")
    return found.filter(state=state) if state else found


def notice_for(*, reader: Actor, pk: int) -> Notice | None:
    """Return one notice, or nothing."""
    return notices(reader=reader).filter(pk=pk).first()


def observed_days(lead: Lead) -> list[date]:
    """Return the different days on which signs at the lead's place were observed, in order."""
    days = (
        live_statements(lead.place)
        .exclude(sign__startswith="V0")
        .values_list("observed_until_on", flat=True)
    )
    own = (
        live_statements(lead.place).filter(sign="V01").values_list("observed_until_on", flat=True)
    )
    return sorted({*days, *own})


def leads_to_notice(*, reader: Actor) -> QuerySet[Lead]:
    """Return the confirmed leads that no open notice is about."""
    check_may(reader, "notice.draft")
    confirmed = Lead.objects.select_related("place").filter(state="CONFIRMED")
    return confirmed.exclude(notices__closed_at__isnull=True, notices__isnull=False)


def new_signs_since(notice: Notice, on: date) -> int:
    """Return how many statements on the place were observed after a day."""
    counter = ["V02", "V03", "V04"]
    return (
        live_statements(notice.place)
        .filter(observed_until_on__gt=on)
        .exclude(sign__in=counter)
        .count()
    )


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


OWN_FORMS = frozenset(
    {
        "REVIEW",
        "APPROVED",
        "REJECTED",
        "SENT",
        "RECEIVED",
        "ACKNOWLEDGED",
        "MEASURE_TAKEN",
        "VERIFIED",
    }
)


def steps_by_hand(notice: Notice) -> list[tuple[str, str]]:
    """Return (state, word) of the steps that a person may take a notice by hand, those with own forms left out."""
    own = OWN_FORMS if notice.state != "CONTESTED" else OWN_FORMS - {"REVIEW"}
    return [
        (s, NOTICE.words[s].capitalize())
        for s in NOTICE.words
        if NOTICE.can(notice.state, s) and s not in own
    ]


def open_acts(*, reader: Actor, notice: Notice, at: datetime) -> dict[str, str | None]:
    """Return {act: why the reader may not do it now, "" if they may}; None where the state itself rules it out."""
    return {
        "ask_review": _why(reader, "notice.draft", notice, "REVIEW")
        if notice.state == "DRAFT"
        else None,
        "review": _why_not_review(reader, notice),
        "serve": _why(reader, "notice.serve", notice, "SENT"),
        "verify": _why_not_verify(reader, notice, local_date(at)),
        "step": reason_against(check_may, reader, "notice.serve")
        if steps_by_hand(notice)
        else None,
    }


def _why(reader: Actor, permission: str, notice: Notice, to: str) -> str | None:
    return reason_against(check_may, reader, permission) if NOTICE.can(notice.state, to) else None


def _why_not_review(reader: Actor, notice: Notice) -> str | None:
    against = _why(reader, "notice.review", notice, "APPROVED")
    if against != "":
        return against
    return (
        "Den som skrivit brevet granskar det inte. Be en kollega."
        if reader.code == notice.drafted_by
        else ""
    )


def _why_not_verify(reader: Actor, notice: Notice, on: date) -> str | None:
    against, measure = (
        _why(reader, "notice.draft", notice, "VERIFIED"),
        notice.measures.order_by("-taken_on").first(),
    )
    if against != "" or measure is None:
        return against if measure else None
    return reason_against(
        check_recheck,
        taken_on=measure.taken_on,
        on=on,
        new_signs=new_signs_since(notice, measure.taken_on),
        letting_ended=notice.letting_ended_on is not None,
    )
