"""Changes to operations: proposed, decided, staffed, the list frozen, planned, briefed, run and ended."""

from nosvidere.operations.actions.deciding import (
    approve_operation,
    propose_operation,
    step_operation,
)
from nosvidere.operations.actions.moving import (
    move_assignment,
    move_operation,
    note_caution,
    open_sheet,
)
from nosvidere.operations.actions.staffing import add_shift, add_team
from nosvidere.operations.actions.visiting import freeze_list, plan_operation

__all__ = [
    "add_shift",
    "add_team",
    "approve_operation",
    "freeze_list",
    "move_assignment",
    "move_operation",
    "note_caution",
    "open_sheet",
    "plan_operation",
    "propose_operation",
    "step_operation",
]
