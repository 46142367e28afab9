"""Makers of visits, shifts and whole cases in a fictitious town."""

from collections.abc import Callable

import numpy as np
import pytest

from nosvidere.engine.planning import TWO_TEAMS, TeamShift, Visit

LAT, LON = 57.0, 11.0  # open sea in Kattegat
FRONTS = ("buyers", "outreach", "premises")


def make_visit(name: str, north: float = 0, east: float = 0, **changes: object) -> Visit:
    """Return a visit so many hundredths of a degree from the depot."""
    told: dict[str, object] = {"priority": 1.0, "service_minutes": 20, "window": (0, 300)}
    place = {"lat": LAT + north / 100, "lon": LON + east / 100}
    return Visit(id=name, **(told | place | changes))  # type: ignore[arg-type]  # made of parts


def make_shift(name: str, **changes: object) -> TeamShift:
    """Return a shift of five hours without a break."""
    told: dict[str, object] = {
        "team": f"team {name}",
        "evening": 0,
        "front": "buyers",
        "start_minute": 0,
        "end_minute": 300,
        "depot_lat": LAT,
        "depot_lon": LON,
    }
    return TeamShift(id=name, **(told | changes))  # type: ignore[arg-type]  # made of parts


def draw(seed: int, visits: int, shifts: int) -> tuple[list[Visit], list[TeamShift]]:
    """Return a case by chance with every rule in it."""
    rng = np.random.default_rng(seed)
    return (
        [_draw_visit(f"v{number:02}", rng) for number in range(visits)],
        [_draw_shift(number, rng) for number in range(shifts)],
    )


def _draw_visit(name: str, rng: np.random.Generator) -> Visit:
    chances = {"interpreter": 0.2, TWO_TEAMS: 0.15}
    start = int(rng.integers(0, 200)) if rng.random() < 0.4 else 0
    return make_visit(
        name,
        north=rng.uniform(-3, 3),
        east=rng.uniform(-5, 5),
        priority=float(rng.integers(0, 40)) / 8,
        service_minutes=int(rng.integers(5, 60)),
        window=(start, start + int(rng.integers(60, 300))),
        fronts=frozenset(rng.choice(FRONTS, size=rng.integers(0, 3), replace=False).tolist()),
        needs=frozenset(need for need, chance in chances.items() if rng.random() < chance),
        evenings=None if rng.random() < 0.6 else frozenset([int(rng.integers(0, 3))]),
        is_exploration=bool(rng.random() < 0.1),
    )


def _draw_shift(number: int, rng: np.random.Generator) -> TeamShift:
    start = int(rng.integers(0, 60))
    return make_shift(
        f"s{number}",
        team=f"team {number // 2}",
        evening=number % 2,
        front=FRONTS[number // 2 % 3],
        start_minute=start,
        end_minute=start + int(rng.integers(120, 300)),
        skills=frozenset(["interpreter"]) if rng.random() < 0.5 else frozenset(),
        break_minutes=int(rng.choice([0, 20, 30])),
        break_window=(60, 180) if rng.random() < 0.5 else None,
    )


@pytest.fixture(scope="session")
def visit() -> Callable[..., Visit]:
    return make_visit


@pytest.fixture(scope="session")
def shift() -> Callable[..., TeamShift]:
    return make_shift


@pytest.fixture(scope="session")
def case() -> Callable[..., tuple[list[Visit], list[TeamShift]]]:
    return draw
