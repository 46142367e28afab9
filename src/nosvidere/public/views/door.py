"""The way to what a code opens: ask for it, and go on with it, sealed, in the page's own forms."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from nosvidere.engine.sealing import Code
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import now
from nosvidere.public.forms import CodeForm
from nosvidere.public.tokens import find_code
from nosvidere.public.views.frame import (
    UNPROCESSABLE,
    changes_language,
    chosen_language,
    reason_of,
    show,
)
from nosvidere.ui.components import Notice

Page = Callable[[HttpRequest, Code], HttpResponse]


def through_code(request: HttpRequest, *, name: str, first: Page, go_on: Page) -> HttpResponse:
    """Show what a typed code opens, or do what a page that holds one asks for; what is refused is told where one asks.

    `name` is the asking page's address and template.
    """
    with chosen_language(request):
        form = CodeForm() if "hidden" in request.POST else CodeForm(initial=request.POST.dict())
        try:
            if "hidden" in request.POST:
                return go_on(request, find_code(request.POST["hidden"], now()))
            if changes_language(request) or "code" not in request.POST:
                return _ask(request, name, form)
            form = CodeForm(request.POST)
            if not form.is_valid():
                return _ask(request, name, form)
            return first(request, form.cleaned_data["code"])
        except Refused as refused:
            return _ask(request, name, form, notice=reason_of(refused))


def _ask(
    request: HttpRequest, name: str, form: CodeForm, notice: Notice | None = None
) -> HttpResponse:
    values = {"form": form, "notice": notice, "action": reverse(f"public:{name}")}
    status = UNPROCESSABLE if form.is_bound else 200
    return show(request, name, values, status=status, language_form="code")
