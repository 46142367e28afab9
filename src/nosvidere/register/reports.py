"""What the pages on imports show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from nosvidere.engine.places import REJECTIONS
from nosvidere.register.models import ImportRun
from nosvidere.register.queries import IndexState
from nosvidere.register.tally import MOVE_BOUNDS_M
from nosvidere.ui.components import Figure, Notice
from nosvidere.ui.drawing import Bar, BarChart, bar_chart
from nosvidere.ui.words import translated

SHOWN_ROWS = 200
SHOWN_STREETS = 60
MANY_VANISHED = 0.1  # of what was live: more than this is worth a look at the file


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import in the list."""

    file_name: str
    href: str
    form: str
    at: datetime
    by: str
    added: str
    changed: str
    unchanged: str
    vanished: str
    without_point: str
    rejected: str
    is_finished: bool


@dataclass(frozen=True, slots=True)
class Some:
    """The first of many texts, and how many are not shown."""

    shown: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Move:
    """An address whose point moved far."""

    name: str
    href: str
    metres: str


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One import with all that a person should look at."""

    title: str
    form: str
    attribution: str
    at: datetime
    by: str
    sha256: str
    notices: tuple[Notice, ...]
    figures: tuple[Figure, ...]
    rejections: BarChart | None
    rejected: tuple[tuple[int, str], ...]
    more_rejected: int
    streets_gone: Some
    streets_new: Some
    moves: BarChart | None
    furthest: tuple[Move, ...]


def import_row(run: ImportRun) -> ImportRow:
    """Return an import as the list shows it."""
    return ImportRow(
        file_name=run.file_name,
        href=reverse("register:import", args=[run.pk]),
        form=run.form,
        at=run.started_at,
        by=run.by,
        added=whole(run.added),
        changed=whole(run.changed),
        unchanged=whole(run.unchanged),
        vanished=whole(run.vanished),
        without_point=whole(run.without_point),
        rejected=whole(run.rejected),
        is_finished=run.finished_at is not None,
    )


def import_page(run: ImportRun) -> ImportPage:
    """Return an import as its page shows it."""
    report = run.report
    rejected = report.get("rejected", [])[:SHOWN_ROWS]
    return ImportPage(
        title=run.file_name,
        form=run.form,
        attribution=run.attribution,
        at=run.started_at,
        by=run.by,
        sha256=run.sha256,
        notices=tuple(_notices(run)),
        figures=_figures(run),
        rejections=_rejections(report.get("rejections", {})),
        rejected=tuple((line, reason) for line, reason in rejected),
        more_rejected=run.rejected - len(rejected),
        streets_gone=_streets(report, "streets_gone"),
        streets_new=_streets(report, "streets_new"),
        moves=_moves(report.get("moves", [])),
        furthest=tuple(_move(*move) for move in report.get("furthest", [])),
    )


def _figures(run: ImportRun) -> tuple[Figure, ...]:
    returned = run.report.get("returned", 0)
    back = _("varav {n} åter i registret").format(n=whole(returned)) if returned else ""
    return (
        Figure(_("Nya"), whole(run.added)),
        Figure(_("Ändrade"), whole(run.changed), back),
        Figure(_("Oförändrade"), whole(run.unchanged)),
        Figure(_("Försvunna"), whole(run.vanished), _("finns kvar som historik")),
        Figure(_("Utan punkt"), whole(run.without_point), _("kan inte läggas i en rutt")),
        Figure(_("Avvisade"), whole(run.rejected)),
    )


def _notices(run: ImportRun) -> Sequence[Notice]:
    notices = []
    if run.finished_at is None:
        text = _(
            "Inläsningen är inte klar: den pågår, eller avbröts. Inget av den syns i registret."
        )
        notices.append(Notice(text, "time", title=_("Inte klar")))
    if run.vanished > MANY_VANISHED * (run.vanished + run.changed + run.unchanged):
        text = _(
            "Mer än en tiondel av adresserna försvann. Kontrollera att filen är hel. "
            "Läs annars in den förra filen igen, då kommer adresserna tillbaka."
        )
        notices.append(Notice(text, "time", title=_("Kontrollera filen")))
    if unread := run.report.get("unread"):
        text = _("Kolumner i filen som inte läses: {names}.").format(names=", ".join(unread))
        notices.append(Notice(text))
    return notices


def _streets(report: dict[str, Any], key: str) -> Some:
    streets = report.get(key, [])
    shown = tuple(", ".join(part for part in street if part) for street in streets[:SHOWN_STREETS])
    return Some(shown, report.get(f"{key}_in_all", len(streets)) - len(shown))


def _rejections(counts: dict[str, int]) -> BarChart | None:
    if not counts:
        return None
    bars = [
        Bar(translated(REJECTIONS.get(kind, kind)), count, whole(count))
        for kind, count in sorted(counts.items(), key=lambda item: -item[1])
    ]
    says = _("{n} rader avvisades. Vanligast: {kind}.")
    return bar_chart(
        bars,
        says=says.format(n=whole(sum(counts.values())), kind=bars[0].label),
        headings=(_("Varför"), _("Rader")),
    )


def _moves(counts: Sequence[int]) -> BarChart | None:
    """Return how far points moved; None when none did."""
    if not sum(counts):
        return None
    labels = _classes()
    bars = [Bar(label, n, whole(n)) for label, n in zip(labels, counts, strict=True)]
    far = sum(counts[-3:])
    says = _("{n} adresser har fått en ny punkt. {far} av dem flyttades 25 meter eller mer.")
    return bar_chart(
        bars,
        says=says.format(n=whole(sum(counts)), far=whole(far)),
        headings=(_("Hur långt punkten flyttades"), _("Adresser")),
    )


def _classes() -> list[str]:
    first, last = MOVE_BOUNDS_M[0], MOVE_BOUNDS_M[-1]
    between = pairwise(MOVE_BOUNDS_M)
    return [
        _("under {m} m").format(m=first),
        *(f"{low}–{high} m" for low, high in between),
        _("{m} m eller mer").format(m=last),
    ]


def _move(metres: float, pk: int, name: str) -> Move:
    return Move(name, reverse("register:place", args=[pk]), whole(round(metres)))


def index_notice(state: IndexState) -> Notice | None:
    """Return what to do when the index is not of what the register holds now."""
    if not state.live:
        return Notice(_("Registret är tomt. Läs in en fil med adresser."), "time")
    if state.indexed is None:
        return Notice(
            _(
                "Det finns inget index som går att läsa, så ingen text kan läsas till adress. Bygg det."
            ),
            "time",
        )
    if not state.is_fresh:
        text = _("Indexet har {indexed} adresser och registret {live}. Bygg om det.")
        said = text.format(indexed=whole(state.indexed), live=whole(state.live))
        return Notice(said, "time")
    return None


def names_notice(names: int) -> Notice:
    """Return how many street names of the country are known, or what their absence means."""
    if not names:
        text = _(
            "Utan en lista över landets gatunamn kan ett gatunamn från en annan ort läsas som en felskrivning av ett här. "
            "Läs in namnen ur ett register över hela landet, från kommandoraden på servern."
        )
        return Notice(text, "time", title=_("Rikslistan saknas"))
    text = _(
        "Rikslistan har {n} gatunamn: en gata som bara finns på annan ort läses inte som en här."
    )
    return Notice(text.format(n=whole(names)))


def whole(number: int) -> str:
    """Return a whole number with its thousands apart."""
    return str(number_format(number, 0, force_grouping=True))
