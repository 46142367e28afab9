"""What has come in, and what of it may be seen by whom."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    Max,
    Min,
    Q,
    QuerySet,
)

from nosvidere.courier import store
from nosvidere.engine.linkage import AdRecord, Edge, Explanation, Grouping, explain
from nosvidere.engine.sealing import from_canonical
from nosvidere.intake.codes import group_code
from nosvidere.intake.models import SLOW, Ad, AdBatch, AdEdge, AdLinking, Photo, SourceItem, Tip
from nosvidere.kernel.refused import Refused
from nosvidere.rules.access import Actor, can, check_may
from nosvidere.rules.evidence import AdSighting
from nosvidere.rules.flows import TIP
from nosvidere.rules.triage import Grading, check_ask, check_discard, check_forward, check_grade
from nosvidere.ui.words import sentence

SMALLEST_GROUP = 2
ANY_GRADING = Grading("X", "4", "FACT", (), "")
ANY_QUESTION = "?"
NO_ADDRESS = "NO_ADDRESS"  # of the tips that are graded, those whose addresses were all wrong
SLOW_LANE = "SLOW_LANE"  # of the tips that nobody has opened, those that look sent by a machine or in a flood
FORGOTTEN = "Texten är gallrad efter ett år."


IN_SLOW_LANE = Q(lane=SLOW, item__state="RECEIVED")


def tips(*, reader: Actor, state: str = "", words: str = "") -> QuerySet[Tip]:
    """Return the tips: first where somebody may be in danger and no one has told it on, last the slow lane; the oldest first.

    A slow tip that has been graded is as any other.
    `words` are parts of a diary number, or of the place or the text as far as this reader may see them.
    """
    check_may(reader, "tip.read_sanitised")
    is_urgent = Q(is_emergency=True, item__state="RECEIVED")
    found = (
        Tip.objects.select_related("item")
        .annotate(
            is_urgent=ExpressionWrapper(is_urgent, output_field=BooleanField()),
            is_slow=ExpressionWrapper(IN_SLOW_LANE, output_field=BooleanField()),
        )
        .order_by("-is_urgent", "is_slow", "item__received_at", "item__diary_no")
    )
    for word in words.split():
        found = found.filter(_tip_has(word, may_open=can(reader, "tip.read")))
    if state == NO_ADDRESS:
        return found.filter(item__state="TRIAGED", item__needs_address=True)
    if state == SLOW_LANE:
        return found.filter(IN_SLOW_LANE)
    return found.filter(item__state=state) if state else found


def _tip_has(word: str, *, may_open: bool) -> Q:
    """Return where a word stands in a diary number, or in a place or text that the reader may see."""
    is_graded = ~Q(item__graded_by="")
    sees_text = is_graded | Q(opened_at__isnull=False) if may_open else is_graded
    place = _contains("sanitised_place", word)
    return (
        Q(item__diary_no__icontains=word)
        | (place if may_open else place & is_graded)
        | (_contains("sanitised_text", word) & sees_text)
    )


def _contains(field: str, word: str) -> Q:
    """Return where a field has a word; SQLite knows no capitals of å, ä and ö, so both ways of writing it are asked for."""
    ways = {word, word.lower(), word.capitalize()}
    return reduce(or_, (Q(**{f"{field}__icontains": way}) for way in ways))


def without_address(*, reader: Actor) -> int:
    """Return how many tips wait for their senders because none of the addresses read in them was right."""
    return tips(reader=reader, state=NO_ADDRESS).count()


def in_slow_lane(*, reader: Actor) -> int:
    """Return how many unread tips stand in the slow lane."""
    return tips(reader=reader, state=SLOW_LANE).count()


def photos_of(*, reader: Actor, tip: Tip) -> list[tuple[Photo, dict[str, str]]]:
    """Return the photos of a tip, each with what its camera noted where the sender let that come along; for the source handler."""
    check_may(reader, "tip.read")
    return [(photo, _told_by(photo)) for photo in tip.photos.defer("sealed")]


def _told_by(photo: Photo) -> dict[str, str]:
    sealed = bytes(photo.sealed_told)
    return (
        {n: str(text) for n, text in from_canonical(store.unseal(sealed)).items()}
        if sealed
        else {}
    )


def may_confirm(*, reader: Actor, tip: Tip) -> bool:
    """Say whether the reader confirms places and this tip waits for one."""
    item = tip.item
    return can(reader, "place.confirm") and item.state == "TRIAGED" and not item.needs_address


def tip_counts(*, reader: Actor) -> dict[str, int]:
    """Return how many tips stand in each state, in the flow's order."""
    check_may(reader, "tip.read_sanitised")
    counts = dict(
        SourceItem.objects.filter(kind="tip").order_by().values_list("state").annotate(Count("pk"))
    )
    return {state: counts.get(state, 0) for state in TIP.words}


def emergencies_waiting(*, reader: Actor) -> int:
    """Return how many tips say that somebody is in danger and have not been told to the command centre."""
    return tips(reader=reader, state="RECEIVED").filter(is_emergency=True).count()


def shown_text(*, reader: Actor, tip: Tip) -> str:
    """Return what the reader may see of a tip's text: nothing before a source handler has opened and graded it."""
    check_may(reader, "tip.read_sanitised")
    may_draft = can(reader, "tip.read") and tip.opened_at is not None
    return tip.sanitised_text if tip.item.graded_by or may_draft else ""


def shown_place(*, reader: Actor, tip: Tip) -> str:
    """Return what the reader may see of how the place was written: before the grading only the source handler does."""
    check_may(reader, "tip.read_sanitised")
    return tip.sanitised_place if tip.item.graded_by or can(reader, "tip.read") else ""


