"""The design system stands alone here: no other app's frame, pages or middleware."""

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.template import loader
from django.test import RequestFactory, override_settings

POLICY = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "connect-src": ("'self'",),
    "worker-src": ("'self'",),
    "form-action": ("'self'",),
    "base-uri": ("'none'",),
    "frame-ancestors": ("'none'",),
}
ALONE = {
    "SITE": "police",
    "ROOT_URLCONF": "nosvidere.ui.urls",
    "MIDDLEWARE": ["nosvidere.ui.csp.SecurityHeadersMiddleware"],
    "CONTENT_SECURITY_POLICY": POLICY,
    "SECURE_REFERRER_POLICY": "same-origin",
    "ALLOWED_HOSTS": ["127.0.0.1", "testserver"],
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ],
    "STORAGES": {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    },
}


@pytest.fixture(autouse=True, scope="session")
def _alone():
    with override_settings(**ALONE):
        yield


@pytest.fixture
def page():
    """Return a function that renders a template as a page asked for would."""

    def render(template: str, values: dict[str, object] | None = None) -> str:
        return loader.render_to_string(template, values, request=RequestFactory().get("/"))

    return render


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address(_alone) -> Iterator[str]:
    """Return where the showcase is served, static files included."""
    application = StaticFilesHandler(get_wsgi_application())
    server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
