"""Pages of the field: the own shift, a visit with its check and reports, and the own records."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.audit.actions import record
from nosvidere.field import actions, present, queries
from nosvidere.field.forms import (
    CHILD_TEXT,
    CheckForm,
    ReportForm,
    as_initial,
    check_content,
    report_content,
)
from nosvidere.field.models import Check, ConcernReport
from nosvidere.kernel.time import STOCKHOLM, now
from nosvidere.operations.models import Assignment
from nosvidere.operations.queries import current_team, visits_for_team
from nosvidere.operations.sheet import sheet_visit
from nosvidere.ui.acts import attempt
from nosvidere.ui.components import crumbs
from nosvidere.ui.toasts import say


@needs("check.record")
def shift(request: StaffRequest) -> HttpResponse:
    """Show the own team's shift: what to visit, in which order."""
    team = current_team(reader=request.actor, at=now())
    concerns = queries.open_concerns(reader=request.actor)
    shown = {
        "page": present.shift_page(team, list(visits_for_team(reader=request.actor, team=team)))
        if team
        else None,
        "concerns": [present.concern_row(concern) for concern in concerns],
        "legal": present.LEGAL_SHORT,
        "child_text": CHILD_TEXT,
    }
    return render(request, "field/shift.html", shown)


@needs("check.record")
def visit(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a visit of the own team and take its check."""
    found = get_object_or_404(queries.own_visits(reader=request.actor), pk=pk)
    earlier = _to_correct(request)
    form = CheckForm(request.POST or None, initial=_first_values(earlier))
    if request.method == "POST" and attempt(form, lambda v: _record(request, found, v)):
        say(request, _("Kontrollen är sparad."))
        return redirect("field:shift")
    record(by=request.actor, act="visit.view", on=found, at=now())
    shown = {
        **_about(found),
        "form": form,
        "earlier": present.check_row(earlier) if earlier else None,
        "checks": [
            present.check_row(check)
            for check in queries.own_checks(reader=request.actor, assignment=found)
        ],
        "crumbs": crumbs((_("Mitt pass"), "/falt/"), (str(found.place), "")),
    }
    return render(request, "field/visit.html", shown, status=422 if form.errors else 200)


def _about(visit: Assignment) -> dict[str, Any]:
    """Return what each page on a visit shows of it."""
    return {
        "assignment": visit,
        "visit": sheet_visit(visit),
        "shift_id": visit.team.shift_id if visit.team else None,
        "legal": present.LEGAL_SHORT,
        "child_text": CHILD_TEXT,
    }


def _to_correct(request: StaffRequest) -> Check | None:
    """Return the own check that the page is asked to correct, or nothing."""
    wanted = present.as_uuid(request.GET.get("rattar", ""))
    return queries.own_standing_check(reader=request.actor, pk=wanted) if wanted else None


def _first_values(earlier: Check | None) -> dict[str, Any]:
    return {"corrects": earlier.pk, **as_initial(vars(earlier))} if earlier else {}


def _record(request: StaffRequest, visit: Assignment, values: dict[str, Any]) -> None:
    """Record the check that the form holds, in place of the one that it corrects."""
    at, wanted = now(), values["corrects"]
    earlier = queries.own_standing_check(reader=request.actor, pk=wanted) if wanted else None
    actions.record_check(
        id=values["id"],
        assignment=visit,
        content=check_content(values),
        recorded_at=at,
        corrects=earlier,
        by=request.actor,
        at=at,
    )


@needs("report.register")
def report(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a coded report at a visit of the own team."""
    found = get_object_or_404(queries.own_visits(reader=request.actor), pk=pk)
    here_and_now = {
        "happened_at": now().astimezone(STOCKHOLM),
        "front": found.team.front if found.team else "",
    }
    form = ReportForm(request.POST or None, initial=here_and_now)
    act = partial(actions.register_report, assignment=found, by=request.actor, at=now())
    if request.method == "POST" and attempt(
        form,
        lambda v: act(id=v["id"], content=report_content(v), happened_at=v["happened_at"]),
    ):
        say(request, _("Anmälan är registrerad."))
        return redirect("field:visit", pk=pk)
    way = crumbs(
        (_("Mitt pass"), "/falt/"), (str(found.place), f"/falt/besok/{pk}/"), (_("Anmälan"), "")
    )
    shown = {**_about(found), "form": form, "crumbs": way}
    return render(request, "field/report.html", shown, status=422 if form.errors else 200)


@needs("check.record")
def records(request: StaffRequest) -> HttpResponse:
    """Show what the reader has recorded and may still correct."""
    shown = {
        "checks": [present.check_row(c) for c in queries.own_records(reader=request.actor)],
        "reports": [present.report_row(r) for r in queries.own_reports(reader=request.actor)],
        "crumbs": crumbs((_("Mitt pass"), "/falt/"), (_("Mina anteckningar"), "")),
    }
    return render(request, "field/records.html", shown)


@require_POST
@needs("pack.read")
def concern_sent(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that the social board has been told of a child."""
    waiting = queries.open_concerns(reader=request.actor)
    concern: ConcernReport = get_object_or_404(waiting, pk=pk)
    actions.send_concern(concern=concern, by=request.actor, at=now())
    say(request, _("Orosanmälan är noterad som lämnad."))
    is_lead = not request.POST.get("from_field")
    operation = concern.shift.operation_id
    return redirect("field:debrief", pk=operation) if is_lead else redirect("field:shift")
