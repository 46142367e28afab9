"""The first page, the situation picture, publishing, and the dark figure."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.engine import darkfigure
from nosvidere.kernel.time import now
from nosvidere.picture import actions, present, queries
from nosvidere.picture.forms import EstimateForm, PublishForm
from nosvidere.picture.tasks import tasks_for
from nosvidere.rules.access import can
from nosvidere.ui.acts import attempt
from nosvidere.ui.components import crumbs
from nosvidere.ui.toasts import say

REPLICATES = 1000


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
    """List the operations and what has been published."""
    shown = {
        "rows": [
            present.operation_row(o) for o in queries.pictured_operations(reader=request.actor)
        ],
        "summaries": [present.summary_row(s) for s in queries.summaries(reader=request.actor)],
    }
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
    figures = queries.figures(reader=request.actor, operation=chosen)
    shown = {
        "operation": present.operation_row(chosen),
        "figures": figures,
        "small": queries.small_figures(figures),
        "form": form,
        "crumbs": crumbs(
            (_("Lägesbild"), "/lagesbild/"),
            (chosen.name, f"/lagesbild/{pk}/"),
            (_("Publicera"), ""),
        ),
    }
    return render(request, "picture/publish.html", shown, status=422 if form.errors else 200)


@needs("estimate.run")
def estimates(request: StaffRequest) -> HttpResponse:
    """List the saved runs and take a new table."""
    form = EstimateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        (table, raw), seed = form.cleaned_data["table"], form.cleaned_data["seed"]
        saved = actions.save_estimate(
            name=form.cleaned_data["name"],
            counted_until_on=form.cleaned_data["counted_until_on"],
            estimate=darkfigure.estimate(table, seed=seed, replicates=REPLICATES),
            raw_table=raw,
            by=request.actor,
            at=now(),
        )
        return redirect("picture:estimate", pk=saved.pk)
    rows = [present.estimate_row(s) for s in queries.saved_estimates(reader=request.actor)]
    return render(
        request,
        "picture/estimates.html",
        {"rows": rows, "form": form},
        status=422 if form.errors else 200,
    )


@needs("estimate.run")
def estimate(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a saved run: the verdict first."""
    saved = get_object_or_404(queries.saved_estimates(reader=request.actor), pk=pk)
    shown = {
        "page": present.estimate_page(saved),
        "caveat": darkfigure.CAVEAT,
        "crumbs": crumbs((_("Mörkertal"), "/morkertal/"), (saved.name, "")),
    }
    return render(request, "picture/estimate.html", shown)
