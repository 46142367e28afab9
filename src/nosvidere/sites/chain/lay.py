"""The chain's end: the check-eligible places as visits, laid on evening shifts and teams."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from nosvidere.engine import planning
from nosvidere.engine.planning import Plan, StraightLine, TeamShift, Visit
from nosvidere.rules.operation import FRONTS_OF_ORIGIN, fronts_for
from nosvidere.sites.chain.rank import RankedPlace

SHIFT_MINUTES = 8 * 60
SERVICE_MINUTES = 90
FRONTS = tuple(sorted(frozenset[str]().union(*FRONTS_OF_ORIGIN.values())))


@dataclass(frozen=True, slots=True)
class Laid:
    """A plan, the shifts it was laid on, and the faults that the independent checker found (none is good)."""

    plan: Plan
    shifts: tuple[TeamShift, ...]
    faults: tuple[str, ...]


def lay_plan(ranked: Sequence[RankedPlace], *, shifts: int, teams: int, seed: int) -> Laid:
    """Return a plan of the check-eligible places that have a point."""
    way = StraightLine()
    visits = [
        _visit(place)
        for place in ranked
        if place.weighing.is_eligible and place.address.lat is not None
    ]
    team_shifts = _team_shifts(visits, shifts=shifts, teams=teams)
    plan = planning.make_plan(visits, team_shifts, travel=way, seed=seed)
    faults = planning.check_plan(plan, visits, team_shifts, travel=way)
    return Laid(plan, tuple(team_shifts), tuple(faults))


def _visit(place: RankedPlace) -> Visit:
    return Visit(
        id=place.address.id,
        lat=place.address.lat or 0.0,
        lon=place.address.lon or 0.0,
        priority=max(place.weighing.weight, 0.0),
        service_minutes=SERVICE_MINUTES,
        window=(0, SHIFT_MINUTES),
        fronts=fronts_for(place.origin),
    )


def _team_shifts(visits: Sequence[Visit], *, shifts: int, teams: int) -> list[TeamShift]:
    """Return every team's shift on every evening; teams take the three fronts in turn, from the middle of the visits."""
    lat = fmean(v.lat for v in visits) if visits else 0.0
    lon = fmean(v.lon for v in visits) if visits else 0.0
    return [
        TeamShift(
            id=f"kväll {evening + 1}, lag {team + 1}",
            team=f"lag {team + 1}",
            evening=evening,
            front=FRONTS[team % len(FRONTS)],
            start_minute=0,
            end_minute=SHIFT_MINUTES,
            depot_lat=lat,
            depot_lon=lon,
        )
        for evening in range(shifts)
        for team in range(teams)
    ]


def not_mappable(ranked: Sequence[RankedPlace]) -> list[str]:
    """Return the ids of check-eligible places that cannot be planned since the register gives them no point."""
    return [p.address.id for p in ranked if p.weighing.is_eligible and p.address.lat is None]
