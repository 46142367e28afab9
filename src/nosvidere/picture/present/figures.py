"""What the pages on an operation's figures show."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from nosvidere.kernel.time import local_date
from nosvidere.operations.models import Operation
from nosvidere.picture.figures import Figure
from nosvidere.picture.models import PublicSummary
from nosvidere.rules.flows import OPERATION
from nosvidere.rules.summary import Why
from nosvidere.ui.components import Figure as Shown
from nosvidere.ui.words import translated

FIRST_PAGE = (
    "help_offered",
    "help_accepted",
    "addresses_checked",
    "reported",
    "landlords_told",
    "wrong_addresses",
)
FIRST_TILES = ("help_offered", "help_accepted", "wrong_addresses")


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One operation in the list."""

    name: str
    unit: str
    from_on: date
    until_on: date
    state: str
    href: str


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One published version."""

    title: str
    version: int
    published_on: date
    by: str


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A figure that could point somebody out, and why."""

    label: str
    value: int
    why: str


def operation_row(operation: Operation) -> OperationRow:
    """Return an operation as the list shows it."""
    return OperationRow(
        name=operation.name,
        unit=operation.lead_unit.name,
        from_on=operation.from_on,
        until_on=operation.until_on,
        state=translated(OPERATION.words[operation.state]),
        href=reverse("picture:operation", args=[operation.pk]),
    )


def tiles(figures: list[Figure]) -> list[Shown]:
    """Return the figures that come first: help and harm before reports."""
    return [
        Shown(f.label, str(f.value), translated(f.definition))
        for f in figures
        if f.key in FIRST_TILES
    ]


def short_figures(figures: list[Figure]) -> list[Shown]:
    """Return the few figures for the first page, help before reports."""
    by_key = {figure.key: figure for figure in figures}
    return [Shown(by_key[key].label, str(by_key[key].value)) for key in FIRST_PAGE]


def summary_row(summary: PublicSummary) -> SummaryRow:
    """Return a published version as its list shows it."""
    return SummaryRow(
        summary.title, summary.version, local_date(summary.published_at), summary.published_by
    )


def held_back_rows(found: list[tuple[Figure, Why]]) -> list[HeldBack]:
    """Return the figures that are shown only by decision, each with why."""
    return [
        HeldBack(
            translated(figure.label),
            figure.value,
            translated(why.template).format(n=why.n, of=why.of),
        )
        for figure, why in found
    ]
