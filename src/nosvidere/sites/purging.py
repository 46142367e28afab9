"""What the police site deletes when its time has come, by the rules of keeping; the log keeps a receipt of counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from nosvidere.audit.actions import record
from nosvidere.field.models import Check, ConcernReport, Envelope, OffenceReport
from nosvidere.intake.actions import forget_gone_ads
from nosvidere.intake.models import (
    Ad,
    AdBatch,
    AdLinking,
    GroupChange,
    Message,
    Photo,
    SourceItem,
    Tip,
)
from nosvidere.kernel.time import local_date
from nosvidere.landlords.models import Notice
from nosvidere.leads.models import Lead, Link, Statement
from nosvidere.operations.models import Operation
from nosvidere.register.models import ImportRun, Party, Tenure
from nosvidere.rules.access import SYSTEM, Actor
from nosvidere.rules.keeping import (
    CLOSED_CASE_DAYS,
    FREE_TEXT_DAYS,
    IMPORT_REPORT_DAYS,
    OPEN_NOTICE_DAYS,
    UNSEEN_AD_DAYS,
)
from nosvidere.support.models import Consent, HelpOffer


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of thing that ends: its Swedish name, which rows are past their time on a day, how they end."""

    name: str
    past: Callable[[date], "QuerySet[Any]"]
    end: Callable[["QuerySet[Any]"], object] = QuerySet.delete


def _year_ago(on: date) -> date:
    return on - timedelta(days=FREE_TEXT_DAYS)


def _tip_texts(on: date) -> "QuerySet[Tip]":
    """Return the tips whose text has had its year, also when a lead still needs their signs."""
    old = Tip.objects.filter(item__received_at__date__lte=_year_ago(on))
    return old.exclude(sealed_text=b"", sanitised_text="", sanitised_place="")


def _forget_tip_texts(rows: "QuerySet[Tip]") -> None:
    rows.update(sealed_text=b"", sanitised_text="", sanitised_place="")


def _case_ended(on: date) -> date:
    return on - timedelta(days=CLOSED_CASE_DAYS)


def _news(on: date) -> Q:
    """Return what says that something new came to a lead's place within the year."""
    items = Link.objects.filter(
        deleted_at__isnull=True,
        place=OuterRef("place"),
        item__received_at__date__gt=_case_ended(on),
    )
    return Q(state_at__date__gt=_case_ended(on)) | Q(Exists(items))


def _living(on: date) -> "QuerySet[Lead]":
    """Return the leads that still need what is known of their place: closed within the year, or open with news in it."""
    is_open = Q(closed_at__isnull=True)
    return Lead.objects.filter(is_open & _news(on) | Q(closed_at__date__gt=_case_ended(on)))


def _items(on: date) -> "QuerySet[SourceItem]":
    """Return the items past their end that no lead still needs."""
    needed = Link.objects.filter(
        item=OuterRef("pk"), deleted_at__isnull=True, place__leads__in=_living(on)
    )
    return SourceItem.objects.filter(expires_on__lte=on).exclude(Exists(needed))


def _observations(on: date) -> "QuerySet[Statement]":
    """Return what our own checks said a year ago or more of places that no lead needs it for; other statements go with their item."""
    needed = _living(on).filter(place=OuterRef("place"))
    old = Statement.objects.filter(item__isnull=True, entered_at__date__lte=_case_ended(on))
    return old.exclude(Exists(needed))


def _delete_checks(rows: "QuerySet[Check]") -> None:
    """Delete checks, each before the one that corrected it."""
    while (free := rows.filter(corrects__isnull=True)).exists():
        free.delete()


def _ended_operations(on: date) -> "QuerySet[Operation]":
    """Return the operations closed a year ago, and those left open whose last day was a year ago."""
    ended = _case_ended(on)
    left = Q(closed_at__isnull=True, until_on__lte=ended)
    return Operation.objects.filter(left | Q(closed_at__date__lte=ended))


def _notices(on: date) -> "QuerySet[Notice]":
    """Return the notices closed a year ago, and those left open for two."""
    left = Q(closed_at__isnull=True, drafted_at__date__lte=on - timedelta(days=OPEN_NOTICE_DAYS))
    return Notice.objects.filter(left | Q(closed_at__date__lte=_case_ended(on)))


def _leads(on: date) -> "QuerySet[Lead]":
    """Return the leads past their time that no operation or notice still holds."""
    free = Lead.objects.filter(assignments__isnull=True, notices__isnull=True)
    return free.exclude(pk__in=_living(on).values("pk"))


