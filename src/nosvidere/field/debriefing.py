"""Pages for those who lead: what waits for a finding, what stands side by side, and the after-action report."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.audit.actions import record
from nosvidere.field import actions, present, queries
from nosvidere.field.forms import FindingForm, ReplaceForm, WhyForm
from nosvidere.field.report import after_action, report_pdf
from nosvidere.kernel.time import now
from nosvidere.operations.models import Operation
from nosvidere.operations.queries import operations, visits
from nosvidere.rules.access import can
from nosvidere.ui.acts import attempt
from nosvidere.ui.components import crumbs
from nosvidere.ui.forms import PageForm
from nosvidere.ui.templatetags.ui import clock
from nosvidere.ui.toasts import say


@needs("check.read")
def debrief(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what an operation's records need from a person; the reading is in the log."""
    operation = get_object_or_404(operations(reader=request.actor), pk=pk)
    record(by=request.actor, act="debrief.view", on=operation, at=now())
    return _show(request, operation, WhyForm())


def _show(
    request: StaffRequest, operation: Operation, form: PageForm, status: int = 200
) -> HttpResponse:
    """Show the debriefing, with why an act was refused."""
    reader = request.actor
    waiting = queries.leads_to_conclude(reader=reader, operation=operation)
    is_lead = can(reader, "operation.plan")
    concerns = queries.open_concerns(reader=reader) if is_lead else ()
    shown = {
        "operation": operation,
        "form": form,
        "may_decide": is_lead,
        "waiting": [
            present.to_conclude(
                visit, checks=list(visit.checks.all()), refusals=queries.why_not_find(visit)
            )
            for visit in waiting
        ],
        "concerns": [present.concern_row(concern) for concern in concerns],
        "reports": [
            present.report_row(report)
            for report in queries.reports(reader=reader, operation=operation)
        ],
        "envelopes": [present.envelope_row(e) for e in queries.unread_envelopes(reader=reader)],
        "crumbs": _way(operation, _("Avstämning")),
    }
    return render(request, "field/debrief.html", shown, status=status)


def _way(operation: Operation, here: str) -> Any:
    home = (operation.name, f"/insatser/{operation.pk}/")
    return crumbs((_("Insatser"), "/insatser/"), home, (here, ""))


def _do(
    request: StaffRequest,
    operation: Operation,
    form: PageForm,
    *,
    act: Callable[[dict[str, Any]], object],
    said: str,
) -> HttpResponse:
    """Do one act of the debriefing and go back to it, or show why it could not be done."""
    if attempt(form, act):
        say(request, said)
        return redirect("field:debrief", pk=operation.pk)
    return _show(request, operation, form, 422)


@require_POST
@needs("operation.plan")
def conclude(request: StaffRequest, pk: int) -> HttpResponse:
    """Decide what a visit's check found."""
    visit = get_object_or_404(visits(reader=request.actor), pk=pk)
    return _do(
        request,
        visit.operation,
        FindingForm(request.POST),
        act=lambda values: actions.conclude_visit(
            assignment=visit, **values, by=request.actor, at=now()
        ),
        said=_("Beskedet är sparat."),
    )


@require_POST
@needs("operation.plan")
def replace(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let one record of a visit stand instead of another."""
    checks = queries.all_checks(reader=request.actor)
    earlier = get_object_or_404(checks, pk=pk)

    def act(values: dict[str, Any]) -> None:
        later = get_object_or_404(checks, pk=values["later"])
        actions.replace_check(
            earlier=earlier, later=later, why=values["why"], by=request.actor, at=now()
        )

    operation = earlier.assignment.operation
    said = _("Den ena anteckningen står nu i stället för den andra.")
    return _do(request, operation, ReplaceForm(request.POST), act=act, said=said)


@require_POST
@needs("operation.plan")
def withdraw(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Withdraw a report that was wrong."""
    report = get_object_or_404(queries.all_reports(reader=request.actor), pk=pk)
    return _do(
        request,
        report.assignment.operation,
        WhyForm(request.POST),
        act=lambda values: actions.withdraw_report(
            report=report, **values, by=request.actor, at=now()
        ),
        said=_("Anmälan är återkallad."),
    )


@needs("check.read")
def report(request: StaffRequest, pk: int) -> HttpResponse:
    """Show an operation's after-action report; the reading is in the log."""
    operation = get_object_or_404(operations(reader=request.actor), pk=pk)
    record(by=request.actor, act="after_action.view", on=operation, at=now())
    made = after_action(operation, reader=request.actor.code, made_on=clock(now()))
    shown = {
        "operation": operation,
        "report": made,
        "crumbs": _way(operation, _("Insatsrapport")),
    }
    return render(request, "field/after_action.html", shown)


@needs("check.read")
def report_file(request: StaffRequest, pk: int) -> HttpResponse:
    """Give an operation's after-action report as a PDF."""
    operation = get_object_or_404(operations(reader=request.actor), pk=pk)
    actions.note_export(operation=operation, by=request.actor, at=now())
    made = after_action(operation, reader=request.actor.code, made_on=clock(now()))
    return HttpResponse(
        report_pdf(made),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="insatsrapport-{pk}.pdf"'},
    )
