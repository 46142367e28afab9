"""What waits for whom: the first page of each role, counted from the rows themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nosvidere.courier.queries import is_late
from nosvidere.field.models import ConcernReport
from nosvidere.intake.models import SourceItem, Tip
from nosvidere.kernel.time import local_date
from nosvidere.landlords.models import Notice
from nosvidere.leads.models import Lead
from nosvidere.operations.models import Operation
from nosvidere.rules.access import Actor, can
from nosvidere.rules.notice import is_overdue
from nosvidere.support.models import Referral


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits: what, how many, where; danger to people stands out."""

    label: str
    count: int
    href: str
    is_danger: bool = False


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of waiting thing: who sees it, where it is done, and how it is counted."""

    label: Promise
    permission: str
    url_name: str
    count: Callable[[Actor, datetime], int]
    query: str = ""
    is_danger: bool = False


def _tips(state: str) -> Callable[[Actor, datetime], int]:
    return lambda reader, at: SourceItem.objects.filter(kind="tip", state=state).count()


def _emergencies(reader: Actor, at: datetime) -> int:
    return Tip.objects.filter(is_emergency=True, item__state="RECEIVED").count()


def _ads(reader: Actor, at: datetime) -> int:
    return SourceItem.objects.filter(
        kind="ad", state="REGISTERED", ad__place__isnull=False
    ).count()


def _leads(*states: str) -> Callable[[Actor, datetime], int]:
    return lambda reader, at: Lead.objects.filter(state__in=states).count()


def _to_approve(reader: Actor, at: datetime) -> int:
    """Count assessed leads that somebody else than the reader assessed."""
    assessed = Lead.objects.filter(state="ASSESSED", assessments__is_eligible=True)
    return assessed.exclude(assessments__made_by=reader.code).distinct().count()


def _operations(*states: str) -> Callable[[Actor, datetime], int]:
    return lambda reader, at: Operation.objects.filter(state__in=states).count()


def _notices(*states: str) -> Callable[[Actor, datetime], int]:
    return lambda reader, at: Notice.objects.filter(state__in=states).count()


def _overdue_notices(reader: Actor, at: datetime) -> int:
    on = local_date(at)
    waiting = Notice.objects.filter(state__in=["SENT", "RECEIVED", "ACKNOWLEDGED"])
    return sum(
        is_overdue(
            state=n.state,
            acknowledge_by_on=n.acknowledge_by_on,
            measure_by_on=n.measure_by_on,
            on=on,
        )
        for n in waiting
    )


def _concerns(reader: Actor, at: datetime) -> int:
    return ConcernReport.objects.filter(sent_at__isnull=True).count()


def _overdue_referrals(reader: Actor, at: datetime) -> int:
    return Referral.objects.filter(received_at__isnull=True, due_at__lt=at).count()


def _drop_is_late(reader: Actor, at: datetime) -> int:
    return int(is_late(at=at))


KINDS: tuple[_Kind, ...] = (
    _Kind(
        _("orosanmälningar att lämna före passets slut"),
        "pack.read",
        "field:debriefing",
        _concerns,
        is_danger=True,
    ),
    _Kind(
        _("tips som är bråttom"),
        "tip.read",
        "intake:tips",
        _emergencies,
        "?lage=RECEIVED",
        is_danger=True,
    ),
    _Kind(
        _("tips att läsa och bedöma"),
        "tip.grade",
        "intake:tips",
        _tips("RECEIVED"),
        "?lage=RECEIVED",
    ),
    _Kind(_("tips att koppla till en plats"), "place.confirm", "leads:waiting", _tips("TRIAGED")),
    _Kind(_("annonser att koppla till en plats"), "place.confirm", "leads:waiting", _ads),
    _Kind(_("uppslag att bedöma"), "lead.assess", "leads:leads", _leads("OPEN"), "?lage=OPEN"),
    _Kind(
        _("bedömda uppslag att godkänna"),
        "lead.approve",
        "leads:leads",
        _to_approve,
        "?lage=ASSESSED",
    ),
    _Kind(
        _("uppslag att lägga i en insats"),
        "operation.plan",
        "leads:leads",
        _leads("APPROVED_FOR_CHECK"),
        "?lage=APPROVED_FOR_CHECK",
    ),
    _Kind(
        _("insatser att besluta om"),
        "operation.approve",
        "operations:operations",
        _operations("PROPOSED"),
    ),
    _Kind(
        _("insatser som pågår"),
        "operation.read",
        "operations:operations",
        _operations("BRIEFED", "ONGOING"),
    ),
    _Kind(
        _("brev till hyresvärdar att granska"),
        "notice.review",
        "landlords:notices",
        _notices("REVIEW"),
        "?lage=REVIEW",
    ),
    _Kind(
        _("brev att skicka"),
        "notice.serve",
        "landlords:notices",
        _notices("APPROVED"),
        "?lage=APPROVED",
    ),
    _Kind(
        _("svar från hyresvärdar att följa upp"),
        "notice.draft",
        "landlords:notices",
        _notices("MEASURE_TAKEN", "CONTESTED"),
    ),
    _Kind(
        _("hyresvärdar som inte svarat i tid"),
        "notice.read",
        "landlords:notices",
        _overdue_notices,
    ),
    _Kind(_("förmedlingar utan besked i tid"), "help.count", "support:offers", _overdue_referrals),
    _Kind(_("brevlådan svarar inte"), "keeping.read", "accounts:accounts", _drop_is_late),
)


def tasks_for(reader: Actor, *, at: datetime) -> list[Task]:
    """Return what waits for the reader's roles, danger first, nothing that is done."""
    found = [
        Task(str(kind.label), count, reverse(kind.url_name) + kind.query, kind.is_danger)
        for kind in KINDS
        if can(reader, kind.permission) and (count := kind.count(reader, at))
    ]
    return sorted(found, key=lambda task: not task.is_danger)
