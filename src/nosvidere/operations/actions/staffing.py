"""Shifts and teams added to an operation."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from nosvidere.accounts.models import OrgUnit
from nosvidere.audit.actions import record
from nosvidere.kernel.refused import Refused
from nosvidere.operations.models import Operation, Shift, Team, TeamMember
from nosvidere.operations.queries import are_free
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.operation import FRONTS, check_open_for_staffing, check_shift, check_team


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
