"""What is asked of ads and their groups, by whoever may read them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Min, Q, QuerySet

from nosvidere.engine import linkage
from nosvidere.engine.linkage import AdRecord, Edge, Explanation, Grouping, explain
from nosvidere.intake.codes import group_code
from nosvidere.intake.index import opened_index
from nosvidere.intake.models import (
    Ad,
    AdBatch,
    AdLinking,
    Apart,
    GroupChange,
)
from nosvidere.intake.queries.asking import contains
from nosvidere.register.models import Place
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.evidence import AdSighting
from nosvidere.rules.grouping import check_open_texts
from nosvidere.ui.words import reason_against

SMALLEST_GROUP = 2


@dataclass(frozen=True, slots=True)
class Shared:
    """What two ads of a group share, and how many times."""

    left: str
    right: str
    edge: Edge
    times: int


def ad_batches(*, reader: Actor) -> QuerySet[AdBatch]:
    """Return the imports of ads, newest first."""
    check_may(reader, "ad.read")
    return AdBatch.objects.order_by("-imported_at", "-pk")


def last_linking(*, reader: Actor) -> AdLinking | None:
    """Return the last grouping of ads, if there has been one."""
    check_may(reader, "ad.read")
    return AdLinking.objects.first()


def ad_groups(*, reader: Actor, words: str = "", is_placed: bool = False) -> QuerySet[Ad, Any]:
    """Return the groups of two live ads or more: name, ads, texts, places, towns, first and last day; largest first.

    `words` are a group's code, or a diary number or words of an address that one of its ads has.
    """
    check_may(reader, "ad.read")
    found = (
        Ad.objects.exclude(organiser_group="")
        .exclude(item__state="EXPIRED")
        .order_by()
        .values("organiser_group")
        .annotate(
            ads=Count("pk"),
            texts=Count("text_group", distinct=True),
            places=Count("place", distinct=True),
            towns=Count("place__municipality", distinct=True, filter=~Q(place__municipality="")),
            first_on=Min("first_seen_on"),
            last_on=Max("last_seen_on"),
        )
        .filter(ads__gte=SMALLEST_GROUP)
        .order_by("-ads", "organiser_group")
    )
    if words.split():
        found = found.filter(organiser_group__in=_groups_named(words))
    return found.filter(places__gt=0) if is_placed else found


def _groups_named(words: str) -> set[str]:
    """Return the groups whose code has these words, or that hold an ad with all of them in its number or address."""
    grouped = Ad.objects.exclude(organiser_group="").order_by()
    code = "-".join(words.lower().split())
    names = grouped.values_list("organiser_group", flat=True).distinct()
    by_code = {name for name in names if code in group_code(name)}
    for word in words.split():
        named = contains("place__street", word) | contains("place__district", word)
        grouped = grouped.filter(
            named | Q(place__number__iexact=word) | Q(item__diary_no__icontains=word)
        )
    return by_code | set(grouped.values_list("organiser_group", flat=True))


def group_ranks(*, reader: Actor) -> dict[str, int]:
    """Return {group: its place among all, 1 being the largest}: what it is called until the ads are grouped anew."""
    names = ad_groups(reader=reader).values_list("organiser_group", flat=True)
    return {name: rank for rank, name in enumerate(names, start=1)}


def ads_in_group(*, reader: Actor, group: str) -> QuerySet[Ad]:
    """Return the live ads of one group, in the order they were first seen."""
    check_may(reader, "ad.read")
    return (
        Ad.objects.select_related("item", "place")
        .filter(organiser_group=group)
        .exclude(item__state="EXPIRED")
        .order_by("first_seen_on", "pk")
    )


def edges_in_group(*, reader: Actor, group: str) -> list[Edge]:
    """Return the reasons that hold a group together, contacts first, then the weakest texts: those to look at."""
    return sorted(
        _reasons(reader, group).edges,
        key=lambda edge: (edge.kind, edge.weight, edge.left, edge.right),
    )


def _reasons(reader: Actor, group: str) -> Grouping:
    """Return a group with its reasons as they are now; none when the ads have not been grouped here."""
    check_may(reader, "ad.read")
    first = ads_in_group(reader=reader, group=group).first()
    if first is None or (index := opened_index()) is None:
        return Grouping({}, {}, (), frozenset())
    with index:
        return index.reasons_for(str(first.pk))


def shared_in_group(*, edges: Sequence[Edge], numbers: Mapping[str, str]) -> list[Shared]:
    """Return what pairs of ads share, a row for each pair and kind with how many times; the order of the edges.

    Two texts that stand in many ads share many places: that is one reason many times, not many reasons.
    `numbers` gives the diary number of each ad.
    """
    rows: dict[tuple[str, str, str, bool], list[Edge]] = {}
    for edge in edges:
        if edge.left in numbers and edge.right in numbers:
            rows.setdefault((edge.left, edge.right, edge.kind, edge.is_dotted), []).append(edge)
    return [
        Shared(numbers[found[0].left], numbers[found[0].right], found[0], len(found))
        for found in rows.values()
    ]


def explain_group(*, reader: Actor, group: str) -> Explanation:
    """Return what the ads of a group have in common, in sentences, by the reasons that stand now."""
    return explain(list(ad_records(group)), _reasons(reader, group))


def weakest_place(*, reader: Actor, group: str) -> linkage.Cut | None:
    """Return where a group holds together least; None for one that is very large or not grouped here."""
    first = ads_in_group(reader=reader, group=group).first()
    if first is None or (index := opened_index()) is None:
        return None
    with index:
        return index.weakest(str(first.pk))


def would_part(*, reader: Actor, one: Ad, other: Ad) -> linkage.Parting | None:
    """Return what holding two ads apart would do to their group; None when the ads are not grouped here."""
    check_may(reader, "link.judge")
    if (index := opened_index()) is None:
        return None
    with index:
        return index.would_part(str(one.pk), str(other.pk))


def judgements(*, reader: Actor, ads: Iterable[Ad]) -> QuerySet[Apart]:
    """Return what has been judged about some ads, newest first."""
    check_may(reader, "ad.read")
    about = [ad.pk for ad in ads]
    found = Apart.objects.select_related("left__item", "right__item")
    return found.filter(Q(left__in=about) | Q(right__in=about))


def group_changes(*, reader: Actor, group: str = "") -> list[GroupChange]:
    """Return the merges and splits that are kept, of all groups or of one, newest first."""
    check_may(reader, "ad.read")
    found = GroupChange.objects.all()
    return [c for c in found if not group or group in (*c.before, *c.after)]


def texts_refused(*, reader: Actor, group: str) -> str:
    """Return why the texts of a group cannot be opened by this reader, or nothing."""
    kept = ads_in_group(reader=reader, group=group).exclude(sealed_text=b"")
    return reason_against(
        check_open_texts, is_on=settings.KEEP_AD_TEXT, kept=kept.count(), most=linkage.MOST_ALIGNED
    )


def groups_at(*, reader: Actor, place: Place) -> QuerySet[Ad, Any]:
    """Return the groups that have an ad at a place: name, ads, texts; the largest first."""
    here = Ad.objects.filter(place=place).exclude(organiser_group="")
    names = set(here.exclude(item__state="EXPIRED").values_list("organiser_group", flat=True))
    return ad_groups(reader=reader).filter(organiser_group__in=names)


def live_ads() -> QuerySet[Ad]:
    """Return the ads whose hashes are kept and whose time is not over."""
    return Ad.objects.exclude(item__state="EXPIRED").exclude(contacts=[], words=[], shingles=[])


def ad_records(group: str = "", *, new_only: bool = False) -> Iterator[AdRecord]:
    """Yield each live ad, those of one group, or those without one, as the linkage takes it: hashes, place and first day."""
    live = live_ads().select_related("place").order_by("pk")
    if group:
        live = live.filter(organiser_group=group)
    if new_only:
        live = live.filter(text_group="")
    for ad in live.iterator(chunk_size=2000):
        yield AdRecord(
            ad_id=str(ad.pk),
            seen_at=ad.first_seen_on.isoformat(),
            source=ad.site,
            contacts=tuple(ad.contacts),
            words=tuple(ad.words),
            shingles=tuple(ad.shingles),
            place=ad.place.external_id if ad.place else "",
        )


def group_sightings(ad: Ad) -> tuple[str, list[AdSighting]]:
    """Return the group of an ad (itself, if it stands alone) and where and when the group's ads were seen."""
    if not ad.organiser_group:
        return str(ad.pk), [_sighting(ad)]
    group = Ad.objects.select_related("place").filter(organiser_group=ad.organiser_group)
    return ad.organiser_group, [_sighting(one) for one in group]


def _sighting(ad: Ad) -> AdSighting:
    return AdSighting(str(ad.pk), ad.last_seen_on, ad.place.municipality if ad.place else "")
