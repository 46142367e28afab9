"""How a tip arrives: by letter, by phone or from a file, and from there on the same way."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.courier import store
from nosvidere.courier.actions import mark_taken, take_each
from nosvidere.courier.models import Delivery
from nosvidere.courier.queries import deliveries_waiting, enclosures_of, open_delivery
from nosvidere.engine.places import Rejected
from nosvidere.intake.actions.items import (
    diary_numbers,
    hashing_key,
    mentions_as_json,
    opaque,
    set_item_state,
)
from nosvidere.intake.actions.photos import keep_photos
from nosvidere.intake.models import LANES, Message, SourceItem, Tip
from nosvidere.intake.sanitising import sanitised
from nosvidere.intake.tipfile import TipRow, read_tips
from nosvidere.kernel.ids import new_id
from nosvidere.kernel.time import local_date
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.evidence import FIRST_GRADES, calls_for_help, check_signs, usable_signs
from nosvidere.rules.keeping import FREE_TEXT_DAYS, ends_on
from nosvidere.rules.triage import BASES, LETTER_CHANNELS, check_told

MOST_DAYS = 31
TIPS_AT_A_TIME = 200
LAWFUL_GROUND = "polisens brottsdatalag 2 kap. 1 § 1"  # SFS 2018:1693
# What a letter says beside the text and the place, with the word it is kept under.
BESIDE = {
    "when": "När",
    "relation": "Den som tipsar",
    "contact": "Kan nås på",
    "address_id": "Vald adress",
}
KEEP_TOLD = "keep"  # what a camera noted of place and time may be read out
PLACE_PARTS = ("street", "number", "entrance", "floor", "door", "postcode", "locality", "area")


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody told and how it reached us; `tag` and `mailbox` lead back to the sender where there is a way."""

    received_at: datetime
    text: str
    place_text: str
    channel: str = "web"
    beside: str = ""
    signs: tuple[str, ...] = ()
    from_on: date | None = None
    until_on: date | None = None
    days: int = 1
    basis: str = "HEARSAY"
    is_in_danger: bool = False
    is_dispute: bool = False
    lane: str = ""
    informant: str = ""
    reference: str = ""
    tag: str = ""
    mailbox: bytes = b""


@dataclass
class TipsTaken:
    """What an import of tips did."""

    taken: int = 0
    seen_again: int = 0
    rejected: list[Rejected] = field(default_factory=list)


def take_in_tips(*, by: Actor, at: datetime) -> int:
    """Make a tip or a message of each waiting letter from the public, each in its own transaction; return how many.

    A letter that is refused or damaged waits and is tried again next time; it never stops the others.
    """
    letters = deliveries_waiting("tip", "followup", "withdraw")
    return take_each(letters, partial(_take_in, by=by, at=at))


@transaction.atomic
def _take_in(delivery: Delivery, *, by: Actor, at: datetime) -> None:
    """Take one letter in and mark it as taken, in one transaction: a kill in between takes it again, once."""
    fields = open_delivery(delivery)
    earlier = (
        Tip.objects.select_related("item")
        .filter(tag=delivery.tag)
        .order_by("-item__received_at", "-pk")
        .first()
    )
    if delivery.kind == "tip" or (earlier is None and delivery.kind == "followup"):
        told = _told_in_letter(delivery, fields, informant=_sender_of(earlier))
        (earlier,) = add_tips([told], by=by, at=at)
    elif earlier is not None:
        _add_message(earlier, _message_text(delivery.kind, fields), by=by, at=at)
    else:
        record(by=by, act="tip.nothing_to_withdraw", on=delivery, at=at)
    if earlier is not None:
        may_tell = fields.get("photo_place") == KEEP_TOLD
        files = enclosures_of(delivery)
        keep_photos(tip=earlier, contents=files, may_tell=may_tell, by=by, at=at)
    mark_taken(delivery=delivery, at=at)


def _sender_of(earlier: Tip | None) -> str:
    """Return the key of the sender who uses the same code again, given to the earlier tip if it has none."""
    if earlier is None:
        return ""
    if not earlier.informant:
        earlier.informant = str(new_id())
        Tip.objects.filter(pk=earlier.pk).update(informant=earlier.informant)
    return earlier.informant


