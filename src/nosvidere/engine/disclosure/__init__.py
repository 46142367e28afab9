"""Small numbers in what is published: held back, protected in tables, and checked against earlier publications."""

from nosvidere.engine.disclosure.bounds import cell_bounds
from nosvidere.engine.disclosure.counts import (
    THRESHOLD,
    PublishedCount,
    PublishedRange,
    publish_count,
    publish_range,
    round_to,
)
from nosvidere.engine.disclosure.difference import Figure, Leak, check_difference
from nosvidere.engine.disclosure.tables import SuppressedTable, suppress_table

__all__ = [
    "THRESHOLD",
    "Figure",
    "Leak",
    "PublishedCount",
    "PublishedRange",
    "SuppressedTable",
    "cell_bounds",
    "check_difference",
    "publish_count",
    "publish_range",
    "round_to",
    "suppress_table",
]
