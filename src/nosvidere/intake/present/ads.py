"""What the pages on ads show: imports, groups, and why a group stands together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from nosvidere.engine.linkage import Explanation
from nosvidere.intake.codes import group_code
from nosvidere.intake.models import EDGE_KINDS, Ad, AdBatch, AdLinking
from nosvidere.intake.queries import Shared
from nosvidere.rules.flows import AD
from nosvidere.ui.components import Figure, Notice, Tab
from nosvidere.ui.templatetags.ui import clock
from nosvidere.ui.words import translated

SHOWN_ROWS = 200


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One import of ads in the list."""

    file_name: str
    href: str
    at: datetime
    by: str
    source: str
    ground: str
    taken: str
    seen_again: str
    rejected: str


@dataclass(frozen=True, slots=True)
class BatchPage:
    """One import of ads with the rows that were not taken."""

    title: str
    at: datetime
    by: str
    source: str
    ground: str
    sha256: str
    figures: tuple[Figure, ...]
    rejected: tuple[tuple[int, str], ...]
    more_rejected: int


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group of ads in the list."""

    name: str
    code: str
    href: str
    ads: str
    texts: str
    places: str
    towns: str
    days: str


@dataclass(frozen=True, slots=True)
class AdLine:
    """One ad of a group: what is kept of it."""

    number: str
    site: str
    place: str
    days: str
    state: str


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """One reason to hold two ads together."""

    left: str
    right: str
    kind: str
    times: str
    weight: str
    reason: str
    is_dotted: bool
    apart_href: str


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group of ads and why it stands together."""

    name: str
    code: str
    figures: tuple[Figure, ...]
    sentences: tuple[str, ...]
    is_organised: bool
    reach: tuple[str, ...]
    linked: str


def batch_row(batch: AdBatch) -> BatchRow:
    """Return an import of ads as the list shows it."""
    return BatchRow(
        file_name=batch.file_name,
        href=reverse("intake:batch", args=[batch.pk]),
        at=batch.imported_at,
        by=batch.imported_by,
        source=batch.lawful_source,
        ground=batch.legal_ground,
        taken=_whole(batch.taken),
        seen_again=_whole(batch.seen_again),
        rejected=_whole(batch.rejected),
    )


def batch_page(batch: AdBatch) -> BatchPage:
    """Return an import of ads as its page shows it."""
    rejections = batch.rejections[:SHOWN_ROWS]
    return BatchPage(
        title=batch.file_name,
        at=batch.imported_at,
        by=batch.imported_by,
        source=batch.lawful_source,
        ground=batch.legal_ground,
        sha256=batch.sha256,
        figures=(
            Figure(_("Nya"), _whole(batch.taken)),
            Figure(_("Sedda igen"), _whole(batch.seen_again)),
            Figure(_("Avvisade"), _whole(batch.rejected)),
        ),
        rejected=tuple((line, reason) for line, reason in rejections),
        more_rejected=batch.rejected - len(rejections),
    )


def group_tabs(counts: Mapping[bool, int], *, is_placed: bool) -> list[Tab]:
    """Return a tab for all groups and one for those that have a place."""
    base = reverse("intake:ads")
    return [
        Tab(_("Alla"), base, is_current=not is_placed, count=counts[False]),
        Tab(_("Med plats"), f"{base}?plats=1", is_current=is_placed, count=counts[True]),
    ]


def query_of(*, words: str, is_placed: bool) -> str:
    """Return the query string that asks for the same groups again."""
    return urlencode(
        {**({"plats": "1"} if is_placed else {}), **({"sok": words} if words else {})}
    )


def group_name(rank: int, ads: int) -> str:
    """Return what a group is called now: its place among all, and its size."""
    return _("Grupp {rank} ({ads} annonser)").format(rank=_whole(rank), ads=_whole(ads))


def group_row(group: Mapping[str, Any], *, rank: int) -> GroupRow:
    """Return a group as the list shows it."""
    name = group["organiser_group"]
    return GroupRow(
        name=group_name(rank, group["ads"]),
        code=group_code(name),
        href=reverse("intake:group", args=[name]),
        ads=_whole(group["ads"]),
        texts=_whole(group["texts"]),
        places=_whole(group["places"]),
        towns=_whole(group["towns"]),
        days=days_between(group["first_on"], group["last_on"]),
    )


