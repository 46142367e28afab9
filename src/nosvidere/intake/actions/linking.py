"""Live ads grouped from their hashes: all anew in a batch, or the new ones into the groups that are there."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.engine import linkage
from nosvidere.engine.linkage import AdRecord, Background, LinkIndex
from nosvidere.intake.index import index_file, opened_index
from nosvidere.intake.models import Ad, AdLinking, Apart, GroupChange
from nosvidere.intake.queries import ad_groups, ad_records, live_ads
from nosvidere.kernel.refused import Refused
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.grouping import check_apart

AT_A_TIME = 500
GROWTH = 2  # the words are counted anew when there are this many times as many ads


@transaction.atomic
def link_ads(*, by: Actor, at: datetime, renew: bool = False) -> int:
    """Group all live ads anew in one batch and keep each ad's groups; return how many groups hold two or more.

    Words are weighed as when they were last counted; `renew` counts them anew, as does a doubled number of ads.
    """
    check_may(by, "ad.import")
    records = list(ad_records())
    last = AdLinking.objects.first()
    background = None if renew else _standing_background(last, len(records))
    held = Apart.objects.filter(undone_at__isnull=True).values_list("left", "right")
    apart = [(str(left), str(right)) for left, right in held]
    with LinkIndex.build(index_file(), records, background=background, apart=apart) as index:
        grouping = index.grouping()
        control = linkage.singles_grouped(records, grouping.text_group, index.background())
    _keep_groups(grouping.text_group, grouping.organiser_group, by=by, at=at)
    counted_at = last.background_at if last and background is not None else at
    counted_ads = last.background_ads if last and background is not None else len(records)
    return _log(
        AdLinking(
            quarantined=sorted(grouping.quarantined),
            singles_grouped=control,
            background_at=counted_at,
            background_ads=counted_ads,
        ),
        by=by,
        at=at,
    )


def _standing_background(last: AdLinking | None, ads: int) -> Background | None:
    """Return the weights that stand, or None when the words are to be counted: never yet, or by half as many ads."""
    if last is None or ads >= GROWTH * max(last.background_ads, 1):
        return None
    if (index := opened_index()) is None:
        return None
    with index:
        return index.background()


@transaction.atomic
def link_new_ads(*, by: Actor, at: datetime) -> int:
    """Take the ads that have no group yet into those that are there; return how many groups hold two or more.

    The groups are those that a batch over all ads would give. Without an index of all other ads, a batch is run.
    """
    check_may(by, "ad.import")
    new = [str(pk) for pk in live_ads().filter(text_group="").values_list("pk", flat=True)]
    last = AdLinking.objects.first()
    if last is None or (index := opened_index()) is None:
        return link_ads(by=by, at=at)
    with index:
        all_live = live_ads().count()
        is_in_step = len(index) + len(new) == all_live and not any(ad in index for ad in new)
        if not is_in_step or all_live >= GROWTH * last.background_ads:
            return link_ads(by=by, at=at)
        _follow(index, index.add(list(_records(new))), by=by, at=at)
        quarantined = sorted(index.grouping().quarantined)
    kept = AdLinking(
        quarantined=quarantined,
        singles_grouped=last.singles_grouped,
        background_at=last.background_at,
        background_ads=last.background_ads,
    )
    return _log(kept, by=by, at=at)


def _records(ads: Iterable[str]) -> Iterable[AdRecord]:
    wanted = set(ads)
    return (one for one in ad_records(new_only=True) if one.ad_id in wanted)


def _log(linking: AdLinking, *, by: Actor, at: datetime) -> int:
    """Keep how a grouping went in the place of the one before; return how many groups hold two or more."""
    groups = ad_groups(reader=by).count()
    ads = live_ads().count()
    AdLinking.objects.all().delete()
    linking.at, linking.by, linking.ads, linking.groups = at, by.code, ads, groups
    linking.save()
    record(by=by, act="ad.link", at=at, fields={"ads": ads, "groups": groups})
    return groups


def _follow(index: LinkIndex, moved: Iterable[linkage.Moved], *, by: Actor, at: datetime) -> None:
    """Write down the groups of the ads that moved, and of those that stand or stood with them."""
    ads = {one.ad_id for one in moved}
    before = Ad.objects.filter(pk__in=[UUID(ad) for ad in ads]).exclude(organiser_group="")
    names = set(before.values_list("organiser_group", flat=True))
    beside = Ad.objects.filter(organiser_group__in=names).values_list("pk", flat=True)
    ads |= {str(pk) for pk in beside}
    ads |= {mate for ad in tuple(ads) for mate in index.group_of(ad)}
    text, organiser = index.groups_of(ads)
    _keep_groups(text, organiser, by=by, at=at)


def _keep_groups(
    text: Mapping[str, str], organiser: Mapping[str, str], *, by: Actor, at: datetime
) -> None:
    """Write down the groups of some ads under the names they had, and what merged or was split."""
    known = _kept_groups(organiser)
    before = {ad: group for ad, (_, group) in known.items()}
    names, changes = linkage.named_as_before(before, {ad: organiser[ad] for ad in known})
    changed: dict[tuple[str, str], list[UUID]] = {}
    for ad, held in known.items():
        if held != (text[ad], names[ad]):
            changed.setdefault((text[ad], names[ad]), []).append(UUID(ad))
    _write_groups(changed)
    GroupChange.objects.bulk_create(
        GroupChange(
            at=at, by=by.code, kind=c.kind, before=list(c.before), after=list(c.after), ads=c.ads
        )
        for c in changes
    )


def _write_groups(changed: Mapping[tuple[str, str], Sequence[UUID]]) -> None:
    for (text_group, group), ads in changed.items():
        for start in range(0, len(ads), AT_A_TIME):
            some = Ad.objects.filter(pk__in=ads[start : start + AT_A_TIME])
            some.update(text_group=text_group, organiser_group=group)


def _kept_groups(ads: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return the text group and the organiser group that some live ads have in the database."""
    rows = live_ads()
    if len(ads) <= AT_A_TIME:
        rows = rows.filter(pk__in=[UUID(ad) for ad in ads])
    held = rows.order_by().values_list("pk", "text_group", "organiser_group")
    return {str(pk): (text, group) for pk, text, group in held if str(pk) in ads}


