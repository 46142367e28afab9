"""Measure the plans against bars R1–R3, beside OR-Tools routing and PyVRP where they are installed.

usage: PYTHONPATH=src python benchmarks/planning.py [--seeds 3]

The cases are drawn by chance, not taken from life: a town of 6 × 6 km, four evenings of six hours,
teams on three fronts with a break, 15–40 minutes per visit, priorities as skewed as weights are,
and some visits with windows, fixed evenings, fronts, needs or two teams. `plain` has only the hours,
`short` has evenings of 4.5 hours, so that more must be left out. R3 changes ten things in
the middle of the second evening: visits withdrawn, new ones in, a shift lost and one late team.
"""

import argparse
import importlib.util
import time
from dataclasses import dataclass, replace

import numpy as np

from nosvidere.engine.planning import (
    TWO_TEAMS,
    Moment,
    Plan,
    Stop,
    StraightLine,
    TeamShift,
    Visit,
    check_plan,
    make_plan,
    re_plan,
)

FRONTS = ("buyers", "outreach", "premises")
TRAVEL = StraightLine()
EVENING_MINUTES, SHORT_MINUTES = 360, 270
DEPOT = (57.027, 11.05)  # open sea in Kattegat
EVENING_CHANCE, FRONT_CHANCE, SKILL_CHANCE = 0.2, 0.4, 0.6
BARS = {"R1": (120, 12, 1.0, 3.0), "R2": (300, 20, 5.0, 4.0)}
MOST_SECONDS_AGAIN, LEAST_STAY = 1.0, 80.0


@dataclass(frozen=True)
class Case:
    """What is to be planned."""

    visits: list[Visit]
    shifts: list[TeamShift]


def draw_case(visits: int, shifts: int, seed: int, *, kind: str = "rules") -> Case:
    """Return a case by chance: with all rules, plain (only hours) or short (evenings of 4.5 hours)."""
    rng = np.random.default_rng(seed)
    drawn = Case(
        [_draw_visit(number, rng) for number in range(visits)],
        [_draw_shift(number, rng) for number in range(shifts)],
    )
    return {"plain": _plain, "short": _short, "rules": lambda case: case}[kind](drawn)


def _draw_visit(number: int, rng: np.random.Generator) -> Visit:
    chances = {"interpreter": 0.15, "social_worker": 0.15, TWO_TEAMS: 0.03}
    windows = [(0, EVENING_MINUTES)] * 7 + [(0, 200), (90, 270), (160, EVENING_MINUTES)]
    evenings = None
    if rng.random() < EVENING_CHANCE:
        evenings = frozenset(rng.choice(4, size=2, replace=False).tolist())
    fronts = frozenset([FRONTS[rng.integers(3)]]) if rng.random() < FRONT_CHANCE else frozenset()
    return Visit(
        id=f"visit-{number:03}",
        lat=57 + rng.uniform(0, 0.054),
        lon=11 + rng.uniform(0, 0.099),
        priority=float(np.clip(rng.lognormal(0, 0.7), 0.05, 6)),
        service_minutes=int(rng.integers(15, 41)),
        window=windows[rng.integers(len(windows))],
        fronts=fronts,
        needs=frozenset(need for need, chance in chances.items() if rng.random() < chance),
        evenings=evenings,
    )


def _draw_shift(number: int, rng: np.random.Generator) -> TeamShift:
    evening, team = number % 4, number // 4
    return TeamShift(
        id=f"shift-{number:02}",
        team=f"team-{team}",
        evening=evening,
        front=FRONTS[team % 3],
        start_minute=0,
        end_minute=EVENING_MINUTES,
        depot_lat=DEPOT[0],
        depot_lon=DEPOT[1],
        skills=frozenset(
            s for s in ("interpreter", "social_worker") if rng.random() < SKILL_CHANCE
        ),
        break_minutes=30,
        break_window=(120, 260),
    )


def _plain(case: Case) -> Case:
    free = {"fronts": frozenset(), "needs": frozenset(), "evenings": None}
    return Case(
        [replace(visit, window=(0, EVENING_MINUTES), **free) for visit in case.visits],
        [replace(shift, break_minutes=0, break_window=None) for shift in case.shifts],
    )


