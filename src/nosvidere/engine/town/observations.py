"""What the police and landlords have seen for themselves before the operation."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from .chance import chance, pick_some
from .police import LEADING_AREA, local_code
from .truth import EVENING_DAYS, Decoy, Stay, Truth

SEEN_BY_PATROL, LANDLORD_REPORTS, CHECKED_BEFORE, EXPLAINED = 11, 4, 7, 4
FRESH_DAYS: Final = 14  # V01 counts at most so long


def make_observations(truth: Truth, *, seed: int) -> list[dict[str, Any]]:
    """Return own observations (V01), earlier checks (V02), innocent explanations (V03) and landlord reports (T07)."""
    rng = chance(seed, "observations")
    rows = [
        _row(truth, sign, place, int(rng.integers(first, EVENING_DAYS[0])))
        for sign, place, first in _subjects(truth, rng)
    ]
    rows.sort(key=lambda row: (row["observed_on"], row["address_id"], row["sign"]))
    return [{"id": f"v-{number:03d}", **row} for number, row in enumerate(rows, start=1)]


def _subjects(truth: Truth, rng: np.random.Generator) -> Iterator[tuple[str, Stay | Decoy, int]]:
    """Yield sign, place and the first day on which it can have been seen."""
    known = [stay for stay in truth.active() if stay.first_day < EVENING_DAYS[0] - 2]
    chosen = pick_some(rng, known, SEEN_BY_PATROL + LANDLORD_REPORTS)
    for stay in chosen[:SEEN_BY_PATROL]:
        yield "V01", stay, max(stay.first_day, EVENING_DAYS[0] - FRESH_DAYS)
    for stay in chosen[SEEN_BY_PATROL:]:
        yield "T07", stay, max(stay.first_day, 0)
    yield from (("V02", decoy, 0) for decoy in pick_some(rng, truth.decoys, CHECKED_BEFORE))
    innocent = [decoy for decoy in truth.decoys if decoy.kind == "INNOCENT"]
    yield from (("V03", decoy, 0) for decoy in pick_some(rng, innocent, EXPLAINED))


def _row(truth: Truth, sign: str, place: Stay | Decoy, day: int) -> dict[str, Any]:
    return {
        "observed_on": truth.day(day).isoformat(),
        "address_id": place.address_id,
        "dwelling": place.dwelling,
        "sign": sign,
        "source": "landlord" if sign == "T07" else "police",
        "unit": "" if sign == "T07" else local_code(LEADING_AREA),
    }