def _told_in_letter(delivery: Delivery, fields: Mapping[str, str], *, informant: str) -> Told:
    """Return what a letter from the public says; nothing in it is trusted further than it can be read."""
    channel, basis = fields.get("channel", ""), fields.get("basis", "")
    from_on, until_on = _days_seen(fields, received_on=local_date(delivery.received_at))
    return Told(
        received_at=delivery.received_at,
        text=fields.get("saw", "") or fields.get("text", ""),
        place_text=_place_text(fields),
        beside="\n".join(f"{word}: {fields[n]}" for n, word in BESIDE.items() if fields.get(n)),
        channel=channel if channel in LETTER_CHANNELS else LETTER_CHANNELS[0],
        signs=tuple(code for code in fields.get("signs", "").split(",") if code),
        from_on=from_on,
        until_on=until_on,
        days=_days(fields.get("days", "")),
        basis=basis if basis in BASES else "HEARSAY",
        is_in_danger=fields.get("danger") == "yes",
        is_dispute=fields.get("dispute") == "yes",
        lane=fields.get("lane", "") if fields.get("lane") in LANES else "",
        informant=informant,
        tag=delivery.tag,
        mailbox=bytes(delivery.mailbox),
    )


def _place_text(fields: Mapping[str, str]) -> str:
    """Return the place as it was written; where the letter has it in parts, the parts in the order of an address."""
    parts = " ".join(fields[name] for name in PLACE_PARTS if fields.get(name))
    return "\n".join(text for text in (fields.get("place", ""), parts) if text)


def _days_seen(fields: Mapping[str, str], *, received_on: date) -> tuple[date | None, date | None]:
    """Return the first and last day that a letter tells of, in order; what it tells of days to come is no sighting."""
    told = [_day(fields.get(name, "")) for name in ("from_on", "until_on")]
    from_on, until_on = (day if day is None or day <= received_on else None for day in told)
    if from_on and until_on and until_on < from_on:
        return until_on, from_on
    return from_on, until_on


def _day(text: str) -> date | None:
    """Return a day that can be read, or none: what the sender wrote stands in the text all the same."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _days(told: str) -> int:
    """Return on how many days the sender saw it: as told, at least one, at most a month's."""
    return min(int(told), MOST_DAYS) if told.isdecimal() and int(told) > 0 else 1


@transaction.atomic
def add_tips(tips: Sequence[Told], *, by: Actor, at: datetime) -> list[Tip]:
    """Keep what was told, sealed as written and masked for others, each with its diary number; return the tips.

    Signs that are not in the table or describe who somebody is are left out and counted in the log. A tip never
    waits for the register: without an index its place is read when it is graded.
    """
    if not tips:
        return []
    added = []
    for told, diary_no in zip(tips, diary_numbers(len(tips), at=at), strict=True):
        tip = _keep(told, diary_no, mentions_as_json(told.place_text, told.text))
        left_out = len(dict.fromkeys(told.signs)) - len(tip.signs)
        record(
            by=by,
            act="tip.take_in",
            on=tip.item,
            at=at,
            fields={"channel": told.channel, "signs_left_out": left_out},
        )
        added.append(tip)
    return added


def _keep(told: Told, diary_no: str, mentions: list[dict[str, object]]) -> Tip:
    source_grade, info_grade = FIRST_GRADES["tip"]
    signs = usable_signs(told.signs)
    item = SourceItem.objects.create(
        kind="tip",
        channel=told.channel,
        state="RECEIVED",
        diary_no=diary_no,
        received_at=told.received_at,
        occurred_from_on=told.from_on,
        occurred_until_on=told.until_on,
        lawful_ground=LAWFUL_GROUND,
        source_grade=source_grade,
        info_grade=info_grade,
        basis=told.basis,
        mentions=mentions,
        expires_on=ends_on(local_date(told.received_at), days=FREE_TEXT_DAYS),
    )
    return Tip.objects.create(
        item=item,
        reference=told.reference,
        tag=told.tag,
        mailbox=told.mailbox,
        sealed_text=store.seal(_as_written(told).encode()),
        sanitised_text=sanitised(told.text),
        sanitised_place=sanitised(told.place_text),
        signs=signs,
        lane=told.lane,
        informant=told.informant,
        days=told.days,
        is_emergency=told.is_in_danger or calls_for_help(signs),
        is_dispute=told.is_dispute,
    )


