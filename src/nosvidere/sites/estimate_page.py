"""The dark figure as one page that opens anywhere: the verdict first, then a band; never one big number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nosvidere.engine.darkfigure import CAVEAT, Estimate, MethodResult
from nosvidere.engine.darkfigure.text import HEADLINES, limits, number, rounded
from nosvidere.engine.darkfigure.verdict import NAMES_SV, REFUSED
from nosvidere.sites.standalone import rendered

ASSUMED = (
    "Är det samma grupp under hela tiden, utan att någon kommer till eller lämnar den?",
    "Är fallen rätt hopparade mellan listorna, så att ingen räknas två gånger?",
    "Har varje fall någon chans att hamna på var och en av listorna?",
    "Ser listorna samma synliga fall? Då är talet för lågt.",
)
HEADROOM = 1.05  # of the drawing, to the right of the highest limit


@dataclass(frozen=True, slots=True)
class MethodLine:
    """A method: its interval as a band and its estimate as a tick, in words and as SVG takes them."""

    name: str
    interval: str
    says: str
    model: str
    low: str = ""
    width: str = ""
    tick: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What the estimate becomes when the table is changed."""

    name: str
    says: str
    tick: str


def estimate_page(answer: Estimate, *, source: str) -> str:
    """Return the page as HTML; `source` is the name of the file that the table came from."""
    scale = _scale(answer)
    band = answer.band
    return rendered(
        "sites/estimate.html",
        {
            "headline": HEADLINES[answer.verdict.kind],
            "reasons": answer.verdict.reasons,
            "is_refused": answer.verdict.kind == REFUSED,
            "band": limits(band) if band else "",
            "observed": number(answer.table.observed),
            "overlaps": number(answer.table.overlaps),
            "methods": [_method(name, m, scale) for name, m in answer.methods.items()],
            "seen": _at(answer.table.observed, scale),
            "end": rounded(scale),
            "lists": answer.table.lists,
            "overlap_rows": list(
                zip(answer.table.lists, answer.table.overlap_table(), strict=True)
            ),
            "changes": _changes(answer, scale),
            "main": _tick(answer.sensitivity.main, scale),
            "pretended": [
                (name, number(p.true), _said(p.estimate))
                for name, p in answer.sensitivity.pretended.items()
            ],
            "assumed": ASSUMED,
            "caveat": CAVEAT,
            "source": source,
            "answer": answer,
            "replicates": number(answer.replicates),
        },
    )


def _scale(answer: Estimate) -> float:
    """Return the number that fills the drawing: no estimate, interval or changed table lies beyond it."""
    ends = [m.interval.high for m in answer.methods.values() if m.interval]
    ends += [m.estimate for m in answer.methods.values() if m.estimate is not None]
    ends += [e for _, e in _changed(answer) if e is not None]
    return max([float(answer.table.observed), *ends]) * HEADROOM


def _method(name: str, method: MethodResult, scale: float) -> MethodLine:
    if method.estimate is None:
        return MethodLine(NAMES_SV[name], "–", f"Ingen skattning. {method.reason}", "–")
    told = rounded(method.estimate)
    if method.interval is None:
        return MethodLine(
            NAMES_SV[name], "inget", told, method.model or "–", tick=_at(method.estimate, scale)
        )
    low, high = method.interval.limits
    return MethodLine(
        name=NAMES_SV[name],
        interval=limits(method.interval),
        says=told,
        model=method.model or "–",
        low=_at(low, scale),
        width=_at(high - low, scale),
        tick=_at(method.estimate, scale),
    )


def _changed(answer: Estimate) -> list[tuple[str, float | None]]:
    """Return the estimates with a list left out and with two lists merged."""
    dropped: Mapping[str, float | None] = answer.sensitivity.dropped
    merged: Iterable[tuple[str, float | None]] = (
        (f"{one} och {other} hopslagna", value)
        for (one, other), value in answer.sensitivity.merged.items()
    )
    return [*((f"utan {name}", value) for name, value in dropped.items()), *merged]


def _changes(answer: Estimate, scale: float) -> list[Change]:
    return [Change(name, _said(value), _tick(value, scale)) for name, value in _changed(answer)]


def _said(estimate: float | None) -> str:
    return "ingen skattning" if estimate is None else rounded(estimate)


def _tick(estimate: float | None, scale: float) -> str:
    return "" if estimate is None else _at(estimate, scale)


def _at(value: float, scale: float) -> str:
    return f"{value / scale * 100:.2f}%"
