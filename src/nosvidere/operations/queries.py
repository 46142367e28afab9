"""Operations, their shifts, and who goes where."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from nosvidere.accounts.models import OrgUnit
from nosvidere.accounts.queries import staff_with_role
from nosvidere.engine.planning import Road, RoadGraph, StraightLine, Travel
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.leads.queries import leads_to_visit
from nosvidere.operations.models import Assignment, Operation, Shift, Team, TeamMember
from nosvidere.register.models import Place
from nosvidere.register.queries import live_places
from nosvidere.rules.access import FIELD_OFFICER, OPERATION_LEAD, Actor, can, check_may
from nosvidere.rules.flows import OPERATION
from nosvidere.rules.operation import (
    AT_WORK,
    STEPS,
    Progress,
    check_approve_operation,
    check_freeze,
    check_open_for_staffing,
    check_plan,
    check_step,
)
from nosvidere.ui.words import reason_against

REST_HOURS = 11  # arbetstidslagen (1982:673) 13 §
SHIFT_MARGIN = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Lent:
    """What one unit lends to an operation: how many people, and their hours together."""

    unit: OrgUnit
    people: int
    hours: float


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


def operations_to_decide(*, reader: Actor) -> QuerySet[Operation]:
    """Return the operations that wait for a decision, oldest first, for those who may decide."""
    check_may(reader, "operation.approve")
    waiting = Operation.objects.select_related("lead_unit").filter(state="PROPOSED")
    return waiting.order_by("proposed_at")


def shifts(*, reader: Actor) -> QuerySet[Shift]:
    """Return the shifts that the reader has to do with: their own team's, or all for those who lead."""
    check_may(reader, "pack.read")
    found = Shift.objects.select_related("operation__lead_unit")
    if OPERATION_LEAD in reader.roles:
        return found
    return found.filter(teams__members__service_code=reader.code).distinct()


def teams_on_sheet(*, reader: Actor, shift: Shift) -> QuerySet[Team]:
    """Return the teams of a shift that the reader's sheet shows: their own, or all for those who lead."""
    check_may(reader, "pack.read")
    teams = shift.teams.select_related("unit").prefetch_related("members")
    if OPERATION_LEAD in reader.roles:
        return teams
    return teams.filter(members__service_code=reader.code)


def visits(*, reader: Actor) -> QuerySet[Assignment]:
    """Return the visits of all operations, for those who lead and assess."""
    check_may(reader, "operation.read")
    return Assignment.objects.select_related("operation", "place", "lead", "team__shift")


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
            shift__operation__state__in=AT_WORK,
        )
        .order_by("shift__starts_at")
        .first()
    )


def visits_for_team(*, reader: Actor, team: Team) -> QuerySet[Assignment]:
    """Return a team's visits in order, for its own members and those who lead operations."""
    check_may(reader, "pack.read")
    visits = team.assignments.select_related("place", "lead").order_by("order")
    if OPERATION_LEAD in reader.roles or team.members.filter(service_code=reader.code).exists():
        return visits
    return visits.none()


def progress_of(operation: Operation) -> Progress:
    """Return what has been done in an operation, as its next step asks."""
    last = operation.shifts.order_by("-starts_at").first()
    return Progress(
        planned=operation.assignments.filter(state="PLANNED").count(),
        without_finding=operation.assignments.filter(lead__state="CHECKED").count(),
        last_shift_on=local_date(last.starts_at) if last else None,
    )


def lent_by_unit(operation: Operation) -> list[Lent]:
    """Return what each unit lends to an operation, most hours first."""
    members = TeamMember.objects.select_related("unit", "team__shift").filter(
        team__shift__operation=operation
    )
    people: dict[OrgUnit, set[str]] = defaultdict(set)
    hours: dict[OrgUnit, float] = defaultdict(float)
    for member in members:
        shift = member.team.shift
        people[member.unit].add(member.service_code)
        hours[member.unit] += (shift.ends_at - shift.starts_at).total_seconds() / 3600
    lent = [Lent(unit, len(people[unit]), hours[unit]) for unit in people]
    return sorted(lent, key=lambda one: (-one.hours, one.unit.code))


def cautions_at(place: Place) -> str:
    """Return what earlier visits to a place or its entrance left to mind, or nothing."""
    places = [place.pk, place.parent_id] if place.parent_id else [place.pk]
    earlier = Assignment.objects.filter(place__in=places).exclude(cautions="").order_by("-pk")
    return earlier.values_list("cautions", flat=True).first() or ""


def officers(codes: Iterable[str], *, on: date) -> list[tuple[str, OrgUnit]]:
    """Return (service code, unit) for the codes of officers on duty in the field on a day; raises Refused for others."""
    unit_of = dict(staff_with_role(FIELD_OFFICER, on=on))
    wanted = list(dict.fromkeys(codes))
    if unknown := [code for code in wanted if code not in unit_of]:
        raise Refused("Ingen i yttre tjänst har tjänstekoden {codes}.", codes=", ".join(unknown))
    return [(code, unit_of[code]) for code in wanted]


def muster_point(text: str, *, reader: Actor) -> tuple[float, float]:
    """Return the point (latitude, longitude) of the registered address that a text is; raises Refused when there is none."""
    wanted = "".join(text.split()).casefold()
    for place in live_places(reader=reader, words=text):
        is_it = "".join(str(place).split()).casefold() == wanted
        if is_it and place.lat is not None and place.lon is not None:
            return place.lat, place.lon
    raise Refused("Registret har ingen adress ”{text}” med en punkt på kartan.", text=text)


def why_not_decide(*, reader: Actor, operation: Operation) -> str:
    """Return why the reader may not decide on an operation, or nothing."""
    return reason_against(
        check_approve_operation,
        state=operation.state,
        proposed_by=operation.proposed_by,
        approver=reader.code,
        legality_note="-",
    )


def open_acts(*, reader: Actor, operation: Operation) -> dict[str, str | None]:
    """Return {act: why the reader may not do it now, "" if they may}; None hides what the state rules out."""
    if not can(reader, "operation.plan"):
        return dict.fromkeys(("staff", "freeze", "plan"))
    state, is_frozen = operation.state, operation.frozen_at is not None
    staff = reason_against(check_open_for_staffing, state)
    return {
        "staff": None if staff else "",
        "freeze": None if staff or is_frozen else _why_not_freeze(reader, operation),
        "plan": reason_against(check_plan, state=state, is_frozen=is_frozen)
        if OPERATION.can(state, "PLANNED")
        else None,
    }


def _why_not_freeze(reader: Actor, operation: Operation) -> str:
    return reason_against(
        check_freeze,
        state=operation.state,
        is_frozen=False,
        has_teams=Team.objects.filter(shift__operation=operation).exists(),
        candidates=len(leads_to_visit(reader=reader)),
    )


def open_steps(*, reader: Actor, operation: Operation, on: date) -> dict[str, str]:
    """Return {next state: why the operation may not go there now, "" if it may}, for those who may take steps."""
    if not can(reader, "operation.plan"):
        return {}
    progress = progress_of(operation)
    return {
        to: reason_against(check_step, state=operation.state, to=to, progress=progress, on=on)
        for to in STEPS
        if OPERATION.can(operation.state, to)
    }
