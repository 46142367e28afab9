"""Live ads grouped anew from their hashes, with every reason kept."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.engine import linkage
from nosvidere.engine.linkage import Edge, Grouping
from nosvidere.intake.models import Ad, AdEdge, AdLinking
from nosvidere.intake.queries import ad_records
from nosvidere.rules.access import Actor, check_may

AT_A_TIME = 1000


@transaction.atomic
def link_ads(*, by: Actor, at: datetime) -> int:
    """Group all live ads anew from their hashes, keep each ad's groups and each reason; return how many groups hold two or more."""
    check_may(by, "ad.import")
    records = list(ad_records())
    grouping = linkage.link(records)
    _keep_groups(grouping)
    _keep_edges(grouping.edges)
    groups = _of_two_or_more(grouping)
    AdLinking.objects.all().delete()
    AdLinking.objects.create(
        at=at,
        by=by.code,
        ads=len(records),
        groups=groups,
        quarantined=sorted(grouping.quarantined),
    )
    record(by=by, act="ad.link", at=at, fields={"ads": len(records), "groups": groups})
    return groups


def _of_two_or_more(grouping: Grouping) -> int:
    sizes: dict[str, int] = {}
    for group in grouping.organiser_group.values():
        sizes[group] = sizes.get(group, 0) + 1
    return sum(size > 1 for size in sizes.values())


def _keep_groups(grouping: Grouping) -> None:
    changed = list(_regrouped(grouping.text_group, grouping.organiser_group))
    Ad.objects.bulk_update(changed, ["text_group", "organiser_group"], batch_size=AT_A_TIME)


def _regrouped(text_group: dict[str, str], organiser_group: dict[str, str]) -> Iterator[Ad]:
    """Yield the ads whose groups differ from what is kept."""
    for ad in Ad.objects.exclude(item__state="EXPIRED").only("text_group", "organiser_group"):
        now = (text_group.get(str(ad.pk), ""), organiser_group.get(str(ad.pk), ""))
        if (ad.text_group, ad.organiser_group) != now:
            ad.text_group, ad.organiser_group = now
            yield ad


def _keep_edges(edges: Sequence[Edge]) -> None:
    AdEdge.objects.all().delete()
    AdEdge.objects.bulk_create(
        (
            AdEdge(
                left_id=edge.left,
                right_id=edge.right,
                kind=edge.kind,
                weight=edge.weight,
                reason=edge.reason,
                is_dotted=edge.is_dotted,
                is_copy=edge.is_copy,
                seen_in=edge.seen_in,
                out_of=edge.out_of,
            )
            for edge in edges
        ),
        batch_size=AT_A_TIME,
    )
