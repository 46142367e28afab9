"""Pages on ads: imports, groups, and why a group stands together."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.audit.actions import record
from nosvidere.engine.linkage import UnusableFile
from nosvidere.intake import actions, queries
from nosvidere.intake.forms import AdsForm
from nosvidere.intake.present import ads as present
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import now
from nosvidere.register.uploads import on_disk
from nosvidere.rules.access import Actor, can
from nosvidere.ui.acts import attempt
from nosvidere.ui.components import crumbs, pager_for
from nosvidere.ui.toasts import say

ROWS = 50
SHOWN_EDGES = 100
SHOWN_BATCHES = 20


@needs("ad.read")
def ads(request: StaffRequest) -> HttpResponse:
    """List the imports of ads and the groups that they form."""
    return _show_ads(request, AdsForm())


def _show_ads(request: StaffRequest, form: AdsForm, status: int = 200) -> HttpResponse:
    page = Paginator(queries.ad_groups(reader=request.actor), ROWS).get_page(
        request.GET.get("page")
    )
    batches = queries.ad_batches(reader=request.actor)
    shown = {
        "batches": [present.batch_row(batch) for batch in batches[:SHOWN_BATCHES]],
        "more_batches": max(batches.count() - SHOWN_BATCHES, 0),
        "groups": [present.group_row(group) for group in page],
        "pager": pager_for(
            number=page.number, pages=page.paginator.num_pages, count=page.paginator.count
        ),
        "form": form,
        "may_import": can(request.actor, "ad.import"),
    }
    return render(request, "intake/ads.html", shown, status=status)


@require_POST
@needs("ad.import")
def upload(request: StaffRequest) -> HttpResponse:
    """Take a lawful file of ads in and group all ads anew."""
    form = AdsForm(request.POST, request.FILES)
    done: list[int] = []
    if attempt(form, lambda values: done.append(_import(values, by=request.actor))):
        say(request, _("Annonserna är inlästa och grupperade."))
        return redirect("intake:batch", pk=done[0])
    return _show_ads(request, form, 422)


def _import(values: dict[str, Any], *, by: Actor) -> int:
    """Return the key of the import of an uploaded file; a file that cannot be read is refused with what to do."""
    try:
        with on_disk(values["file"]) as file:
            batch = actions.import_and_link(
                file=file,
                lawful_source=values["lawful_source"],
                legal_ground=values["legal_ground"],
                by=by,
                at=now(),
            )
    except UnusableFile as error:
        raise Refused("{text}", text=error) from error
    return batch.pk


@require_POST
@needs("ad.import")
def link(request: StaffRequest) -> HttpResponse:
    """Group all live ads anew."""
    groups = actions.link_ads(by=request.actor, at=now())
    say(request, _("Annonserna är grupperade: {n} grupper.").format(n=groups))
    return redirect("intake:ads")


@needs("ad.read")
def batch(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one import with the rows that were not taken."""
    found = get_object_or_404(queries.ad_batches(reader=request.actor), pk=pk)
    shown = {
        "page": present.batch_page(found),
        "crumbs": crumbs((_("Annonser"), "/annonser/"), (found.file_name, "")),
    }
    return render(request, "intake/batch.html", shown)


@needs("ad.read")
def group(request: StaffRequest, name: str) -> HttpResponse:
    """Show a group of ads and why it stands together; the reading is in the log."""
    actor = request.actor
    members = list(queries.ads_in_group(reader=actor, group=name))
    if len(members) < queries.SMALLEST_GROUP:
        raise Http404
    record(by=actor, act="ad.view_group", at=now(), fields={"group": name, "ads": len(members)})
    why = queries.explain_group(reader=actor, group=name)
    edges = queries.edges_in_group(reader=actor, group=name)
    page = Paginator(members, ROWS).get_page(request.GET.get("page"))
    shown = {
        "page": present.group_page(
            name, ads=members, why=why, linking=queries.last_linking(reader=actor)
        ),
        "notices": present.group_notices(why),
        "ads": [present.ad_line(ad) for ad in page],
        "pager": pager_for(number=page.number, pages=page.paginator.num_pages, count=len(members)),
        "edges": [present.edge_line(edge) for edge in edges[:SHOWN_EDGES]],
        "edge_count": edges.count(),
        "crumbs": crumbs((_("Annonser"), "/annonser/"), (name, "")),
    }
    return render(request, "intake/group.html", shown)
