"""What is kept of a run of the dark figure, beyond the engine's own JSON: the band and what has no estimate."""

from dataclasses import dataclass
from typing import Any

from nosvidere.engine import darkfigure
from nosvidere.engine.darkfigure import CaptureTable, Estimate
from nosvidere.engine.darkfigure.bic import MOST_LISTS_FITTED_WHOLE, order_for

REPLICATES = 1_000
NAMED = 8  # models without an estimate that are named; the rest are counted


@dataclass(frozen=True, slots=True)
class Run:
    """A table to estimate: where it came from, its text, and what the analyst says of it."""

    table: CaptureTable
    raw_table: str
    source: str
    assumptions: dict[str, dict[str, str]]


def kept_result(answer: Estimate) -> dict[str, Any]:
    """Return what is saved of a run: the engine's JSON, the band, overlaps and what has no estimate."""
    band = answer.band
    return {
        **answer.as_json(),
        "band": list(band.limits) if band else None,
        "overlaps": answer.table.overlaps,
        "overlap_table": answer.table.overlap_table(),
        "no_estimate": {n: m.reason for n, m in answer.methods.items() if not m.exists},
        "models": models_without(answer.table),
    }


def models_without(table: CaptureTable) -> dict[str, Any] | None:
    """Return how many models were tried, how many have no estimate, and the simplest of those by notation.

    Nothing for more than five lists: the engine bounds most models there without fitting them.
    """
    k = len(table.lists)
    if k > MOST_LISTS_FITTED_WHOLE:
        return None
    every = [darkfigure.notation(m) for m in darkfigure.hierarchical_models(k, order_for(k))]
    found = {scored.candidate.model for scored in darkfigure.best_models(table, limit=len(every))}
    missing = sorted((m for m in every if m not in found), key=lambda m: (len(m), m))
    return {"tried": len(every), "without": len(missing), "named": missing[:NAMED]}
