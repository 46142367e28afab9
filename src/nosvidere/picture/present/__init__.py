"""What the pages show, in frozen shapes."""

from nosvidere.picture.present.estimates import (
    comparison,
    estimate_page,
    estimate_row,
    own_table_rows,
    public_row,
    told_as,
)
from nosvidere.picture.present.figures import (
    held_back_rows,
    operation_row,
    short_figures,
    summary_row,
    tiles,
)

__all__ = [
    "comparison",
    "estimate_page",
    "estimate_row",
    "held_back_rows",
    "operation_row",
    "own_table_rows",
    "public_row",
    "short_figures",
    "summary_row",
    "tiles",
    "told_as",
]
