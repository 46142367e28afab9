"""A landlord who has got a letter: reads the notice with its code and answers, one thing at a time."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from nosvidere.engine.sealing import Code
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import now, today
from nosvidere.public.actions import answer_notice
from nosvidere.public.forms import AcknowledgeForm, ContestForm, MeasureForm
from nosvidere.public.present import letters_of
from nosvidere.public.queries import notices_to
from nosvidere.public.tokens import hide_code
from nosvidere.public.views.door import through_code
from nosvidere.public.views.frame import (
    UNPROCESSABLE,
    changes_language,
    reason_of,
    show,
)
from nosvidere.rules.notice import ACKNOWLEDGE_DAYS, MEASURE_DAYS
from nosvidere.ui.access import open_to_all
from nosvidere.ui.components import Notice
from nosvidere.ui.forms import PageForm

CREATED = 201
FORMS: dict[str, Callable[..., PageForm]] = {
    "acknowledged": AcknowledgeForm,
    "measure": MeasureForm,
    "contested": ContestForm,
}


@open_to_all("whoever has the code of a letter may read it and answer")
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
def landlord(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a letter, show the notice, and take in the landlord's answer."""
    return through_code(request, name="landlord", first=_notice, go_on=_go_on)


def _go_on(request: HttpRequest, code: Code) -> HttpResponse:
    """Do what the page that holds a code asks for: show the notice, show a form, or send it."""
    act = request.POST.get("act", "")
    if act not in FORMS:
        return _notice(request, code)
    if changes_language(request) or request.POST.get("go") == "show":
        return _form(request, code, act)
    return _send(request, code, act)


def _notice(request: HttpRequest, code: Code, *, sent: Notice | None = None) -> HttpResponse:
    """Show the notice, or that there is none; raises what reading it raises."""
    values = {
        "letters": letters_of(notices_to(code, on=today())),
        "hidden": hide_code(code, now()),
        "action": reverse("public:landlord"),
        "sent": sent,
        "acknowledge_days": ACKNOWLEDGE_DAYS,
        "measure_days": MEASURE_DAYS,
    }
    status = CREATED if sent else 200
    return show(request, "notice", values, status=status, language_form="notice")


def _form(
    request: HttpRequest,
    code: Code,
    act: str,
    *,
    form: PageForm | None = None,
    notice: Notice | None = None,
) -> HttpResponse:
    """Show one of the three answers, with what was typed."""
    typed = {
        name: request.POST[name]
        for name in ("text", "measure", "taken_on")
        if name in request.POST
    }
    values = {
        "form": form or FORMS[act](initial=typed, **_day_for(act)),
        "act": act,
        "notice": notice,
        "hidden": hide_code(code, now()),
        "action": reverse("public:landlord"),
    }
    status = UNPROCESSABLE if form is not None else 200
    return show(request, "landlord_answer", values, status=status, language_form="answer")


def _send(request: HttpRequest, code: Code, act: str) -> HttpResponse:
    """Send the answer; whatever hinders it, the text is kept."""
    form = FORMS[act](request.POST, **_day_for(act))
    if not form.is_valid():
        return _form(request, code, act, form=form)
    try:
        answer_notice(
            fields=_fields(act, form.cleaned_data), code=code, lang=str(get_language()), on=today()
        )
    except Refused as refused:
        return _form(request, code, act, form=form, notice=reason_of(refused))
    return _notice(request, code, sent=Notice(_("Polisen får ditt svar."), title=_("Skickat")))


def _day_for(act: str) -> dict[str, date]:
    return {"today": today()} if act == "measure" else {}


def _fields(act: str, values: dict[str, Any]) -> dict[str, str]:
    """Return the fields of the letter, without the empty ones."""
    taken_on = values.get("taken_on")
    fields = {
        "act": act,
        "measure": values.get("measure", ""),
        "taken_on": taken_on.isoformat() if taken_on else "",
        "text": values["text"],
    }
    return {name: value for name, value in fields.items() if value}
