"""The sealed texts of a group's ads, opened by one person with a reason that is logged."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.courier import store
from nosvidere.engine.linkage import MOST_ALIGNED, Piece, aligned
from nosvidere.intake.queries import ads_in_group
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.grouping import check_open_texts, check_why


@transaction.atomic
def open_texts(
    *, group: str, why: str, by: Actor, at: datetime
) -> list[tuple[str, tuple[Piece, ...]]]:
    """Return the text of each ad of a group by its number, laid over each other; the opening is in the log."""
    check_may(by, "ad.import")
    check_why(why)
    ads = list(ads_in_group(reader=by, group=group).exclude(sealed_text=b""))
    check_open_texts(is_on=settings.KEEP_AD_TEXT, kept=len(ads), most=MOST_ALIGNED)
    texts = [store.unseal(bytes(ad.sealed_text)).decode() for ad in ads]
    record(
        by=by,
        act="ad.open_texts",
        at=at,
        why=why.strip(),
        fields={"group": group, "ads": len(ads)},
    )
    return list(zip([ad.item.diary_no for ad in ads], aligned(texts), strict=True))