def group_page(
    name: str, *, rank: int, ads: Sequence[Ad], why: Explanation, linking: AdLinking | None
) -> GroupPage:
    """Return a group as its page shows it; `rank` is its place among all."""
    places = {ad.place_id for ad in ads if ad.place_id}
    templates = {ad.text_group for ad in ads}
    wordings = _("{n} olika ordalydelser").format(n=_whole(why.texts)) if why.texts > 1 else ""
    return GroupPage(
        name=group_name(rank, len(ads)),
        code=group_code(name),
        figures=(
            Figure(_("Annonser"), _whole(why.ads)),
            Figure(_("Textmallar"), _whole(len(templates)), wordings),
            Figure(_("Platser som går att utläsa"), _whole(len(places))),
        ),
        sentences=why.sentences,
        is_organised=why.is_organised,
        reach=tuple(_reach(ads)),
        linked=_linked(linking),
    )


def _reach(ads: Sequence[Ad]) -> list[str]:
    """Return in words over which towns the ads of a group reach: a description, never a ranking."""
    days = days_between(min(ad.first_seen_on for ad in ads), max(ad.last_seen_on for ad in ads))
    read = [ad.place for ad in ads if ad.place]
    return [
        _("Sedda {days}.").format(days=days),
        *_towns(Counter(place.municipality or _("okänd ort") for place in read)),
        *_unread(len(ads) - len(read)),
    ]


def _towns(ads_in: Counter[str]) -> list[str]:
    if not ads_in:
        return []
    names = _joined(f"{town} ({_whole(n)})" for town, n in sorted(ads_in.items()))
    said = [_("Platser i {names}.").format(names=names)]
    moves = _("Annonserna rör sig mellan orter. Det beskriver gruppen; det är inte bevis.")
    return said + ([moves] if len(ads_in) > 1 else [])


def _unread(count: int) -> list[str]:
    text = _("I {n} av annonserna går ingen registrerad plats att utläsa säkert.")
    return [text.format(n=_whole(count))] if count else []


def _linked(linking: AdLinking | None) -> str:
    if linking is None:
        return ""
    text = _("Grupperat {at} ur {ads} annonser.")
    return text.format(at=clock(linking.at), ads=_whole(linking.ads))


def group_notices(why: Explanation) -> list[Notice]:
    """Return what must be borne in mind about a group."""
    notices = [
        Notice(
            _(
                "Personer som delar telefon kan göra det för sin säkerhet. En grupp säger vad annonser delar, inte varför."
            )
        )
    ]
    if not why.is_organised:
        notices.append(
            Notice(
                _(
                    "En grupp på två kallas aldrig organiserad. Det krävs tre olika ordalydelser eller två slags koppling."
                ),
                title=_("Inte organiserad"),
            )
        )
    return notices


def ad_line(ad: Ad) -> AdLine:
    """Return what is kept of an ad."""
    return AdLine(
        number=ad.item.diary_no,
        site=ad.site,
        place=f"{ad.place}, {ad.place.district or ad.place.municipality}" if ad.place else "",
        days=days_between(ad.first_seen_on, ad.last_seen_on),
        state=translated(AD.words[ad.item.state]),
    )


def edge_line(shared: Shared, group: str) -> EdgeLine:
    """Return what a pair of ads shares as the page shows it."""
    base = reverse("intake:apart", args=[group])
    return EdgeLine(
        left=shared.left,
        right=shared.right,
        kind=translated(EDGE_KINDS[shared.edge.kind]),
        times=_("{n} gånger").format(n=_whole(shared.times)) if shared.times > 1 else "",
        weight=str(number_format(round(shared.edge.weight, 2), 2)),
        reason=shared.edge.reason,
        is_dotted=shared.edge.is_dotted,
        apart_href=f"{base}?{urlencode({'a': shared.left, 'b': shared.right})}",
    )


def control_sentence(linking: AdLinking | None) -> str:
    """Return how the negative control of the last batch went."""
    if linking is None or linking.singles_grouped is None:
        return ""
    text = _("Kontroll: {share} procent av påhittade ensamma annonser hamnade i en grupp.")
    return text.format(share=number_format(round(100 * linking.singles_grouped, 1), 1))


def days_between(first: date, last: date) -> str:
    """Return from when until when; one day alone when they are the same."""
    return " – ".join(dict.fromkeys([first.isoformat(), last.isoformat()]))


def _whole(number: int) -> str:
    return str(number_format(number, 0, force_grouping=True))


def _joined(names: Iterable[str]) -> str:
    """Return names in a list with commas and an and."""
    *head, tail = names
    return _("{head} och {tail}").format(head=", ".join(head), tail=tail) if head else tail