def words_read(*, reader: Actor, tip: Tip) -> str:
    """Return the words that were read as an address where the reader may see the place, or nothing."""
    check_may(reader, "tip.read_sanitised")
    is_seen = tip.item.graded_by or can(reader, "tip.read")
    return str(tip.item.mentions[0].get("text", "")) if is_seen and tip.item.mentions else ""


def readable_text(tip: Tip) -> str:
    """Return a tip as it was written; only actions that log the reading call this."""
    return _as_written(tip.sealed_text)


def _as_written(sealed: "bytes | memoryview[int]") -> str:
    """Return a sealed text, or that its year is over and it is gone."""
    return store.unseal(bytes(sealed)).decode() if sealed else FORGOTTEN


def thread(*, reader: Actor, tip: Tip) -> list[tuple[bool, datetime, str]]:
    """Return (is it from the sender, when, text) of each message, for the source handler alone."""
    if not can(reader, "tip.ask"):
        raise Refused("Bara källhandläggaren läser det som skrivs mellan oss och den som tipsat.")
    return [(m.is_from_sender, m.at, _as_written(m.sealed_text)) for m in tip.messages.all()]


def messages_in(tip: Tip) -> list[tuple[bool, datetime]]:
    """Return (is it from the sender, when) of each message: that something was written, not what."""
    return list(tip.messages.values_list("is_from_sender", "at"))


def same_sender(*, reader: Actor, tip: Tip) -> list[str]:
    """Return the diary numbers of the other tips that are known to come from the same sender."""
    check_may(reader, "tip.read_sanitised")
    others = Tip.objects.filter(informant=tip.informant).exclude(pk=tip.pk)
    found = others.order_by("item__diary_no") if tip.informant else others.none()
    return list(found.values_list("item__diary_no", flat=True))


def grading_now(tip: Tip) -> dict[str, Any]:
    """Return the grading that stands, as the form takes it: nothing is chosen for a tip that nobody has graded."""
    item = tip.item
    grades = {
        "source_grade": item.source_grade,
        "info_grade": item.info_grade,
        "basis": item.basis,
    }
    told = {
        "signs": tip.signs,
        "sanitised_text": tip.sanitised_text,
        "is_dispute": tip.is_dispute,
    }
    return {**told, **grades} if item.graded_by else told


def open_acts(*, reader: Actor, tip: Tip) -> dict[str, str | None]:
    """Return {act: why it may not be done on this tip now, "" if it may}; None hides what state or role rules out."""
    state, was_opened = tip.item.state, tip.opened_at is not None
    rules: dict[str, tuple[bool, str]] = {
        "grade": (
            state == "TRIAGED" or TIP.can(state, "TRIAGED"),
            _against(check_grade, ANY_GRADING, state=state, was_opened=was_opened),
        ),
        "discard": (
            TIP.can(state, "DISCARDED"),
            _against(check_discard, state=state, reason="spam", was_opened=was_opened),
        ),
        "forward": (
            TIP.can(state, "EMERGENCY_FORWARDED") and tip.is_emergency,
            _against(check_forward, state=state, is_emergency=tip.is_emergency),
        ),
        "ask": (
            TIP.can(state, "QUESTION_ASKED"),
            _against(check_ask, state=state, question=ANY_QUESTION, has_mailbox=tip.has_mailbox),
        ),
        "sender": (True, ""),
    }
    is_handler = can(reader, "tip.grade")
    return {act: why if fits and is_handler else None for act, (fits, why) in rules.items()}


def _against(check: Callable[..., None], *args: object, **kwargs: object) -> str:
    """Return the reason with which a rule says no, or nothing when it lets pass."""
    try:
        check(*args, **kwargs)
    except Refused as refused:
        return sentence(refused)
    return ""


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
        named = _contains("place__street", word) | _contains("place__district", word)
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


def edges_in_group(*, reader: Actor, group: str) -> QuerySet[AdEdge]:
    """Return the reasons that hold a group together, contacts first, then the weakest texts: those to look at."""
    check_may(reader, "ad.read")
    return (
        AdEdge.objects.select_related("left__item", "right__item")
        .filter(left__organiser_group=group, right__organiser_group=group)
        .order_by("kind", "weight", "pk")
    )


def shared_in_group(*, reader: Actor, group: str) -> QuerySet[AdEdge, Any]:
    """Return what pairs of ads in a group share, a row for each pair and kind with how many times; the order of the edges.

    Two texts that stand in many ads share many places: that is one reason many times, not many reasons.
    """
    return (
        edges_in_group(reader=reader, group=group)
        .select_related(None)
        .values("kind", "is_dotted", "left__item__diary_no", "right__item__diary_no")
        .annotate(times=Count("pk"), strength=Min("weight"), why=Min("reason"))
        .order_by("kind", "strength", "left__item__diary_no", "right__item__diary_no")
    )


def explain_group(*, reader: Actor, group: str) -> Explanation:
    """Return what the ads of a group have in common, in sentences, by the reasons that the last grouping kept."""
    linking = last_linking(reader=reader)
    edges = edges_in_group(reader=reader, group=group).select_related(None)
    grouping = Grouping(
        text_group={},
        organiser_group={},
        edges=tuple(_edge(edge) for edge in edges.iterator(chunk_size=2000)),
        quarantined=frozenset(linking.quarantined if linking else ()),
    )
    return explain(list(ad_records(group)), grouping)


def _edge(edge: AdEdge) -> Edge:
    return Edge(
        left=str(edge.left_id),
        right=str(edge.right_id),
        kind=edge.kind,
        weight=edge.weight,
        reason=edge.reason,
        is_dotted=edge.is_dotted,
        seen_in=edge.seen_in,
        out_of=edge.out_of,
        is_copy=edge.is_copy,
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
