"""The whole answer to a capture table: methods, intervals, sensitivity and verdict, as JSON and as text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from nosvidere import __version__
from nosvidere.engine.darkfigure.bic import bic, bic_estimator
from nosvidere.engine.darkfigure.decomposable import decomposable
from nosvidere.engine.darkfigure.intervals import Estimator, Progress, bca_interval
from nosvidere.engine.darkfigure.results import Interval, MethodResult
from nosvidere.engine.darkfigure.sensitivity import Sensitivity, sensitivity
from nosvidere.engine.darkfigure.shared import SharedDependence, shared_dependence
from nosvidere.engine.darkfigure.stepwise import (
    independence,
    independence_estimates,
    stepwise,
    stepwise_estimates,
)
from nosvidere.engine.darkfigure.tables import CaptureTable
from nosvidere.engine.darkfigure.text import as_text, number
from nosvidere.engine.darkfigure.verdict import (
    DEFAULT_THRESHOLDS,
    NAMES_SV,
    Thresholds,
    Verdict,
    band,
    verdict,
)

METHODS = ("independence", "stepwise", "bic", "decomposable")
ALL = "all"
MOST_REPLICATES = 100_000

Told = Callable[
    [str, int, int], None
]  # what is being done (Swedish), how much is done, of how much


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the engine says of a table; everything the page, the command and the JSON show comes from here."""

    table: CaptureTable
    methods: Mapping[str, MethodResult]
    verdict: Verdict
    sensitivity: Sensitivity
    shared: SharedDependence
    replicates: int
    seed: int
    version: str = __version__

    @property
    def band(self) -> Interval | None:
        """Give the union of the methods' intervals, the first thing to show."""
        return band(self.methods)

    def as_text(self) -> str:
        """Write the answer in Swedish for a terminal, verdict first."""
        source = (
            f"Frö {self.seed} · {number(self.replicates)} omräkningar · version {self.version} · "
            f"indata sha256 {self.table.sha256}"
        )
        return as_text(
            self.table, self.methods, drawn=self.verdict, changed=self.sensitivity, source=source
        )

    def as_json(self) -> dict[str, object]:
        """Give the answer as plain values for JSON; no number in it is infinite or not a number."""
        return {
            "verdict": self.verdict.kind,
            "reasons": list(self.verdict.reasons),
            "observed": self.table.observed,
            "lists": list(self.table.lists),
            "methods": {name: _method_as_json(m) for name, m in self.methods.items()},
            "sensitivity": self.sensitivity.as_json(),
            "seed": self.seed,
            "version": self.version,
            "input_sha256": self.table.sha256,
        }


def estimate(
    table: CaptureTable,
    *,
    method: str = ALL,
    replicates: int = 1_000,
    seed: int,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    progress: Told = lambda _what, _done, _of: None,
) -> Estimate:
    """Estimate how many cases there are, seen and unseen, with each method asked for, and draw the verdict.

    method is `all` or one of METHODS. The same table, method, replicates, seed and version give the same
    answer. All methods are computed also when the verdict is a refusal. Raises ValueError for an unknown
    method or a number of replicates outside 1 to 100 000.
    """
    asked = METHODS if method == ALL else (method,)
    if not set(asked) <= set(METHODS):
        reason = f"unknown method {method!r}, expected {ALL} or one of {', '.join(METHODS)}"
        raise ValueError(reason)
    if not 1 <= replicates <= MOST_REPLICATES:
        reason = f"{replicates} replicates, expected 1 to {MOST_REPLICATES}"
        raise ValueError(reason)
    answers = {
        name: _answer(table, name, replicates=replicates, seed=seed, progress=progress)
        for name in asked
    }
    changed = sensitivity(table)
    shared = shared_dependence(table)
    drawn = verdict(table, answers, sensitivity=changed, shared=shared, thresholds=thresholds)
    return Estimate(table, answers, drawn, changed, shared, replicates, seed)


def _answer(
    table: CaptureTable, name: str, *, replicates: int, seed: int, progress: Told
) -> MethodResult:
    """Give one method's estimate with its interval."""
    point = _POINTS[name](table)
    if not point.exists or name not in _ESTIMATORS:
        return point
    told: Progress = lambda done, of: progress(NAMES_SV[name], done, of)  # noqa: E731 - one use
    interval = bca_interval(
        table, _ESTIMATORS[name](table), seed=seed, replicates=replicates, progress=told
    )
    return replace(point, interval=interval)


_POINTS: Mapping[str, Callable[[CaptureTable], MethodResult]] = {
    "independence": independence,
    "stepwise": stepwise,
    "bic": bic,
    "decomposable": decomposable,
}
_ESTIMATORS: Mapping[str, Callable[[CaptureTable], Estimator]] = {
    "independence": lambda _table: independence_estimates,
    "stepwise": lambda _table: stepwise_estimates,
    "bic": bic_estimator,
}


def _method_as_json(method: MethodResult) -> dict[str, object]:
    """Give one method as plain values."""
    limits = method.interval.limits if method.interval else None
    return {
        "estimate": method.estimate,
        "interval_95": list(limits) if limits else None,
        "model": method.model,
        "bic": method.bic,
        "exists": method.exists,
        "top": [{"model": c.model, "estimate": c.estimate, "bic": c.bic} for c in method.top],
    }
