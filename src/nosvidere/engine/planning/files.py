"""Plans from and to JSON files.

In (`read_visits`), one object:

    {"visits": [{"id": "b1", "lat": 57.01, "lon": 11.02, "priority": 3.2, "service_minutes": 25,
                 "window": [0, 300], "fronts": ["buyers"], "needs": ["interpreter", "two_teams"],
                 "evenings": [0, 2]}],
     "team_shifts": [{"id": "p1", "team": "A", "evening": 0, "front": "buyers",
                      "start_minute": 0, "end_minute": 300, "depot": [57.0, 11.0],
                      "skills": ["interpreter"], "break_minutes": 30, "break_window": [100, 220]}],
     "limit": 30, "exploration_share": 0.1, "seed": 7,
     "speed_kmh": 25, "roads": [[57.0, 11.0, 57.01, 11.02, 4.5]]}

Minutes count from the start of the evening. In a visit `window` (the whole evening), `fronts` (all),
`needs` (none) and `evenings` (all) may be left out; in a shift `skills` and the break. `limit`
turns on the choice with its share by lot (0.1); without it every visit is planned for. `roads` are
lat, lon, lat, lon, minutes, both ways; without them travel is guessed from straight lines.

Out (`plan_as_json`): the seed, how travel was reckoned, the figures, per shift its stops and break in
order, the visits drawn by lot, what is left out with why, and the faults that the checker found.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from nosvidere.engine.planning.checking import check_plan
from nosvidere.engine.planning.choosing import choose_visits
from nosvidere.engine.planning.fields import (
    Json,
    integer_of,
    integers_of,
    list_of,
    number_of,
    numbers_of,
    object_of,
    rows_of,
    text_of,
    window_of,
    words_of,
)
from nosvidere.engine.planning.model import Plan, TeamShift, Visit
from nosvidere.engine.planning.travel import Road, RoadGraph, StraightLine, Travel

EXPLORATION_SHARE = 0.1


class UnusableFile(ValueError):
    """A file that cannot be planned from; the message says in Swedish where, why and what to do."""


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What a file asks to have planned."""

    visits: tuple[Visit, ...]
    team_shifts: tuple[TeamShift, ...]
    travel: Travel
    seed: int
    left_by_choice: int


def read_visits(path: Path, *, seed: int = 0) -> PlanRequest:
    """Return what the file asks for; a seed in the file goes before `seed`. Raise UnusableFile."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"{path}: filen går inte att läsa ({error.strerror}). Kontrollera sökvägen."
        raise UnusableFile(message) from error
    except ValueError as error:
        message = f"{path}: filen är inte JSON i UTF-8 ({error}). Spara om den som JSON."
        raise UnusableFile(message) from error
    try:
        return _request(object_of(told, "filen"), seed)
    except ValueError as error:
        message = f"{path}: {error} Rätta det och försök igen."
        raise UnusableFile(message) from error


def plan_as_json(plan: Plan, request: PlanRequest) -> dict[str, object]:
    """Return the plan as plain JSON values, checked anew by the independent checker."""
    faults = check_plan(plan, request.visits, request.team_shifts, travel=request.travel)
    shifts = sorted(request.team_shifts, key=lambda shift: (shift.evening, shift.id))
    return {
        "seed": plan.seed,
        "travel": plan.travel_name,
        "travel_is_guessed": plan.fallback,
        "travel_minutes": plan.travel_minutes,
        "served_priority": plan.served_priority,
        "bound": plan.bound,
        "left_by_choice": request.left_by_choice,
        "drawn_by_lot": [visit.id for visit in request.visits if visit.is_exploration],
        "team_shifts": [_shift_as_json(shift, plan) for shift in shifts],
        "unserved": [{"visit_id": one.visit_id, "reason": one.reason_sv} for one in plan.unserved],
        "faults": faults,
    }


def _shift_as_json(shift: TeamShift, plan: Plan) -> dict[str, object]:
    return {
        "id": shift.id,
        "team": shift.team,
        "evening": shift.evening,
        "front": shift.front,
        "stops": [
            {
                "order": stop.order,
                "visit_id": stop.visit_id,
                "arrive_minute": stop.arrive_minute,
                "leave_minute": stop.leave_minute,
            }
            for stop in plan.stops
            if stop.team_shift_id == shift.id
        ],
        "breaks": [
            [rest.start_minute, rest.end_minute]
            for rest in plan.rests
            if rest.team_shift_id == shift.id
        ],
    }


def _request(told: Json, seed: int) -> PlanRequest:
    shifts = [_shift(row, where) for row, where in rows_of(told, "team_shifts", "passet")]
    evening = max((shift.end_minute for shift in shifts), default=1)
    visits = [_visit(row, where, evening) for row, where in rows_of(told, "visits", "besöket")]
    if not shifts or not visits:
        message = "filen ska ha minst ett besök i visits och ett pass i team_shifts."
        raise ValueError(message)
    seed = integer_of(told, "seed", "filen", seed)
    chosen = _chosen(told, visits, seed)
    return PlanRequest(
        tuple(chosen), tuple(shifts), _travel(told), seed, len(visits) - len(chosen)
    )


def _chosen(told: Json, visits: list[Visit], seed: int) -> list[Visit]:
    if "limit" not in told:
        return visits
    return choose_visits(
        visits,
        limit=integer_of(told, "limit", "filen"),
        exploration_share=number_of(told, "exploration_share", "filen", EXPLORATION_SHARE),
        seed=seed,
    )


def _travel(told: Json) -> Travel:
    if "roads" not in told:
        speed = {"speed_kmh": number_of(told, "speed_kmh", "filen")} if "speed_kmh" in told else {}
        return StraightLine(**speed)
    roads = []
    for number, row in enumerate(list_of(told, "roads", "filen"), start=1):
        where = f"vägen nummer {number}:"
        a, b, c, d, minutes = numbers_of({"roads": row}, "roads", where, count=5)
        roads.append(Road((a, b), (c, d), minutes))
    return RoadGraph(roads)


def _visit(row: Json, where: str, evening: int) -> Visit:
    return Visit(
        id=text_of(row, "id", where),
        lat=number_of(row, "lat", where),
        lon=number_of(row, "lon", where),
        priority=number_of(row, "priority", where),
        service_minutes=integer_of(row, "service_minutes", where),
        window=window_of(row, "window", where) or (0, evening),
        fronts=words_of(row, "fronts", where),
        needs=words_of(row, "needs", where),
        evenings=None if row.get("evenings") is None else integers_of(row, "evenings", where),
    )


def _shift(row: Json, where: str) -> TeamShift:
    lat, lon = numbers_of(row, "depot", where, count=2)
    return TeamShift(
        id=text_of(row, "id", where),
        team=text_of(row, "team", where),
        evening=integer_of(row, "evening", where),
        front=text_of(row, "front", where),
        start_minute=integer_of(row, "start_minute", where),
        end_minute=integer_of(row, "end_minute", where),
        depot_lat=lat,
        depot_lon=lon,
        skills=words_of(row, "skills", where),
        break_minutes=integer_of(row, "break_minutes", where, 0),
        break_window=window_of(row, "break_window", where),
    )
