"""Ads: imported on a lawful ground, minimised at once, linked by hashes alone."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.engine import linkage, places
from nosvidere.engine.linkage import AdRecord, AdRow
from nosvidere.engine.places import AUTO_THRESHOLD, Mention, Rejected
from nosvidere.intake.actions.items import next_diary_no
from nosvidere.intake.models import Ad, AdBatch, SourceItem
from nosvidere.intake.queries import ad_records
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import STOCKHOLM, local_date
from nosvidere.register.models import Place
from nosvidere.register.queries import mentions_in
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.keeping import UNSEEN_AD_DAYS, ends_on

ADS_AT_A_TIME = 500
KEPT_REJECTIONS = 500
AD_KEY_FILE = "ad-key"
SHORTEST_GROUND = 5


def import_ads(
    *,
    file: Path,
    lawful_source: str,
    legal_ground: str,
    by: Actor,
    at: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> AdBatch:
    """Take a lawful file of ads in, all or nothing: keyed hashes, place and dates are kept, the rest is dropped.

    Rows that cannot be used are listed with line and reason. An ad seen before only gets its later date.
    """
    check_may(by, "ad.import")
    if min(len(lawful_source.strip()), len(legal_ground.strip())) < SHORTEST_GROUND:
        raise Refused("Skriv varifrån annonserna kommer och på vilken rättslig grund.")
    rejected: list[Rejected] = []
    rows = linkage.read_ads(
        file, today=local_date(at), rejected=rejected.append, progress=progress
    )
    batch = AdBatch(
        file_name=file.name,
        sha256=_digest(file),
        lawful_source=lawful_source.strip(),
        legal_ground=legal_ground.strip(),
        imported_by=by.code,
        imported_at=at,
    )
    with transaction.atomic():
        batch.save()
        while some := list(islice(rows, ADS_AT_A_TIME)):
            _take_some(some, batch=batch, at=at)
        batch.rejected = len(rejected)
        batch.rejections = [[r.line, r.reason] for r in rejected[:KEPT_REJECTIONS]]
        batch.save()
        fields = {"taken": batch.taken, "rejected": batch.rejected}
        record(by=by, act="ad.import", on=batch, at=at, fields=fields)
    return batch


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _take_some(rows: Sequence[AdRow], *, batch: AdBatch, at: datetime) -> None:
    """Keep some rows: the new ones minimised, those known by a later date."""
    known = {
        ad.reference: ad for ad in Ad.objects.filter(reference__in=[_reference(r) for r in rows])
    }
    for row in rows:
        seen_on = _seen_on(row)
        ad = known.get(_reference(row))
        if ad is None:
            _keep(row, batch=batch, seen_on=seen_on, at=at)
            batch.taken += 1
        else:
            _see_again(ad, seen_on)
            batch.seen_again += 1


def _reference(row: AdRow) -> str:
    """Return a keyed hash of the ad's own id."""
    return hashlib.blake2b(row.ad_id.encode(), key=ad_key(), digest_size=16).hexdigest()


def ad_key() -> bytes:
    """Return the key that ads are hashed with; it lies outside the database."""
    return bytes((settings.KEYS / AD_KEY_FILE).read_bytes())


def _seen_on(row: AdRow) -> date:
    return datetime.fromisoformat(row.seen_at).date()


def _keep(row: AdRow, *, batch: AdBatch, seen_on: date, at: datetime) -> None:
    mentions = mentions_in(row.place_text)
    place = _sure_place(mentions)
    minimised = linkage.minimise(
        ad_id=row.ad_id,
        seen_at=row.seen_at,
        source=row.source,
        phone=row.phone,
        place=place.external_id if place else "",
        text=row.text,
        key=ad_key(),
    )
    item = SourceItem.objects.create(
        kind="ad",
        channel="import",
        state="REGISTERED",
        diary_no=next_diary_no(at),
        received_at=datetime.combine(seen_on, datetime.min.time(), STOCKHOLM),
        lawful_ground=batch.legal_ground,
        mentions=[places.mention_as_json(m) for m in mentions],
        expires_on=ends_on(seen_on, days=UNSEEN_AD_DAYS),
    )
    _make_ad(item, minimised, row=row, batch=batch, place=place, seen_on=seen_on)


def _make_ad(
    item: SourceItem,
    minimised: AdRecord,
    *,
    row: AdRow,
    batch: AdBatch,
    place: Place | None,
    seen_on: date,
) -> None:
    Ad.objects.create(
        item=item,
        batch=batch,
        reference=_reference(row),
        site=row.source,
        contacts=list(minimised.contacts),
        words=list(minimised.words),
        shingles=list(minimised.shingles),
        place=place,
        first_seen_on=seen_on,
        last_seen_on=seen_on,
    )


def _sure_place(mentions: Sequence[Mention]) -> Place | None:
    """Return the place to suggest: the first mention that is sure enough to be filled in; a person confirms it later."""
    for mention in mentions:
        if mention.address_id and mention.confidence >= AUTO_THRESHOLD:
            return Place.objects.filter(
                external_id=mention.address_id, valid_until_on__isnull=True
            ).first()
    return None


def _see_again(ad: Ad, seen_on: date) -> None:
    if seen_on > ad.last_seen_on:
        Ad.objects.filter(pk=ad.pk).update(last_seen_on=seen_on)
        SourceItem.objects.filter(pk=ad.pk).update(
            expires_on=ends_on(seen_on, days=UNSEEN_AD_DAYS)
        )


@transaction.atomic
def link_ads(*, by: Actor, at: datetime) -> int:
    """Group all live ads anew from their hashes and keep each ad's groups; return how many groups have two or more."""
    records = list(ad_records())
    grouping = linkage.link(records)
    changed = list(_regrouped(grouping.text_group, grouping.organiser_group))
    Ad.objects.bulk_update(changed, ["text_group", "organiser_group"], batch_size=ADS_AT_A_TIME)
    groups = len(set(grouping.organiser_group.values()))
    record(by=by, act="ad.link", at=at, fields={"ads": len(records), "groups": groups})
    return groups


def _regrouped(text_group: dict[str, str], organiser_group: dict[str, str]) -> Iterator[Ad]:
    """Yield the ads whose groups differ from what is kept."""
    for ad in Ad.objects.exclude(item__state="EXPIRED").only("text_group", "organiser_group"):
        now = (text_group.get(str(ad.pk), ""), organiser_group.get(str(ad.pk), ""))
        if (ad.text_group, ad.organiser_group) != now:
            ad.text_group, ad.organiser_group = now
            yield ad
