"""Live ads grouped anew from their hashes, with every reason kept."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

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
    """Write down the groups of the ads whose groups have changed, those with the same new groups in one go."""
    changed: dict[tuple[str, str], list[UUID]] = {}
    live = Ad.objects.exclude(item__state="EXPIRED").order_by()
    for pk, *before in live.values_list("pk", "text_group", "organiser_group"):
        now = (grouping.text_group[str(pk)], grouping.organiser_group[str(pk)])
        if tuple(before) != now:
            changed.setdefault(now, []).append(pk)
    for (text_group, organiser_group), ads in changed.items():
        for start in range(0, len(ads), AT_A_TIME):
            Ad.objects.filter(pk__in=ads[start : start + AT_A_TIME]).update(
                text_group=text_group, organiser_group=organiser_group
            )


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
