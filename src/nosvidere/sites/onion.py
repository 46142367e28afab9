"""The public site as an onion service: who comes by it is asked for no certificate, and who does not is told of it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class OnionMiddleware:
    """Stands before Django's own security layer, which else would send an onion's reader to an address that is none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next layer and the onion's name."""
        self.get_response = get_response
        self.name = settings.ONION.removeprefix("http://")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer, with Onion-Location in the open net and without HSTS on the onion."""
        is_by_onion = bool(self.name) and request.headers.get("Host", "") == self.name
        if is_by_onion:
            # The onion is itself the encryption: the line counts as TLS.
            request.META["HTTP_X_FORWARDED_PROTO"] = "https"
        response = self.get_response(request)
        if is_by_onion:
            del response.headers["Strict-Transport-Security"]
        elif self.name:
            response.headers["Onion-Location"] = settings.ONION + request.get_full_path()
        return response
