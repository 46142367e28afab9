"""Referrals as the services see them."""

from datetime import date, datetime

from django.db.models import Count, F, QuerySet

from nosvidere.courier import store
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.flows import REFERRAL
from nosvidere.services.models import ReceivedReferral


def referrals(*, reader: Actor, state: str = "") -> QuerySet[ReceivedReferral]:
    """Return the referrals, the most urgent first."""
    check_may(reader, "referral.receive")
    open_first = F("closed_at").asc(nulls_first=True)
    found = ReceivedReferral.objects.order_by(open_first, "-is_urgent", "due_at")
    return found.filter(state=state) if state else found


def monthly_counts(*, reader: Actor, month: date) -> dict[str, int]:
    """Return how many referrals of a month stand in each state: all that may leave the services."""
    check_may(reader, "referral.receive")
    found = ReceivedReferral.objects.filter(
        received_at__year=month.year, received_at__month=month.month
    ).order_by()
    counts = dict(found.values_list("state").annotate(Count("pk")))
    return {state: counts.get(state, 0) for state in REFERRAL.words}


def steps_with_notes(
    *, reader: Actor, referral: ReceivedReferral
) -> list[tuple[str, datetime, str, str]]:
    """Return (state, when, by, note) of each step, the notes opened with the services' own key."""
    check_may(reader, "referral.receive")
    return [(s.after, s.at, s.by, _opened(bytes(s.sealed_note))) for s in referral.steps.all()]


def _opened(sealed: bytes) -> str:
    return store.unseal(sealed).decode() if sealed else ""
