"""Which texts are worth comparing: those that stand near each other in the list of a shared phrase.

The SQL is plain (windows, groups), so that another engine can run the same sentence; no engine's own
hash function is used, and no list is cut for being long: each text meets the first text of the list
and the two before it, so the work grows with the number of postings and a true group never falls apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from nosvidere.engine.linkage.ragged import Flags, Ints, Ragged

Columns = Mapping[str, NDArray[Any]]
SetWork = Callable[[str, Columns], Columns]
"""Runs one sentence of SQL over the columns of a table called `posting` and returns the answer's columns."""

_LIMITS: dict[str, str | bool | int | float | list[str]] = {"threads": 2, "memory_limit": "1GB"}
CANDIDATES = """
WITH listed AS (
  SELECT text,
         FIRST_VALUE(text) OVER w AS leader,
         LAG(text, 1) OVER w AS one_before,
         LAG(text, 2) OVER w AS two_before,
         COUNT(*) OVER (PARTITION BY shingle) AS held
  FROM (SELECT DISTINCT shingle, text FROM posting) AS distinct_posting
  WINDOW w AS (PARTITION BY shingle ORDER BY text)
), met AS (
  SELECT leader AS lower_text, text AS upper_text, held FROM listed WHERE leader < text
  UNION ALL
  SELECT one_before, text, held FROM listed WHERE one_before > leader
  UNION ALL
  SELECT two_before, text, held FROM listed WHERE two_before > leader
)
SELECT lower_text, upper_text, COUNT(*) AS shared
FROM met
GROUP BY lower_text, upper_text
HAVING COUNT(*) >= 2 OR MIN(held) <= {rare}
"""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of texts, `left` < `right`, sorted."""

    left: Ints
    right: Ints

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.left)

    def where(self, chosen: Flags) -> "Pairs":
        """Return the chosen pairs."""
        return Pairs(self.left[chosen], self.right[chosen])


def on_duckdb(sentence: str, posting: Columns) -> Columns:
    """Return the answer to a sentence of SQL over `posting`, computed in this process."""
    with TemporaryDirectory() as spill, duckdb.connect(config=_LIMITS) as connection:
        connection.execute("SET temp_directory = ?", [spill])
        connection.register("posting", dict(posting))
        return dict(connection.execute(sentence).fetchnumpy())


def _shared(shingles: Ragged) -> Columns:
    """Return the postings of phrases that stand more than once; the others, most of all, tie nothing."""
    order = np.argsort(shingles.values)
    ordered = shingles.values[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))
    held = np.diff(starts, append=len(ordered))
    kept = np.repeat(held > 1, held)
    text = shingles.owners().astype(np.int32)
    return {"shingle": ordered[kept], "text": text[order[kept]]}


def candidates(shingles: Ragged, *, rare: int, run: SetWork = on_duckdb) -> Pairs:
    """Return the pairs that share two listed shingles, or one that at most `rare` texts have."""
    posting = _shared(shingles)
    found = run(CANDIDATES.format(rare=int(rare)), posting)
    lower, upper = (found[end].astype(np.int64) for end in ("lower_text", "upper_text"))
    order = np.lexsort((upper, lower))
    return Pairs(lower[order], upper[order])
