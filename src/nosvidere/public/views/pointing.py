"""A place chosen by map while a tip is written; works without script, and only where an index has been laid."""

import time

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from nosvidere.kernel.time import today
from nosvidere.public.draft import NAMES, Draft
from nosvidere.public.maps import EVEN_BYTES, HELD_S, has_map, map_page, place_with
from nosvidere.public.suggestions import filled_up, wait_until_even
from nosvidere.public.views.frame import changes_language, chosen_language, show
from nosvidere.public.views.tip import show_place
from nosvidere.ui.access import open_to_all


@open_to_all("helps anyone to point out an address; draws the public register only")
@require_POST
def map_of_addresses(request: HttpRequest) -> HttpResponse:
    """Show a square of the map, or the tip with the chosen address in it; all that was typed is carried along."""
    if not has_map():
        raise Http404
    started = time.monotonic()
    with chosen_language(request):
        response = _chosen(request) or _map(request)
        response.content = filled_up(response.content, EVEN_BYTES)
    response["X-Robots-Tag"] = "noindex"
    wait_until_even(started, HELD_S)
    return response


def _chosen(request: HttpRequest) -> HttpResponse | None:
    """Return the tip's first screen with the chosen address, or None when none was chosen."""
    row = "" if changes_language(request) else request.POST.get("house", "")
    place = place_with(request.POST.get("place", ""), row)
    if place is None:
        return None
    posted = request.POST.copy()
    posted["place"] = place
    return show_place(request, Draft(posted, today()))


def _map(request: HttpRequest) -> HttpResponse:
    draft = Draft(request.POST, today())
    own = ((name, value) for name in NAMES["where"] for value in request.POST.getlist(name))
    values = {
        "map": map_page(request.POST.get("cell", "")),
        "carried": [*draft.beside("where"), *own],
        "token": request.POST.get("token", ""),
        "action": reverse("public:map"),
        "back": reverse("public:tip"),
    }
    return show(request, "map", values, language_form="map")
