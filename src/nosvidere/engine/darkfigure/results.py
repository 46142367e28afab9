"""What a method answers: a number, an interval and a model, or that there is none."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """One model a method weighed: its estimate, and its BIC or its posterior probability."""

    model: str
    estimate: float
    bic: float | None = None
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval, and the share of replicates that had no estimate and are not in it."""

    low: float
    high: float
    without_estimate: float = 0.0

    @property
    def limits(self) -> tuple[float, float]:
        """Give the limits as a pair."""
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class MethodResult:
    """What one method says of a table; estimate is the whole number of cases, seen and unseen.

    `estimate` is None when no estimate exists, and `reason` then says why, in Swedish.
    """

    method: str
    estimate: float | None
    interval: Interval | None = None
    model: str | None = None
    bic: float | None = None
    top: tuple[Candidate, ...] = ()
    reason: str = ""

    @property
    def exists(self) -> bool:
        """Say whether there is an estimate."""
        return self.estimate is not None


def none_exists(method: str, reason: str) -> MethodResult:
    """Give the answer that there is no estimate, and why."""
    return MethodResult(method, None, reason=reason)


def finite_or_none(value: float) -> float | None:
    """Turn the batch's not-a-number into None."""
    return value if math.isfinite(value) else None