def _tenures(on: date) -> "QuerySet[Tenure]":
    """Return who let places that no lead is about any more."""
    return Tenure.objects.filter(from_on__lte=_case_ended(on), place__leads__isnull=True)


def _parties() -> "QuerySet[Party]":
    return Party.objects.filter(tenures__isnull=True, notices__isnull=True)


def _ad_hashes(on: date) -> "QuerySet[Ad]":
    """Return the ads that were last seen half a year ago, also when a lead still needs where and when they were."""
    old = Ad.objects.filter(last_seen_on__lte=on - timedelta(days=UNSEEN_AD_DAYS))
    return old.exclude(contacts=[], words=[], shingles=[], sealed_text=b"")


def _forget_ad_hashes(rows: "QuerySet[Ad]") -> None:
    rows.update(contacts=[], words=[], shingles=[], sealed_text=b"")


def _linkings(on: date) -> "QuerySet[AdLinking]":
    return AdLinking.objects.filter(at__date__lte=on - timedelta(days=UNSEEN_AD_DAYS))


def _imports(on: date) -> "QuerySet[ImportRun]":
    """Return the imports of the register that ended two years ago, but for the latest."""
    ended = ImportRun.objects.filter(finished_at__isnull=False)
    latest = ended.order_by("-pk").values("pk")[:1]
    old = ended.filter(finished_at__date__lte=on - timedelta(days=IMPORT_REPORT_DAYS))
    return old.exclude(pk__in=latest)


# In the order in which rows let go of each other.
RULES: tuple[Rule, ...] = (
    Rule("samtycken som gått ut eller återtagits", lambda on: Consent.objects.filter(Q(expires_on__lt=on) | Q(withdrawn_at__isnull=False))),
    Rule("text i tips", _tip_texts, _forget_tip_texts),
    Rule("meddelanden i tips", lambda on: Message.objects.filter(at__date__lte=_year_ago(on)).exclude(sealed_text=b""), lambda rows: rows.update(sealed_text=b"")),
    Rule("bilder i tips", lambda on: Photo.objects.filter(received_at__date__lte=_year_ago(on))),
    Rule("kontakter i annonser", _ad_hashes, _forget_ad_hashes),
    Rule("sammanföringar av annonser", _linkings),
    Rule("ändringar av grupper", lambda on: GroupChange.objects.filter(at__date__lte=on - timedelta(days=UNSEEN_AD_DAYS))),
    Rule("anteckningar i kontroller", lambda on: Check.objects.filter(received_at__date__lte=_year_ago(on)).exclude(note=""), lambda rows: rows.update(note="")),
    Rule("poster från telefoner", lambda on: Envelope.objects.filter(received_at__date__lte=_year_ago(on))),
    Rule("brev till hyresvärdar", _notices),
    Rule("orosanmälningar", lambda on: ConcernReport.objects.filter(shift__operation__in=_ended_operations(on))),
    Rule("anmälningar", lambda on: OffenceReport.objects.filter(assignment__operation__in=_ended_operations(on))),
    Rule("kontroller", lambda on: Check.objects.filter(assignment__operation__in=_ended_operations(on)), _delete_checks),
    Rule("erbjudanden om hjälp", lambda on: HelpOffer.objects.filter(shift__operation__in=_ended_operations(on))),
    Rule("insatser", _ended_operations),
    Rule("uppslag", _leads),
    Rule("upplåtelser", _tenures),
    Rule("hyresvärdar", lambda _on: _parties()),
    Rule("egna iakttagelser", _observations),
    Rule("tips och annonser", _items),
    Rule("inläsningar av registret", _imports),
    Rule("inläsningar av annonser", lambda on: AdBatch.objects.filter(ads__isnull=True, imported_at__date__lte=_year_ago(on))),
)  # fmt: skip


def purge(*, at: datetime, by: Actor = SYSTEM, is_dry: bool = False) -> dict[str, int]:
    """Delete what is past its time, all or nothing, and return how many rows of each kind; a dry run deletes nothing."""
    counts: dict[str, int] = {}
    with transaction.atomic():
        for rule in RULES:
            rows = rule.past(local_date(at))
            counts[rule.name] = rows.count()
            rule.end(rows)
        if is_dry:
            transaction.set_rollback(True)
            return counts
        record(by=by, act="purge", at=at, fields=dict(counts))
    forget_gone_ads(by=by, at=at)
    return counts
