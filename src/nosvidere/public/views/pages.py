"""The pages that only tell: start, signs, the picture, help, what happens, privacy."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from nosvidere.kernel.time import today
from nosvidere.public.present import picture_of, reminder
from nosvidere.public.queries import dark_figure, summary
from nosvidere.public.views.frame import in_two_languages, show
from nosvidere.public.wording import DANGER_SIGNS, SIGNS
from nosvidere.rules.keeping import DISCARDED_TIP_DAYS, REPLY_BOX_DAYS
from nosvidere.rules.notice import ACKNOWLEDGE_DAYS, LEGAL_MONTHS, MEASURE_DAYS
from nosvidere.ui.access import open_to_all

EVERYONE = "public information"
DAYS = {"tip_days": DISCARDED_TIP_DAYS, "box_days": REPLY_BOX_DAYS}


@open_to_all(EVERYONE)
@require_safe
@gzip_page
def start(request: HttpRequest) -> HttpResponse:
    """Show the first page: danger first, what to look at, the way to a tip, help."""
    return show(request, "start")


@open_to_all(EVERYONE)
@require_safe
@gzip_page
def signs(request: HttpRequest) -> HttpResponse:
    """Show the signs, each with what it nearly always means instead."""
    values = {"signs": tuple(SIGNS.values()), "danger_signs": tuple(DANGER_SIGNS.values())}
    return show(request, "signs", values)


@open_to_all(EVERYONE)
@require_safe
@gzip_page
@in_two_languages
def picture(request: HttpRequest) -> HttpResponse:
    """Show what the police have published, or that nothing is published yet."""
    return show(request, "picture", {"picture": picture_of(summary()), "dark": dark_figure()})


@open_to_all(EVERYONE)
@require_safe
@gzip_page
def afterwards(request: HttpRequest) -> HttpResponse:
    """Show what happens with a tip."""
    return show(request, "afterwards", DAYS)


@open_to_all(EVERYONE)
@require_safe
@gzip_page
def help_selling(request: HttpRequest) -> HttpResponse:
    """Show where a person who sells or has sold sex finds help."""
    return show(request, "help_selling")


@open_to_all(EVERYONE)
@require_safe
@gzip_page
def help_buying(request: HttpRequest) -> HttpResponse:
    """Show where a person who has bought sex finds help."""
    return show(request, "help_buying")


@open_to_all(EVERYONE)
@require_safe
@gzip_page
def help_letting(request: HttpRequest) -> HttpResponse:
    """Show advice to those who let a flat or a room."""
    values = {
        "acknowledge_days": ACKNOWLEDGE_DAYS,
        "measure_days": MEASURE_DAYS,
        "coop_months": LEGAL_MONTHS["COOP"],
        "rental_months": LEGAL_MONTHS["RENTAL"],
    }
    return show(request, "help_letting", values)


@open_to_all(EVERYONE)
@require_safe
@gzip_page
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept, for how long, and where the protection ends."""
    return show(request, "privacy", DAYS)


@open_to_all("a calendar file that says nothing of why")
@require_safe
def reminder_file(request: HttpRequest) -> HttpResponse:
    """Return a neutral reminder to look for an answer."""
    headers = {"Content-Disposition": 'attachment; filename="paminnelse.ics"'}
    content_type = "text/calendar; charset=utf-8"
    return HttpResponse(reminder(today()), content_type=content_type, headers=headers)
