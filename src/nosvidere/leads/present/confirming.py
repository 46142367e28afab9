"""What the pages show where a person says which address an item is about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nosvidere.engine.places import parts
from nosvidere.intake.models import KINDS, SourceItem
from nosvidere.kernel.time import local_date
from nosvidere.leads.present.leads import sign_name
from nosvidere.register.models import Place
from nosvidere.ui.components import Notice
from nosvidere.ui.templatetags.ui import number
from nosvidere.ui.words import filled, translated

LEAST_SURE = 0.01
MOST_KEYS = 9
Mention = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that an item may be about: its place, the key that chooses it, where it lies, how sure, and why."""

    place: Place
    key: str
    label: str
    where: str
    sure: str
    why: tuple[str, ...]
    written: str

    @property
    def lat_text(self) -> str:
        """Return the latitude with a point, whatever the language, or "" without one."""
        return "" if self.place.lat is None else f"{self.place.lat:.6f}"

    @property
    def lon_text(self) -> str:
        """Return the longitude with a point, whatever the language, or "" without one."""
        return "" if self.place.lon is None else f"{self.place.lon:.6f}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, marked where it mentions an address."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One item that waits for its place."""

    number: str
    received_on: date
    says: str
    suggestion: str
    href: str


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """An item with the addresses that it may be about."""

    number: str
    kind: str
    received_on: date
    place_text: tuple[Piece, ...]
    text: tuple[Piece, ...]
    signs: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    unread: tuple[str, ...]
    dwelling_no: str
    tiles_href: str

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return (register id, address) of each candidate."""
        return [(c.place.external_id, c.label) for c in self.candidates]

    @property
    def places(self) -> dict[str, Place]:
        """Return {register id: place}."""
        return {c.place.external_id: c.place for c in self.candidates}

    @property
    def has_map(self) -> bool:
        """Say whether any candidate has a point to show."""
        return any(c.lat_text for c in self.candidates)


def waiting_row(item: SourceItem) -> WaitingRow:
    """Return an item as the list of those that wait shows it."""
    mentions = item.mentions
    says = (
        item.tip.sanitised_place
        if item.kind == "tip"
        else _("annons, {site}").format(site=item.ad.site)
    )
    if not says and mentions:
        says = _("i texten: {words}").format(words=mentions[0].get("text"))
    return WaitingRow(
        number=item.diary_no,
        received_on=local_date(item.received_at),
        says=says or _("ingen plats angiven"),
        suggestion=_suggestion(mentions[0]) if mentions else _("ingen adress hittad"),
        href=reverse("leads:confirm", args=[item.pk]),
    )


def _suggestion(mention: Mention) -> str:
    confidence = mention.get("confidence")
    sure = number(confidence, 2) if isinstance(confidence, float) else "–"
    return f"{_named(mention)} ({sure})"


def _named(mention: Mention) -> str:
    return f"{mention.get('street')} {mention.get('number')}{mention.get('letter')}"


def confirm_page(item: SourceItem, places: dict[str, Place], *, tiles_href: str) -> ConfirmPage:
    """Return an item as the page where its place is confirmed shows it, with a map over the tiles at `tiles_href`."""
    tip = item.tip if item.kind == "tip" else None
    mentions: Sequence[Mention] = item.mentions
    return ConfirmPage(
        number=item.diary_no,
        kind=translated(KINDS[item.kind]),
        received_on=local_date(item.received_at),
        place_text=marked(tip.sanitised_place if tip else "", mentions),
        text=marked(tip.sanitised_text if tip else "", mentions),
        signs=tuple(sign_name(sign) for sign in (tip.signs if tip else ())),
        candidates=candidates(mentions, places),
        unread=tuple(_without_house(mentions)),
        dwelling_no=next((m["apartment"] for m in mentions if m.get("apartment")), ""),
        tiles_href=tiles_href,
    )


def country_notice(*, is_known: bool) -> Notice | None:
    """Return what to be careful with while the list of the country's street names is not loaded."""
    if is_known:
        return None
    text = _(
        "Listan över landets gatunamn är inte inläst. En gata i en annan kommun kan därför läsas som en felskriven "
        "gata här: jämför namnet bokstav för bokstav."
    )
    return Notice(text, title=_("Jämför gatunamnet"))


def candidates(mentions: Sequence[Mention], places: dict[str, Place]) -> tuple[Candidate, ...]:
    """Return the addresses that the mentions may mean, the surest of the first mention first, each once."""
    found: dict[str, Candidate] = {}
    for mention in mentions:
        for option in (mention, *(mention.get("alternatives") or ())):
            place = places.get(str(option.get("address_id")))
            if place is not None and place.external_id not in found:
                key = str(len(found) + 1) if len(found) < MOST_KEYS else ""
                found[place.external_id] = _candidate(place, key, option, mention)
    return tuple(found.values())


def _candidate(place: Place, key: str, option: Mention, mention: Mention) -> Candidate:
    reasons = option.get("reasons") or () if option is mention else ()
    return Candidate(
        place=place,
        key=key,
        label=str(place),
        where=", ".join(
            dict.fromkeys(
                part for part in (place.district, place.locality, place.municipality) if part
            )
        ),
        sure=_sure(option.get("confidence")),
        why=tuple(_sentence(filled(parts(str(reason)))) for reason in reasons),
        written=str(mention.get("text") or ""),
    )


def _sure(confidence: object) -> str:
    known = confidence if isinstance(confidence, float) else 0.0
    return number(known, 2) if known >= LEAST_SURE else _("låg")


def _sentence(reason: str) -> str:
    """Return a reason as a sentence: a capital first, one full stop last."""
    return f"{reason[:1].upper()}{reason[1:].rstrip('.')}."


def _without_house(mentions: Sequence[Mention]) -> Iterator[str]:
    """Yield each place that the text mentions without a registered house, with the last reason for it."""
    for mention in mentions:
        if not mention.get("address_id") and not mention.get("alternatives"):
            why = [filled(parts(str(reason))) for reason in mention.get("reasons") or ()]
            yield f"{_named(mention).strip()}: {' '.join(why[1:2] or why)}"


def marked(text: str, mentions: Sequence[Mention]) -> tuple[Piece, ...]:
    """Return a text cut into pieces, those that mention an address marked."""
    pieces, at = [], 0
    for mention in sorted(mentions, key=lambda m: int(m.get("start") or 0)):
        start, end = int(mention.get("start") or 0), int(mention.get("end") or 0)
        if at <= start < end and text[start:end] == mention.get("text"):
            pieces += [
                Piece(text[at:start], is_marked=False),
                Piece(text[start:end], is_marked=True),
            ]
            at = end
    pieces.append(Piece(text[at:], is_marked=False))
    return tuple(piece for piece in pieces if piece.text)
