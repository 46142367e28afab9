"""Help offered, as counts."""

from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from nosvidere.operations.models import Operation, Shift
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.flows import HELP
from nosvidere.support.models import AUDIENCES, HelpOffer, Referral

NEAR = timedelta(hours=12)


def offer_counts(
    *, reader: Actor, operation: Operation | None = None
) -> dict[str, dict[str, int]]:
    """Return {audience: {state: how many}}; counts only, for those who may see them."""
    check_may(reader, "help.count")
    return counts_of(operation)


def counts_of(operation: Operation | None = None) -> dict[str, dict[str, int]]:
    """Return {audience: {state: how many}} of an operation, or of all."""
    offers = HelpOffer.objects.order_by()
    if operation is not None:
        offers = offers.filter(shift__operation=operation)
    counted: dict[str, dict[str, int]] = {}
    for audience, state, n in offers.values_list("audience", "state").annotate(Count("pk")):
        counted.setdefault(audience, dict.fromkeys(HELP.words, 0))[state] = n
    return {audience: counted[audience] for audience in AUDIENCES if audience in counted}


def offers_waiting(*, reader: Actor, at: datetime) -> QuerySet[HelpOffer]:
    """Return the offers on the reader's shifts that have no answer yet, or whose answer may still become a yes."""
    shifts = shifts_to_offer_on(reader=reader, at=at)
    return HelpOffer.objects.select_related("shift").filter(
        shift__in=shifts, state__in=["OFFERED", "INFO_ONLY"]
    )


def overdue_referrals(*, reader: Actor, at: datetime) -> QuerySet[Referral]:
    """Return the referrals that the services have not said they received in time."""
    check_may(reader, "help.count")
    return Referral.objects.filter(received_at__isnull=True, due_at__lt=at)


def shifts_to_offer_on(*, reader: Actor, at: datetime) -> QuerySet[Shift]:
    """Return the shifts under way or just ended, on which help can be noted; a coordinator's without being on a team."""
    check_may(reader, "help.offer")
    near = Shift.objects.filter(starts_at__lte=at + NEAR, ends_at__gte=at - NEAR)
    if "regional_coordinator" in reader.roles:
        return near
    return near.filter(teams__members__service_code=reader.code).distinct()
