"""The dark figure: how many cases nobody saw, from how the lists of those seen overlap.

Multiple systems estimation in numpy and scipy, with a verdict that refuses when the data cannot carry a number.
Start with `read_table` and `estimate`. What is assumed of the data, always: the population is closed while the
lists are made, cases are matched between lists without error, and each case has some chance to be on each list.
"""

from nosvidere.engine.darkfigure.bic import best_models, bic
from nosvidere.engine.darkfigure.decomposable import decomposable, decomposable_graphs
from nosvidere.engine.darkfigure.draws import FIRST_SEED, LARGEST_SEED
from nosvidere.engine.darkfigure.estimates import METHODS, Estimate, estimate
from nosvidere.engine.darkfigure.existence import has_estimate
from nosvidere.engine.darkfigure.intervals import bca_interval, conditional_interval
from nosvidere.engine.darkfigure.models import hierarchical_models, notation
from nosvidere.engine.darkfigure.onelist import (
    OneList,
    chao,
    chao_robust,
    one_list,
    read_frequencies,
    zelterman,
    zero_truncated_poisson,
)
from nosvidere.engine.darkfigure.results import Candidate, Interval, MethodResult
from nosvidere.engine.darkfigure.sensitivity import Pretended, Sensitivity, sensitivity
from nosvidere.engine.darkfigure.shared import SharedDependence, shared_dependence
from nosvidere.engine.darkfigure.stepwise import (
    independence,
    independence_estimates,
    stepwise,
    stepwise_estimates,
)
from nosvidere.engine.darkfigure.tables import CaptureTable, UnusableTable, parse_table, read_table
from nosvidere.engine.darkfigure.verdict import (
    CAVEAT,
    DEFAULT_THRESHOLDS,
    Thresholds,
    Verdict,
    band,
    verdict,
)

__all__ = [
    "CAVEAT",
    "DEFAULT_THRESHOLDS",
    "FIRST_SEED",
    "LARGEST_SEED",
    "METHODS",
    "Candidate",
    "CaptureTable",
    "Estimate",
    "Interval",
    "MethodResult",
    "OneList",
    "Pretended",
    "Sensitivity",
    "SharedDependence",
    "Thresholds",
    "UnusableTable",
    "Verdict",
    "band",
    "bca_interval",
    "best_models",
    "bic",
    "chao",
    "chao_robust",
    "conditional_interval",
    "decomposable",
    "decomposable_graphs",
    "estimate",
    "has_estimate",
    "hierarchical_models",
    "independence",
    "independence_estimates",
    "notation",
    "one_list",
    "parse_table",
    "read_frequencies",
    "read_table",
    "sensitivity",
    "shared_dependence",
    "stepwise",
    "stepwise_estimates",
    "verdict",
    "zelterman",
    "zero_truncated_poisson",
]
