"""A two-way table with totals in which no cell that is held back can be worked out from the others.

A held-back cell is safe when it is a corner of a rectangle of held-back cells: then its value can go up where
its neighbours go down, and every total stays. The totals are treated as one row and one column more, so a total
that has to go is protected in the same way (Cox 1980; Willenborg & de Waal 2001, ch. 4).
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nosvidere.engine.disclosure.counts import THRESHOLD

Cell = tuple[int, int]  # the last row and the last column are the totals
HELD_BACK = "–"


@dataclass(frozen=True, slots=True)
class SuppressedTable:
    """A table as it may be published: None for what is held back; totals in the last row and column."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None

    def shown(self) -> list[list[str]]:
        """Return the table as text, totals last; a reader cannot tell why a cell is held back."""
        body = [[*cells, total] for cells, total in zip(self.cells, self.row_totals, strict=True)]
        every = [*body, [*self.column_totals, self.total]]
        return [[HELD_BACK if cell is None else str(cell) for cell in row] for row in every]


def suppress_table(
    table: Mapping[str, Mapping[str, int]], *, threshold: int = THRESHOLD
) -> SuppressedTable:
    """Return the table with its totals, small cells held back and enough others to protect them.

    Each held-back cell could be at least `threshold` different from what it is, as far as a reader can know.
    Raise ValueError when the rows do not have the same columns or a count is negative.
    """
    counts = _with_totals(table)
    small = [
        (i, j) for i, row in enumerate(counts) for j, count in enumerate(row) if count < threshold
    ]
    held = set(small)
    for cell in small:
        held |= set(_cheapest_rectangle(cell, counts, held, width=threshold))
    return _published(table, counts, held)


def _with_totals(table: Mapping[str, Mapping[str, int]]) -> list[list[int]]:
    columns = _columns(table)
    body = [[row[column] for column in columns] for row in table.values()]
    if any(count < 0 for row in body for count in row):
        msg = "a table of counts holds no negative number"
        raise ValueError(msg)
    with_rows = [[*row, sum(row)] for row in body]
    return [*with_rows, [sum(column) for column in zip(*with_rows, strict=True)]]


def _columns(table: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    first: Mapping[str, int] = next(iter(table.values()), {})
    if not first or any(row.keys() != first.keys() for row in table.values()):
        msg = "every row of a table needs the same columns, and at least one of each"
        raise ValueError(msg)
    return tuple(first)


def _cheapest_rectangle(
    cell: Cell, counts: list[list[int]], held: set[Cell], *, width: int
) -> tuple[Cell, ...]:
    """Return the rectangle around the cell that holds back least and leaves it at least so wide.

    The rectangle with the totals is always wide enough: a total has no upper limit.
    """
    wide = (r for r in _rectangles(cell, counts) if _width(r, counts) >= width)
    return min(wide, key=lambda rectangle: (_cost(rectangle, counts, held), rectangle))


def _rectangles(cell: Cell, counts: list[list[int]]) -> Iterator[tuple[Cell, ...]]:
    i, j = cell
    for other_row in range(len(counts)):
        for other_column in range(len(counts[0])):
            if other_row != i and other_column != j:
                yield cell, (i, other_column), (other_row, j), (other_row, other_column)


def _width(rectangle: tuple[Cell, ...], counts: list[list[int]]) -> float:
    """Return how far the corners can move together while all counts stay 0 or more and all sums hold."""
    first, beside, below, across = (_room(corner, counts) for corner in rectangle)
    up = min(first[1], beside[0], below[0], across[1])
    down = min(first[0], beside[1], below[1], across[0])
    return up + down


def _room(cell: Cell, counts: list[list[int]]) -> tuple[float, float]:
    """Return how far a cell can fall and rise; one total counts against its cells, so it is turned round."""
    i, j = cell
    is_turned = (i == len(counts) - 1) != (j == len(counts[0]) - 1)
    count = float(counts[i][j])
    return (math.inf, count) if is_turned else (count, math.inf)


def _cost(
    rectangle: tuple[Cell, ...], counts: list[list[int]], held: set[Cell]
) -> tuple[int, int, int]:
    """Return totals lost, cells lost and the count lost, in that order of regret."""
    fresh = [cell for cell in rectangle if cell not in held]
    totals = sum((i == len(counts) - 1) + (j == len(counts[0]) - 1) for i, j in fresh)
    return totals, len(fresh), sum(counts[i][j] for i, j in fresh)


def _published(
    table: Mapping[str, Mapping[str, int]], counts: list[list[int]], held: set[Cell]
) -> SuppressedTable:
    shown = [
        tuple(None if (i, j) in held else count for j, count in enumerate(row))
        for i, row in enumerate(counts)
    ]
    return SuppressedTable(
        rows=tuple(table),
        columns=_columns(table),
        cells=tuple(row[:-1] for row in shown[:-1]),
        row_totals=tuple(row[-1] for row in shown[:-1]),
        column_totals=shown[-1][:-1],
        total=shown[-1][-1],
    )
