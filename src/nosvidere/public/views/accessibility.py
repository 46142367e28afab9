"""The accessibility statement that Swedish law asks for, and the way to tell what does not work.

Source: lagen (2018:1937) om tillgänglighet till digital offentlig service, 13 §; MDFFS 2019:2, read 2026-11-25.
"""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import now, today
from nosvidere.public.actions import report_shortcoming
from nosvidere.public.flood import lane_of
from nosvidere.public.forms import ShortcomingForm
from nosvidere.public.present import receipt_of
from nosvidere.public.tokens import form_age, form_token
from nosvidere.public.views.frame import (
    NOT_NOW,
    UNPROCESSABLE,
    changes_language,
    chosen_language,
    reason_of,
    show,
)
from nosvidere.ui.access import open_to_all
from nosvidere.ui.components import Notice

CREATED = 201
SUPERVISOR = "https://www.digg.se/tdosanmalan"  # a link to press; nothing is fetched from there
TESTED_ON = date(2026, 11, 25)


@open_to_all("public information, and anyone may say what does not work")
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the statement, or send what does not work."""
    with chosen_language(request):
        if request.method != "POST" or changes_language(request):
            return _statement(request, ShortcomingForm(initial=request.POST.dict()))
        form = ShortcomingForm(request.POST)
        if not form.is_valid():
            return _statement(request, form, status=UNPROCESSABLE)
        return _send(request, form)


def _send(request: HttpRequest, form: ShortcomingForm) -> HttpResponse:
    """Seal what was told to the police and show the code that opens their answer; a refusal keeps the text."""
    age = form_age(request.POST.get("token", ""), now())
    lane = lane_of(request, age=age or 0, at=now())
    try:
        code = report_shortcoming(
            text=form.cleaned_data["text"], lane=lane, lang=str(get_language()), on=today()
        )
    except Refused as refused:
        return _statement(request, form, notice=reason_of(refused), status=NOT_NOW)
    return show(request, "shortcoming_sent", {"receipt": receipt_of(code)}, status=CREATED)


def _statement(
    request: HttpRequest,
    form: ShortcomingForm,
    *,
    notice: Notice | None = None,
    status: int = 200,
) -> HttpResponse:
    values = {
        "form": form,
        "notice": notice,
        "token": form_token(now()),
        "supervisor": SUPERVISOR,
        "tested_on": TESTED_ON,
        "action": reverse("public:accessibility"),
    }
    return show(request, "accessibility", values, status=status, language_form="shortcoming")
