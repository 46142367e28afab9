"""The answer in plain Swedish for a terminal: verdict first, then the band, then the methods."""

from collections.abc import Iterator, Mapping

from nosvidere.engine.darkfigure.results import Interval, MethodResult
from nosvidere.engine.darkfigure.sensitivity import Sensitivity, span
from nosvidere.engine.darkfigure.tables import CaptureTable
from nosvidere.engine.darkfigure.verdict import (
    CAUTION,
    CAVEAT,
    ESTIMATE,
    NAMES_SV,
    REFUSED,
    Verdict,
    band,
)

HEADLINES = {
    ESTIMATE: "Underlaget bär en skattning.",
    CAUTION: "Underlaget bär en skattning, men med försiktighet.",
    REFUSED: "Underlaget bär ingen skattning ännu. Använd inte talen.",
}
SPACE = "\N{NO-BREAK SPACE}"
FIGURES = 3  # significant figures shown; more would promise more than the data hold


def as_text(
    table: CaptureTable,
    methods: Mapping[str, MethodResult],
    *,
    drawn: Verdict,
    changed: Sensitivity,
    source: str,
) -> str:
    """Write verdict and reasons, band, methods, sensitivity, caveat and, last, what it was computed from."""
    parts = [
        [HEADLINES[drawn.kind], *(f"– {reason}" for reason in drawn.reasons)],
        [_band(methods), _seen(table)],
        ["Metoder:", *(_method(name, m) for name, m in methods.items())],
        list(_sensitivity(changed)),
        [CAVEAT],
        [source],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def number(value: float) -> str:
    """Write a whole number with spaces between thousands."""
    return f"{round(value):,}".replace(",", SPACE)


def rounded(value: float) -> str:
    """Write an estimate to three significant figures."""
    return number(float(f"{value:.{FIGURES}g}"))


def limits(interval: Interval) -> str:
    """Write an interval to three significant figures."""
    return f"{rounded(interval.low)}–{rounded(interval.high)}"


def _band(methods: Mapping[str, MethodResult]) -> str:
    """Write the band."""
    whole = band(methods)
    if whole is None:
        return "Inget band: ingen metod ger ett intervall."
    return f"Band, alla metoder (95 %): {limits(whole)} fall, sedda och osedda."


def _seen(table: CaptureTable) -> str:
    """Write what was seen."""
    return (
        f"Sedda: {number(table.observed)} fall på {len(table.lists)} listor, "
        f"{number(table.overlaps)} på två eller flera."
    )


def _method(name: str, method: MethodResult) -> str:
    """Write one method on one line."""
    label = f"  {NAMES_SV[name]:<15}"
    if method.estimate is None:
        return f"{label}ingen skattning. {method.reason}"
    between = limits(method.interval) if method.interval else "inget intervall"
    return f"{label}{rounded(method.estimate)} ({between}), modell {method.model}"


def _sensitivity(changed: Sensitivity) -> Iterator[str]:
    """Write how the stepwise estimate moves."""
    yield "Känslighet (stegvis):"
    yield from _each("utan", changed.dropped)
    yield from _each("hopslagna", {f"{a} + {b}": e for (a, b), e in changed.merged.items()})
    yield from _spanned("ett fall färre", changed.fewer)
    yield from _spanned("ett fall fler", changed.more)
    for name, pretended in changed.pretended.items():
        said = "ingen skattning" if pretended.estimate is None else rounded(pretended.estimate)
        yield (
            f"  vi låtsades inte känna {name}: rätt svar {number(pretended.true)}, metoden svarade {said}"
        )


def _each(change: str, estimates: Mapping[str, float | None]) -> Iterator[str]:
    """Write one line per changed table."""
    for name, value in estimates.items():
        yield f"  {change} {name}: {'ingen skattning' if value is None else rounded(value)}"


def _spanned(change: str, estimates: Mapping[int, float | None]) -> Iterator[str]:
    """Write the span over the changed tables."""
    between = span(estimates.values())
    if between is not None:
        yield f"  {change}: {rounded(between[0])}–{rounded(between[1])}"