def forget_gone_ads(*, by: Actor, at: datetime) -> int:
    """Take the ads that are purged or expired out of the index and part what only they held together; return how many went."""
    index = opened_index()
    if index is None:
        return 0
    with index, transaction.atomic():
        live = {str(pk) for pk in live_ads().values_list("pk", flat=True)}
        gone = [ad for ad in index.grouping().text_group if ad not in live]
        if gone:
            _follow(index, index.remove(gone), by=by, at=at)
            record(by=by, act="ad.forget", at=at, fields={"ads": len(gone)})
    return len(gone)


@transaction.atomic
def hold_apart(*, one: Ad, other: Ad, reason: str, by: Actor, at: datetime) -> Apart:
    """Judge that two ads of a group are not from the same hand: no grouping joins them until that is undone."""
    check_may(by, "link.judge")
    left, right = sorted((one, other), key=lambda ad: str(ad.pk))
    check_apart(
        groups=(left.organiser_group, right.organiser_group),
        is_same=left.pk == right.pk,
        reason=reason,
    )
    said = Apart.objects.create(
        left=left, right=right, reason=reason.strip(), said_by=by.code, said_at=at
    )
    with _index() as index:
        _follow(index, index.hold_apart(str(left.pk), str(right.pk)), by=by, at=at)
    record(by=by, act="ad.hold_apart", on=said, at=at, fields={"ads": 2})
    return said


@transaction.atomic
def release(*, apart: Apart, by: Actor, at: datetime) -> None:
    """Take a judgement back: the two stand together again where the evidence says so."""
    check_may(by, "link.judge")
    undone = Apart.objects.filter(pk=apart.pk, undone_at__isnull=True)
    if not undone.update(undone_by=by.code, undone_at=at):
        raise Refused("Bedömningen är redan ångrad.")
    with _index() as index:
        _follow(index, index.release(str(apart.left_id), str(apart.right_id)), by=by, at=at)
    record(by=by, act="ad.release", on=apart, at=at)


def _index() -> LinkIndex:
    index = opened_index()
    if index is None:
        raise Refused("Annonserna är inte grupperade här. Gruppera om först.")
    return index
