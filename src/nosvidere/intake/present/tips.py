"""What the pages on tips show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nosvidere.engine.photos import PROBLEMS
from nosvidere.engine.signs import SCHEME, contact_spans, screen
from nosvidere.intake.models import (
    BASES,
    CHANNELS,
    INFO_GRADES,
    SLOW,
    SOURCE_GRADES,
    Photo,
    SourceItem,
    Tip,
)
from nosvidere.intake.queries import NO_ADDRESS, SLOW_LANE
from nosvidere.kernel.time import local_date
from nosvidere.rules.flows import TIP
from nosvidere.rules.triage import DISCARD_REASONS
from nosvidere.ui.components import Event, Notice, Tab
from nosvidere.ui.templatetags.ui import clock, moment
from nosvidere.ui.words import translated

SHAPES = {
    "TRIAGED": "working",
    "QUESTION_ASKED": "time",
    "EMERGENCY_FORWARDED": "time",
    "LINKED": "done",
    "DISCARDED": "closed",
}
WAITING = ("RECEIVED", "EMERGENCY_FORWARDED", "TRIAGED")
CONTACT_WORDS = {
    "phone": "telefonnummer",
    "personal_number": "personnummer",
    "email": "e-postadress",
}


@dataclass(frozen=True, slots=True)
class TipRow:
    """One tip in the list."""

    number: str
    href: str
    received_at: datetime
    channel: str
    state: str
    shape: str
    place: str
    signs: str
    waited: str
    note: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; `why` says why it is marked, nothing when it is not."""

    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a thread; the text is empty until the tip is opened."""

    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """A photo of a tip: where the picture is, or why there is none; `told` is what its camera noted."""

    label: str
    href: str
    width: int
    height: int
    told: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class SignRow:
    """One sign that a tip tells of, with what it may innocently be."""

    name: str
    innocent: str


@dataclass(frozen=True, slots=True)
class TipPage:
    """A tip as its page shows it."""

    number: str
    state: str
    shape: str
    notices: tuple[Notice, ...]
    facts: tuple[tuple[str, str], ...]
    signs: tuple[SignRow, ...]
    place: str
    text: str
    is_graded: bool
    same_sender: tuple[str, ...]
    events: tuple[Event, ...]
    confirm_href: str


def state_tabs(
    counts: dict[str, int], chosen: str, *, without_address: int = 0, slow: int = 0
) -> list[Tab]:
    """Return a tab for all tips, one for each state that has any, one for those with wrong addresses, one for the slow lane."""
    base = reverse("intake:tips")
    tabs = [Tab(_("Alla"), base, is_current=not chosen, count=sum(counts.values()))]
    beside = (
        (NO_ADDRESS, _("Ingen adress stämde"), without_address),
        (SLOW_LANE, _("Långsam kö"), slow),
    )
    return (
        tabs
        + _state_tabs(counts, chosen, base)
        + [
            Tab(label, f"{base}?lage={name}", is_current=chosen == name, count=count)
            for name, label, count in beside
            if count
        ]
    )


def _state_tabs(counts: dict[str, int], chosen: str, base: str) -> list[Tab]:
    return [
        Tab(
            translated(TIP.words[state].capitalize()),
            f"{base}?lage={state}",
            is_current=state == chosen,
            count=n,
        )
        for state, n in counts.items()
        if n
    ]


def query_of(*, state: str, words: str) -> str:
    """Return the query string that asks for the same tips again."""
    return urlencode({**({"lage": state} if state else {}), **({"sok": words} if words else {})})


def urgent_notice(count: int) -> Notice | None:
    """Return the danger notice while a tip says that somebody may be in danger and nobody has told it on."""
    if not count:
        return None
    text = ngettext(
        "Ett tips säger att någon kan vara i fara. Öppna det nu och ring ledningscentralen.",
        "{n} tips säger att någon kan vara i fara. Öppna dem nu och ring ledningscentralen.",
        count,
    )
    return Notice(text.format(n=count), "danger", href="#rows", link=_("De står överst i listan"))


def tip_row(tip: Tip, *, place: str, words: str, on: date) -> TipRow:
    """Return a tip as the list shows it; the place and the words read as one are what this reader may see of it."""
    item = tip.item
    is_urgent = tip.is_emergency and item.state == "RECEIVED"
    return TipRow(
        number=item.diary_no,
        href=reverse("intake:tip", args=[tip.pk]),
        received_at=item.received_at,
        channel=translated(CHANNELS[item.channel]),
        state=_("bråttom: någon kan vara i fara")
        if is_urgent
        else translated(TIP.words[item.state]),
        shape="danger" if is_urgent else SHAPES.get(item.state, ""),
        place=place or (_("i texten: {words}").format(words=words) if words else ""),
        signs=", ".join(tip.signs),
        waited=_waited(item, on) if item.state in WAITING else "",
        note=_note(tip),
    )


def _note(tip: Tip) -> str:
    if needs_address(tip.item):
        return _("Ingen adress stämde: fråga den som tipsat")
    return _("Långsam kö: kan vara ett massutskick") if is_slow(tip) else ""


def is_slow(tip: Tip) -> bool:
    """Say whether a tip waits in the slow lane: it looks sent by a machine, or many came at once from one net."""
    return tip.lane == SLOW and tip.item.state == "RECEIVED"


def needs_address(item: SourceItem) -> bool:
    """Say whether a tip waits for its sender because none of the addresses read in it was right."""
    return item.needs_address and item.state == "TRIAGED"


def _waited(item: SourceItem, on: date) -> str:
    days = (on - local_date(item.received_at)).days
    return ngettext("{n} dag", "{n} dagar", days).format(n=days)


def pieces(text: str) -> list[Piece]:
    """Return a text cut where something in it may not be weighed or passed on, with why."""
    spans = [(e.start, e.end, translated(SCHEME.signs[e.code].sv)) for e in screen(text)]
    spans += [(c.start, c.end, translated(CONTACT_WORDS[c.kind])) for c in contact_spans(text)]
    cut: list[Piece] = []
    done = 0
    for start, end, why in sorted(spans):
        if start >= done:
            cut += [Piece(text[done:start]), Piece(text[start:end], why)]
            done = end
    return [piece for piece in (*cut, Piece(text[done:])) if piece.text]


def tip_page(
    tip: Tip, *, place: str, text: str, same_sender: Sequence[str], may_confirm: bool
) -> TipPage:
    """Return a tip as its page shows it; place and text are what this reader may see."""
    item = tip.item
    return TipPage(
        number=item.diary_no,
        state=translated(TIP.words[item.state]),
        shape=SHAPES.get(item.state, ""),
        notices=tuple(_notices(tip)),
        facts=tuple(_facts(tip)),
        signs=tuple(_sign_row(code) for code in tip.signs),
        place=place,
        text=text,
        is_graded=bool(item.graded_by),
        same_sender=tuple(same_sender),
        events=tuple(_events(tip)),
        confirm_href=reverse("leads:confirm", args=[item.pk]) if may_confirm else "",
    )


def _notices(tip: Tip) -> list[Notice]:
    notices = []
    if tip.is_emergency and tip.item.state == "RECEIVED":
        text = _("Ring ledningscentralen nu. Notera sedan här att det är gjort.")
        notices.append(Notice(text, "danger", title=_("Någon kan vara i fara")))
    if "C04" in tip.signs:
        text = _("Barn nämns: gör en orosanmälan i dag, vad som än händer med tipset.")
        notices.append(Notice(text, "danger", title=_("Barn")))
    if needs_address(tip.item):
        text = _(
            "En analytiker har tackat nej till alla adresser som lästes i tipset. Skriv den nya adressen i texten och "
            "spara bedömningen, så väntar tipset på en plats igen."
        )
        title = _("Ingen adress stämde: fråga den som tipsat")
        notices.append(Notice(text, "time", title=title))
    if tip.lane == SLOW:
        text = _(
            "Tipset kom i en ström av många, eller så fort att ett program kan ha skrivit det. Det säger inget om "
            "innehållet: läs det som vilket tips som helst, men efter de andra."
        )
        notices.append(Notice(text, title=_("Långsam kö")))
    if tip.is_dispute:
        notices.append(
            Notice(_("Den som tipsade berättar om en konflikt mellan grannar. Väg in det."))
        )
    return notices


def _facts(tip: Tip) -> list[tuple[str, str]]:
    item = tip.item
    grades = (
        f"{item.source_grade}: {translated(SOURCE_GRADES[item.source_grade])}; {item.info_grade}: {translated(INFO_GRADES[item.info_grade])}"
        if item.graded_by
        else _("inte bedömt än")
    )
    days = [d.isoformat() for d in (item.occurred_from_on, item.occurred_until_on) if d]
    facts = [
        (_("Kom in"), clock(item.received_at)),
        (_("Genom"), translated(CHANNELS[item.channel])),
        (_("Sett"), " – ".join(days)),
        (_("Antal dagar"), str(tip.days) if tip.days > 1 else ""),
        (_("Källa och uppgift"), grades),
        (_("Bilder"), str(tip.photos.count() or "")),
        (_("Bygger på"), translated(BASES[item.basis]) if item.graded_by else ""),
        (_("Bedömt av"), item.graded_by),
        (_("Avskrivet för att"), translated(DISCARD_REASONS.get(item.set_aside_reason, ""))),
        (_("Rättslig grund"), item.lawful_ground),
        (_("Gallras"), item.expires_on.isoformat()),
    ]
    return [(name, text) for name, text in facts if text]


def _sign_row(code: str) -> SignRow:
    sign = SCHEME.signs[code]
    return SignRow(translated(f"{code} {sign.sv}"), translated(sign.innocent_sv))


def _events(tip: Tip) -> list[Event]:
    item = tip.item
    steps = (
        (item.received_at, _("Kom in"), ""),
        (tip.opened_at, _("Öppnat första gången"), ""),
        (item.graded_at, _("Bedömt"), item.graded_by),
    )
    return [
        Event(at=clock(at), title=title, by=by, moment=moment(at)) for at, title, by in steps if at
    ]


def shown_photo(photo: Photo, told: Mapping[str, str], *, href: str) -> ShownPhoto:
    """Return one photo as the page shows it; `href` is where its picture is for this reader."""
    is_there = photo.state == "DEVELOPED"
    problem = PROBLEMS.get(photo.problem, "")
    waits = _("Bilden öppnas strax i en process för sig. Öppna tipset igen om en stund.")
    return ShownPhoto(
        label=_("Bild {n} från den som tipsade").format(n=photo.position),
        href=href if is_there else "",
        width=photo.width,
        height=photo.height,
        told=tuple(_camera_words(told)),
        problem="" if is_there else translated(problem) or waits,
    )


def _camera_words(told: Mapping[str, str]) -> list[str]:
    taken, lat, lon = (told.get(name, "") for name in ("taken", "lat", "lon"))
    words = [_("Tid enligt kameran: {at}").format(at=taken)] if taken else []
    place = _("Plats enligt kameran: {lat}, {lon}").format(lat=lat, lon=lon)
    return words + ([place] if lat and lon else [])


def said(at: datetime, *, is_from_sender: bool, text: str = "") -> Said:
    """Return one message of a thread."""
    return Said(_("Den som tipsade") if is_from_sender else _("Vi"), at, text)
