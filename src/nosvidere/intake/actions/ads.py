"""Ads: imported on a lawful ground, minimised at once; the text is kept sealed, or not at all."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.courier import store
from nosvidere.engine import linkage, places
from nosvidere.engine.linkage import AdRow, Rejected
from nosvidere.engine.places import AUTO_THRESHOLD, Mention
from nosvidere.intake.actions.items import checked_key, diary_numbers, mark_of, opaque
from nosvidere.intake.actions.linking import link_new_ads
from nosvidere.intake.models import Ad, AdBatch, SourceItem
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import STOCKHOLM, local_date
from nosvidere.register.models import Place
from nosvidere.register.queries import place_reader
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.keeping import UNSEEN_AD_DAYS, ends_on

ADS_AT_A_TIME = 500
KEPT_REJECTIONS = 500
SHORTEST_GROUND, LONGEST_GROUND = 5, 120
LONGEST_NAME = 120
LONGEST_SITE = 60
NO_LONGER = "filen finns inte. Gör så här: ange en fil med annonser (CSV eller Parquet)."


def import_ads(
    *,
    file: Path,
    lawful_source: str,
    legal_ground: str,
    by: Actor,
    at: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> AdBatch:
    """Take a lawful file of ads in, all or nothing: keyed hashes, place and dates are kept, the text sealed if the site keeps it.

    Rows that cannot be used are listed with line and reason. An ad seen before only gets its later date.
    Raises linkage.UnusableFile for a file that cannot be read.
    """
    check_may(by, "ad.import")
    _check_grounds(lawful_source.strip(), legal_ground.strip())
    key = checked_key()
    rejected: list[Rejected] = []
    rows = linkage.read_ads(
        file, today=local_date(at), rejected=rejected.append, progress=progress
    )
    with transaction.atomic():
        batch = AdBatch.objects.create(
            file_name=file.name[:LONGEST_NAME],
            sha256=_digest(file),
            lawful_source=lawful_source.strip(),
            legal_ground=legal_ground.strip(),
            imported_by=by.code,
            imported_at=at,
            key_mark=mark_of(key),
        )
        desk = _Desk(batch=batch, at=at, key=key)
        while some := list(islice(rows, ADS_AT_A_TIME)):
            desk.take(some)
        batch.rejected = len(rejected)
        batch.rejections = [[r.line, r.reason] for r in rejected[:KEPT_REJECTIONS]]
        batch.save()
        fields = {"taken": batch.taken, "rejected": batch.rejected}
        record(by=by, act="ad.import", on=batch, at=at, fields=fields)
    return batch


def import_and_link(
    *,
    file: Path,
    lawful_source: str,
    legal_ground: str,
    by: Actor,
    at: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> AdBatch:
    """Take a lawful file of ads in and take the new ones into the groups; return what the import did."""
    batch = import_ads(
        file=file,
        lawful_source=lawful_source,
        legal_ground=legal_ground,
        by=by,
        at=at,
        progress=progress,
    )
    link_new_ads(by=by, at=at)
    return batch


def _check_grounds(*grounds: str) -> None:
    """Raise Refused unless it is said from where and on what ground, in a line each."""
    if min(map(len, grounds)) < SHORTEST_GROUND:
        raise Refused("Skriv varifrån annonserna kommer och på vilken rättslig grund.")
    if max(map(len, grounds)) > LONGEST_GROUND:
        raise Refused("Källa och rättslig grund får vara högst {n} tecken.", n=LONGEST_GROUND)


def _digest(file: Path) -> str:
    if not file.is_file():
        message = f"{file.name}: {NO_LONGER}"
        raise linkage.UnusableFile(message)
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass
class _Desk:
    """Where the rows of one import are sorted: each place text is read once."""

    batch: AdBatch
    at: datetime
    key: bytes
    read: Callable[[str], list[Mention]] = field(default_factory=place_reader)
    keeps_text: bool = field(default_factory=lambda: bool(settings.KEEP_AD_TEXT))
    read_before: dict[str, list[Mention]] = field(default_factory=dict)

    def take(self, rows: Sequence[AdRow]) -> None:
        """Keep some rows: the new ones minimised, those known by a later date."""
        by_reference = {opaque(row.ad_id, key=self.key): row for row in rows}
        known = {ad.reference: ad for ad in Ad.objects.filter(reference__in=by_reference)}
        for reference, ad in known.items():
            _see_again(ad, _seen_on(by_reference[reference]))
        new = {ref: row for ref, row in by_reference.items() if ref not in known}
        self._keep(new)
        self.batch.taken += len(new)
        self.batch.seen_again += len(known)

    def _keep(self, new: dict[str, AdRow]) -> None:
        mentions = {ref: self._mentions(row.place_text) for ref, row in new.items()}
        sure = {ref: _sure_address(found) for ref, found in mentions.items()}
        live = Place.objects.filter(
            external_id__in=set(sure.values()) - {""}, valid_until_on__isnull=True
        )
        by_id = {place.external_id: place for place in live}
        numbers = diary_numbers(len(new), at=self.at) if new else []
        items, ads = [], []
        for diary_no, (reference, row) in zip(numbers, new.items(), strict=True):
            item = self._item(row, diary_no, mentions[reference])
            items.append(item)
            ads.append(self._ad(row, reference, item, by_id.get(sure[reference])))
        SourceItem.objects.bulk_create(items)
        Ad.objects.bulk_create(ads)

    def _mentions(self, text: str) -> list[Mention]:
        if text not in self.read_before:
            self.read_before[text] = self.read(text) if text else []
        return self.read_before[text]

    def _item(self, row: AdRow, diary_no: str, mentions: Sequence[Mention]) -> SourceItem:
        seen_on = _seen_on(row)
        return SourceItem(
            kind="ad",
            channel="import",
            state="REGISTERED",
            diary_no=diary_no,
            received_at=datetime.combine(seen_on, datetime.min.time(), STOCKHOLM),
            lawful_ground=self.batch.legal_ground,
            mentions=[places.mention_as_json(m) for m in mentions],
            expires_on=ends_on(seen_on, days=UNSEEN_AD_DAYS),
        )

    def _ad(self, row: AdRow, reference: str, item: SourceItem, place: Place | None) -> Ad:
        minimised = linkage.minimise(
            ad_id=row.ad_id,
            seen_at=row.seen_at,
            source=row.source,
            phone=row.phone,
            place=place.external_id if place else "",
            text=row.text,
            key=self.key,
        )
        seen_on = _seen_on(row)
        return Ad(
            item=item,
            batch=self.batch,
            reference=reference,
            site=row.source[:LONGEST_SITE],
            contacts=list(minimised.contacts),
            words=list(minimised.words),
            shingles=list(minimised.shingles),
            sealed_text=store.seal(row.text.encode()) if self.keeps_text and row.text else b"",
            place=place,
            first_seen_on=seen_on,
            last_seen_on=seen_on,
        )


def _seen_on(row: AdRow) -> date:
    """Return the day on which the ad was seen: the day in Stockholm where the file gives an instant with its zone."""
    seen_at = datetime.fromisoformat(row.seen_at)
    return local_date(seen_at) if seen_at.tzinfo else seen_at.date()


def _sure_address(mentions: Sequence[Mention]) -> str:
    """Return the address to suggest: the first mention sure enough to be filled in; a person confirms it later."""
    sure = (m.address_id for m in mentions if m.address_id and m.confidence >= AUTO_THRESHOLD)
    return next(sure, "") or ""


def _see_again(ad: Ad, seen_on: date) -> None:
    if seen_on > ad.last_seen_on:
        Ad.objects.filter(pk=ad.pk).update(last_seen_on=seen_on)
        SourceItem.objects.filter(pk=ad.pk).update(
            expires_on=ends_on(seen_on, days=UNSEEN_AD_DAYS)
        )
