"""Whether a table can carry a number: yes, with caution, or no, with the reasons and what would be needed.

The thresholds are our own and careful; their text is their source: spec/darkfigure.md, "It refuses".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from nosvidere.engine.darkfigure.results import Candidate, Interval, MethodResult
from nosvidere.engine.darkfigure.sensitivity import Sensitivity
from nosvidere.engine.darkfigure.shared import SharedDependence
from nosvidere.engine.darkfigure.tables import CaptureTable

ESTIMATE, CAUTION, REFUSED = "estimate", "caution", "refused"
BASELINE = (
    "independence"  # shown beside, but its interval is no part of the band where a method chooses
)
NAMES_SV = {
    "independence": "oberoende",
    "stepwise": "stegvis",
    "bic": "BIC",
    "decomposable": "grafmedelvärde",
}
CAVEAT = "Sanningen är troligen högre, eftersom listorna tenderar att se samma synliga människor."


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a table is refused, and when it is used with caution."""

    fewest_lists: int = 3
    fewest_overlaps: int = 10  # cases on two or more lists
    smallest_list: int = 5
    most_replicates_without: float = 0.05
    widest_band: float = 10.0  # upper over lower
    largest_sensitivity: float = 3.0  # largest over smallest estimate of the changed tables
    caution_sensitivity: float = 2.0
    caution_spread: float = 2.0  # between models of nearly the same BIC
    caution_bic: float = (
        6.0  # "strong" difference, Raftery 1995; models nearer than this are nearly equal
    )
    caution_shared: float = (
        1.25  # how much a dependence shared by all pairs may raise the estimate
    )
    caution_strength: float = 0.5  # standard errors of that dependence above none


