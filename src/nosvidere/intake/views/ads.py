"""Pages on ads: imports, groups, and why a group stands together."""

from collections.abc import Sequence
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
from nosvidere.intake.forms import LONGEST_SEARCH, AdsForm, TextsForm
from nosvidere.intake.models import Ad
from nosvidere.intake.present import ads as present
from nosvidere.intake.present import groups
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import now
from nosvidere.register.uploads import on_disk
from nosvidere.rules.access import Actor, can
from nosvidere.ui.acts import attempt
from nosvidere.ui.components import crumbs, pager_for
from nosvidere.ui.toasts import say

ROWS = 50
FIRST_EDGES = 20
MOST_EDGES = 500
SHOWN_BATCHES = 20


@needs("ad.read")
def ads(request: StaffRequest) -> HttpResponse:
    """List the imports of ads and the groups that they form."""
    return _show_ads(request, AdsForm())


def _show_ads(request: StaffRequest, form: AdsForm, status: int = 200) -> HttpResponse:
    batches = queries.ad_batches(reader=request.actor)
    shown = {
        **_groups(request),
        "batches": [present.batch_row(batch) for batch in batches[:SHOWN_BATCHES]],
        "more_batches": max(batches.count() - SHOWN_BATCHES, 0),
        "form": form,
        "may_import": can(request.actor, "ad.import"),
        "control": present.control_sentence(queries.last_linking(reader=request.actor)),
    }
    return render(request, "intake/ads.html", shown, status=status)


def _groups(request: StaffRequest) -> dict[str, Any]:
    """Return the groups that are asked for, all or those with a place, with their tabs, search and pager."""
    actor, words = request.actor, request.GET.get("sok", "").strip()[:LONGEST_SEARCH]
    is_placed = request.GET.get("plats") == "1"
    found = queries.ad_groups(reader=actor, words=words, is_placed=is_placed)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    ranks = queries.group_ranks(reader=actor)
    counts = {
        placed: queries.ad_groups(reader=actor, is_placed=placed).count()
        for placed in (False, True)
    }
    if words:
        record(by=actor, act="ad.search", at=now(), fields={"found": page.paginator.count})
    return {
        "tabs": present.group_tabs(counts, is_placed=is_placed),
        "words": words,
        "is_placed": is_placed,
        "groups": [present.group_row(g, rank=ranks[g["organiser_group"]]) for g in page],
        "pager": pager_for(
            number=page.number,
            pages=page.paginator.num_pages,
            count=page.paginator.count,
            query=present.query_of(words=words, is_placed=is_placed),
        ),
    }


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
    shown_page = present.group_page(
        name,
        rank=queries.group_ranks(reader=actor)[name],
        ads=members,
        why=why,
        linking=queries.last_linking(reader=actor),
    )
    shown = {
        **_members(request, members),
        **_edges(request, name, members),
        **_judged(request, name, members),
        "page": shown_page,
        "notices": present.group_notices(why),
        "crumbs": crumbs((_("Annonser"), "/annonser/"), (shown_page.name, "")),
    }
    return render(request, "intake/group.html", shown)


def _members(request: StaffRequest, members: Sequence[Ad]) -> dict[str, Any]:
    """Return a page of the ads of a group."""
    page = Paginator(members, ROWS).get_page(request.GET.get("page"))
    pager = pager_for(number=page.number, pages=page.paginator.num_pages, count=len(members))
    return {"ads": [present.ad_line(ad) for ad in page], "pager": pager}


def _edges(request: StaffRequest, group: str, members: Sequence[Ad]) -> dict[str, Any]:
    """Return what the ads of a group share, pair by pair: the first few, or with ?alla=1 as many as can be read."""
    numbers = {str(ad.pk): ad.item.diary_no for ad in members}
    edges = queries.edges_in_group(reader=request.actor, group=group)
    shared = queries.shared_in_group(edges=edges, numbers=numbers)
    most = MOST_EDGES if request.GET.get("alla") == "1" else FIRST_EDGES
    cut = queries.weakest_place(reader=request.actor, group=group)
    return {
        "edges": [present.edge_line(one, group) for one in shared[:most]],
        "edge_count": len(shared),
        "has_more_edges": len(shared) > most and most < MOST_EDGES,
        "weakest": groups.weakest_sentence(cut, numbers),
    }


def _judged(request: StaffRequest, group: str, members: Sequence[Ad]) -> dict[str, Any]:
    """Return what people have decided about a group, what it came from, and whether its texts can be opened."""
    actor = request.actor
    may_judge = can(actor, "link.judge")
    found = queries.judgements(reader=actor, ads=members)
    changed = queries.group_changes(reader=actor, group=group)
    return {
        "group": group,
        "may_judge": may_judge,
        "judgements": [groups.judgement_line(one, may_judge=may_judge) for one in found],
        "changes": [groups.change_line(one) for one in changed],
        "texts_form": TextsForm(),
        "texts_refused": queries.texts_refused(reader=actor, group=group),
    }
