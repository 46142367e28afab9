"""The list of addresses frozen, and the visits planned."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.engine import planning
from nosvidere.engine.planning import Plan, TeamShift, Travel, Visit
from nosvidere.leads.actions import move as move_lead
from nosvidere.leads.models import Lead
from nosvidere.leads.queries import last_assessment, leads_to_visit
from nosvidere.operations.actions.moving import move_operation
from nosvidere.operations.models import Assignment, Operation, Shift, Team
from nosvidere.operations.queries import cautions_at, travel_of_site
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.operation import check_freeze, check_plan, check_plan_fits, fronts_for

SERVICE_MINUTES = 90  # to see who comes and who goes takes time; a product choice


@transaction.atomic
def freeze_list(*, operation: Operation, by: Actor, at: datetime) -> list[Assignment]:
    """Freeze the list of addresses: the heaviest approved leads and a share drawn by chance from the others."""
    check_may(by, "operation.plan")
    candidates = list(leads_to_visit(reader=by))
    has_teams = Team.objects.filter(shift__operation=operation).exists()
    check_freeze(
        state=operation.state,
        is_frozen=operation.frozen_at is not None,
        has_teams=has_teams,
        candidates=len(candidates),
    )
    by_id = {str(lead.pk): lead for lead in candidates}
    chosen = planning.choose_visits(
        [_candidate(lead) for lead in candidates],
        limit=operation.address_limit,
        exploration_share=operation.exploration_share,
        seed=operation.seed,
    )
    taken = [
        _assign(by_id[visit.id], visit, operation=operation, by=by, at=at) for visit in chosen
    ]
    Operation.objects.filter(pk=operation.pk).update(frozen_at=at)
    operation.frozen_at = at
    record(
        by=by,
        act="operation.freeze",
        on=operation,
        at=at,
        fields={"addresses": len(taken), "seed": operation.seed},
    )
    return taken


def _candidate(lead: Lead) -> Visit:
    """Return a lead as the draw takes it: only its rank matters there."""
    place, assessment = lead.place, last_assessment(lead)
    return Visit(
        id=str(lead.pk),
        lat=place.lat or 0.0,
        lon=place.lon or 0.0,
        priority=assessment.weight if assessment else 0.0,
        service_minutes=SERVICE_MINUTES,
        window=(0, 24 * 60),
    )


def _assign(
    lead: Lead, visit: Visit, *, operation: Operation, by: Actor, at: datetime
) -> Assignment:
    assessment = last_assessment(lead)
    move_lead(lead=lead, to="ASSIGNED", by=by, at=at, why=f"Insats: {operation.name}")
    return Assignment.objects.create(
        operation=operation,
        lead=lead,
        place=lead.place,
        priority=visit.priority,
        is_exploration=visit.is_exploration,
        origin=assessment.origin if assessment else "OWN_OBS",
        service_minutes=SERVICE_MINUTES,
        cautions=cautions_at(lead.place),
    )


@transaction.atomic
def plan_operation(
    *,
    operation: Operation,
    travel: Travel | None = None,
    by: Actor,
    at: datetime,
) -> Plan:
    """Plan all visits that are not done: by team, order and time; saved only if the independent checker finds no fault.

    Visits without a point in the register cannot be planned and are listed with that reason.
    """
    check_may(by, "operation.plan")
    check_plan(state=operation.state, is_frozen=operation.frozen_at is not None)
    way = travel or travel_of_site()
    waiting = {
        str(a.pk): a
        for a in operation.assignments.select_related("place")
        if a.state in {"UNPLANNED", "PLANNED"}
    }
    visits = [_visit(a) for a in waiting.values() if a.place.is_mappable]
    shifts = list(operation.shifts.order_by("starts_at"))
    team_shifts = _team_shifts(shifts)
    plan, planned = _fairest_plan(visits, team_shifts, travel=way, seed=operation.seed)
    check_plan_fits(planning.check_plan(plan, planned, team_shifts, travel=way))
    _write_plan(plan, waiting, shifts)
    kept = {
        "travel": plan.travel_name,
        "is_fallback": plan.fallback,
        "served": plan.served_priority,
        "bound": plan.bound,
        "travel_minutes": plan.travel_minutes,
        "seed": plan.seed,
        "made_at": at.isoformat(),
    }
    Operation.objects.filter(pk=operation.pk).update(plan=kept)
    operation.plan = kept
    move_operation(operation=operation, to="PLANNED", by=by, at=at)
    return plan


def _fairest_plan(
    visits: Sequence[Visit], team_shifts: Sequence[TeamShift], *, travel: Travel, seed: int
) -> tuple[Plan, Sequence[Visit]]:
    """Return a plan whose work is spread over evenings and fronts, or a free one where that serves more.

    Returns the visits as they were planned beside it: the checker asks whether the plan keeps what they allow.
    """
    spread = _spread(visits, team_shifts)
    fair = planning.make_plan(spread, team_shifts, travel=travel, seed=seed)
    if not fair.unserved:
        return fair, spread
    free = planning.make_plan(visits, team_shifts, travel=travel, seed=seed)
    return (free, visits) if free.served_priority > fair.served_priority else (fair, spread)


def _dealt(fronts: Sequence[str], turn: int) -> frozenset[str]:
    return frozenset({fronts[turn % len(fronts)]}) if fronts else frozenset()


def _spread(visits: Sequence[Visit], team_shifts: Sequence[TeamShift]) -> list[Visit]:
    """Return the visits dealt out in turn, the heaviest first: to the evenings, and to the fronts that may take them."""
    evenings = sorted({shift.evening for shift in team_shifts})
    staffed = {shift.front for shift in team_shifts}
    ranked = sorted(visits, key=lambda visit: (-visit.priority, visit.id))
    return [
        replace(
            visit,
            evenings=frozenset({evenings[turn % len(evenings)]}),
            fronts=_dealt(sorted(visit.fronts & staffed), turn // len(evenings)) or visit.fronts,
        )
        for turn, visit in enumerate(ranked)
    ]


def _visit(assignment: Assignment) -> Visit:
    return Visit(
        id=str(assignment.pk),
        lat=assignment.place.lat or 0.0,
        lon=assignment.place.lon or 0.0,
        priority=assignment.priority,
        service_minutes=assignment.service_minutes,
        window=(0, 24 * 60),
        fronts=fronts_for(assignment.origin),
        is_exploration=assignment.is_exploration,
    )


def _team_shifts(shifts: Sequence[Shift]) -> list[TeamShift]:
    return [
        TeamShift(
            id=str(team.pk),
            team=team.call_sign,
            evening=number,
            front=team.front,
            start_minute=0,
            end_minute=_minutes(shift.ends_at - shift.starts_at),
            depot_lat=shift.muster_lat,
            depot_lon=shift.muster_lon,
        )
        for number, shift in enumerate(shifts)
        for team in shift.teams.all()
    ]


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def _write_plan(plan: Plan, waiting: dict[str, Assignment], shifts: Sequence[Shift]) -> None:
    """Write the stops of a plan on the visits; what the plan leaves out is unplanned with its reason."""
    start = {str(team.pk): shift.starts_at for shift in shifts for team in shift.teams.all()}
    reasons = {u.visit_id: u.reason_sv for u in plan.unserved}
    for pk, assignment in waiting.items():
        if not assignment.place.is_mappable:
            reasons[pk] = "Registret ger ingen punkt för adressen; den måste läggas in för hand."
        assignment.team_id = assignment.order = assignment.arrive_at = assignment.leave_at = None
        assignment.state, assignment.unserved_reason = "UNPLANNED", reasons.get(pk, "")
    for stop in plan.stops:
        assignment = waiting[stop.visit_id]
        assignment.team_id, assignment.order, assignment.state = (
            int(stop.team_shift_id),
            stop.order,
            "PLANNED",
        )
        assignment.arrive_at = start[stop.team_shift_id] + timedelta(minutes=stop.arrive_minute)
        assignment.leave_at = start[stop.team_shift_id] + timedelta(minutes=stop.leave_minute)
    fields = ["team", "order", "arrive_at", "leave_at", "state", "unserved_reason"]
    Assignment.objects.bulk_update(list(waiting.values()), fields)
