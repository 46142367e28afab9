"""The risk of detection for a buyer: only as a band over stated scenarios, for purchases are not observed."""

from collections.abc import Sequence
from dataclasses import dataclass

from nosvidere.engine.effect.rates import poisson_interval

SCENARIOS = (500, 2_000, 10_000)


@dataclass(frozen=True, slots=True)
class RiskBand:
    """If there were so many purchases, the share of them that was reported lies between low and high."""

    purchases: int
    low: float
    high: float


def detection_risk(
    reports: int, *, scenarios: Sequence[int] = SCENARIOS, level: float = 0.95
) -> list[RiskBand]:
    """Return a band per scenario; raise ValueError when a scenario has fewer purchases than reports."""
    if any(purchases < max(reports, 1) for purchases in scenarios):
        msg = (
            f"a scenario needs at least as many purchases as reports ({reports}), got {scenarios}"
        )
        raise ValueError(msg)
    low, high = poisson_interval(reports, level=level)
    return [RiskBand(n, low / n, min(1.0, high / n)) for n in scenarios]
