"""The first page, the situation picture, and publishing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.kernel.time import now, today
from nosvidere.picture import actions, present, queries
from nosvidere.picture.forms import PublishForm
from nosvidere.picture.tasks import tasks_for
from nosvidere.rules.access import can
from nosvidere.ui.acts import attempt
from nosvidere.ui.components import crumbs
from nosvidere.ui.toasts import say


@needs("start")
def start(request: StaffRequest) -> HttpResponse:
    """Show what waits for whoever is signed in."""
    shown: dict[str, Any] = {"tasks": tasks_for(request.actor, at=now())}
    newest = queries.newest_operation(reader=request.actor)
    if newest is not None:
        figures = queries.figures(reader=request.actor, operation=newest)
        shown |= {
            "operation": present.operation_row(newest),
            "figures": present.short_figures(figures),
        }
    return render(request, "picture/start.html", shown)


@needs("picture.read")
def picture(request: StaffRequest) -> HttpResponse:
    """List the operations, what has been published, and what a press officer may publish."""
    reader = request.actor
    shown: dict[str, Any] = {
        "rows": [present.operation_row(o) for o in queries.pictured_operations(reader=reader)],
        "summaries": [present.summary_row(s) for s in queries.summaries(reader=reader)],
        "intervals": [present.public_row(p) for p in queries.public_estimates(reader=reader)],
    }
    if can(reader, "summary.publish"):
        found = queries.publishable_estimates(reader=reader)
        shown["publishable"] = [present.estimate_row(saved) for saved in found]
    return render(request, "picture/picture.html", shown)


@needs("picture.read")
def operation(request: StaffRequest, pk: int) -> HttpResponse:
    """Show an operation's figures, help and harm first, each with its definition."""
    chosen = get_object_or_404(queries.pictured_operations(reader=request.actor), pk=pk)
    figures = queries.figures(reader=request.actor, operation=chosen)
    shown = {
        "operation": present.operation_row(chosen),
        "pk": chosen.pk,
        "tiles": present.tiles(figures),
        "figures": figures,
        "may_publish": can(request.actor, "summary.publish"),
        "refused": queries.why_not_publish(chosen, on=today()),
        "crumbs": crumbs((_("Lägesbild"), "/lagesbild/"), (chosen.name, "")),
    }
    return render(request, "picture/operation.html", shown)


@needs("summary.publish")
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a press officer see what will be told, decide on small numbers, and publish."""
    chosen = get_object_or_404(queries.pictured_operations(reader=request.actor), pk=pk)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and attempt(
        form,
        lambda values: actions.publish_summary(
            operation=chosen, **values, by=request.actor, at=now()
        ),
    ):
        say(request, _("Sammanställningen är publicerad på de öppna sidorna."))
        return redirect("picture:operation", pk=pk)
    held = queries.held_back(reader=request.actor, operation=chosen)
    shown = {
        "operation": present.operation_row(chosen),
        "figures": queries.figures(reader=request.actor, operation=chosen),
        "held_back": present.held_back_rows(held),
        "refused": queries.why_not_publish(chosen, on=today()),
        "form": form,
        "crumbs": _way(chosen.name, f"/lagesbild/{pk}/"),
    }
    return render(request, "picture/publish.html", shown, status=422 if form.errors else 200)


def _way(name: str, href: str) -> Any:
    return crumbs((_("Lägesbild"), "/lagesbild/"), (name, href), (_("Publicera"), ""))
