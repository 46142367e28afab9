"""What waits for whom: the first page of each role, read from the rows themselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nosvidere.field.queries import open_concerns
from nosvidere.intake.models import SourceItem
from nosvidere.kernel.time import STOCKHOLM, local_date
from nosvidere.landlords.models import Notice
from nosvidere.leads.models import Lead
from nosvidere.operations.models import Operation
from nosvidere.operations.queries import current_team, visits_for_team
from nosvidere.picture.queries import why_not_publish
from nosvidere.rules.access import Actor, can
from nosvidere.rules.notice import is_overdue
from nosvidere.support.models import Referral

Waiting = Callable[[Actor, datetime], Sequence[datetime]]

SINCE = _("det äldsta sedan {moment}")
BY = _("senast {moment}")
NEXT = _("nästa {moment}")


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits: what, how many, since or until when, where; danger to people stands out."""

    label: str
    count: int
    note: str
    href: str
    is_danger: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of waiting thing: who sees it, where it is done, and the instants that its things wait since or until."""

    key: str
    label: Promise
    permission: str
    url_name: str
    waiting: Waiting
    query: str = ""
    note: Promise = SINCE
    is_danger: bool = False


def _concerns(reader: Actor, at: datetime) -> list[datetime]:
    return list(open_concerns(reader=reader).values_list("due_at", flat=True))


def _tips(state: str) -> Waiting:
    found = SourceItem.objects.filter(kind="tip", state=state)
    return lambda reader, at: list(found.values_list("received_at", flat=True))


def _emergencies(reader: Actor, at: datetime) -> list[datetime]:
    found = SourceItem.objects.filter(kind="tip", state="RECEIVED", tip__is_emergency=True)
    return list(found.values_list("received_at", flat=True))


def _ads(reader: Actor, at: datetime) -> list[datetime]:
    found = SourceItem.objects.filter(kind="ad", state="REGISTERED", ad__place__isnull=False)
    return list(found.values_list("received_at", flat=True))


def _leads(state: str) -> Waiting:
    found = Lead.objects.filter(state=state)
    return lambda reader, at: list(found.values_list("state_at", flat=True))


def _to_look_at_again(reader: Actor, at: datetime) -> list[datetime]:
    """Return since when leads have rested that were to be looked at again by now."""
    rested = Lead.objects.filter(state="PARKED", next_review_on__lte=local_date(at))
    return list(rested.values_list("state_at", flat=True))


def _to_approve(reader: Actor, at: datetime) -> list[datetime]:
    """Return the assessed leads that somebody else than the reader assessed."""
    assessed = Lead.objects.filter(state="ASSESSED", assessments__is_eligible=True)
    others = assessed.exclude(assessments__made_by=reader.code).distinct()
    return list(others.values_list("state_at", flat=True))


def _visits(reader: Actor, at: datetime) -> list[datetime]:
    """Return when the visits begin that are left on the reader's own shift."""
    team = current_team(reader=reader, at=at)
    if team is None:
        return []
    left = [v for v in visits_for_team(reader=reader, team=team) if v.state == "PLANNED"]
    return [visit.arrive_at for visit in left if visit.arrive_at]


def _operations(state: str, since: str) -> Waiting:
    found = Operation.objects.filter(state=state, **{f"{since}__isnull": False})
    return lambda reader, at: list(found.values_list(since, flat=True))


def _ongoing(reader: Actor, at: datetime) -> list[datetime]:
    found = Operation.objects.filter(state__in=["BRIEFED", "ONGOING"], approved_at__isnull=False)
    return [at for at in found.values_list("approved_at", flat=True) if at]


def _to_publish(reader: Actor, at: datetime) -> list[datetime]:
    """Return the operations that have been reported on, may be told of today, and have not been."""
    found = Operation.objects.filter(state="REPORTED", summaries__isnull=True)
    ripe = [o for o in found if not why_not_publish(o, on=local_date(at))]
    return [operation.proposed_at for operation in ripe]


def _notices(states: Sequence[str], since: str) -> Waiting:
    found = Notice.objects.filter(state__in=states, **{f"{since}__isnull": False})
    return lambda reader, at: list(found.values_list(since, flat=True))


def _overdue_notices(reader: Actor, at: datetime) -> list[datetime]:
    waiting = Notice.objects.filter(state__in=["SENT", "RECEIVED", "ACKNOWLEDGED"])
    return [
        notice.sent_at
        for notice in waiting
        if notice.sent_at
        and is_overdue(
            state=notice.state,
            acknowledge_by_on=notice.acknowledge_by_on,
            measure_by_on=notice.measure_by_on,
            on=local_date(at),
        )
    ]


