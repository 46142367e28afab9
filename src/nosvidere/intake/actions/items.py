"""What tips and ads share: a diary number, a state, an end, a key for what must be told apart but not known."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.engine import places
from nosvidere.intake.models import AdBatch, Diary, SourceItem
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.register.queries import has_index, place_reader
from nosvidere.rules.access import Actor
from nosvidere.rules.flows import AD, TIP

FLOW = {"ad": AD}
KEY_FILE = "ad-key"
HASH_BYTES = 16


def next_diary_no(at: datetime) -> str:
    """Return the next number of the year's diary; no number is ever given twice."""
    return diary_numbers(1, at=at)[0]


@transaction.atomic
def diary_numbers(count: int, *, at: datetime) -> list[str]:
    """Return the next `count` numbers of the year's diary, taken in one go."""
    year = local_date(at).year
    Diary.objects.get_or_create(year=year)
    diary = Diary.objects.select_for_update().get(year=year)
    first, diary.last = diary.last + 1, diary.last + count
    diary.save(update_fields=["last"])
    return [f"NV-{year}-{number:06d}" for number in range(first, diary.last + 1)]


@transaction.atomic
def set_item_state(*, item: SourceItem, state: str, by: Actor, at: datetime) -> None:
    """Move an item to its next state, in the log; `item` is brought up to date."""
    FLOW.get(item.kind, TIP).check(item.state, state)
    if not SourceItem.objects.filter(pk=item.pk, state=item.state).update(state=state):
        raise Refused("Någon annan har ändrat uppgiften. Läs in sidan igen.")
    item.state = state
    record(by=by, act="item.move", on=item, at=at, fields={"to": state})


@transaction.atomic
def flag_address(*, item: SourceItem, needs: bool, by: Actor, at: datetime) -> None:
    """Note that none of the addresses read in an item was right, so that its sender must be asked, or that this is over."""
    if (
        SourceItem.objects.filter(pk=item.pk)
        .exclude(needs_address=needs)
        .update(needs_address=needs)
    ):
        record(by=by, act="item.flag_address", on=item, at=at, fields={"needs": needs})
    item.needs_address = needs


def mentions_as_json(*texts: str) -> list[dict[str, Any]]:
    """Return the addresses in the first of the texts that mentions any; none while there is no index that can be read."""
    if not has_index():
        return []
    read = place_reader()
    found = next(filter(None, map(read, filter(None, texts))), [])
    return [places.mention_as_json(mention) for mention in found]


def hashing_key() -> bytes:
    """Return the key that ads and foreign ids are hashed with; it lies outside the database.

    Raises Refused when it is not there: without it nothing new can be known from what is kept.
    """
    file = Path(settings.KEYS) / KEY_FILE
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise Refused(
            "Nyckeln till annonserna saknas ({file}). Lägg tillbaka den från säkerhetskopian; utan den går nya annonser "
            "inte att jämföra med dem som finns.",
            file=file.name,
        ) from None


def mark_of(key: bytes) -> str:
    """Return what tells one key from another without giving anything of it away."""
    return hashlib.blake2b(b"which key", key=key, digest_size=8).hexdigest()


def checked_key() -> bytes:
    """Return the key, if it is the one that the ads here were hashed with; raise Refused for another."""
    key = hashing_key()
    kept = AdBatch.objects.filter(ads__isnull=False).exclude(key_mark="")
    marks = set(kept.values_list("key_mark", flat=True))
    if marks - {mark_of(key)}:
        raise Refused(
            "Nyckeln till annonserna ({file}) är en annan än den som annonserna här lästes in med, så inget nytt går att "
            "jämföra med dem. Lägg tillbaka den rätta från säkerhetskopian, eller gallra annonserna och läs in dem på nytt.",
            file=KEY_FILE,
        )
    return key


def opaque(text: str, *, key: bytes) -> str:
    """Return a keyed hash of a foreign id: the same text gives the same answer, and nothing leads back."""
    return hashlib.blake2b(text.encode(), key=key, digest_size=HASH_BYTES).hexdigest()
