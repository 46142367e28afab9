"""The social services' pages: referrals, one referral, the month's counts."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.kernel.time import now, today
from nosvidere.services import actions, present, queries
from nosvidere.services.forms import NoteForm, StepForm
from nosvidere.services.models import ReceivedReferral
from nosvidere.ui.acts import attempt
from nosvidere.ui.components import crumbs
from nosvidere.ui.forms import PageForm
from nosvidere.ui.toasts import say


@needs("referral.receive")
def referrals(request: StaffRequest) -> HttpResponse:
    """List the referrals, the most urgent first."""
    rows = [present.referral_row(r, at=now()) for r in queries.referrals(reader=request.actor)]
    return render(request, "services/referrals.html", {"rows": rows})


@needs("referral.receive")
def referral(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Open one referral; the reading is logged."""
    return _show(request, get_object_or_404(queries.referrals(reader=request.actor), pk=pk))


def _show(
    request: StaffRequest, chosen: ReceivedReferral, *, status: int = 200, **forms: PageForm
) -> HttpResponse:
    told = actions.open_referral(referral=chosen, by=request.actor, at=now())
    shown = {
        "pk": chosen.pk,
        "row": present.referral_row(chosen, at=now()),
        "told": present.told_lines(told),
        "events": present.events(queries.steps_with_notes(reader=request.actor, referral=chosen)),
        "note_form": NoteForm(),
        "step_form": StepForm(state=chosen.state),
        "is_open": chosen.closed_at is None,
        "crumbs": crumbs(
            (_("Förmedlingar"), reverse("services:referrals")), (present.number_of(chosen), "")
        ),
        **forms,
    }
    return render(request, "services/referral.html", shown, status=status)


@require_POST
@needs("referral.receive")
def note_try(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note a try to reach the person."""
    chosen = get_object_or_404(queries.referrals(reader=request.actor), pk=pk)
    form = NoteForm(request.POST)
    if attempt(form, lambda v: actions.note_try(referral=chosen, **v, by=request.actor, at=now())):
        say(request, _("Försöket är antecknat."))
        return redirect("services:referral", pk=pk)
    chosen.refresh_from_db()
    return _show(request, chosen, status=422, note_form=form)


@require_POST
@needs("referral.receive")
def step(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a referral one step on."""
    chosen = get_object_or_404(queries.referrals(reader=request.actor), pk=pk)
    form = StepForm(request.POST, state=chosen.state)
    if attempt(
        form, lambda v: actions.step_referral(referral=chosen, **v, by=request.actor, at=now())
    ):
        say(request, _("Steget är sparat."))
        return redirect("services:referral", pk=pk)
    chosen.refresh_from_db()
    return _show(request, chosen, status=422, step_form=form)


@needs("referral.receive")
def month(request: StaffRequest) -> HttpResponse:
    """Show the counts of this month and the one before: all that may leave the services."""
    months = [
        present.month_shown(first, queries.monthly_counts(reader=request.actor, month=first))
        for first in present.two_months(today())
    ]
    return render(request, "services/month.html", {"months": months})
