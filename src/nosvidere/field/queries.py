"""What teams recorded."""

from typing import Any

from django.db.models import Q, QuerySet

from nosvidere.field.models import Check, ConcernReport, Envelope, OffenceReport
from nosvidere.kernel.refused import Refused
from nosvidere.leads.models import Statement
from nosvidere.leads.queries import live_statements
from nosvidere.operations.models import Assignment, Operation
from nosvidere.rules.access import OPERATION_LEAD, Actor, check_may
from nosvidere.rules.evidence import OWN_OBSERVATION
from nosvidere.rules.flows import LEAD
from nosvidere.rules.lead import check_conclude
from nosvidere.rules.operation import AT_WORK
from nosvidere.ui.words import reason_against


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


def own_records(*, reader: Actor) -> QuerySet[Check]:
    """Return the checks that the reader recorded and nobody has verified by a finding yet, newest first."""
    check_may(reader, "check.record")
    found = Check.objects.select_related("place", "assignment", "corrected_by")
    return found.filter(
        recorded_by=reader.code, assignment__lead__state__in=["ASSIGNED", "CHECKED"]
    ).order_by("-recorded_at")


def own_reports(*, reader: Actor) -> QuerySet[OffenceReport]:
    """Return the reports that the reader registered in operations that are not yet reported on, newest first."""
    check_may(reader, "check.record")
    found = OffenceReport.objects.select_related("assignment__place")
    return found.filter(
        registered_by=reader.code, assignment__operation__state__in=AT_WORK
    ).order_by("-happened_at")


def own_visits(*, reader: Actor) -> QuerySet[Assignment]:
    """Return the planned visits of the teams that the reader is on."""
    check_may(reader, "check.record")
    found = Assignment.objects.select_related(
        "place", "lead", "operation", "team__shift__operation", "team__unit"
    )
    return found.filter(team__members__service_code=reader.code, operation__state__in=AT_WORK)


def visit_sent(pk: Any) -> Assignment:
    """Return the visit that a phone's record is about; raises Refused when there is none."""
    found = Assignment.objects.select_related("team__shift", "lead", "place").filter(pk=pk).first()
    if found is None:
        raise Refused("Besöket finns inte.")
    return found


def statements_of(check: Check) -> QuerySet[Statement]:
    """Return what a check stated on its place and nobody has withdrawn."""
    return Statement.objects.filter(check_id=check.pk, withdrawn_at__isnull=True)


def reports_to_band() -> QuerySet[OffenceReport]:
    """Return the reports of closed operations that still carry an age or a sex."""
    return OffenceReport.objects.filter(
        ~Q(sex="") | Q(age_years__isnull=False), assignment__operation__state="CLOSED"
    )


def reports(*, reader: Actor, operation: Operation) -> QuerySet[OffenceReport]:
    """Return all reports of an operation, withdrawn ones too, for those who lead and assess."""
    check_may(reader, "check.read")
    found = OffenceReport.objects.select_related("assignment__place")
    return found.filter(assignment__operation=operation)


def unread_envelopes(*, reader: Actor) -> QuerySet[Envelope]:
    """Return the records from phones that were kept but not taken, oldest first."""
    check_may(reader, "check.read")
    return Envelope.objects.exclude(result="stored").order_by("received_at")


def standing_reports(operation: Operation) -> QuerySet[OffenceReport]:
    """Return the reports of an operation that nobody has withdrawn."""
    return OffenceReport.objects.filter(assignment__operation=operation).exclude(state="WITHDRAWN")


def open_concerns(*, reader: Actor) -> QuerySet[ConcernReport]:
    """Return the concerns for a child that nobody has sent, the most urgent first: all for the lead, else the own team's."""
    check_may(reader, "pack.read")
    found = ConcernReport.objects.select_related("shift", "found_at_check__place")
    waiting = found.filter(sent_at__isnull=True).order_by("due_at")
    if OPERATION_LEAD in reader.roles:
        return waiting
    return waiting.filter(found_at_check__assignment__team__members__service_code=reader.code)


def leads_to_conclude(*, reader: Actor, operation: Operation) -> QuerySet[Assignment]:
    """Return the visits whose leads are checked and wait for a finding."""
    check_may(reader, "check.read")
    return operation.assignments.select_related("place", "lead__place", "operation").filter(
        lead__state="CHECKED"
    )


def own_standing_check(*, reader: Actor, pk: Any) -> Check | None:
    """Return a check that the reader recorded and nothing has replaced, or nothing."""
    return own_records(reader=reader).filter(pk=pk, corrected_by__isnull=True).first()


def why_not_find(assignment: Assignment) -> dict[str, str]:
    """Return {finding: why a checked visit may not be given it, "" if it may}."""
    lead = assignment.lead
    own = live_statements(lead.place).filter(sign=OWN_OBSERVATION).exists()
    has_report = standing_reports(assignment.operation).filter(assignment=assignment).exists()
    return {
        finding: reason_against(
            check_conclude,
            state=lead.state,
            finding=finding,
            has_own_observation=own,
            has_report=has_report,
        )
        for finding in sorted(LEAD.following["CHECKED"])
    }


def all_checks(*, reader: Actor) -> QuerySet[Check]:
    """Return the checks of all operations, replaced ones too, for those who lead and assess."""
    check_may(reader, "check.read")
    return Check.objects.select_related("assignment__operation", "place")


def all_reports(*, reader: Actor) -> QuerySet[OffenceReport]:
    """Return the reports of all operations, for those who lead and assess."""
    check_may(reader, "check.read")
    return OffenceReport.objects.select_related("assignment__operation", "assignment__place")
