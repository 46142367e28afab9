"""What has come in, and what of it may be seen by whom."""

from collections.abc import Iterator

from django.db.models import Count, QuerySet

from nosvidere.courier import store
from nosvidere.engine.linkage import AdRecord
from nosvidere.intake.models import Ad, AdBatch, SourceItem, Tip
from nosvidere.kernel.refused import Refused
from nosvidere.rules.access import Actor, can, check_may
from nosvidere.rules.evidence import AdSighting
from nosvidere.rules.flows import TIP


def tips(*, reader: Actor, state: str = "") -> QuerySet[Tip]:
    """Return the tips, the most urgent and then the oldest first; emergencies stand above all else."""
    check_may(reader, "tip.read_sanitised")
    found = Tip.objects.select_related("item").order_by("-is_emergency", "item__received_at")
    return found.filter(item__state=state) if state else found


def tip_counts(*, reader: Actor) -> dict[str, int]:
    """Return how many tips stand in each state, in the flow's order."""
    check_may(reader, "tip.read_sanitised")
    counts = dict(
        SourceItem.objects.filter(kind="tip").order_by().values_list("state").annotate(Count("pk"))
    )
    return {state: counts.get(state, 0) for state in TIP.words}


def tip_for(*, reader: Actor, pk: str) -> Tip | None:
    """Return one tip, or nothing; its text as written needs `actions.open_tip`."""
    return tips(reader=reader).filter(pk=pk).first()


def readable_text(tip: Tip) -> str:
    """Return a tip as it was written; only actions that log the reading call this."""
    return store.unseal(bytes(tip.sealed_text)).decode()


def thread(*, reader: Actor, tip: Tip) -> list[tuple[bool, object, str]]:
    """Return (is it from the sender, when, text) of each message, for the source handler alone."""
    if not can(reader, "tip.ask"):
        raise Refused("Bara källhandläggaren läser det som skrivs mellan oss och den som tipsat.")
    return [
        (m.is_from_sender, m.at, store.unseal(bytes(m.sealed_text)).decode())
        for m in tip.messages.all()
    ]


def ad_batches(*, reader: Actor) -> QuerySet[AdBatch]:
    """Return the imports of ads, newest first."""
    check_may(reader, "ad.read")
    return AdBatch.objects.order_by("-imported_at", "-pk")


def ad_groups(*, reader: Actor) -> list[dict[str, object]]:
    """Return the groups of two ads or more: name, ads, texts, places; largest first."""
    check_may(reader, "ad.read")
    groups = (
        Ad.objects.exclude(organiser_group="")
        .order_by()
        .values("organiser_group")
        .annotate(
            ads=Count("pk"),
            texts=Count("text_group", distinct=True),
            places=Count("place", distinct=True),
        )
        .filter(ads__gte=2)
        .order_by("-ads", "organiser_group")
    )
    return list(groups)


def ads_in_group(*, reader: Actor, group: str) -> QuerySet[Ad]:
    """Return the ads of one group, in the order they were first seen."""
    check_may(reader, "ad.read")
    return (
        Ad.objects.select_related("item", "place")
        .filter(organiser_group=group)
        .order_by("first_seen_on", "pk")
    )


def ad_records(group: str = "") -> Iterator[AdRecord]:
    """Yield each live ad, or those of one group, as the linkage takes it: hashes, place and date."""
    live = Ad.objects.exclude(item__state="EXPIRED").select_related("place").order_by("pk")
    if group:
        live = live.filter(organiser_group=group)
    for ad in live.iterator(chunk_size=2000):
        yield AdRecord(
            ad_id=str(ad.pk),
            seen_at=ad.last_seen_on.isoformat(),
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
