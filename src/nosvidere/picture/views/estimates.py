"""The dark figure: saved runs, a new one, two side by side, and the interval that is published."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.engine.darkfigure import CAVEAT, FIRST_SEED
from nosvidere.kernel.time import now, today
from nosvidere.picture import actions, present, queries
from nosvidere.picture.capture import own_places
from nosvidere.picture.estimating import Run
from nosvidere.picture.forms import (
    AssumptionsForm,
    CompareForm,
    EstimateForm,
    PublishEstimateForm,
)
from nosvidere.picture.models import SavedEstimate
from nosvidere.ui.acts import attempt
from nosvidere.ui.components import crumbs
from nosvidere.ui.toasts import say

HOME = "/morkertal/"


@needs("estimate.run")
def estimates(request: StaffRequest) -> HttpResponse:
    """List the saved runs; two of them can be laid side by side."""
    rows = [present.estimate_row(s) for s in queries.saved_estimates(reader=request.actor)]
    return render(request, "picture/estimates.html", {"rows": rows})


@needs("estimate.run")
def new(request: StaffRequest) -> HttpResponse:
    """Take a table and the answers on what is assumed, and count."""
    form = EstimateForm(request.POST or None, request.FILES or None)
    saved = _count(request, form, form.run)
    if saved is not None:
        return redirect("picture:estimate", pk=saved.pk)
    shown = {"form": form, "crumbs": _way(_("Ny skattning"))}
    return render(request, "picture/new_estimate.html", shown, status=422 if form.errors else 200)


@needs("estimate.run")
def own(request: StaffRequest) -> HttpResponse:
    """Show what the region's own sources know of places, and count from that table."""
    table = own_places(reader=request.actor)
    first = {"name": _("Regionens egna platser"), "counted_until_on": today(), "seed": FIRST_SEED}
    form = AssumptionsForm(request.POST or None, initial=first)
    saved = _count(request, form, lambda: form.own_run(table))
    if saved is not None:
        return redirect("picture:estimate", pk=saved.pk)
    shown = {
        "own": table,
        "rows": present.own_table_rows(table),
        "form": form,
        "crumbs": _way(_("Regionens egna platser")),
    }
    return render(request, "picture/own_places.html", shown, status=422 if form.errors else 200)


def _count(
    request: StaffRequest, form: AssumptionsForm, run: Callable[[], Run]
) -> SavedEstimate | None:
    """Return the run that a valid form asks for; what is wrong stands on the form."""
    made: list[SavedEstimate] = []

    def act(values: dict[str, Any]) -> None:
        made.append(actions.make_estimate(run=run(), **form.subject(), by=request.actor, at=now()))

    if request.method == "POST" and attempt(form, act):
        return made[0]
    return None


@needs("estimate.run")
def estimate(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a saved run: the verdict first."""
    saved = get_object_or_404(queries.saved_estimates(reader=request.actor), pk=pk)
    shown = {
        "page": present.estimate_page(saved),
        "refused": queries.why_not_publish_estimate(saved),
        "caveat": CAVEAT,
        "crumbs": _way(saved.name),
    }
    return render(request, "picture/estimate.html", shown)


@needs("estimate.run")
def compare(request: StaffRequest) -> HttpResponse:
    """Lay two saved runs side by side on one scale."""
    found = queries.saved_estimates(reader=request.actor)
    by_pk = {saved.pk: saved for saved in found}
    chosen = CompareForm(request.GET, pks=list(by_pk)).chosen()
    if not chosen:
        say(request, _("Kryssa för två sparade skattningar att jämföra."))
        return redirect("picture:estimates")
    one, other = sorted((by_pk[pk] for pk in chosen), key=lambda s: (s.counted_until_on, s.pk))
    shown = {
        **present.comparison(one, other),
        "caveat": CAVEAT,
        "crumbs": _way(_("Jämförelse")),
    }
    return render(request, "picture/compare.html", shown)


@needs("summary.publish")
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a press officer see the interval as it will be told, name it, and publish."""
    saved = get_object_or_404(queries.publishable_estimates(reader=request.actor), pk=pk)
    form = PublishEstimateForm(request.POST or None, initial={"title": saved.name})
    if request.method == "POST" and attempt(
        form,
        lambda values: actions.publish_estimate(saved=saved, **values, by=request.actor, at=now()),
    ):
        say(request, _("Intervallet är publicerat."))
        return redirect("picture:picture")
    shown = {
        "page": present.estimate_page(saved),
        "refused": queries.why_not_publish_estimate(saved),
        "caveat": CAVEAT,
        "form": form,
        "crumbs": crumbs((_("Lägesbild"), "/lagesbild/"), (_("Publicera mörkertal"), "")),
    }
    return render(
        request, "picture/publish_estimate.html", shown, status=422 if form.errors else 200
    )


def _way(here: str) -> Any:
    return crumbs((_("Mörkertal"), HOME), (here, ""))
