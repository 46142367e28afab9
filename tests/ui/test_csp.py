"""Every answer carries its security headers."""

import base64
import hashlib
import re

from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from nosvidere.ui.csp import SecurityHeadersMiddleware, as_header, permissions, with_styles


def answer(**headers: str) -> HttpResponse:
    return SecurityHeadersMiddleware(lambda _request: HttpResponse(headers=headers))(
        RequestFactory().get("/")
    )


def test_a_page_may_not_be_framed_sniffed_stored_or_refer():
    response = answer()

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_a_page_that_sets_its_own_header_keeps_it():
    assert answer(**{"Cache-Control": "max-age=60"})["Cache-Control"] == "max-age=60"


@override_settings(CONTENT_SECURITY_POLICY={"default-src": ("'none'",)})
def test_the_policy_is_the_sites():
    assert answer()["Content-Security-Policy"] == "default-src 'none'"


def test_all_features_are_off_but_those_a_site_names():
    assert "camera=()" in permissions()
    with override_settings(ALLOWED_FEATURES=("geolocation",)):
        assert "geolocation=(self)" in permissions()


def test_the_style_in_an_outside_page_is_allowed_by_its_hash():
    response = Client().get("/ui/showcase?mood=outside")

    css = re.search(r"<style>(.*?)</style>", response.content.decode(), re.DOTALL)
    assert css is not None
    digest = base64.b64encode(hashlib.sha256(css[1].encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}'" in response["Content-Security-Policy"]


def test_a_page_inside_allows_no_inlined_style():
    assert "sha256" not in Client().get("/ui/showcase")["Content-Security-Policy"]


def test_a_hash_replaces_none():
    policy = with_styles({"style-src": ("'none'",)}, ["'sha256-x'"])

    assert as_header(policy) == "style-src 'sha256-x'"
