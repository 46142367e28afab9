"""What a person decides about a group of ads: two are not the same, or they are after all; and the texts, opened with a reason."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.audit.actions import record
from nosvidere.engine.linkage import Piece
from nosvidere.intake import actions, queries
from nosvidere.intake.forms import ApartForm, TextsForm
from nosvidere.intake.models import Ad, Apart
from nosvidere.intake.present import groups as present
from nosvidere.kernel.time import now
from nosvidere.ui.acts import attempt
from nosvidere.ui.components import crumbs
from nosvidere.ui.toasts import say


@needs("link.judge")
def apart(request: StaffRequest, name: str) -> HttpResponse:
    """Show what holding two ads of a group apart would do, and do it when that is confirmed."""
    one, other = (_ad(request, name, which) for which in ("a", "b"))
    form = ApartForm(request.POST or None)
    if request.method == "POST" and attempt(
        form,
        lambda values: actions.hold_apart(
            one=one, other=other, by=request.actor, at=now(), **values
        ),
    ):
        say(request, _("Annonserna hålls isär i varje gruppering tills du ångrar det."))
        return redirect("intake:ads")
    effect = queries.would_part(reader=request.actor, one=one, other=other)
    record(by=request.actor, act="ad.view_apart", at=now(), fields={"group": name})
    shown = {
        "page": present.apart_page(one, other, effect),
        "form": form,
        "crumbs": crumbs((_("Annonser"), "/annonser/"), (_("Inte samma"), "")),
    }
    return render(request, "intake/apart.html", shown, status=422 if form.errors else 200)


def _ad(request: StaffRequest, group: str, which: str) -> Ad:
    """Return the ad of a group that the address names by its diary number."""
    ads = queries.ads_in_group(reader=request.actor, group=group)
    return get_object_or_404(ads, item__diary_no=request.GET.get(which, ""))


@needs("link.judge")
def release(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what taking a judgement back would do, and do it when that is confirmed."""
    found = get_object_or_404(Apart, pk=pk, undone_at__isnull=True)
    if request.method == "POST":
        actions.release(apart=found, by=request.actor, at=now())
        say(request, _("Bedömningen är ångrad."))
        return redirect("intake:group", found.left.organiser_group)
    record(by=request.actor, act="ad.view_apart", on=found, at=now())
    sizes = [
        queries.ads_in_group(reader=request.actor, group=ad.organiser_group).count()
        for ad in (found.left, found.right)
    ]
    shown = {
        "page": present.release_page(found, sizes),
        "crumbs": crumbs((_("Annonser"), "/annonser/"), (_("Ångra"), "")),
    }
    return render(request, "intake/release.html", shown)


@require_POST
@needs("ad.import")
def texts(request: StaffRequest, name: str) -> HttpResponse:
    """Show the sealed texts of a group laid over each other; the opening and its reason are in the log."""
    if not queries.ads_in_group(reader=request.actor, group=name).exists():
        raise Http404
    form, found = TextsForm(request.POST), list[tuple[str, tuple[Piece, ...]]]()
    attempt(
        form,
        lambda values: found.extend(
            actions.open_texts(group=name, by=request.actor, at=now(), **values)
        ),
    )
    shown = {
        "texts": [present.text_line(number, pieces) for number, pieces in found],
        "form": form,
        "group": name,
        "crumbs": crumbs((_("Annonser"), "/annonser/"), (_("Texterna"), "")),
    }
    return render(request, "intake/texts.html", shown, status=200 if found else 422)


@needs("ad.read")
def changes(request: StaffRequest) -> HttpResponse:
    """Show which groups merged and which were split."""
    found = queries.group_changes(reader=request.actor)
    shown = {
        "changes": [present.change_line(change) for change in found[: present.SHOWN_CHANGES]],
        "crumbs": crumbs((_("Annonser"), "/annonser/"), (_("Ändringar"), "")),
    }
    return render(request, "intake/changes.html", shown)
