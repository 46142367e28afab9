"""Notices to landlords, and what the clock says of them."""

from datetime import date

from django.db.models import QuerySet

from nosvidere.courier import store
from nosvidere.landlords.models import Notice, NoticeReply
from nosvidere.leads.models import Lead
from nosvidere.leads.queries import live_statements
from nosvidere.rules.access import Actor, check_may


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
