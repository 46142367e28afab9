"""Security headers on every answer: a strict content policy, no referrer, no sniffing, no framing, no storing."""

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Policy = Mapping[str, Sequence[str]]

DENIED_FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
    "xr-spatial-tracking",
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Cache-Control": "no-store",
}


class SecurityHeadersMiddleware:
    """Sets the headers of settings.CONTENT_SECURITY_POLICY and its kin, where the page has not set its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer with its headers; styles that the page inlined are allowed by their hash."""
        response = self.get_response(request)
        policy = with_styles(policy_of_site(), inlined_on(request))
        response.headers.setdefault("Content-Security-Policy", as_header(policy))
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.headers.setdefault("Permissions-Policy", permissions())
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def policy_of_site() -> Policy:
    """Return the site's policy; without one, nothing at all is allowed."""
    policy: Policy = getattr(settings, "CONTENT_SECURITY_POLICY", {"default-src": ("'none'",)})
    return policy


def permissions() -> str:
    """Return the Permissions-Policy: every feature off but those that settings.ALLOWED_FEATURES names."""
    allowed = frozenset(getattr(settings, "ALLOWED_FEATURES", ()))
    return ", ".join(
        f"{feature}=({'self' if feature in allowed else ''})" for feature in DENIED_FEATURES
    )


def as_header(policy: Policy) -> str:
    """Return a policy as its header."""
    return "; ".join(" ".join((directive, *sources)) for directive, sources in policy.items())


def with_styles(policy: Policy, hashes: Sequence[str]) -> Policy:
    """Return the policy with the hashes of inlined styles added; unchanged where there are none."""
    if not hashes:
        return policy
    named = [source for source in policy.get("style-src", ()) if source != "'none'"]
    return {**policy, "style-src": (*named, *hashes)}


def style_hash(css: str) -> str:
    """Return the source expression that allows exactly this style (CSP 3, section 2.3.1)."""
    digest = hashlib.sha256(css.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def note_inlined(request: HttpRequest, css: str) -> None:
    """Remember that the page being made for this request inlines a style."""
    hashes = (*inlined_on(request), style_hash(css))
    request.inlined_styles = tuple(dict.fromkeys(hashes))  # type: ignore[attr-defined]  # read by the middleware


def inlined_on(request: HttpRequest) -> tuple[str, ...]:
    """Return the hashes of the styles that the page for this request inlines."""
    return getattr(request, "inlined_styles", ())
