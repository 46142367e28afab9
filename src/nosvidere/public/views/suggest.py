"""Suggested addresses while a tip is written; works without script, and only where an index has been laid."""

import time

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nosvidere.kernel.time import today
from nosvidere.public.draft import Draft
from nosvidere.public.suggestions import filled_up, is_open, suggestions, wait_until_even
from nosvidere.public.views.frame import chosen_language, show
from nosvidere.ui.access import open_to_all


@open_to_all("helps anyone to write an address; looks in the public register only")
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """Show the addresses that may be meant, with all that was typed carried along."""
    if not is_open():
        raise Http404
    if request.method != "POST":
        return redirect("public:tip")
    started, draft, place = (
        time.monotonic(),
        Draft(request.POST, today()),
        request.POST.get("place", ""),
    )
    values = {
        "found": suggestions(place),
        "place": place,
        "carried": list(draft.beside("where")),
        "token": request.POST.get("token", ""),
        "action": reverse("public:tip"),
    }
    with chosen_language(request):
        response = show(request, "suggestions", values, language_form="suggestions")
        response.content = filled_up(response.content)
    wait_until_even(started)
    return response
