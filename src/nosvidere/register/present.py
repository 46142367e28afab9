"""What the pages on the register show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from nosvidere.engine.places import Mention, parts
from nosvidere.register.models import PARTY_KINDS, PLACE_KINDS, ImportRun, Nickname, Place, Tenure
from nosvidere.ui.components import Figure, Notice
from nosvidere.ui.words import filled, translated

SHOWN_ROWS = 200
LEVELS = {
    "exact": "adressen finns i registret",
    "entrance_unknown": "huset finns, entrén är okänd",
    "letter_not_registered": "huset finns, bokstaven är inte registrerad",
    "street": "bara gatan går att utläsa",
}


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import in the list."""

    file_name: str
    href: str
    at: datetime
    by: str
    added: str
    changed: str
    unchanged: str
    vanished: str
    without_point: str
    rejected: str


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One import with all that a person should look at."""

    title: str
    at: datetime
    by: str
    sha256: str
    figures: tuple[Figure, ...]
    rejected: tuple[tuple[int, str], ...]
    more_rejected: int
    streets_gone: tuple[str, ...]
    moved: tuple[str, ...]
    more_moved: int


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
    remove_href: str


def import_row(run: ImportRun) -> ImportRow:
    """Return an import as the list shows it."""
    return ImportRow(
        file_name=run.file_name,
        href=reverse("register:import", args=[run.pk]),
        at=run.started_at,
        by=run.by,
        added=_whole(run.added),
        changed=_whole(run.changed),
        unchanged=_whole(run.unchanged),
        vanished=_whole(run.vanished),
        without_point=_whole(run.without_point),
        rejected=_whole(run.rejected),
    )


def import_page(run: ImportRun) -> ImportPage:
    """Return an import as its page shows it."""
    report = run.report
    rejected, moved = report.get("rejected", []), report.get("moved", [])
    return ImportPage(
        title=run.file_name,
        at=run.started_at,
        by=run.by,
        sha256=run.sha256,
        figures=(
            Figure(_("Nya"), _whole(run.added)),
            Figure(_("Ändrade"), _whole(run.changed)),
            Figure(_("Oförändrade"), _whole(run.unchanged)),
            Figure(_("Försvunna"), _whole(run.vanished), _("finns kvar som historik")),
            Figure(_("Utan punkt"), _whole(run.without_point), _("kan inte läggas i en rutt")),
            Figure(_("Avvisade"), _whole(run.rejected)),
        ),
        rejected=tuple((line, reason) for line, reason in rejected[:SHOWN_ROWS]),
        more_rejected=run.rejected - len(rejected[:SHOWN_ROWS]),
        streets_gone=tuple(report.get("streets_gone", [])),
        moved=tuple(moved[:SHOWN_ROWS]),
        more_moved=report.get("moved_in_all", len(moved)) - len(moved[:SHOWN_ROWS]),
    )


def index_notice(*, indexed: int | None, live: int) -> Notice | None:
    """Return what to do when the index is not of what the register holds now."""
    if not live:
        return Notice(_("Registret är tomt. Läs in en fil med adresser."), "time")
    if indexed is None:
        return Notice(
            _("Det finns inget index, så ingen text kan läsas till adress. Bygg det."), "time"
        )
    if indexed != live:
        text = _("Indexet har {indexed} adresser och registret {live}. Bygg om det.")
        return Notice(text.format(indexed=_whole(indexed), live=_whole(live)), "time")
    return None


def _whole(number: int) -> str:
    return str(number_format(number, 0, force_grouping=True))


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
        remove_href=reverse("register:remove_nickname", args=[entry.pk]),
    )