def _as_written(told: Told) -> str:
    """Return all that was written, place and the rest beside, as the source handler reads it."""
    place = f"Plats: {told.place_text}" if told.place_text else ""
    return "\n\n".join(part for part in (told.text, place, told.beside) if part)


def _message_text(kind: str, fields: Mapping[str, str]) -> str:
    """Return what a later letter says; one that takes the tip back says so first."""
    head = "Den som tipsade tar tillbaka tipset." if kind == "withdraw" else ""
    beside = (f"{word}: {fields[n]}" for n, word in BESIDE.items() if fields.get(n))
    return "\n".join(part for part in (head, fields.get("text", ""), *beside) if part)


def _add_message(tip: Tip, text: str, *, by: Actor, at: datetime) -> None:
    """Add what the sender wrote later; an answer to a question brings the tip back to triage."""
    message = Message.objects.create(
        tip=tip,
        is_from_sender=True,
        seq=tip.messages.filter(is_from_sender=True).count() + 1,
        at=at,
        sealed_text=store.seal(text.encode()),
    )
    if tip.item.state == "QUESTION_ASKED":
        set_item_state(item=tip.item, state="TRIAGED", by=by, at=at)
    record(by=by, act="tip.message", on=message, at=at)


def take_call(
    *,
    text: str,
    place_text: str,
    signs: Iterable[str] = (),
    days: int = 1,
    is_in_danger: bool = False,
    is_dispute: bool = False,
    channel: str = "phone",
    by: Actor,
    at: datetime,
) -> Tip:
    """Keep what somebody told by phone (or a landlord or a patrol told us directly) and return the tip."""
    check_may(by, "tip.grade")
    check_told(text=text, place_text=place_text)
    check_signs(list(signs))
    told = Told(
        received_at=at,
        text=text.strip(),
        place_text=place_text.strip(),
        channel=channel,
        signs=tuple(signs),
        days=days,
        is_in_danger=is_in_danger,
        is_dispute=is_dispute,
    )
    return add_tips([told], by=by, at=at)[0]


def import_tips(
    *, file: Path, by: Actor, at: datetime, progress: Callable[[int], None] = lambda _: None
) -> TipsTaken:
    """Take a file of tips in; rows that cannot be used are listed, and a tip that was taken before is not taken again.

    A run that is broken off keeps what it has taken; the next goes on from there. Raises places.UnusableFile.
    """
    check_may(by, "tip.grade")
    key = hashing_key()
    done = TipsTaken()
    rows = read_tips(file, today=local_date(at), rejected=done.rejected.append, progress=progress)
    while some := list(islice(rows, TIPS_AT_A_TIME)):
        told = [_told_in_file(row, key=key) for row in some]
        known = set(
            Tip.objects.filter(reference__in=[t.reference for t in told]).values_list(
                "reference", flat=True
            )
        )
        new = [t for t in told if t.reference not in known]
        add_tips(new, by=by, at=at)
        done.taken += len(new)
        done.seen_again += len(told) - len(new)
    fields = {
        "taken": done.taken,
        "seen_again": done.seen_again,
        "rejected": len(done.rejected),
    }
    record(by=by, act="tip.import", at=at, fields=fields)
    return done


def _told_in_file(row: TipRow, *, key: bytes) -> Told:
    """Return what a row says; who sent it is kept as a keyed hash, whatever the file calls them."""
    return Told(
        received_at=row.received_at,
        text=row.text,
        place_text=row.place_text,
        channel=row.channel,
        signs=row.signs,
        informant=opaque(f"informant:{row.informant}", key=key) if row.informant else "",
        reference=opaque(f"tip:{row.id}", key=key),
    )
