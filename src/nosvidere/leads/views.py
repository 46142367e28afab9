"""Pages on leads: the list, one lead, its decisions, and the confirming of places."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.audit.actions import record
from nosvidere.intake.models import SourceItem
from nosvidere.intake.present.groups import PlaceGroup, place_group
from nosvidere.intake.queries import groups_at
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import now, today
from nosvidere.leads import actions, present, queries
from nosvidere.leads.forms import ApproveForm, AssessForm, ConfirmForm, ReasonForm
from nosvidere.leads.models import Lead, Link
from nosvidere.register.queries import knows_country
from nosvidere.rules.access import can
from nosvidere.rules.triage import WHERE_QUESTION
from nosvidere.ui.acts import Decision, attempt
from nosvidere.ui.components import crumbs, pager_for
from nosvidere.ui.toasts import say
from nosvidere.ui.words import sentence

ROWS = 50


@needs("lead.read")
def leads(request: StaffRequest) -> HttpResponse:
    """List the leads, all or those in one state."""
    state, words = request.GET.get("lage", ""), request.GET.get("sok", "").strip()
    found = queries.leads(reader=request.actor, state=state, words=words)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    query = urlencode({name: value for name, value in (("lage", state), ("sok", words)) if value})
    shown = {
        "tabs": present.state_tabs(queries.lead_counts(reader=request.actor), state),
        "rows": [present.lead_row(lead) for lead in page],
        "pager": pager_for(
            number=page.number,
            pages=page.paginator.num_pages,
            count=page.paginator.count,
            query=query,
        ),
        "may_confirm": can(request.actor, "place.confirm"),
        "words": words,
        "state": state,
    }
    return render(request, "leads/leads.html", shown)


@needs("lead.read")
def lead(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one lead with its evidence and what can be decided; the reading is in the log."""
    found = get_object_or_404(queries.leads(reader=request.actor), pk=pk)
    record(by=request.actor, act="lead.view", on=found, at=now())
    return _show(request, found)


def _show(request: StaffRequest, lead: Lead, status: int = 200, **forms: Any) -> HttpResponse:
    """Show a lead, with the form that was refused among its forms."""
    page = present.lead_page(
        lead,
        weighing=queries.weigh_place(lead.place, on=today()),
        statements=list(queries.live_statements(lead.place)),
        links=list(queries.links_of(lead.place)),
        assessment=queries.last_assessment(lead),
    )
    shown = {
        "lead": lead,
        "page": page,
        "can": queries.open_acts(reader=request.actor, lead=lead, on=today()),
        "may_judge": can(request.actor, "link.judge"),
        "groups": _groups(request, lead),
        "assess_form": AssessForm(),
        "approve_form": ApproveForm(),
        "reason_form": ReasonForm(),
        "crumbs": crumbs((_("Uppslag"), "/uppslag/"), (str(lead), "")),
        **forms,
    }
    return render(request, "leads/lead.html", shown, status=status)


def _groups(request: StaffRequest, lead: Lead) -> list[PlaceGroup]:
    """Return the groups of ads that have an ad at the place, for those who may read ads."""
    if not can(request.actor, "ad.read"):
        return []
    return [place_group(one) for one in groups_at(reader=request.actor, place=lead.place)]


ASSESS = Decision(AssessForm, "assess_form", actions.assess, lazy("Bedömningen är sparad."))
APPROVE = Decision(
    ApproveForm, "approve_form", actions.approve, lazy("Platsen är godkänd för kontroll.")
)
PARK = Decision(ReasonForm, "reason_form", actions.park, lazy("Uppslaget vilar i trettio dagar."))
REOPEN = Decision(ReasonForm, "reason_form", actions.reopen, lazy("Uppslaget är öppet igen."))
WITHDRAW = Decision(ReasonForm, "reason_form", actions.withdraw, lazy("Uppslaget är återkallat."))


def _decide(request: StaffRequest, pk: int, decision: Decision) -> HttpResponse:
    """Do one decision on a lead and go back to it, or show why it could not be done."""
    lead = get_object_or_404(queries.leads(reader=request.actor), pk=pk)
    form = decision.form(request.POST)
    if attempt(form, lambda values: decision.act(lead=lead, **values, by=request.actor, at=now())):
        say(request, str(decision.said))
        return redirect("leads:lead", pk=pk)
    return _show(request, lead, 422, **{decision.key: form})


