"""What has come in, and what of it may be seen by whom."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Min, Q, QuerySet

from nosvidere.courier import store
from nosvidere.engine import linkage
from nosvidere.engine.linkage import AdRecord, Edge, Explanation, Grouping, explain
from nosvidere.engine.sealing import from_canonical
from nosvidere.intake.codes import group_code
from nosvidere.intake.index import opened_index
from nosvidere.intake.models import (
    SLOW,
    Ad,
    AdBatch,
    AdLinking,
    Apart,
    GroupChange,
    Photo,
    SourceItem,
    Tip,
)
from nosvidere.kernel.refused import Refused
from nosvidere.register.models import Place
from nosvidere.rules.access import Actor, can, check_may
from nosvidere.rules.evidence import AdSighting
from nosvidere.rules.flows import TIP
from nosvidere.rules.grouping import check_open_texts
from nosvidere.rules.triage import Grading, check_ask, check_discard, check_forward, check_grade
from nosvidere.ui.words import sentence

SMALLEST_GROUP = 2
ANY_GRADING = Grading("X", "4", "FACT", (), "")
ANY_QUESTION = "?"
NO_ADDRESS = "NO_ADDRESS"  # of the tips that are graded, those whose addresses were all wrong
SLOW_LANE = "SLOW_LANE"  # of the tips that nobody has opened, those that look sent by a machine or in a flood
FORGOTTEN = "Texten är gallrad efter ett år."


IN_SLOW_LANE = Q(lane=SLOW, item__state="RECEIVED")


@dataclass(frozen=True, slots=True)
class Shared:
    """What two ads of a group share, and how many times."""

    left: str
    right: str
    edge: Edge
    times: int


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
    return _against(
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
