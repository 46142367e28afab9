"""What the police and landlords have seen for themselves before the operation."""

from typing import Any, Final

from .chance import chance, pick, pick_some
from .police import LEADING_AREA, local_code
from .truth import EVENING_DAYS, Decoy, Stay, Truth

SEEN_BY_PATROL, LANDLORD_REPORTS, CHECKED_BEFORE, EXPLAINED = 11, 4, 9, 6
FRESH_DAYS: Final = 14  # V01 counts at most so long


def make_observations(truth: Truth, *, seed: int) -> list[dict[str, Any]]:
    """Return own observations (V01), earlier checks (V02), innocent explanations (V03) and landlord reports (T07)."""
    rng = chance(seed, "observations")
    before = EVENING_DAYS[0]
    active = [
        stay for stay in truth.active() if stay.first_day < before - 2 and stay.loudness != "quiet"
    ]
    innocent = [decoy for decoy in truth.decoys if decoy.kind == "INNOCENT"]
    chosen = pick_some(rng, active, SEEN_BY_PATROL + LANDLORD_REPORTS)
    drawn: list[tuple[str, Stay | Decoy, int, int]] = []
    for stay in chosen[:SEEN_BY_PATROL]:
        drawn.append(("V01", stay, max(stay.first_day, before - FRESH_DAYS), before - 1))
    for stay in chosen[SEEN_BY_PATROL:]:
        drawn.append(("T07", stay, max(stay.first_day, 0), before - 1))
    drawn += [
        ("V02", decoy, 0, before - 1) for decoy in pick_some(rng, truth.decoys, CHECKED_BEFORE)
    ]
    drawn += [("V03", decoy, 0, before - 1) for decoy in pick_some(rng, innocent, EXPLAINED)]
    rows = [
        _row(truth, sign, place, int(rng.integers(first, last + 1)))
        for sign, place, first, last in drawn
    ]
    rows.sort(key=lambda row: (row["observed_on"], row["address_id"], row["sign"]))
    unit = local_code(LEADING_AREA)
    return [
        {
            "id": f"v-{number:03d}",
            **row,
            "unit": "" if row["sign"] == "T07" else pick(rng, (unit, "VB-MH")),
        }
        for number, row in enumerate(rows, start=1)
    ]


def _row(truth: Truth, sign: str, place: Stay | Decoy, day: int) -> dict[str, Any]:
    return {
        "observed_on": truth.day(day).isoformat(),
        "address_id": place.address_id,
        "dwelling": place.dwelling,
        "sign": sign,
        "source": "LANDLORD" if sign == "T07" else "POLICE",
    }
