"""What is asked of tips, by whoever may read them."""

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from nosvidere.courier import store
from nosvidere.engine.sealing import from_canonical
from nosvidere.intake.models import (
    SLOW,
    Photo,
    SourceItem,
    Tip,
)
from nosvidere.intake.queries.asking import contains
from nosvidere.kernel.refused import Refused
from nosvidere.rules.access import Actor, can, check_may
from nosvidere.rules.flows import TIP
from nosvidere.rules.triage import Grading, check_ask, check_discard, check_forward, check_grade
from nosvidere.ui.words import reason_against

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
    place = contains("sanitised_place", word)
    return (
        Q(item__diary_no__icontains=word)
        | (place if may_open else place & is_graded)
        | (contains("sanitised_text", word) & sees_text)
    )


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
            reason_against(check_grade, ANY_GRADING, state=state, was_opened=was_opened),
        ),
        "discard": (
            TIP.can(state, "DISCARDED"),
            reason_against(check_discard, state=state, reason="spam", was_opened=was_opened),
        ),
        "forward": (
            TIP.can(state, "EMERGENCY_FORWARDED") and tip.is_emergency,
            reason_against(check_forward, state=state, is_emergency=tip.is_emergency),
        ),
        "ask": (
            TIP.can(state, "QUESTION_ASKED"),
            reason_against(
                check_ask, state=state, question=ANY_QUESTION, has_mailbox=tip.has_mailbox
            ),
        ),
        "sender": (True, ""),
    }
    is_handler = can(reader, "tip.grade")
    return {act: why if fits and is_handler else None for act, (fits, why) in rules.items()}
