"""What the pages on places and nicknames show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from nosvidere.engine.places import Mention, parts
from nosvidere.register.models import PARTY_KINDS, PLACE_KINDS, Nickname, Place, Tenure
from nosvidere.ui.components import Notice
from nosvidere.ui.words import filled, translated

LEVELS = {
    "exact": "adressen finns i registret",
    "entrance_unknown": "huset finns, entrén är okänd",
    "letter_not_registered": "huset finns, bokstaven är inte registrerad",
    "street": "bara gatan går att utläsa",
}


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place in a list."""

    title: str
    where: str
    kind: str
    href: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One address that a text mentions: what was written, what it is, how sure, and why."""

    written: str
    level: str
    place: str
    href: str
    sureness: str
    reasons: tuple[str, ...]
    alternatives: str


@dataclass(frozen=True, slots=True)
class TenureRow:
    """Who lets a place, in what form, from when until when."""

    party: str
    kind: str
    form: str
    contact: str
    is_verified: bool
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class PlacePage:
    """What the register knows about a place."""

    title: str
    where: str
    facts: tuple[tuple[str, str], ...]
    notices: tuple[Notice, ...]
    tenures: tuple[TenureRow, ...]
    dwellings: tuple[PlaceRow, ...]


@dataclass(frozen=True, slots=True)
class NicknameRow:
    """What a street is called."""

    nickname: str
    street: str
    change_href: str
    remove_href: str


def place_row(place: Place) -> PlaceRow:
    """Return a place as lists show it."""
    return PlaceRow(
        title=str(place),
        where=_where(place),
        kind=translated(PLACE_KINDS[place.kind]),
        href=reverse("register:place", args=[place.pk]),
    )


def leads_of(place: Place) -> str:
    """Return where the leads on a place's address are listed."""
    return f"{reverse('leads:leads')}?{urlencode({'sok': f'{place.street} {place.number}'})}"


def query_of(text: str) -> str:
    """Return the query string that asks for the same words again."""
    return urlencode({"text": text}) if text else ""


def _where(place: Place) -> str:
    parts = (place.district, place.locality, place.municipality)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def read_row(mention: Mention, place: Place | None) -> ReadRow:
    """Return one reading of a text as the search shows it."""
    others = (
        _joined(f"{a.street} {a.number}{a.letter}", a.municipality, _sureness(a.confidence))
        for a in mention.alternatives
    )
    return ReadRow(
        written=mention.text,
        level=translated(LEVELS.get(mention.level, mention.level)),
        place=f"{place}, {_where(place)}" if place else f"{mention.street} {mention.number}",
        href=reverse("register:place", args=[place.pk]) if place else "",
        sureness=str(number_format(round(mention.confidence, 2), 2)),
        reasons=tuple(filled(parts(reason)) for reason in mention.reasons),
        alternatives="; ".join(others),
    )


LEAST_SURE = 0.01


def _sureness(confidence: float) -> str:
    """Return how sure a reading is, where two decimals can say it."""
    return str(number_format(round(confidence, 2), 2)) if confidence >= LEAST_SURE else ""


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def place_page(
    place: Place, *, tenures: Iterable[Tenure], dwellings: Iterable[Place]
) -> PlacePage:
    """Return a place as its page shows it."""
    return PlacePage(
        title=str(place),
        where=_where(place),
        facts=tuple(_facts(place)),
        notices=tuple(_place_notices(place)),
        tenures=tuple(_tenure_row(tenure) for tenure in tenures),
        dwellings=tuple(place_row(dwelling) for dwelling in dwellings),
    )


def _facts(place: Place) -> Sequence[tuple[str, str]]:
    point = f"{place.lat:.5f}, {place.lon:.5f}" if place.is_mappable else _("ingen")
    facts = [
        (_("Slag"), translated(PLACE_KINDS[place.kind])),
        (_("Id i registret"), place.external_id),
        (_("Kallas också"), place.popular_name),
        (_("Postnummer"), place.postcode),
        (_("Våning"), place.floor),
        (_("Punkt"), point),
        (_("Gäller från"), place.valid_from_on.isoformat()),
    ]
    return [(name, text) for name, text in facts if text]


def _place_notices(place: Place) -> Sequence[Notice]:
    notices = []
    if place.valid_until_on:
        text = _("Adressen finns inte i registret sedan {day}. Den står kvar som historik.")
        notices.append(Notice(text.format(day=place.valid_until_on.isoformat()), "time"))
    if not place.is_mappable:
        notices.append(
            Notice(_("Registret ger ingen punkt. Platsen syns i tabeller men inte på kartan."))
        )
    return notices


def _tenure_row(tenure: Tenure) -> TenureRow:
    party = tenure.party
    return TenureRow(
        party=party.name,
        kind=translated(PARTY_KINDS[party.kind]),
        form=str(tenure),
        contact=", ".join(part for part in (party.org_no, party.service_address) if part),
        is_verified=party.is_verified,
        from_on=tenure.from_on,
        until_on=tenure.until_on,
    )


def nickname_row(entry: Nickname) -> NicknameRow:
    """Return a nickname as the list shows it."""
    return NicknameRow(
        nickname=entry.nickname,
        street=entry.street,
        change_href=f"{reverse('register:nicknames')}?andra={entry.pk}",
        remove_href=reverse("register:remove_nickname", args=[entry.pk]),
    )


def nickname_values(entry: Nickname | None) -> dict[str, str]:
    """Return what the form begins with when a nickname is changed; nothing for a new one."""
    return {"nickname": entry.nickname, "street": entry.street} if entry else {}
