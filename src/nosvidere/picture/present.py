"""What the pages on figures show."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from nosvidere.kernel.time import local_date
from nosvidere.operations.models import Operation
from nosvidere.picture.figures import Figure
from nosvidere.picture.models import PublicSummary, SavedEstimate
from nosvidere.rules.flows import OPERATION
from nosvidere.ui.components import Figure as Shown
from nosvidere.ui.drawing import Bar, BarChart, bar_chart

VERDICTS = {
    "estimate": lazy("Går att skatta"),
    "caution": lazy("Går att skatta, med försiktighet"),
    "refused": lazy("Går inte att skatta än"),
}
METHODS = {
    "independence": lazy("oberoende listor"),
    "stepwise": lazy("stegvis valda beroenden"),
    "bic": lazy("bästa modell enligt BIC"),
    "decomposable": lazy("medel över grafer"),
}
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
class MethodRow:
    """What one method says."""

    name: str
    estimate: str
    interval: str
    model: str


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """One saved run in the list."""

    name: str
    until_on: date
    verdict: str
    made_on: date
    href: str


@dataclass(frozen=True, slots=True)
class EstimatePage:
    """A run of the dark figure: the verdict first, then band, methods and what it rests on."""

    name: str
    verdict: str
    is_refused: bool
    reasons: tuple[str, ...]
    observed: str
    lists: str
    chart: BarChart | None
    methods: tuple[MethodRow, ...]
    until_on: date
    source: str


def operation_row(operation: Operation) -> OperationRow:
    """Return an operation as the list shows it."""
    return OperationRow(
        name=operation.name,
        unit=operation.lead_unit.name,
        from_on=operation.from_on,
        until_on=operation.until_on,
        state=OPERATION.words[operation.state],
        href=reverse("picture:operation", args=[operation.pk]),
    )


def tiles(figures: list[Figure]) -> list[Shown]:
    """Return the figures that come first: help and harm before reports."""
    return [Shown(f.label, str(f.value), f.definition) for f in figures if f.key in FIRST_TILES]


def short_figures(figures: list[Figure]) -> list[Shown]:
    """Return the few figures for the first page, help before reports."""
    by_key = {figure.key: figure for figure in figures}
    return [Shown(by_key[key].label, str(by_key[key].value)) for key in FIRST_PAGE]


def summary_row(summary: PublicSummary) -> SummaryRow:
    """Return a published version as its list shows it."""
    return SummaryRow(
        summary.title, summary.version, local_date(summary.published_at), summary.published_by
    )


def estimate_row(saved: SavedEstimate) -> EstimateRow:
    """Return a saved run as the list shows it."""
    return EstimateRow(
        name=saved.name,
        until_on=saved.counted_until_on,
        verdict=str(VERDICTS[saved.verdict]),
        made_on=local_date(saved.made_at),
        href=reverse("picture:estimate", args=[saved.pk]),
    )


def estimate_page(saved: SavedEstimate) -> EstimatePage:
    """Return a saved run as its page shows it."""
    result = saved.result
    methods = tuple(_method(name, told) for name, told in result["methods"].items())
    return EstimatePage(
        name=saved.name,
        verdict=str(VERDICTS[saved.verdict]),
        is_refused=saved.verdict == "refused",
        reasons=tuple(result["reasons"]),
        observed=number_format(result["observed"]),
        lists=", ".join(result["lists"]),
        chart=_chart(result["methods"]) if saved.verdict != "refused" else None,
        methods=methods,
        until_on=saved.counted_until_on,
        source=_("Frö {seed}, version {version}, indata {hash}").format(
            seed=saved.seed, version=saved.version, hash=saved.input_sha256[:16]
        ),
    )


def _method(name: str, told: dict[str, Any]) -> MethodRow:
    low_high = told["interval_95"]
    return MethodRow(
        name=str(METHODS[name]),
        estimate=_rounded(told["estimate"]) if told["exists"] else _("finns inte"),
        interval=f"{_rounded(low_high[0])}–{_rounded(low_high[1])}" if low_high else "–",
        model=told["model"] or "–",
    )


def _rounded(value: float | None) -> str:
    """Return a number without false precision: three figures that matter."""
    if value is None:
        return "–"
    whole = round(value)
    step = 10 ** max(len(str(whole)) - 3, 0)
    return str(number_format(round(whole / step) * step, force_grouping=True))


def _chart(methods: dict[str, Any]) -> BarChart:
    """Return the methods' intervals side by side; points are ticks, the band is what to see."""
    bars = [
        Bar(
            label=str(METHODS[name]),
            value=told["estimate"],
            text=f"{_rounded(told['interval_95'][0])}–{_rounded(told['interval_95'][1])}",
            low=told["interval_95"][0],
            high=told["interval_95"][1],
        )
        for name, told in methods.items()
        if told["exists"] and told["interval_95"]
    ]
    lowest, highest = min(b.low or 0 for b in bars), max(b.high or 0 for b in bars)
    says = _(
        "Metoderna säger tillsammans {low} till {high}. Det sanna antalet är troligen högre: listorna ser oftast samma synliga fall."
    ).format(low=_rounded(lowest), high=_rounded(highest))
    return bar_chart(bars, says=says, headings=(_("Metod"), _("95 % intervall")))
