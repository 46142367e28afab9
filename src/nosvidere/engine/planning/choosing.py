"""Which approved visits an operation takes on: the highest ranked and a share drawn by chance."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from nosvidere.engine.planning.model import Visit

LEAST_LIMIT = 2  # one ranked and one drawn


def choose_visits(
    visits: Sequence[Visit], *, limit: int, exploration_share: float = 0.1, seed: int
) -> list[Visit]:
    """Return at most `limit` visits by rank, a share of them drawn from those ranked lower.

    At least one is drawn whenever somebody is left out; without that, results only mirror the
    weight that chose them. The same seed and visits, in any order, give the same draw.
    """
    if limit < LEAST_LIMIT or not 0 <= exploration_share <= 1:
        message = (
            f"Gränsen ska vara minst {LEAST_LIMIT} besök och andelen som lottas mellan 0 och 1, "
            f"fick {limit} och {exploration_share}."
        )
        raise ValueError(message)
    ranked = sorted(visits, key=lambda visit: (-visit.priority, visit.id))
    if len(ranked) <= limit:
        return ranked
    drawn = max(1, round(limit * exploration_share))
    top, rest = ranked[: limit - drawn], ranked[limit - drawn :]
    lots = np.random.default_rng(seed).choice(len(rest), size=drawn, replace=False)
    return [*top, *(replace(rest[lot], is_exploration=True) for lot in sorted(lots))]


def worths(visits: Sequence[Visit]) -> dict[str, float]:
    """Return what serving each visit counts for: its priority.

    A visit drawn by chance counts at least as the median of the ranked ones: it has low priority
    by design, and a plan short of time would otherwise drop exactly the drawn ones.
    """
    ranked = [visit.priority for visit in visits if not visit.is_exploration]
    floor = float(np.median(ranked)) if ranked else 0.0
    return {
        visit.id: max(visit.priority, floor) if visit.is_exploration else visit.priority
        for visit in visits
    }