def _short(case: Case) -> Case:
    return Case(case.visits, [replace(shift, end_minute=SHORT_MINUTES) for shift in case.shifts])


def measure_plan(name: str, seeds: range, *, kind: str) -> None:
    """Print seconds, gap to the bound and faults for each seed."""
    visits, shifts, most_seconds, most_gap = BARS[name]
    for seed in seeds:
        case = draw_case(visits, shifts, seed, kind=kind)
        start, worked = time.perf_counter(), time.process_time()
        plan = make_plan(case.visits, case.shifts, travel=TRAVEL, seed=seed)
        seconds, worked = time.perf_counter() - start, time.process_time() - worked
        faults = check_plan(plan, case.visits, case.shifts, travel=TRAVEL)
        gap = gap_of(plan)
        verdict = seconds <= most_seconds and gap <= most_gap and not faults
        print(
            f"{name} {kind} seed {seed}: {seconds:.2f} s "
            f"(≤ {most_seconds:g}; {worked:.2f} s of processor), {gap:.2f} % below the bound (≤ {most_gap:g}), "
            f"{len(faults)} faults, {len(plan.unserved)} left out "
            f"{'· holds' if verdict else '· FALLS SHORT'}"
        )


def gap_of(plan: Plan) -> float:
    """Return how many percent the plan serves less than the bound."""
    return max(0.0, 100 * (1 - plan.served_priority / plan.bound))


def measure_change(seeds: range) -> None:
    """Print seconds, the share of untouched visits that stay with their team, and faults."""
    for seed in seeds:
        case = draw_case(120, 12, seed)
        plan = make_plan(case.visits, case.shifts, travel=TRAVEL, seed=seed)
        now = Moment(1, 150)
        after, done = change(case, plan, now, seed)
        start = time.perf_counter()
        new = re_plan(
            plan, after.visits, after.shifts, travel=TRAVEL, seed=seed, now=now, done=done
        )
        seconds = time.perf_counter() - start
        faults = check_plan(new, after.visits, after.shifts, travel=TRAVEL, done=done, now=now)
        stay, gap = stayed(plan, new, after, done), gap_of(new)
        verdict = seconds <= MOST_SECONDS_AGAIN and stay >= LEAST_STAY and not faults
        print(
            f"R3 seed {seed}: {seconds:.2f} s (≤ {MOST_SECONDS_AGAIN:g}), {stay:.1f} % stay "
            f"(≥ {LEAST_STAY:g}), {len(faults)} faults, {gap:.2f} % below the bound "
            f"{'· holds' if verdict else '· FALLS SHORT'}"
        )


def change(case: Case, plan: Plan, now: Moment, seed: int) -> tuple[Case, list[Stop]]:
    """Return the case after ten changes, and what is done or ongoing at `now`.

    Four planned visits withdrawn, four new, one later shift lost, one ongoing visit 15 minutes over.
    """
    rng = np.random.default_rng(seed)
    done = _done(case, plan, now)
    ahead = sorted({s.visit_id for s in plan.stops} - {s.visit_id for s in done})
    gone = set(rng.choice(ahead, size=4, replace=False).tolist())
    new = [replace(_draw_visit(number, rng), id=f"new-{number}") for number in range(4)]
    later = [shift.id for shift in case.shifts if shift.evening > now.evening]
    lost = later[rng.integers(len(later))]
    visits = [visit for visit in case.visits if visit.id not in gone] + new
    return Case(visits, [shift for shift in case.shifts if shift.id != lost]), done


def _done(case: Case, plan: Plan, now: Moment) -> list[Stop]:
    """Return the stops begun before `now`, one ongoing visit 15 minutes over its time."""
    evening = {shift.id: shift.evening for shift in case.shifts}
    done = [s for s in plan.stops if Moment(evening[s.team_shift_id], s.arrive_minute) < now]
    ends = {stop: Moment(evening[stop.team_shift_id], stop.leave_minute) for stop in done}
    late = next((stop.visit_id for stop in done if ends[stop] > now), None)
    return [
        replace(stop, leave_minute=stop.leave_minute + 15) if stop.visit_id == late else stop
        for stop in done
    ]


