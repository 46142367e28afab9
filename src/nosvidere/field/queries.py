"""What teams recorded."""

from django.db.models import QuerySet

from nosvidere.field.models import Check, ConcernReport, OffenceReport
from nosvidere.operations.models import Assignment, Operation
from nosvidere.rules.access import Actor, check_may


def is_on_team(actor: Actor, assignment: Assignment) -> bool:
    """Say whether the actor is a member of the team that the visit is planned for."""
    team = assignment.team
    return team is not None and team.members.filter(service_code=actor.code).exists()


def standing_checks(operation: Operation) -> QuerySet[Check]:
    """Return the checks of an operation that no later check corrects."""
    return Check.objects.select_related("place", "assignment__team__shift").filter(
        assignment__operation=operation, corrected_by__isnull=True
    )


def checks(*, reader: Actor, operation: Operation) -> QuerySet[Check]:
    """Return the standing checks of an operation, for those who lead and assess."""
    check_may(reader, "check.read")
    return standing_checks(operation)


def own_checks(*, reader: Actor, assignment: Assignment) -> QuerySet[Check]:
    """Return what the reader recorded at a visit."""
    check_may(reader, "check.record")
    return assignment.checks.filter(recorded_by=reader.code)


def standing_reports(operation: Operation) -> QuerySet[OffenceReport]:
    """Return the reports of an operation that nobody has withdrawn."""
    return OffenceReport.objects.filter(assignment__operation=operation).exclude(state="WITHDRAWN")


def open_concerns(*, reader: Actor) -> QuerySet[ConcernReport]:
    """Return the concerns for a child that nobody has sent yet, the most urgent first."""
    check_may(reader, "pack.read")
    return (
        ConcernReport.objects.select_related("shift")
        .filter(sent_at__isnull=True)
        .order_by("due_at")
    )


def leads_to_conclude(*, reader: Actor, operation: Operation) -> QuerySet[Assignment]:
    """Return the visits whose leads are checked and wait for a finding."""
    check_may(reader, "check.read")
    return operation.assignments.select_related("place", "lead").filter(lead__state="CHECKED")
