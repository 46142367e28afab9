"""An operation proposed, decided and taken step by step to its end."""

from datetime import date, datetime

from django.db import transaction

from nosvidere.accounts.models import OrgUnit
from nosvidere.audit.actions import record
from nosvidere.kernel.time import local_date
from nosvidere.leads.actions import move as move_lead
from nosvidere.operations.actions.moving import move_assignment, move_operation
from nosvidere.operations.models import Operation
from nosvidere.operations.queries import progress_of
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.operation import (
    GIVES_BACK,
    check_approve_operation,
    check_propose,
    check_step,
)


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