def stayed(old: Plan, new: Plan, after: Case, done: list[Stop]) -> float:
    """Return the percentage of visits still to come, with their team left, that kept that team."""
    past = {stop.visit_id for stop in done}
    visits = {visit.id for visit in after.visits}
    shifts = {shift.id for shift in after.shifts}
    told = {(stop.visit_id, stop.team_shift_id) for stop in new.stops}
    untouched = [
        (stop.visit_id, stop.team_shift_id)
        for stop in old.stops
        if stop.visit_id in visits - past and stop.team_shift_id in shifts
    ]
    return 100 * sum(pair in told for pair in untouched) / len(untouched)


def measure_others(seeds: range) -> None:
    """Print what OR-Tools routing and PyVRP do on the plain cases, or that they are not installed."""
    for module, solve in (("ortools", _by_ortools), ("pyvrp", _by_pyvrp)):
        if importlib.util.find_spec(module) is None:
            print(f"{module}: not installed, not measured")
            continue
        for name, (visits, shifts, seconds, _) in BARS.items():
            for seed in seeds:
                case = draw_case(visits, shifts, seed, kind="plain")
                bound = make_plan(case.visits, case.shifts, travel=TRAVEL, seed=seed).bound
                start = time.perf_counter()
                served = solve(case, seconds, seed)
                spent = time.perf_counter() - start
                gap = 100 * (1 - served / bound)
                print(f"{name} plain seed {seed} {module}: {spent:.2f} s, {gap:.2f} % below")


def _matrix(case: Case) -> np.ndarray:
    return TRAVEL.minutes([DEPOT, *((visit.lat, visit.lon) for visit in case.visits)])


def _by_ortools(case: Case, seconds: float, _seed: int) -> float:
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    minutes = _matrix(case)
    service = [0, *(visit.service_minutes for visit in case.visits)]
    manager = pywrapcp.RoutingIndexManager(len(minutes), len(case.shifts), 0)
    model = pywrapcp.RoutingModel(manager)

    def leg(a: int, b: int) -> int:
        start = manager.IndexToNode(a)
        return int(minutes[start, manager.IndexToNode(b)]) + service[start]

    callback = model.RegisterTransitCallback(leg)
    model.SetArcCostEvaluatorOfAllVehicles(callback)
    model.AddDimension(callback, EVENING_MINUTES, EVENING_MINUTES, False, "time")
    for number, visit in enumerate(case.visits, start=1):
        model.AddDisjunction([manager.NodeToIndex(number)], round(1_000_000 * visit.priority))
    options = pywrapcp.DefaultRoutingSearchParameters()
    options.first_solution_strategy = (
        routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    )
    options.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    )
    options.time_limit.FromMilliseconds(round(1000 * seconds))
    found = model.SolveWithParameters(options)
    return sum(
        visit.priority
        for number, visit in enumerate(case.visits, start=1)
        if found.Value(model.NextVar(manager.NodeToIndex(number))) != manager.NodeToIndex(number)
    )


def _by_pyvrp(case: Case, seconds: float, seed: int) -> float:
    import pyvrp
    from pyvrp.stop import MaxRuntime

    minutes = _matrix(case)
    model = pyvrp.Model()
    depot = model.add_depot(x=0, y=0)
    clients = [
        model.add_client(
            x=0,
            y=0,
            service_duration=visit.service_minutes,
            prize=round(10_000 * visit.priority),
            required=False,
        )
        for visit in case.visits
    ]
    model.add_vehicle_type(
        len(case.shifts), start_depot=depot, end_depot=depot, shift_duration=EVENING_MINUTES
    )
    places = [depot, *clients]
    for i, a in enumerate(places):
        for j, b in enumerate(places):
            model.add_edge(a, b, distance=int(minutes[i, j]), duration=int(minutes[i, j]))
    best = model.solve(stop=MaxRuntime(seconds), seed=seed, display=False).best
    served = {number for route in best.routes() for number in route.visits()}
    return sum(case.visits[number - 1].priority for number in served)


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    seeds = range(1, 1 + parser.parse_args().seeds)
    warm = draw_case(5, 2, 0, kind="plain")
    make_plan(warm.visits, warm.shifts, travel=TRAVEL, seed=0)  # the import of VROOM is not timed
    for kind in ("plain", "rules", "short"):
        for name in BARS:
            measure_plan(name, seeds, kind=kind)
    measure_change(seeds)
    measure_others(seeds)


if __name__ == "__main__":
    main()
