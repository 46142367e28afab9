"""The page for an address that leads nowhere; what broke on our side is told by the design system's own page."""

from django.http import HttpRequest, HttpResponse

from nosvidere.public.views.frame import show


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, and where to go instead."""
    return show(request, "not_found", status=404)
