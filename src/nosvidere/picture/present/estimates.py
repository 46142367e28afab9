"""What the pages on the dark figure show: the verdict in words, the band, and all that the number hangs on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nosvidere.kernel.time import local_date
from nosvidere.picture.capture import OwnTable
from nosvidere.picture.models import SOURCES, PublicEstimate, SavedEstimate
from nosvidere.picture.present.bands import (
    METHODS,
    BandChart,
    band_chart,
    highest,
    limits,
    rounded,
)
from nosvidere.rules.estimate import ANSWERS, ASSUMPTIONS, public_limits
from nosvidere.ui.drawing import Bar, BarChart, bar_chart

VERDICTS = {
    "estimate": gettext_lazy("Underlaget bär en skattning"),
    "caution": gettext_lazy("Underlaget bär en skattning, med försiktighet"),
    "refused": gettext_lazy("Går inte att skatta än"),
}
SHORT = {
    "estimate": gettext_lazy("går att skatta"),
    "caution": gettext_lazy("med försiktighet"),
    "refused": gettext_lazy("går inte än"),
}
SHAPES = {"estimate": "working", "caution": "time", "refused": "closed"}  # none says all is well


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """One saved run in the list."""

    pk: int
    name: str
    until_on: date
    verdict: str
    shape: str
    band: str
    made_on: date
    href: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many cases two lists share; on the diagonal all cases of one list."""

    lists: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """An assumption with the analyst's answer."""

    question: str
    answer: str
    note: str
    fails: bool


@dataclass(frozen=True, slots=True)
class EstimatePage:
    """A run of the dark figure: the verdict first, then band, lists, sensitivity, and what it rests on."""

    name: str
    verdict: str
    shape: str
    is_refused: bool
    reasons: tuple[str, ...]
    observed: str
    overlaps: int
    chart: BandChart
    overlap: Overlap
    tornado: BarChart | None
    without_estimate: tuple[str, ...]
    one_case: tuple[str, ...]
    pretended: tuple[str, ...]
    assumptions: tuple[Answered, ...]
    until_on: date
    made_on: date
    source: tuple[tuple[str, str], ...]
    told_as: str


def estimate_row(saved: SavedEstimate) -> EstimateRow:
    """Return a saved run as the list shows it."""
    return EstimateRow(
        pk=saved.pk,
        name=saved.name,
        until_on=saved.counted_until_on,
        verdict=str(SHORT[saved.verdict]),
        shape=SHAPES[saved.verdict],
        band=_("används inte") if saved.verdict == "refused" else limits(saved.band),
        made_on=local_date(saved.made_at),
        href=reverse("picture:estimate", args=[saved.pk]),
    )


def estimate_page(saved: SavedEstimate, *, end: float | None = None) -> EstimatePage:
    """Return a saved run as its page shows it; `end` fills the width of the band's drawing."""
    result = saved.result
    changed = result["sensitivity"]
    return EstimatePage(
        name=saved.name,
        verdict=str(VERDICTS[saved.verdict]),
        shape=SHAPES[saved.verdict],
        is_refused=saved.verdict == "refused",
        reasons=tuple(result["reasons"]),
        observed=str(number_format(result["observed"], force_grouping=True)),
        overlaps=result["overlaps"],
        chart=band_chart(result, end=end),
        overlap=_overlap(result),
        tornado=_tornado(result),
        without_estimate=tuple(_without_estimate(result)),
        one_case=_one_case(changed),
        pretended=tuple(_pretended(name, p) for name, p in changed["pretend_unknown"].items()),
        assumptions=tuple(_answered(key, told) for key, told in saved.assumptions.items()),
        until_on=saved.counted_until_on,
        made_on=local_date(saved.made_at),
        source=_source(saved),
        told_as=told_as(saved),
    )


def comparison(one: SavedEstimate, other: SavedEstimate) -> dict[str, Any]:
    """Return two runs side by side on one scale, and what may be said of the difference."""
    end = max(highest(one.result), highest(other.result))
    pages = [estimate_page(saved, end=end) for saved in (one, other)]
    return {"pages": pages, "says": _difference(one, other)}


def told_as(saved: SavedEstimate) -> str:
    """Return the interval as it would be published, or nothing where there is none."""
    if not saved.band:
        return ""
    low, high = public_limits(saved.band)
    return _between(low, high)


def public_row(published: PublicEstimate) -> dict[str, Any]:
    """Return a published interval as its list shows it."""
    return {
        "title": published.title,
        "says": _between(published.low, published.high),
        "version": published.version,
        "published_on": local_date(published.published_at),
        "by": published.published_by,
    }


def own_table_rows(own: OwnTable) -> list[tuple[str, int]]:
    """Return (list, places) of the region's own sources."""
    return [(_(name), total) for name, total in own.totals.items()]


