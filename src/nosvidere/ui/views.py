"""The page that shows every component, and the pages for when something is wrong."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import translation
from django.utils.translation import gettext as _

from nosvidere.ui.access import open_to_all
from nosvidere.ui.components import Status
from nosvidere.ui.samples import sample

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
