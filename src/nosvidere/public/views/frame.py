"""The frame of every page outside: languages, contacts, the way home. Nobody is recognised and nothing is remembered."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from nosvidere.kernel.refused import Refused
from nosvidere.public.contacts import settings_file, shown_contacts
from nosvidere.public.languages import IN_TWO, WRITTEN, is_unreviewed
from nosvidere.public.queries import NOT_OPEN
from nosvidere.ui.components import Language, Notice

CONFLICT = 409
View = Callable[[HttpRequest], HttpResponse]
UNPROCESSABLE = 422
NOT_NOW = 503


def show(
    request: HttpRequest,
    name: str,
    values: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    language_form: str = "",
) -> HttpResponse:
    """Return a page; `language_form` is the form that takes along what is typed when the language is changed."""
    frame = {
        "home_href": reverse("public:start"),
        "languages": _languages(request, stays=bool(language_form)),
        "is_unreviewed": is_unreviewed(str(translation.get_language())),
        "language_form": language_form,
        "contacts": shown_contacts(settings_file()),
    }
    return render(request, f"public/{name}.html", {**frame, **(values or {})}, status=status)


def in_two_languages(view: View) -> View:
    """Send readers of other languages than Swedish and English to the English page."""

    @wraps(view)
    def shown(request: HttpRequest) -> HttpResponse:
        if translation.get_language() in WRITTEN or not request.resolver_match:
            return view(request)
        return HttpResponseRedirect(_address_in(IN_TWO, request.resolver_match.view_name))

    return shown


def chosen_language(request: HttpRequest) -> AbstractContextManager[None]:
    """Return a context in the language that a press in a form asked for, or that of the address."""
    asked = request.POST.get("language", "")
    known = asked in dict(settings.LANGUAGES)
    return translation.override(asked if known else translation.get_language())


def changes_language(request: HttpRequest) -> bool:
    """Say whether a press asked for another language: then nothing else is done."""
    return "language" in request.POST


def reason_of(refused: Refused) -> Notice:
    """Return why something was refused, in words for somebody who knows nothing of how it works."""
    if isinstance(refused, NOT_OPEN):
        text = _not_open()
    else:
        text = gettext(refused.reason).format(**refused.values)
    return Notice(text, kind="time", title=gettext("Det gick inte"))


def _not_open() -> str:
    """Say that nothing can be taken in, with the numbers to call instead."""
    held = shown_contacts(settings_file())
    closed = gettext("Vi kan inte ta emot något här just nu. Ring %(number)s.")
    danger = gettext("Är någon i fara: ring %(number)s.")
    return " ".join(
        text % {"number": held[key].shown}
        for text, key in ((closed, "police"), (danger, "emergency"))
    )


def _languages(request: HttpRequest, *, stays: bool) -> list[Language]:
    """Return the languages; on a page that carries something the current one leads nowhere, so that nothing is lost."""
    match = request.resolver_match
    name = match.view_name if match else "public:start"
    now = translation.get_language()
    return [
        Language(code, label, _address_in(code, name) if not stays else "#main", code == now)
        for code, label in settings.LANGUAGES
    ]


def _address_in(code: str, name: str) -> str:
    with translation.override(code):
        return reverse(name)
