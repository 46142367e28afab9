"""Pages on operations: the list, one operation, its decision, staff, plan and briefing sheets."""

import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.audit.actions import record
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date, now, today
from nosvidere.operations import actions, present, queries
from nosvidere.operations.forms import (
    ActForm,
    CautionForm,
    DecideForm,
    ProposeForm,
    ShiftForm,
    StepForm,
    TeamForm,
)
from nosvidere.operations.models import Operation, Shift
from nosvidere.operations.sheet import briefing_sheet, sheet_pdf, sheet_visit
from nosvidere.rules.access import can
from nosvidere.ui.acts import attempt
from nosvidere.ui.components import Crumb, crumbs
from nosvidere.ui.forms import PageForm
from nosvidere.ui.templatetags.ui import refusal_text
from nosvidere.ui.toasts import say

SEED_BITS = 31


def _way(operation: Operation | None = None, *, here: str) -> tuple[Crumb, ...]:
    """Return the way from the list to a page."""
    steps = [(_("Insatser"), "/insatser/")]
    if operation is not None:
        steps.append((operation.name, f"/insatser/{operation.pk}/"))
    return tuple(crumbs(*steps, (here, "")))


@needs("operation.read")
def operations(request: StaffRequest) -> HttpResponse:
    """List the operations."""
    found = queries.operations(reader=request.actor)
    shown = {
        "rows": [present.operation_row(operation) for operation in found],
        "may_plan": can(request.actor, "operation.plan"),
        "may_decide": can(request.actor, "operation.approve"),
    }
    return render(request, "operations/operations.html", shown)


