"""The words of planning: visits, team shifts, stops and plans.

Minutes count from the start of the evening and are the same clock for all teams of that evening.
"""

import math
from dataclasses import dataclass

MOST_LAT, MOST_LON = 90, 180  # degrees
TWO_TEAMS = "two_teams"
"""The need that says: two teams must enter at the same time."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A decided visit; it begins and ends inside `window`.

    `fronts`: any of them may do it (empty: all). `needs`: all must be there, in the team or, with
    `TWO_TEAMS`, in the two teams together. `evenings`: None means every evening.
    """

    id: str
    lat: float
    lon: float
    priority: float
    service_minutes: int
    window: tuple[int, int]
    fronts: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    evenings: frozenset[int] | None = None
    is_exploration: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError when a number cannot be planned with."""
        _check_place(f"Besök {self.id}", self.lat, self.lon)
        _require(
            math.isfinite(self.priority) and self.priority >= 0,
            f"Besök {self.id}: prioriteten ska vara 0 eller mer, fick {self.priority}.",
        )
        _require(
            self.service_minutes > 0,
            f"Besök {self.id}: tiden på plats ska vara minst 1 minut, fick {self.service_minutes}.",
        )
        _require(
            0 <= self.window[0] < self.window[1],
            f"Besök {self.id}: tidsfönstret ska ha en början före sitt slut, fick {self.window}.",
        )

    @property
    def is_for_two_teams(self) -> bool:
        """Say whether two teams must enter at the same time."""
        return TWO_TEAMS in self.needs

    @property
    def skills(self) -> frozenset[str]:
        """Return what the team must be able to do."""
        return self.needs - {TWO_TEAMS}


@dataclass(frozen=True, slots=True)
class TeamShift:
    """One team's evening; it starts and ends at the depot, with one break when `break_minutes` > 0."""

    id: str
    team: str
    evening: int
    front: str
    start_minute: int
    end_minute: int
    depot_lat: float
    depot_lon: float
    skills: frozenset[str] = frozenset()
    break_minutes: int = 0
    break_window: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        """Raise ValueError when a number cannot be planned with."""
        _check_place(f"Pass {self.id}", self.depot_lat, self.depot_lon)
        _require(
            0 <= self.start_minute < self.end_minute,
            f"Pass {self.id}: passet ska börja före sitt slut, "
            f"fick {self.start_minute}–{self.end_minute}.",
        )
        start, end = self.rest_window
        _require(
            0 <= self.break_minutes <= end - start,
            f"Pass {self.id}: rasten på {self.break_minutes} minuter ryms inte {start}–{end}.",
        )

    @property
    def rest_window(self) -> tuple[int, int]:
        """Return the minutes between which the break is taken, inside the shift."""
        start, end = self.break_window or (self.start_minute, self.end_minute)
        return max(start, self.start_minute), min(end, self.end_minute)


@dataclass(frozen=True, slots=True)
class Stop:
    """A team at a visit: begun at `arrive_minute`, left at `leave_minute`; `order` counts from 1."""

    visit_id: str
    team_shift_id: str
    order: int
    arrive_minute: int
    leave_minute: int


@dataclass(frozen=True, slots=True)
class Rest:
    """A team's break."""

    team_shift_id: str
    start_minute: int
    end_minute: int


@dataclass(frozen=True, slots=True)
class Unserved:
    """A visit that the plan leaves out, with why in Swedish."""

    visit_id: str
    reason_sv: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Who goes where and when. A visit for two teams has two stops with the same times.

    `served_priority` and `bound` are in the units of `worths`; no plan can serve more than `bound`.
    `fallback` says that travel times are guessed from straight lines.
    """

    stops: tuple[Stop, ...]
    rests: tuple[Rest, ...]
    unserved: tuple[Unserved, ...]
    travel_minutes: int
    served_priority: float
    bound: float
    fallback: bool
    travel_name: str
    seed: int


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """An evening and a minute in it: the now of a plan that is changed while teams are out."""

    evening: int
    minute: int


def _check_place(who: str, lat: float, lon: float) -> None:
    _require(
        abs(lat) <= MOST_LAT and abs(lon) <= MOST_LON,
        f"{who}: läget ska vara latitud och longitud i grader, fick {lat}, {lon}.",
    )


def _require(is_met: bool, message: str) -> None:
    if not is_met:
        raise ValueError(message)