def _overdue_referrals(reader: Actor, at: datetime) -> list[datetime]:
    late = Referral.objects.filter(received_at__isnull=True, due_at__lt=at)
    return list(late.values_list("sent_at", flat=True))


KINDS: tuple[Kind, ...] = (
    Kind(
        "concerns",
        _("orosanmälningar att lämna före passets slut"),
        "check.record",
        "field:shift",
        _concerns,
        note=BY,
        is_danger=True,
    ),
    Kind(
        "unsent_concerns",
        _("orosanmälningar som inte är lämnade"),
        "operation.plan",
        "operations:operations",
        _concerns,
        note=BY,
        is_danger=True,
    ),
    Kind(
        "emergencies",
        _("tips som kan gälla fara nu"),
        "tip.read",
        "intake:tips",
        _emergencies,
        "?lage=RECEIVED",
        is_danger=True,
    ),
    Kind(
        "tips",
        _("tips att läsa och bedöma"),
        "tip.grade",
        "intake:tips",
        _tips("RECEIVED"),
        "?lage=RECEIVED",
    ),
    Kind(
        "visits", _("besök kvar på ditt pass"), "check.record", "field:shift", _visits, note=NEXT
    ),
    Kind(
        "tips_to_place",
        _("tips att koppla till en plats"),
        "place.confirm",
        "leads:waiting",
        _tips("TRIAGED"),
    ),
    Kind(
        "ads_to_place",
        _("annonser att koppla till en plats"),
        "place.confirm",
        "leads:waiting",
        _ads,
    ),
    Kind(
        "to_assess",
        _("uppslag att bedöma"),
        "lead.assess",
        "leads:leads",
        _leads("OPEN"),
        "?lage=OPEN",
    ),
    Kind(
        "to_look_at_again",
        _("vilande uppslag att se på igen"),
        "lead.assess",
        "leads:leads",
        _to_look_at_again,
        "?lage=PARKED",
    ),
    Kind(
        "to_approve",
        _("bedömda uppslag att godkänna"),
        "lead.approve",
        "leads:leads",
        _to_approve,
        "?lage=ASSESSED",
    ),
    Kind(
        "to_visit",
        _("uppslag att lägga i en insats"),
        "operation.plan",
        "leads:leads",
        _leads("APPROVED_FOR_CHECK"),
        "?lage=APPROVED_FOR_CHECK",
    ),
    Kind(
        "to_decide",
        _("insatser att besluta om"),
        "operation.approve",
        "operations:to_decide",
        _operations("PROPOSED", "proposed_at"),
    ),
    Kind(
        "ongoing",
        _("insatser som pågår"),
        "operation.read",
        "operations:operations",
        _ongoing,
    ),
    Kind(
        "to_conclude",
        _("kontrollerade platser som väntar på besked"),
        "operation.plan",
        "operations:operations",
        _leads("CHECKED"),
    ),
    Kind(
        "to_review",
        _("brev till hyresvärdar att granska"),
        "notice.review",
        "landlords:notices",
        _notices(["REVIEW"], "drafted_at"),
        "?lage=REVIEW",
    ),
    Kind(
        "to_serve",
        _("brev att skicka"),
        "notice.serve",
        "landlords:notices",
        _notices(["APPROVED"], "reviewed_at"),
        "?lage=APPROVED",
    ),
    Kind(
        "answers",
        _("svar från hyresvärdar att följa upp"),
        "notice.draft",
        "landlords:notices",
        _notices(["MEASURE_TAKEN", "CONTESTED"], "sent_at"),
    ),
    Kind(
        "overdue_notices",
        _("hyresvärdar som inte svarat i tid"),
        "notice.read",
        "landlords:notices",
        _overdue_notices,
    ),
    Kind(
        "overdue_referrals",
        _("förmedlingar utan besked i tid"),
        "help.count",
        "support:offers",
        _overdue_referrals,
    ),
    Kind(
        "to_publish",
        _("insatser att berätta om"),
        "summary.publish",
        "picture:picture",
        _to_publish,
    ),
)


def tasks_for(reader: Actor, *, at: datetime) -> list[Task]:
    """Return what waits for the reader's roles, danger first, nothing that is done."""
    found = [
        _task(kind, waiting)
        for kind in KINDS
        if can(reader, kind.permission) and (waiting := kind.waiting(reader, at))
    ]
    return sorted(found, key=lambda task: not task.is_danger)


def _task(kind: Kind, waiting: Sequence[datetime]) -> Task:
    first = min(waiting).astimezone(STOCKHOLM)
    return Task(
        label=str(kind.label),
        count=len(waiting),
        note=str(kind.note).format(moment=f"{first:%Y-%m-%d %H:%M}"),
        href=reverse(kind.url_name) + kind.query,
        is_danger=kind.is_danger,
    )
