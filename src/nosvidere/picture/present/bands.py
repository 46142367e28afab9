"""Where intervals and points of the dark figure stand in a drawing: a band is what to see, a point is only a tick."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

METHODS = {
    "independence": gettext_lazy("oberoende listor"),
    "stepwise": gettext_lazy("stegvis valda beroenden"),
    "bic": gettext_lazy("bästa modell enligt BIC"),
    "decomposable": gettext_lazy("medel över grafer"),
}
HEADROOM = 1.04  # of the drawing, to the right of the highest limit
FIGURES = 3  # that matter in a shown number


@dataclass(frozen=True, slots=True)
class Band:
    """One interval as drawn, in percentages of the width, with its points as ticks and both in words."""

    name: str
    interval: str
    point: str
    model: str
    low: str
    width: str
    ticks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BandChart:
    """The union of the methods' intervals above each method's own; the dashed line is what has been seen."""

    says: str
    whole: Band | None
    methods: tuple[Band, ...]
    seen: str
    end: str


def band_chart(result: Mapping[str, Any], *, end: float | None = None) -> BandChart:
    """Return the drawing of a saved result; `end` is the number that fills the width, its own highest if not given."""
    scale = (end or highest(result)) * HEADROOM
    methods = [
        _band(
            str(METHODS[name]),
            told["interval_95"],
            points=[told["estimate"]],
            scale=scale,
            model=told["model"],
        )
        for name, told in result["methods"].items()
    ]
    points = [told["estimate"] for told in result["methods"].values()]
    band = result["band"]
    return BandChart(
        says=_says(band),
        whole=_band(_("Alla metoder"), band, points=points, scale=scale) if band else None,
        methods=tuple(methods),
        seen=_at(result["observed"], scale),
        end=rounded(scale / HEADROOM),
    )


def highest(result: Mapping[str, Any]) -> float:
    """Return the highest number that the drawing of a result must hold."""
    methods = result["methods"].values()
    ends: list[float] = [told["interval_95"][1] for told in methods if told["interval_95"]]
    points: list[float] = [told["estimate"] for told in methods if told["exists"]]
    return max([float(result["observed"]), *ends, *points])


def rounded(value: float) -> str:
    """Return a number without false precision: three figures that matter."""
    return str(number_format(int(float(f"{value:.{FIGURES}g}")), force_grouping=True))


def limits(interval: Iterable[float] | None) -> str:
    """Return an interval in words, or a dash."""
    return "–".join(rounded(limit) for limit in interval) if interval else "–"


def _says(band: list[float] | None) -> str:
    if band is None:
        return _("Ingen metod ger ett intervall.")
    return _("Metoderna säger tillsammans {low} till {high} fall, sedda och osedda.").format(
        low=rounded(band[0]), high=rounded(band[1])
    )


def _band(
    name: str,
    interval: list[float] | None,
    *,
    points: list[float | None],
    scale: float,
    model: str | None = None,
) -> Band:
    low, high = interval or (0.0, 0.0)
    known = [point for point in points if point is not None]
    return Band(
        name=name,
        interval=limits(interval),
        point=rounded(known[0]) if known else _("finns inte"),
        model=model or "–",
        low=_at(low, scale) if interval else "",
        width=_at(high - low, scale),
        ticks=tuple(_at(point, scale) for point in known),
    )


def _at(value: float, scale: float) -> str:
    return f"{value / scale * 100:.2f}%"