def _between(low: int, high: int) -> str:
    return _("mellan {low} och {high}").format(
        low=number_format(low, force_grouping=True), high=number_format(high, force_grouping=True)
    )


def _difference(one: SavedEstimate, other: SavedEstimate) -> str:
    """Return what two runs say together: never a trend on intervals that meet."""
    if "refused" in (one.verdict, other.verdict) or not (one.band and other.band):
        return _("Minst en av dem bär ingen skattning. De går inte att jämföra.")
    if one.band[0] <= other.band[1] and other.band[0] <= one.band[1]:
        return _("Intervallen går i varandra. Det går inte att säga att antalet har ändrats.")
    return _(
        "Intervallen möts inte. Skillnaden kan bero på andra listor, en annan tid eller ett annat antal."
    )


def _overlap(result: dict[str, Any]) -> Overlap:
    rows = zip(result["lists"], map(tuple, result["overlap_table"]), strict=True)
    return Overlap(tuple(result["lists"]), tuple(rows))


def _changes(result: dict[str, Any]) -> list[tuple[str, float | None]]:
    """Return the estimates with a list dropped and with two merged."""
    changed = result["sensitivity"]
    dropped = [(_("utan {name}").format(name=n), e) for n, e in changed["drop"].items()]
    merged = [
        (_("{pair} hopslagna").format(pair=pair.replace("+", " + ")), e)
        for pair, e in changed["merge"].items()
    ]
    return dropped + merged


def _tornado(result: dict[str, Any]) -> BarChart | None:
    """Return how far each change of the lists moves the stepwise estimate, the furthest first."""
    main = result["methods"]["stepwise"]["estimate"]
    known = [(name, e) for name, e in _changes(result) if e is not None]
    if main is None or not known:
        return None
    known.sort(key=lambda change: -abs(change[1] - main))
    bars = [Bar(_("ingen ändring"), main, rounded(main))]
    bars += [Bar(n, e, rounded(e), low=min(e, main), high=max(e, main)) for n, e in known]
    says = _("Mest flyttar sig svaret så här: {name}, från {main} till {estimate}.").format(
        name=known[0][0], main=rounded(main), estimate=rounded(known[0][1])
    )
    note = _("Strecket går från svaret utan ändring till svaret med ändringen. Stegvis metod.")
    return bar_chart(bars, says=says, headings=(_("Ändring"), _("Skattning")), note=note)


def _without_estimate(result: dict[str, Any]) -> list[str]:
    """Return, in sentences, the methods, changed tables and models that have no estimate."""
    said = [
        _("Metoden {name}: {why}").format(name=METHODS[name], why=why)
        for name, why in result["no_estimate"].items()
    ]
    said += [
        _("{change}: ingen skattning.").format(change=n[:1].upper() + n[1:])
        for n, e in _changes(result)
        if e is None
    ]
    models = result["models"]
    if models is None:
        return [*said, _("För fler än fem listor räknas inte modellerna utan skattning.")]
    if models["without"]:
        said.append(
            _("{without} av {tried} modeller saknar skattning, till exempel {named}.").format(
                without=models["without"], tried=models["tried"], named=", ".join(models["named"])
            )
        )
    return said


def _one_case(changed: dict[str, Any]) -> tuple[str, ...]:
    spans = (
        (_("Ett fall färre i någon ruta"), changed["one_case_fewer"]),
        (_("Ett fall mer i någon ruta"), changed["one_case_more"]),
    )
    return tuple(f"{name}: {limits(span)}." for name, span in spans if span)


def _pretended(name: str, told: dict[str, Any]) -> str:
    if told["estimate"] is None:
        return _(
            "Vi låtsades inte känna till {name}: sant {true}, metoden gav ingen skattning."
        ).format(name=name, true=_counted(told["true"]))
    return _("Vi låtsades inte känna till {name}: sant {true}, metoden sa {estimate}.").format(
        name=name, true=_counted(told["true"]), estimate=rounded(told["estimate"])
    )


def _counted(n: int) -> str:
    return str(number_format(n, force_grouping=True))


def _answered(key: str, told: dict[str, str]) -> Answered:
    return Answered(
        question=_(ASSUMPTIONS[key]),
        answer=_(ANSWERS[told["answer"]]),
        note=told["note"],
        fails=told["answer"] == "no",
    )


def _source(saved: SavedEstimate) -> tuple[tuple[str, str], ...]:
    """Return all that is needed to do the run again."""
    return (
        (_("Underlag"), _(SOURCES[saved.source])),
        (_("Räknat till och med"), saved.counted_until_on.isoformat()),
        (_("Frö"), str(saved.seed)),
        (_("Omräkningar"), str(number_format(saved.replicates, force_grouping=True))),
        (_("Version"), saved.version),
        (_("Indata, sha256"), saved.input_sha256),
        (_("Gjord av"), saved.made_by),
    )
