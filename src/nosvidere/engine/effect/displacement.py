"""Whether it fell where we were, more than elsewhere, and whether it moved next door."""

import math
from dataclasses import dataclass

from scipy import stats

from nosvidere.kernel.refused import Refused

MEANINGS = (
    (1.0, "Närområdet vann mer än insatsområdet."),
    (0.0, "En del av vinsten spred sig till närområdet."),
    (-1.0, "En del flyttade till närområdet, mindre än vinsten."),
    (-math.inf, "Mer flyttade till närområdet än vad som vanns."),
)


@dataclass(frozen=True, slots=True)
class Change:
    """Counts of one area before and after, and the weight of the area (such as its size; 1 when alike)."""

    before: int
    after: int
    area_weight: float = 1.0


NONE = Change(0, 0)


@dataclass(frozen=True, slots=True)
class Difference:
    """The weighted displacement difference and its parts, with the limits at the level."""

    in_area: float
    nearby: float
    total: float
    standard_error: float
    low: float
    high: float
    level: float


def weighted_displacement_difference(
    *,
    treated: Change,
    control: Change,
    displacement: Change = NONE,
    displacement_control: Change = NONE,
    time_weights: tuple[float, float] = (1.0, 1.0),
    level: float = 0.90,
) -> Difference:
    """Return (ΔT − ΔC) + (ΔD − ΔCd) with its standard error (Wheeler & Ratcliffe 2018, eq. 1–4).

    Counts are divided by the weights of their time (before, after) and area. Below 0 is a fall. The counts
    are taken as Poisson; the level of 90 % is the authors'.
    """
    areas = (treated, control, displacement, displacement_control)
    changes = [_change(area, time_weights) for area in areas]
    variance = sum(_variance(area, time_weights) for area in areas)
    in_area, nearby = changes[0] - changes[1], changes[2] - changes[3]
    error = math.sqrt(variance)
    reach = float(stats.norm.isf((1 - level) / 2)) * error
    total = in_area + nearby
    return Difference(in_area, nearby, total, error, total - reach, total + reach, level)


def _change(area: Change, time_weights: tuple[float, float]) -> float:
    return (area.after / time_weights[1] - area.before / time_weights[0]) / area.area_weight


def _variance(area: Change, time_weights: tuple[float, float]) -> float:
    weighted = area.after / time_weights[1] ** 2 + area.before / time_weights[0] ** 2
    return weighted / area.area_weight**2


def minimum_detectable_difference(difference: Difference, *, power: float = 0.8) -> float:
    """Return the least total change that such counts would show with the power, whichever way it goes."""
    reach = stats.norm.isf((1 - difference.level) / 2) + stats.norm.ppf(power)
    return float(reach) * difference.standard_error


@dataclass(frozen=True, slots=True)
class Quotient:
    """The weighted displacement quotient and what it means in words; shown beside the difference, never alone."""

    value: float
    meaning: str


def displacement_quotient(*, treated: Change, control: Change, displacement: Change) -> Quotient:
    """Return the change nearby per change in the area, both against the control (Bowers & Johnson 2003).

    Raise Refused when the control has no counts, or when nothing fell that could have moved.
    """
    if min(control.before, control.after) == 0:
        raise Refused("Kvoten kan inte räknas: kontrollområdet har inga fall före eller efter.")
    success = treated.after / control.after - treated.before / control.before
    nearby = displacement.after / control.after - displacement.before / control.before
    if success >= 0:
        raise Refused(
            "Kvoten säger inget: det minskade inte i insatsområdet jämfört med kontrollen."
        )
    value = nearby / success
    return Quotient(value, next(text for limit, text in MEANINGS if value > limit))
