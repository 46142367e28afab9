"""Moving an operation and its visits from state to state, what to mind, and the reading of sheets."""

from datetime import datetime

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.kernel.refused import Refused
from nosvidere.operations.models import Assignment, Operation, Shift
from nosvidere.rules.access import OPERATION_LEAD, Actor, check_may
from nosvidere.rules.flows import ASSIGNMENT, OPERATION
from nosvidere.rules.operation import check_read_sheet

LONGEST_CAUTIONS = 1000


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
