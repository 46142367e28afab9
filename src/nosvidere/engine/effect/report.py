"""Everything a file of counts can say of an effect, what it cannot, and the cautions that always stand beside it."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nosvidere.engine.effect.displacement import (
    Change,
    displacement_quotient,
    minimum_detectable_difference,
    weighted_displacement_difference,
)
from nosvidere.engine.effect.rates import e_test, poisson_interval, rate
from nosvidere.engine.effect.reading import AreaCounts, read_rows
from nosvidere.engine.effect.risk import detection_risk
from nosvidere.kernel.refused import Refused

MORE_WORK_MORE_REPORTS = (
    "Fler timmar ger fler anmälningar av sig självt: antal visar arbete, inte utfall."
)
BEFORE_AND_AFTER = "Före och efter kan skilja av andra skäl än insatsen, också med kontrollområde."
RISK_IS_A_BAND = (
    "Köpen syns inte: upptäcktsrisken är ett spann per antaget antal köp, ingen skattning."
)
HOURS_DIFFER = "Timmarna skiljer sig mellan före och efter: jämför takterna, inte antalen."
NO_HOURS = "Timmar saknas för minst ett område: dess takter kan inte räknas."
NO_CONTROL = "Skillnaden kan inte räknas: det behövs minst ett kontrollområde."
NO_NEARBY_CONTROL = "Förflyttning kan inte skiljas från annat: närområdet saknar kontroll."
NO_NEARBY = "Förflyttning kan inte prövas: det finns inget närområde i filen."
HOURS_APART = 0.10  # more than a tenth apart is said; our choice


def read_effect_file(path: Path) -> dict[str, Any]:
    """Return the report of a file of counts, ready for JSON: what could be seen at all comes before what was.

    A part that cannot be computed holds `refused` with the reason in Swedish. Raise UnusableEffectFile when
    the file cannot be read or names no treated area.
    """
    rows, rejected = read_rows(path)
    return {
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "rows": len(rows),
        "rejected": [asdict(row) for row in rejected],
        **report_of(rows),
    }


def report_of(rows: Sequence[AreaCounts]) -> dict[str, Any]:
    """Return the report of counts per area: smallest detectable change, difference, quotient, areas, risk, notes."""
    return {
        **_or_refused("difference", lambda: _difference(rows)),
        **_or_refused("quotient", lambda: _quotient(rows)),
        "areas": [_area(row) for row in rows],
        "detection_risk": _risk(rows),
        "notes": _notes(rows),
    }


def _or_refused(name: str, part: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return {name: part()}
    except Refused as refused:
        return {name: {"refused": str(refused)}}


def _sum(rows: Iterable[AreaCounts], role: str) -> Change:
    chosen = [row for row in rows if row.role == role]
    return Change(sum(row.before for row in chosen), sum(row.after for row in chosen))


def _difference(rows: Sequence[AreaCounts]) -> dict[str, Any]:
    _need(rows, "control", NO_CONTROL)
    has_both = _has(rows, "displacement") and _has(rows, "displacement_control")
    used = [row for row in rows if has_both or row.role in {"treated", "control"}]
    difference = weighted_displacement_difference(
        treated=_sum(used, "treated"),
        control=_sum(used, "control"),
        displacement=_sum(used, "displacement"),
        displacement_control=_sum(used, "displacement_control"),
    )
    return {
        "minimum_detectable": minimum_detectable_difference(difference),
        "includes_nearby": has_both,
        **asdict(difference),
    }


def _quotient(rows: Sequence[AreaCounts]) -> dict[str, Any]:
    _need(rows, "control", NO_CONTROL)
    _need(rows, "displacement", NO_NEARBY)
    return asdict(
        displacement_quotient(
            treated=_sum(rows, "treated"),
            control=_sum(rows, "control"),
            displacement=_sum(rows, "displacement"),
        )
    )


def _has(rows: Iterable[AreaCounts], role: str) -> bool:
    return any(row.role == role for row in rows)


def _need(rows: Iterable[AreaCounts], role: str, reason: str) -> None:
    if not _has(rows, role):
        raise Refused(reason)


def _area(row: AreaCounts) -> dict[str, Any]:
    return {
        "area": row.area,
        "role": row.role,
        "before": _count(row.before, row.before_hours),
        "after": _count(row.after, row.after_hours),
        "p_equal_rates": e_test(row.before, row.after, exposures=_exposures(row)),
        "per_hour": _has_hours(row),
    }


def _count(count: int, hours: float | None) -> dict[str, Any]:
    low, high = poisson_interval(count)
    counted: dict[str, Any] = {"count": count, "low": low, "high": high}
    return counted if hours is None else counted | {"per_hour": asdict(rate(count, hours))}


def _has_hours(row: AreaCounts) -> bool:
    return row.before_hours is not None and row.after_hours is not None


def _exposures(row: AreaCounts) -> tuple[float, float]:
    if row.before_hours is None or row.after_hours is None:
        return 1.0, 1.0
    return row.before_hours, row.after_hours


def _risk(rows: Sequence[AreaCounts]) -> list[dict[str, Any]]:
    reports = _sum(rows, "treated").after
    scenarios = [n for n in (500, 2_000, 10_000, 50_000) if n >= 10 * reports][:3]
    return [asdict(band) for band in detection_risk(reports, scenarios=scenarios)]


def _notes(rows: Sequence[AreaCounts]) -> list[str]:
    has_nearby = _has(rows, "displacement")
    lines = [
        (True, MORE_WORK_MORE_REPORTS),
        (True, BEFORE_AND_AFTER),
        (True, RISK_IS_A_BAND),
        (any(_hours_differ(row) for row in rows), HOURS_DIFFER),
        (not all(_has_hours(row) for row in rows), NO_HOURS),
        (not has_nearby, NO_NEARBY),
        (has_nearby and not _has(rows, "displacement_control"), NO_NEARBY_CONTROL),
    ]
    return [text for applies, text in lines if applies]


def _hours_differ(row: AreaCounts) -> bool:
    before, after = _exposures(row)
    return abs(after - before) > HOURS_APART * before
