"""Pages on help: counted, offered, answered, passed on, taken back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.kernel.time import now
from nosvidere.rules.access import can
from nosvidere.rules.help import CONSENT_TEXT
from nosvidere.support import actions, present, queries
from nosvidere.support.forms import AnswerForm, ConsentForm, OfferForm, WithdrawForm
from nosvidere.ui.acts import attempt
from nosvidere.ui.toasts import say


@needs("help.count")
def offers(request: StaffRequest) -> HttpResponse:
    """Show how many were offered help and what they answered: counts, nobody."""
    shown = {
        "headings": present.headings(),
        "rows": present.count_rows(queries.offer_counts(reader=request.actor)),
        "overdue": queries.overdue_referrals(reader=request.actor, at=now()).count(),
    }
    if can(request.actor, "help.offer"):
        shown |= _ways_on(request)
    return render(request, "support/offers.html", shown)


def _ways_on(request: StaffRequest) -> dict[str, Any]:
    """Return what someone who offers help can do: note an offer or an answer, take a consent back."""
    shifts = queries.shifts_to_offer_on(reader=request.actor, at=now())
    waiting = queries.offers_waiting(reader=request.actor, at=now())
    return {
        "shifts": [present.shift_row(shift) for shift in shifts],
        "waiting": [present.waiting_row(offer) for offer in waiting],
        "form": WithdrawForm(),
    }


@needs("help.offer")
def offer(request: StaffRequest, shift: int) -> HttpResponse:
    """Note an offer of help on a shift."""
    chosen = get_object_or_404(
        queries.shifts_to_offer_on(reader=request.actor, at=now()), pk=shift
    )
    form = OfferForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempt(
        form, lambda values: actions.offer_help(shift=chosen, **values, by=request.actor, at=now())
    ):
        return redirect("support:answer", pk=form.cleaned_data["id"])
    return render(
        request,
        "support/offer.html",
        {"form": form, "steps": present.on_site()},
        status=422 if form.errors else 200,
    )


@needs("help.offer")
def answer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note the answer: a no, information, or on to consent."""
    chosen = get_object_or_404(queries.offers_waiting(reader=request.actor, at=now()), pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempt(
        form,
        lambda values: actions.answer_offer(offer=chosen, **values, by=request.actor, at=now()),
    ):
        say(request, _("Svaret är räknat."))
        return redirect("picture:start")
    shown = {"form": form, "pk": pk, "said": present.waiting_row(chosen).said}
    return render(request, "support/answer.html", shown, status=422 if form.errors else 200)


@needs("help.offer")
def consent(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a consent and send what the person wants to say, sealed."""
    chosen = get_object_or_404(queries.offers_waiting(reader=request.actor, at=now()), pk=pk)
    form, made = ConsentForm(request.POST if request.method == "POST" else None), []
    if request.method == "POST" and attempt(
        form,
        lambda v: made.append(
            actions.consent_and_refer(offer=chosen, **v, by=request.actor, at=now())
        ),
    ):
        return _referred(request, made[0].consent.pseudonym)
    shown = {"form": form, "pk": pk, "text": CONSENT_TEXT}
    return render(request, "support/consent.html", shown, status=422 if form.errors else 200)


def _referred(request: StaffRequest, pseudonym: str) -> HttpResponse:
    """Show the pseudonym, once, to be written on the person's card."""
    response = render(request, "support/referred.html", {"pseudonym": pseudonym}, status=201)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@needs("help.offer")
def withdraw(request: StaffRequest) -> HttpResponse:
    """Take a consent back by the person's pseudonym."""
    form = WithdrawForm(request.POST)
    if attempt(
        form, lambda values: actions.withdraw_by_pseudonym(**values, by=request.actor, at=now())
    ):
        say(request, _("Samtycket är återtaget. Socialtjänsten får veta det."))
        return redirect("picture:start")
    return render(request, "support/withdraw.html", {"form": form}, status=422)