DEFAULT_THRESHOLDS = Thresholds()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict, `estimate`, `caution` or `refused`, with its reasons in Swedish."""

    kind: str
    reasons: tuple[str, ...]


def verdict(
    table: CaptureTable,
    methods: Mapping[str, MethodResult],
    *,
    sensitivity: Sensitivity,
    shared: SharedDependence,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Verdict:
    """Draw the verdict; any ground for refusal outweighs all else, and all grounds are given."""
    refusals = [
        *_thin_table(table, thresholds),
        *_weak_methods(methods, thresholds),
        *_far_apart(methods, thresholds),
        *_sensitive(sensitivity, thresholds),
    ]
    if refusals:
        return Verdict(REFUSED, tuple(refusals))
    cautions = [
        *_near_models(methods, thresholds),
        *_doubts(methods, sensitivity, thresholds),
        *_shared(methods, shared, thresholds),
    ]
    return Verdict(CAUTION if cautions else ESTIMATE, tuple(cautions))


def band(methods: Mapping[str, MethodResult]) -> Interval | None:
    """Give the union of the methods' intervals.

    Independence counts only where no method that may choose dependences was asked; where the data ask for
    none, stepwise gives the same interval.
    """
    intervals = [interval for _, interval in _choosing(methods)]
    if not intervals:
        return None
    without = max(interval.without_estimate for interval in intervals)
    return Interval(min(i.low for i in intervals), max(i.high for i in intervals), without)


def _choosing(methods: Mapping[str, MethodResult]) -> list[tuple[str, Interval]]:
    """Give the intervals of the methods that choose dependences, or of independence if it is alone."""
    names = [name for name in methods if name != BASELINE] or list(methods)
    return [(n, interval) for n in names if (interval := methods[n].interval) is not None]


def _thin_table(table: CaptureTable, limits: Thresholds) -> Iterator[str]:
    """Refuse tables with too little in them."""
    if len(table.lists) < limits.fewest_lists:
        yield (
            f"Tabellen har {len(table.lists)} listor, minst {limits.fewest_lists} behövs. "
            "Ta med en lista från en källa som arbetar på ett annat sätt."
        )
    if table.overlaps < limits.fewest_overlaps:
        yield (
            f"Det går inte att skatta ännu: {table.overlaps} överlapp, minst "
            f"{limits.fewest_overlaps} behövs. Fler fall måste finnas på två eller flera listor."
        )
    for name, total in table.list_totals.items():
        if total < limits.smallest_list:
            yield (
                f"Listan {name} har {total} fall, minst {limits.smallest_list} behövs. "
                "Vänta på fler fall eller slå ihop den med en lista som liknar den."
            )


def _weak_methods(methods: Mapping[str, MethodResult], limits: Thresholds) -> Iterator[str]:
    """Refuse numbers that do not exist, or too rarely."""
    if not any(method.exists for method in methods.values()):
        yield "Ingen metod ger en ändlig skattning. Fler överlapp mellan listorna behövs."
    for name, method in methods.items():
        share = method.interval.without_estimate if method.interval else 0.0
        if share > limits.most_replicates_without:
            yield (
                f"{_percent(share)} av omräkningarna med metoden {NAMES_SV[name]} saknar skattning, "
                f"högst {_percent(limits.most_replicates_without)} får göra det. "
                "Fler överlapp behövs."
            )


def _far_apart(methods: Mapping[str, MethodResult], limits: Thresholds) -> Iterator[str]:
    """Refuse a band that is too wide, and methods that contradict each other."""
    whole = band(methods)
    if whole is not None and whole.high > limits.widest_band * whole.low:
        yield (
            f"Bandet är för brett: övre gränsen är {_times(whole.high / whole.low)} gånger den "
            f"undre, högst {limits.widest_band:.0f} godtas. Fler fall eller fler listor behövs."
        )
    for (one, a), (other, b) in combinations(_choosing(methods), 2):
        if a.high < b.low or b.high < a.low:
            yield (
                f"Metoderna {NAMES_SV[one]} och {NAMES_SV[other]} säger emot varandra: "
                "deras intervall möts inte. Se över hur listorna hänger ihop."
            )


def _sensitive(sensitivity: Sensitivity, limits: Thresholds) -> Iterator[str]:
    """Refuse estimates that hang on one list or one case."""
    ratio = sensitivity.ratio
    if ratio is not None and ratio > limits.largest_sensitivity:
        yield (
            f"Skattningen hänger på enstaka listor: när en lista tas bort eller två slås ihop skiljer det "
            f"{_times(ratio)} gånger, högst {limits.largest_sensitivity:.0f} godtas."
        )


def _near_models(methods: Mapping[str, MethodResult], limits: Thresholds) -> Iterator[str]:
    """Warn when models that fit nearly as well give other numbers."""
    top: tuple[Candidate, ...] = methods["bic"].top if "bic" in methods else ()
    near = [
        model.estimate
        for model in top
        if model.bic is not None and model.bic - (top[0].bic or 0.0) < limits.caution_bic
    ]
    if near and max(near) > limits.caution_spread * min(near):
        yield (
            "Modeller som passar nästan lika bra ger olika antal: "
            f"{_times(max(near) / min(near))} gånger mellan lägsta och högsta."
        )


def _doubts(
    methods: Mapping[str, MethodResult], sensitivity: Sensitivity, limits: Thresholds
) -> Iterator[str]:
    """Warn of methods without an answer and of estimates that move much."""
    for name, method in methods.items():
        if not method.exists:
            yield f"Metoden {NAMES_SV[name]} ger ingen skattning. {method.reason}"
    ratio = sensitivity.ratio
    if ratio is not None and ratio > limits.caution_sensitivity:
        yield (
            "Skattningen är känslig: när en lista tas bort eller två slås ihop skiljer det "
            f"{_times(ratio)} gånger."
        )
    if sensitivity.without_estimate:
        yield (
            f"{sensitivity.without_estimate} av prövningarna, där en lista eller ett fall ändras, "
            "saknar skattning."
        )


def _shared(
    methods: Mapping[str, MethodResult], shared: SharedDependence, limits: Thresholds
) -> Iterator[str]:
    """Warn unless the data rule out that all lists see the same visible people."""
    lowest = min(m.estimate for m in methods.values() if m.estimate is not None)
    if shared.high is None or shared.strength is None:
        yield "Data kan inte visa om alla listor ser samma synliga människor."
    elif shared.high > limits.caution_shared * lowest:
        yield (
            "Om alla listor ser samma synliga människor kan antalet vara upp till "
            f"{_times(shared.high / lowest)} gånger högre än den lägsta skattningen."
        )
    elif shared.strength > limits.caution_strength:
        yield (
            "Det går inte att utesluta att listorna ser samma synliga människor. "
            "Då är alla skattningar för låga."
        )


def _percent(share: float) -> str:
    """Write a share as whole percent."""
    return f"{share * 100:.0f} %"


def _times(ratio: float) -> str:
    """Write how many times, with a decimal comma."""
    return f"{ratio:.1f}".replace(".", ",")
