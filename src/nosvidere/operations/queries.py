"""Operations, their shifts, and who goes where."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from nosvidere.engine.planning import Road, RoadGraph, StraightLine, Travel
from nosvidere.operations.models import Assignment, Operation, Shift, Team, TeamMember
from nosvidere.rules.access import Actor, check_may

REST_HOURS = 11  # arbetstidslagen (1982:673) 13 §
SHIFT_MARGIN = timedelta(hours=6)


def travel_of_site() -> Travel:
    """Return travel times by the road graph that the deployer has put in the site's folder, else by straight lines."""
    file: Path = settings.HOME / "roads.json"
    if not file.exists():
        return StraightLine()
    graph = json.loads(file.read_text(encoding="utf-8"))
    nodes = [(lat, lon) for lat, lon in graph["nodes"]]
    return RoadGraph(
        [
            Road(nodes[a], nodes[b], metres / 1000 / kmh * 60)
            for a, b, metres, kmh in graph["edges"]
        ]
    )


def operations(*, reader: Actor) -> QuerySet[Operation]:
    """Return the operations, newest first."""
    check_may(reader, "operation.read")
    return Operation.objects.select_related("lead_unit")


def operation_for(*, reader: Actor, pk: int) -> Operation | None:
    """Return one operation, or nothing."""
    return operations(reader=reader).filter(pk=pk).first()


def shifts_of(operation: Operation) -> QuerySet[Shift]:
    """Return the shifts of an operation with their teams, in order."""
    return operation.shifts.prefetch_related("teams__unit", "teams__members")


def visits_of(operation: Operation) -> QuerySet[Assignment]:
    """Return the frozen list: planned visits in order, then those that were not served."""
    return operation.assignments.select_related(
        "place", "lead", "team__shift", "team__unit"
    ).order_by("arrive_at", "-priority", "pk")


def are_free(codes: list[str], *, shift: Shift) -> bool:
    """Say whether none of these people is on a team of the shift, or of one less than the rest time away."""
    rest = timedelta(hours=REST_HOURS)
    busy = TeamMember.objects.filter(
        Q(team__shift=shift)
        | Q(
            team__shift__starts_at__lt=shift.ends_at + rest,
            team__shift__ends_at__gt=shift.starts_at - rest,
        ),
        service_code__in=codes,
    )
    return not busy.exists()


def current_team(*, reader: Actor, at: datetime) -> Team | None:
    """Return the team that a field officer is on now: the shift under way, or the next within six hours."""
    check_may(reader, "check.record")
    return (
        Team.objects.select_related("shift__operation", "unit")
        .filter(
            members__service_code=reader.code,
            shift__starts_at__lte=at + SHIFT_MARGIN,
            shift__ends_at__gte=at - SHIFT_MARGIN,
            shift__operation__state__in=["BRIEFED", "ONGOING"],
        )
        .order_by("shift__starts_at")
        .first()
    )


def visits_for_team(*, reader: Actor, team: Team) -> QuerySet[Assignment]:
    """Return a team's visits in order, for its own members and those who lead operations."""
    check_may(reader, "pack.read")
    visits = team.assignments.select_related("place", "lead").order_by("order")
    if "operation_lead" in reader.roles or team.members.filter(service_code=reader.code).exists():
        return visits
    return visits.none()
