"""The page that shows every component, the choice of language, and the pages for when something is wrong."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import loader
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nosvidere.ui.access import open_to_all
from nosvidere.ui.components import Status
from nosvidere.ui.samples import sample

LANGUAGE_KEPT_SECONDS = 365 * 24 * 3600
THEMES = ("light", "dark")
DIRECTIONS = ("ltr", "rtl")


@open_to_all("shows the components with made-up contents and reads nothing")
def showcase(request: HttpRequest) -> HttpResponse:
    """Show every component; ?mood=outside, ?theme=dark, ?lang=en, ?dir=rtl and ?tiles=/some.pmtiles choose how."""
    mood = _chosen(request, "mood", ("inside", "outside"), default="inside")
    languages = tuple(code for code, _name in settings.LANGUAGES)
    with translation.override(_chosen(request, "lang", languages, default="sv")):
        shown = {
            **sample(mood, tiles_href=_own_path(request.GET.get("tiles", ""))),
            "theme": _chosen(request, "theme", THEMES),
            "direction": _chosen(request, "dir", DIRECTIONS),
        }
        return render(request, f"ui/showcase_{mood}.html", shown)


def _chosen(request: HttpRequest, name: str, allowed: tuple[str, ...], default: str = "") -> str:
    value = request.GET.get(name, default)
    return value if value in allowed else default


def _own_path(value: str) -> str:
    """Return a path on this host as it is, and nothing for any other address."""
    return value if re.fullmatch(r"/\w[\w./-]*", value) else ""


@require_POST
@open_to_all("chooses the language of the pages, also before one has signed in; reads nothing")
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page one came from, if it is on this host."""
    back = request.POST.get("next", "")
    host = {request.get_host()}
    is_own = url_has_allowed_host_and_scheme(back, host, require_https=request.is_secure())
    response = HttpResponseRedirect(back if is_own else "/")
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=LANGUAGE_KEPT_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be understood."""
    return _wrong(
        request,
        400,
        _("Det gick inte att läsa det som skickades"),
        _("Gå tillbaka, ladda om sidan och försök igen. Inget har sparats."),
    )


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this account may not, and what to do."""
    return _wrong(
        request,
        403,
        _("Du har inte tillgång till den här sidan"),
        _(
            "Din roll öppnar inte den. Behöver du den i ditt arbete: be den som sköter konton om det."
        ),
    )


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old or came from elsewhere."""
    return _wrong(
        request,
        403,
        _("Sidan hade legat öppen för länge"),
        _("Gå tillbaka, ladda om sidan och skicka igen. Inget har sparats."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, or none that this reader may know of."""
    return _wrong(
        request,
        404,
        _("Sidan finns inte"),
        _("Den kan ha gallrats eller bytt adress. Börja om från första sidan."),
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Say that something broke here; renders without context processors, so that nothing more can break."""
    frame = "ui/outside.html" if _is_outside() else "ui/narrow.html"
    title = _("Något gick fel hos oss")
    text = _("Det är inte ditt fel. Vänta en stund och försök igen. Inget halvt har sparats.")
    shown = {**_error(frame, title, text), "request": request}
    return HttpResponse(loader.render_to_string("ui/errors/error.html", shown), status=500)


def _wrong(request: HttpRequest, code: int, title: str, text: str) -> HttpResponse:
    """Return an error page in the site's own frame."""
    frame = "ui/outside.html" if _is_outside() else "ui/inside.html"
    return render(request, "ui/errors/error.html", _error(frame, title, text), status=code)


def _error(frame: str, title: str, text: str) -> dict[str, object]:
    return {
        "frame": frame,
        "status": Status("failed", title, text, "/", _("Till första sidan")),
        "is_outside": _is_outside(),
    }


def _is_outside() -> bool:
    return bool(getattr(settings, "SITE", "") == "public")
