"""The effect of an operation: rates, differences, displacement, breaks in a series, hot cells, detection risk."""

from nosvidere.engine.effect.displacement import (
    Change,
    Difference,
    Quotient,
    displacement_quotient,
    minimum_detectable_difference,
    weighted_displacement_difference,
)
from nosvidere.engine.effect.hot_cells import Cell, gi_star, hot_cells
from nosvidere.engine.effect.interrupted import (
    Placebo,
    TrendBreak,
    interrupted_series,
    minimum_detectable_fall,
    share_found,
)
from nosvidere.engine.effect.rates import Rate, e_test, poisson_interval, rate
from nosvidere.engine.effect.reading import AreaCounts, RejectedRow, UnusableEffectFile, read_rows
from nosvidere.engine.effect.report import read_effect_file, report_of
from nosvidere.engine.effect.risk import RiskBand, detection_risk

__all__ = [
    "AreaCounts",
    "Cell",
    "Change",
    "Difference",
    "Placebo",
    "Quotient",
    "Rate",
    "RejectedRow",
    "RiskBand",
    "TrendBreak",
    "UnusableEffectFile",
    "detection_risk",
    "displacement_quotient",
    "e_test",
    "gi_star",
    "hot_cells",
    "interrupted_series",
    "minimum_detectable_difference",
    "minimum_detectable_fall",
    "poisson_interval",
    "rate",
    "read_effect_file",
    "read_rows",
    "report_of",
    "share_found",
    "weighted_displacement_difference",
]
