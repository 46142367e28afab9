"""Changes to operations: proposed, decided, staffed, the list frozen, planned, briefed, run and ended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction

from nosvidere.accounts.models import OrgUnit
from nosvidere.audit.actions import record
from nosvidere.engine import planning
from nosvidere.engine.planning import Plan, TeamShift, Travel, Visit
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.leads.actions import move as move_lead
from nosvidere.leads.models import Lead
from nosvidere.leads.queries import last_assessment, leads_to_visit
from nosvidere.operations.models import Assignment, Operation, Shift, Team, TeamMember
from nosvidere.operations.queries import are_free, cautions_at, progress_of, travel_of_site
from nosvidere.rules.access import OPERATION_LEAD, Actor, check_may
from nosvidere.rules.flows import ASSIGNMENT, OPERATION
from nosvidere.rules.operation import (
    FRONTS,
    GIVES_BACK,
    check_approve_operation,
    check_freeze,
    check_open_for_staffing,
    check_plan,
    check_plan_fits,
    check_propose,
    check_read_sheet,
    check_shift,
    check_step,
    check_team,
    fronts_for,
)

LONGEST_CAUTIONS = 1000
SERVICE_MINUTES = 90  # to see who comes and who goes takes time; a product choice


@transaction.atomic
def propose_operation(
    *,
    name: str,
    purpose: str,
    legal_basis: str,
    lead_unit: OrgUnit,
    from_on: date,
    until_on: date,
    address_limit: int,
    seed: int,
    by: Actor,
    at: datetime,
) -> Operation:
    """Propose an operation; another person decides on it."""
    check_may(by, "operation.plan")
    check_propose(from_on=from_on, until_on=until_on, address_limit=address_limit)
    operation = Operation.objects.create(
        name=name,
        purpose=purpose,
        legal_basis=legal_basis,
        lead_unit=lead_unit,
        from_on=from_on,
        until_on=until_on,
        address_limit=address_limit,
        seed=seed,
        proposed_by=by.code,
        proposed_at=at,
    )
    record(by=by, act="operation.propose", on=operation, at=at)
    return operation


@transaction.atomic
def approve_operation(
    *, operation: Operation, legality_note: str, by: Actor, at: datetime
) -> None:
    """Decide that a proposed operation is carried out."""
    check_may(by, "operation.approve")
    check_approve_operation(
        state=operation.state,
        proposed_by=operation.proposed_by,
        approver=by.code,
        legality_note=legality_note,
    )
    Operation.objects.filter(pk=operation.pk).update(
        approved_by=by.code, approved_at=at, legality_note=legality_note.strip()
    )
    move_operation(operation=operation, to="APPROVED", by=by, at=at)


@transaction.atomic
def add_shift(
    *,
    operation: Operation,
    starts_at: datetime,
    ends_at: datetime,
    muster_point: str,
    muster: tuple[float, float],
    commander: str,
    by: Actor,
    at: datetime,
) -> Shift:
    """Add an evening shift to an operation that is decided and has not begun."""
    check_may(by, "operation.plan")
    check_shift(state=operation.state, starts_at=starts_at, ends_at=ends_at)
    if operation.shifts.filter(starts_at=starts_at).exists():
        raise Refused("Det finns redan ett pass som börjar då.")
    shift = Shift.objects.create(
        operation=operation,
        starts_at=starts_at,
        ends_at=ends_at,
        muster_point=muster_point,
        muster_lat=muster[0],
        muster_lon=muster[1],
        commander=commander,
    )
    record(by=by, act="shift.add", on=shift, at=at)
    return shift


@transaction.atomic
def add_team(
    *,
    shift: Shift,
    call_sign: str,
    front: str,
    unit: OrgUnit,
    members: Sequence[tuple[str, OrgUnit]],
    by: Actor,
    at: datetime,
) -> Team:
    """Add a team to a shift: (service code, lending unit) of each member."""
    check_may(by, "operation.plan")
    check_open_for_staffing(shift.operation.state)
    if front not in FRONTS:
        raise Refused("Välj en av de tre fronterna.")
    codes = [code for code, _ in members]
    check_team(members=len(set(codes)), are_free=are_free(codes, shift=shift))
    if shift.teams.filter(call_sign=call_sign).exists():
        raise Refused("Anropet {sign} finns redan under passet.", sign=call_sign)
    team = Team.objects.create(shift=shift, call_sign=call_sign, front=front, unit=unit)
    TeamMember.objects.bulk_create(
        TeamMember(team=team, service_code=c, unit=u) for c, u in members
    )
    record(by=by, act="team.add", on=team, at=at, fields={"members": len(members), "front": front})
    return team


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


def _dealt(fronts: Sequence[str], turn: int) -> frozenset[str]:
    return frozenset({fronts[turn % len(fronts)]}) if fronts else frozenset()


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


@transaction.atomic
def move_operation(*, operation: Operation, to: str, by: Actor, at: datetime) -> None:
    """Move an operation to its next state, in the log; `operation` is brought up to date."""
    OPERATION.check(operation.state, to)
    closed_at = at if to == "CLOSED" else None
    if not Operation.objects.filter(pk=operation.pk, state=operation.state).update(
        state=to, closed_at=closed_at
    ):
        raise Refused("Någon annan har ändrat insatsen. Läs in sidan igen.")
    operation.state, operation.closed_at = to, closed_at
    record(by=by, act="operation.move", on=operation, at=at, fields={"to": to})


@transaction.atomic
def step_operation(*, operation: Operation, to: str, by: Actor, at: datetime) -> None:
    """Take an operation one step on: briefed, ongoing, debriefed, reported, evaluated, closed.

    When the evenings are over, or the operation is called off, what was not visited is given back.
    """
    check_may(by, "operation.plan")
    progress = progress_of(operation)
    check_step(state=operation.state, to=to, progress=progress, on=local_date(at))
    move_operation(operation=operation, to=to, by=by, at=at)
    if to in GIVES_BACK:
        _give_back(operation, by=by, at=at)


def _give_back(operation: Operation, *, by: Actor, at: datetime) -> None:
    """End the visits that were not made; their leads are approved for a check again."""
    ends = {"PLANNED": "NOT_REACHED", "ON_SITE": "ABORTED"}
    for assignment in operation.assignments.select_related("lead").exclude(state="DONE"):
        if assignment.state in ends:
            move_assignment(assignment=assignment, to=ends[assignment.state], by=by, at=at)
        if assignment.lead.state == "ASSIGNED":
            why = f"Besöket blev inte av: {operation.name}"
            move_lead(lead=assignment.lead, to="APPROVED_FOR_CHECK", by=by, at=at, why=why)


@transaction.atomic
def move_assignment(*, assignment: Assignment, to: str, by: Actor, at: datetime) -> None:
    """Move a visit to its next state, in the log; `assignment` is brought up to date."""
    ASSIGNMENT.check(assignment.state, to)
    if not Assignment.objects.filter(pk=assignment.pk, state=assignment.state).update(state=to):
        raise Refused("Någon annan har ändrat besöket. Läs in sidan igen.")
    assignment.state = to
    record(by=by, act="assignment.move", on=assignment, at=at, fields={"to": to})


@transaction.atomic
def note_caution(*, assignment: Assignment, text: str, by: Actor, at: datetime) -> None:
    """Add something to mind at a visit; it follows the place to later operations."""
    check_may(by, "pack.read")
    if not text.strip():
        raise Refused("Skriv vad laget ska tänka på.")
    known = assignment.cautions.split(" · ") if assignment.cautions else []
    cautions = " · ".join(dict.fromkeys([*known, text.strip()]))
    if len(cautions) > LONGEST_CAUTIONS:
        raise Refused("Det blir för långt: högst {n} tecken.", n=LONGEST_CAUTIONS)
    Assignment.objects.filter(pk=assignment.pk).update(cautions=cautions)
    assignment.cautions = cautions
    record(by=by, act="assignment.caution", on=assignment, at=at)


@transaction.atomic
def open_sheet(*, shift: Shift, by: Actor, at: datetime) -> None:
    """Note that a shift's briefing sheet was read or printed by someone who may, while it holds."""
    check_may(by, "pack.read")
    is_lead = OPERATION_LEAD in by.roles
    state = shift.operation.state
    check_read_sheet(state=state, is_lead=is_lead, starts_at=shift.starts_at, at=at)
    record(by=by, act="sheet.read", on=shift, at=at)
