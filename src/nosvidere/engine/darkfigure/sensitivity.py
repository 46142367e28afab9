"""How much the stepwise estimate hangs on one list, one pair of lists or one case, and what it says of what is known.

Each question is a set of changed tables, and all changed tables with as many lists are estimated in one batch.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from nosvidere.engine.darkfigure.fitting import Floats, Ints
from nosvidere.engine.darkfigure.results import finite_or_none
from nosvidere.engine.darkfigure.stepwise import stepwise_estimates
from nosvidere.engine.darkfigure.tables import CaptureTable

FEWEST_TO_CHANGE = 3  # with fewer lists, dropping or merging leaves one list and no overlap


@dataclass(frozen=True, slots=True)
class Pretended:
    """A list pretended not to be known: how many of its cases there are, and how many the others say.

    The other lists saw `seen` of the `true` cases; `estimate` is what stepwise makes of those.
    """

    true: int
    seen: int
    estimate: float | None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The estimates of the changed tables; None where a changed table has none.

    dropped by list; merged by two lists; fewer and more by cell (bit pattern) with one case changed;
    pretended by list; main is the unchanged table's.
    """

    main: float | None
    dropped: Mapping[str, float | None]
    merged: Mapping[tuple[str, str], float | None]
    fewer: Mapping[int, float | None]
    more: Mapping[int, float | None]
    pretended: Mapping[str, Pretended]

    @property
    def ratio(self) -> float | None:
        """Give the largest over the smallest estimate with a list dropped, two merged or a case changed."""
        estimates = [e for e in (self.main, *self._changed()) if e is not None]
        return max(estimates) / min(estimates) if estimates else None

    @property
    def without_estimate(self) -> int:
        """Give how many of the changed tables have no estimate."""
        return sum(estimate is None for estimate in self._changed())

    def _changed(self) -> list[float | None]:
        """Give the estimates of all changed tables."""
        parts = (self.dropped, self.merged, self.fewer, self.more)
        return [estimate for part in parts for estimate in part.values()]

    def as_json(self) -> dict[str, object]:
        """Give the answers by kind of change; one case as the span of estimates."""
        return {
            "method": "stepwise",
            "drop": dict(self.dropped),
            "merge": {f"{a}+{b}": estimate for (a, b), estimate in self.merged.items()},
            "one_case_fewer": span(self.fewer.values()),
            "one_case_more": span(self.more.values()),
            "pretend_unknown": {
                name: {"true": p.true, "seen": p.seen, "estimate": p.estimate}
                for name, p in self.pretended.items()
            },
            "without_estimate": self.without_estimate,
            "ratio": self.ratio,
        }


def span(estimates: Iterable[float | None]) -> list[float] | None:
    """Give the lowest and highest of those that exist."""
    known = [e for e in estimates if e is not None]
    return [min(known), max(known)] if known else None


def sensitivity(table: CaptureTable) -> Sensitivity:
    """Estimate again with lists dropped, merged or pretended unknown, and with one case more or less."""
    counts = table.as_array()
    seen, everywhere = np.flatnonzero(counts), np.arange(1, len(counts))
    changed = [*_one_case(counts, seen, -1), *_one_case(counts, everywhere, 1)]
    main, *one_case = _estimates([counts, *changed])
    dropped, merged, pretended = _with_fewer_lists(table)
    return Sensitivity(
        main=main,
        dropped=dropped,
        merged=merged,
        fewer=dict(zip(seen.tolist(), one_case[: len(seen)], strict=True)),
        more=dict(zip(everywhere.tolist(), one_case[len(seen) :], strict=True)),
        pretended=pretended,
    )


def _with_fewer_lists(
    table: CaptureTable,
) -> tuple[dict[str, float | None], dict[tuple[str, str], float | None], dict[str, Pretended]]:
    """Give the answers with each list dropped, each two merged, and each list pretended unknown."""
    counts, names = table.as_array(), table.lists
    k = len(names)
    if k < FEWEST_TO_CHANGE:
        return {}, {}, {}
    pairs = list(combinations(range(k), 2))
    estimates = _estimates(
        [
            *(_without(counts, i) for i in range(k)),
            *(_only(counts, i) for i in range(k)),
            *(_without(_merged(counts, a, b), b) for a, b in pairs),
        ]
    )
    dropped, only, merged = estimates[:k], estimates[k : 2 * k], estimates[2 * k :]
    return (
        dict(zip(names, dropped, strict=True)),
        {(names[a], names[b]): e for (a, b), e in zip(pairs, merged, strict=True)},
        {name: _pretended(counts, i, only[i]) for i, name in enumerate(names)},
    )


def _estimates(tables: list[Floats]) -> list[float | None]:
    """Estimate the tables in one batch."""
    return [finite_or_none(float(e)) for e in stepwise_estimates(np.array(tables))]


def _one_case(counts: Floats, cells: Ints, change: int) -> list[Floats]:
    """Give the tables with one case more or less in each of the cells."""
    tables = np.tile(counts, (len(cells), 1))
    tables[np.arange(len(cells)), cells] += change
    return list(tables)


def _without(counts: Floats, i: int) -> Floats:
    """Drop list i: cases only there become unseen and leave the table."""
    cells = np.arange(len(counts))
    low = cells & ((1 << i) - 1)
    smaller = low | (cells >> (i + 1)) << i
    table = np.bincount(smaller, weights=counts, minlength=len(counts) // 2).astype(np.float64)
    table[0] = 0.0
    return table


def _merged(counts: Floats, a: int, b: int) -> Floats:
    """Let cases on list b count as seen on list a too."""
    cells = np.arange(len(counts))
    moved = np.where(cells >> b & 1, cells | 1 << a, cells)
    return np.bincount(moved, weights=counts, minlength=len(counts)).astype(np.float64)


def _only(counts: Floats, i: int) -> Floats:
    """Keep the cases on list i, as the other lists saw them."""
    on_list = (np.arange(len(counts)) >> i & 1).astype(np.float64)
    return _without(counts * on_list, i)


def _pretended(counts: Floats, i: int, estimate: float | None) -> Pretended:
    """Set the known size of list i beside what the others say of it."""
    true = counts[(np.arange(len(counts)) >> i & 1) == 1].sum()
    return Pretended(int(true), int(_only(counts, i).sum()), estimate)
