"""A tip that somebody tells by phone, and the code that is read out for it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.intake import actions
from nosvidere.intake.forms import CallForm
from nosvidere.intake.models import Tip
from nosvidere.intake.present.calls import spoken
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import now
from nosvidere.ui.acts import attempt
from nosvidere.ui.components import crumbs
from nosvidere.ui.toasts import say
from nosvidere.ui.words import sentence

CREATED = 201


@needs("tip.grade")
def call(request: StaffRequest) -> HttpResponse:
    """Take down a tip that somebody tells by phone, or a landlord or a patrol tells directly."""
    form = CallForm(request.POST or None)
    made: list[Tip] = []

    def take(values: dict[str, Any]) -> None:
        told = {name: value for name, value in values.items() if name != "wants_code"}
        made.append(actions.take_call(**told, by=request.actor, at=now()))

    if request.method == "POST" and attempt(form, take):
        if form.cleaned_data["wants_code"]:
            return _code(request, made[0])
        say(request, _("Tipset är inlagt."))
        return redirect("intake:tip", pk=made[0].pk)
    shown = {"form": form, "crumbs": crumbs((_("Tips"), "/tips/"), (_("Nytt tips"), ""))}
    return render(request, "intake/call.html", shown, status=422 if form.errors else 200)


def _code(request: StaffRequest, tip: Tip) -> HttpResponse:
    """Show the code once, to be read out; without the drop there is none, and the tip is kept all the same."""
    try:
        code = actions.give_code(tip=tip, by=request.actor, at=now())
    except Refused as refused:
        text = _("Tipset är inlagt, men utan kod: {why}").format(why=sentence(refused))
        say(request, text)
        return redirect("intake:tip", pk=tip.pk)
    shown = {
        "tip": tip,
        "code": spoken(code),
        "crumbs": crumbs((_("Tips"), "/tips/"), (tip.item.diary_no, "")),
    }
    return render(request, "intake/call_code.html", shown, status=CREATED)