@require_POST
@needs("lead.assess")
def assess(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep an assessment."""
    return _decide(request, pk, ASSESS)


@require_POST
@needs("lead.approve")
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    """Approve a check."""
    return _decide(request, pk, APPROVE)


@require_POST
@needs("lead.assess")
def park(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a lead rest."""
    return _decide(request, pk, PARK)


@require_POST
@needs("lead.assess")
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a resting lead up again."""
    return _decide(request, pk, REOPEN)


@require_POST
@needs("lead.assess")
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """End a lead that should not be looked at."""
    return _decide(request, pk, WITHDRAW)


@needs("place.confirm")
def waiting(request: StaffRequest) -> HttpResponse:
    """List what waits for a person to say which place it is about."""
    shown = {
        "tips": [
            present.waiting_row(item)
            for item in queries.items_to_link(reader=request.actor)[:ROWS]
        ],
        "ads": [
            present.waiting_row(item) for item in queries.ads_to_link(reader=request.actor)[:ROWS]
        ],
        "crumbs": crumbs((_("Uppslag"), "/uppslag/"), (_("Bekräfta platser"), "")),
    }
    return render(request, "leads/waiting.html", shown)


@needs("place.confirm")
def confirm(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let a person choose which registered address an item is about."""
    item = get_object_or_404(queries.linkable_items(reader=request.actor), pk=pk)
    mentioned = queries.places_mentioned(item)
    page = present.confirm_page(item, mentioned, tiles_href=settings.TILES_HREF)
    initial = {"dwelling_no": page.dwelling_no}
    form = ConfirmForm(request.POST or None, initial=initial, candidates=page.choices)
    act = actions.confirmer(item=item, candidates=page.places, by=request.actor, at=now())
    if request.method == "POST" and attempt(form, lambda values: act(**values)):
        say(request, _("Platsen är bekräftad."))
        return redirect("leads:waiting")
    record(by=request.actor, act="item.view", on=item, at=now())
    shown = {"page": page, "item": item, "form": form, **_beside(item)}
    return render(request, "leads/confirm.html", shown, status=422 if form.errors else 200)


def _beside(item: SourceItem) -> dict[str, Any]:
    """Return what stands beside the choice of a place: what to do when none is right, and what the register lacks."""
    return {
        "why_not_ask": queries.why_not_ask(item),
        "question": WHERE_QUESTION,
        "notice": present.country_notice(is_known=knows_country()),
        "crumbs": crumbs((_("Bekräfta platser"), "/uppslag/bekrafta/"), (str(item), "")),
    }


@require_POST
@needs("place.confirm")
def ask_where(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask the sender where it is."""
    item = get_object_or_404(queries.linkable_items(reader=request.actor), pk=pk)
    try:
        actions.ask_where(item=item, by=request.actor, at=now())
    except Refused as refused:
        say(request, sentence(refused))
        return redirect("leads:confirm", pk=pk)
    say(request, _("Frågan är skickad. Tipset kommer tillbaka hit när svaret är läst."))
    return redirect("leads:waiting")


@require_POST
@needs("place.confirm")
def turn_down(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say that no suggested address is right."""
    item = get_object_or_404(queries.linkable_items(reader=request.actor), pk=pk)
    places = queries.places_mentioned(item).values()
    actions.turn_down(item=item, places=places, by=request.actor, at=now())
    say(request, _("Källhandläggaren får fråga den som tipsade."))
    return redirect("leads:waiting")


@require_POST
@needs("link.judge")
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a link back."""
    link = get_object_or_404(Link, pk=pk)
    form = ReasonForm(request.POST)
    if attempt(
        form, lambda values: actions.undo_link(link=link, by=request.actor, at=now(), **values)
    ):
        say(request, _("Kopplingen är ångrad. Uppgiften väntar på en plats igen."))
        return redirect("leads:waiting")
    return render(
        request, "leads/undo.html", {"link": present.link_row(link), "form": form}, status=422
    )