@needs("operation.read")
def operation(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one operation with its staff, list and plan, and what can be done; the reading is in the log."""
    found = get_object_or_404(queries.operations(reader=request.actor), pk=pk)
    record(by=request.actor, act="operation.view", on=found, at=now())
    return _show(request, found, ActForm())


def _show(
    request: StaffRequest, operation: Operation, form: PageForm, status: int = 200
) -> HttpResponse:
    """Show an operation, with why an act was refused."""
    actor = request.actor
    page = present.operation_page(
        operation,
        shifts=list(queries.shifts_of(operation)),
        visits=list(queries.visits_of(operation)),
        lent=queries.lent_by_unit(operation),
        tiles_href=settings.TILES_HREF,
    )
    shown = {
        "operation": operation,
        "page": page,
        "form": form,
        "can": queries.open_acts(reader=actor, operation=operation),
        "buttons": present.step_buttons(
            queries.open_steps(reader=actor, operation=operation, on=today())
        ),
        "may_decide": operation.state == "PROPOSED" and can(actor, "operation.approve"),
        "crumbs": _way(here=operation.name),
    }
    return render(request, "operations/operation.html", shown, status=status)


@needs("operation.plan")
def propose(request: StaffRequest) -> HttpResponse:
    """Propose an operation."""
    form = ProposeForm(request.POST or None)
    act = partial(
        actions.propose_operation, seed=secrets.randbits(SEED_BITS), by=request.actor, at=now()
    )
    if request.method == "POST" and attempt(form, lambda values: act(**values)):
        say(request, _("Insatsen är föreslagen. En annan person beslutar om den."))
        return redirect("operations:operations")
    return _form(
        request,
        form,
        title=_("Föreslå en insats"),
        label=_("Föreslå insatsen"),
        way=_way(here=_("Ny")),
    )


def _form(
    request: StaffRequest, form: PageForm, *, title: str, label: str, way: tuple[Crumb, ...]
) -> HttpResponse:
    """Show a form on a page of its own; with errors as 422."""
    shown = {"form": form, "page_title": title, "label": label, "crumbs": way}
    return render(request, "operations/form.html", shown, status=422 if form.errors else 200)


@needs("operation.approve")
def to_decide(request: StaffRequest) -> HttpResponse:
    """List the operations that wait for a decision."""
    waiting = queries.operations_to_decide(reader=request.actor)
    shown = {"operations": waiting, "crumbs": _way(here=_("Att besluta om"))}
    return render(request, "operations/to_decide.html", shown)


@needs("operation.approve")
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Decide on an operation that someone else proposed."""
    waiting = queries.operations_to_decide(reader=request.actor)
    found = get_object_or_404(waiting, pk=pk)
    form = DecideForm(request.POST or None)
    act = partial(actions.approve_operation, operation=found, by=request.actor, at=now())
    if request.method == "POST" and attempt(form, lambda values: act(**values)):
        say(request, _("Insatsen är beslutad."))
        return redirect("operations:to_decide")
    shown = {
        "operation": found,
        "form": form,
        "refused": queries.why_not_decide(reader=request.actor, operation=found),
        "crumbs": _way(here=_("Besluta")),
    }
    return render(request, "operations/decide.html", shown, status=422 if form.errors else 200)


@needs("operation.plan")
def add_shift(request: StaffRequest, pk: int) -> HttpResponse:
    """Add a shift to an operation."""
    found = get_object_or_404(queries.operations(reader=request.actor), pk=pk)
    form = ShiftForm(request.POST or None, initial={"commander": request.actor.code})

    def act(values: dict[str, Any]) -> None:
        muster = queries.muster_point(values["muster_point"], reader=request.actor)
        actions.add_shift(operation=found, muster=muster, **values, by=request.actor, at=now())

    if request.method == "POST" and attempt(form, act):
        say(request, _("Passet är tillagt."))
        return redirect("operations:operation", pk=pk)
    way = _way(found, here=_("Nytt pass"))
    return _form(
        request, form, title=_("Lägg till ett pass"), label=_("Lägg till passet"), way=way
    )


@needs("operation.plan")
def add_team(request: StaffRequest, pk: int) -> HttpResponse:
    """Add a team to a shift."""
    shift = get_object_or_404(queries.shifts(reader=request.actor), pk=pk)
    form = TeamForm(request.POST or None)

    def act(values: dict[str, Any]) -> None:
        members = queries.officers(values.pop("members").split(), on=local_date(shift.starts_at))
        unit = members[0][1]
        actions.add_team(
            shift=shift, **values, unit=unit, members=members, by=request.actor, at=now()
        )

    if request.method == "POST" and attempt(form, act):
        say(request, _("Laget är tillagt."))
        return redirect("operations:operation", pk=shift.operation_id)
    way = _way(shift.operation, here=_("Nytt lag"))
    return _form(request, form, title=_("Lägg till ett lag"), label=_("Lägg till laget"), way=way)


def _do(
    request: StaffRequest, pk: int, act: Callable[..., object], *, said: str, form: PageForm
) -> HttpResponse:
    """Do one act on an operation and go back to it, or show why it could not be done."""
    found = get_object_or_404(queries.operations(reader=request.actor), pk=pk)
    if attempt(form, lambda values: act(operation=found, **values, by=request.actor, at=now())):
        say(request, said)
        return redirect("operations:operation", pk=pk)
    found.refresh_from_db()
    return _show(request, found, form, 422)


@require_POST
@needs("operation.plan")
def freeze(request: StaffRequest, pk: int) -> HttpResponse:
    """Freeze the list of addresses."""
    return _do(
        request, pk, actions.freeze_list, said=_("Listan är fryst."), form=ActForm(request.POST)
    )


@require_POST
@needs("operation.plan")
def plan(request: StaffRequest, pk: int) -> HttpResponse:
    """Plan the visits."""
    said = _("Planen är gjord och kontrollerad.")
    return _do(request, pk, actions.plan_operation, said=said, form=ActForm(request.POST))


@require_POST
@needs("operation.plan")
def step(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the operation a step on."""
    said = _("Insatsen har gått ett steg vidare.")
    return _do(request, pk, actions.step_operation, said=said, form=StepForm(request.POST))


@needs("operation.read")
def visit(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one visit of the list with its reasons, and let the lead add something to mind; the reading is in the log."""
    found = get_object_or_404(queries.visits(reader=request.actor), pk=pk)
    form = CautionForm(request.POST or None)
    act = partial(actions.note_caution, assignment=found, by=request.actor, at=now())
    if request.method == "POST" and attempt(form, lambda values: act(**values)):
        say(request, _("Laget ser det på genomgången och i appen."))
        return redirect("operations:visit", pk=pk)
    record(by=request.actor, act="visit.view", on=found, at=now())
    shown = {
        "visit": sheet_visit(found),
        "assignment": found,
        "form": form,
        "may_write": can(request.actor, "operation.plan"),
        "crumbs": _way(found.operation, here=str(found.place)),
    }
    return render(request, "operations/visit.html", shown, status=422 if form.errors else 200)


@needs("pack.read")
def sheet(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a shift's briefing sheet."""
    return _sheet(request, pk, lambda made: render(request, "operations/sheet.html", made))


@needs("pack.read")
def sheet_file(request: StaffRequest, pk: int) -> HttpResponse:
    """Give a shift's briefing sheet as a PDF."""
    return _sheet(
        request,
        pk,
        lambda made: HttpResponse(
            sheet_pdf(made["sheet"]),
            content_type="application/pdf",
            headers={"Content-Disposition": f'inline; filename="genomgang-{pk}.pdf"'},
        ),
    )


def _sheet(
    request: StaffRequest, pk: int, answer: Callable[[dict[str, Any]], HttpResponse]
) -> HttpResponse:
    """Answer with a shift's sheet, or say why it may not be read now."""
    shift: Shift = get_object_or_404(queries.shifts(reader=request.actor), pk=pk)
    try:
        actions.open_sheet(shift=shift, by=request.actor, at=now())
    except Refused as refused:
        shown = {"reason": refusal_text(refused)}
        return render(request, "operations/no_sheet.html", shown, status=410)
    teams = list(queries.teams_on_sheet(reader=request.actor, shift=shift))
    made = briefing_sheet(shift, teams=teams, reader=request.actor.code)
    return answer({"sheet": made, "shift": shift})
