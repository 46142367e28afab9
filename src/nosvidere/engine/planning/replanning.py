"""Change a plan while teams are out: done and ongoing visits stay, the rest changes little."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from nosvidere.engine.planning.bounds import Bound, bound_of
from nosvidere.engine.planning.daybook import Daybook, Opening, Problem, problem_of
from nosvidere.engine.planning.joint import fix_joint_visits
from nosvidere.engine.planning.laying import Crew
from nosvidere.engine.planning.making import fill_daybook
from nosvidere.engine.planning.matching import suits_two
from nosvidere.engine.planning.model import Moment, Plan, Rest, Stop, TeamShift, Visit
from nosvidere.engine.planning.routers import default_router
from nosvidere.engine.planning.routing import Router
from nosvidere.engine.planning.travel import Travel

TEAMS = 2  # at a visit for two teams
STAY_BONUS = 0.2  # a new visit must be worth a fifth more to push out a planned one


def re_plan(
    plan: Plan,
    visits: Sequence[Visit],
    team_shifts: Sequence[TeamShift],
    *,
    travel: Travel,
    seed: int,
    now: Moment,
    done: Sequence[Stop] = (),
    router: Router | None = None,
) -> Plan:
    """Return the plan from `now` on: `done` (done and ongoing stops, as they went) stays as it is.

    Planned visits stay with their team; one moves only when its team cannot keep it. `visits` and
    `team_shifts` are as they are now, with everything in `done` still among them.
    """
    problem = problem_of(visits, team_shifts, travel)
    _check_known(problem, done)
    rests = [rest for rest in plan.rests if _is_begun(rest, problem, now, done)]
    book = _book_from(problem, now, done, rests)
    bound = _bound_from(book, done)
    book = _with_joint(book, plan, done)
    stays = _stays(book, plan, done)

    def fill(wishes: Mapping[str, str]) -> Plan:
        chance = np.random.default_rng(seed)
        crew = Crew(router or default_router(), chance, wishes, STAY_BONUS)
        return fill_daybook(book, bound=bound, crew=crew, done=done, rests=rests)

    best = fill(stays)
    lost = {one.visit_id for one in best.unserved} & set(stays)
    if lost:
        freed = {visit_id: shift for visit_id, shift in stays.items() if visit_id not in lost}
        best = max(best, fill(freed), key=lambda one: one.served_priority)
    return replace(best, fallback=travel.is_fallback, travel_name=travel.name, seed=seed)


def _check_known(problem: Problem, done: Sequence[Stop]) -> None:
    for stop in done:
        if stop.visit_id not in problem.visits or stop.team_shift_id not in problem.shifts:
            message = (
                f"Besök {stop.visit_id} är gjort av pass {stop.team_shift_id}: "
                "båda ska finnas kvar i underlaget."
            )
            raise ValueError(message)


def _is_begun(rest: Rest, problem: Problem, now: Moment, done: Sequence[Stop]) -> bool:
    """Say whether the break has begun; one that a visit ran into was not taken."""
    shift = problem.shifts.get(rest.team_shift_id)
    if shift is None or Moment(shift.evening, rest.start_minute) >= now:
        return False
    return not any(
        stop.team_shift_id == rest.team_shift_id
        and stop.arrive_minute < rest.end_minute
        and rest.start_minute < stop.leave_minute
        for stop in done
    )


def _book_from(
    problem: Problem, now: Moment, done: Sequence[Stop], rests: Sequence[Rest]
) -> Daybook:
    """Return the daybook of the shifts that are not over, each from where its team is now."""
    openings = {
        shift.id: _opening(problem, shift, now, done=done, rests=rests)
        for shift in problem.shifts.values()
        if Moment(shift.evening, shift.end_minute) > now
    }
    return Daybook(problem, openings, dict.fromkeys(openings, ()))


def _opening(
    problem: Problem, shift: TeamShift, now: Moment, *, done: Sequence[Stop], rests: Sequence[Rest]
) -> Opening:
    """Return where the team is: at its last visit, or at the depot, no earlier than now."""
    own = [
        (stop.leave_minute, problem.place_of[stop.visit_id])
        for stop in done
        if stop.team_shift_id == shift.id
    ]
    rested = [rest.end_minute for rest in rests if rest.team_shift_id == shift.id]
    leave, place = max(own, default=(shift.start_minute, problem.depot_of[shift.id]))
    clock = now.minute if shift.evening == now.evening else shift.start_minute
    minute = max(shift.start_minute, clock, leave, *rested)
    return Opening(place, minute, is_rest_due=shift.break_minutes > 0 and not rested)


def _bound_from(book: Daybook, done: Sequence[Stop]) -> Bound:
    """Return the bound of what is left, with what is done added."""
    problem, taken = book.problem, {stop.visit_id for stop in done}
    left = [visit for visit in problem.visits.values() if visit.id not in taken]
    bound = bound_of(problem, left, book.all_stretches())
    return replace(
        bound, worth=bound.worth + sum(problem.worth[visit_id] for visit_id in sorted(taken))
    )


def _with_joint(book: Daybook, plan: Plan, done: Sequence[Stop]) -> Daybook:
    """Return the daybook with visits for two teams: as planned where that holds, else anew."""
    taken = {stop.visit_id for stop in done}
    joint = [
        visit
        for visit in book.problem.visits.values()
        if visit.is_for_two_teams and visit.id not in taken
    ]
    moved: list[Visit] = []
    for visit in joint:
        stops = [stop for stop in plan.stops if stop.visit_id == visit.id]
        kept = _kept(book, visit, stops)
        moved += [visit] if kept is None else []
        book = kept or book
    return fix_joint_visits(book, moved)


def _kept(book: Daybook, visit: Visit, stops: Sequence[Stop]) -> Daybook | None:
    """Return the daybook with the meeting as it was planned, or None when it no longer holds."""
    there = [
        book.problem.shifts[s.team_shift_id] for s in stops if s.team_shift_id in book.openings
    ]
    if len(there) != TEAMS or not suits_two(visit, *there):
        return None
    first, last = stops[0].arrive_minute, stops[0].arrive_minute + visit.service_minutes
    fixed = book.with_stops(replace(stop, leave_minute=last) for stop in stops)
    is_in_window = visit.window[0] <= first < last <= visit.window[1]
    return fixed if is_in_window and fixed.holds(shift.id for shift in there) else None


def _stays(book: Daybook, plan: Plan, done: Sequence[Stop]) -> dict[str, str]:
    """Return the shift of each planned single visit that is still to come and still has its team."""
    taken = {stop.visit_id for stop in done}
    return {
        stop.visit_id: stop.team_shift_id
        for stop in plan.stops
        if stop.team_shift_id in book.openings
        and stop.visit_id in book.problem.visits
        and stop.visit_id not in taken
        and not book.problem.visits[stop.visit_id].is_for_two_teams
    }
