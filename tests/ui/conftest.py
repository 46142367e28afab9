"""The design system stands alone here: no other app's frame, pages or middleware."""

import gzip
import io
import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import mapbox_vector_tile
import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.template import loader
from django.test import RequestFactory, override_settings
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from whitenoise import WhiteNoise

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
            "OPTIONS": {
                "context_processors": ["django.template.context_processors.request"],
                "debug": True,
            },
        }
    ],
    "STORAGES": {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    },
}


@pytest.fixture(autouse=True, scope="module")
def _alone():
    with override_settings(**ALONE):
        yield


@pytest.fixture
def page():
    """Return a function that renders a template as a page asked for would."""

    def render(template: str, values: dict[str, object] | None = None) -> str:
        return loader.render_to_string(template, values, request=RequestFactory().get("/"))

    return render


def archive() -> bytes:
    """Return map tiles of a land that fills one tile, with a district in its middle, all around the samples."""
    corners = [(0, 0), (4096, 0), (4096, 4096), (0, 4096)]
    middle = [(1024, 1024), (3072, 1024), (3072, 3072), (1024, 3072)]
    layers = [
        {"name": "land", "features": [_polygon(corners, "Ön")]},
        {"name": "districts", "features": [_polygon(middle, "Mitten")]},
    ]
    zoom, x, y = 8, 136, 78
    file = io.BytesIO()
    writer = Writer(file)
    writer.write_tile(zxy_to_tileid(zoom, x, y), gzip.compress(mapbox_vector_tile.encode(layers)))
    header = {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_zoom": zoom,
        "max_zoom": zoom,
        "min_lon_e7": 112_500_000,
        "max_lon_e7": 126_500_000,
        "min_lat_e7": 565_000_000,
        "max_lat_e7": 578_000_000,
        "center_zoom": zoom,
        "center_lon_e7": 114_000_000,
        "center_lat_e7": 570_000_000,
    }
    names = [{"id": layer["name"], "fields": {}} for layer in layers]
    writer.finalize(header, {"vector_layers": names})
    return file.getvalue()


def _polygon(ring: list[tuple[int, int]], name: str) -> dict[str, object]:
    return {"geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": {"name": name}}


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(_alone, tmp_path_factory) -> Iterator[str]:
    """Return where the showcase is served, static files included."""
    tiles = tmp_path_factory.mktemp("tiles")
    (tiles / "map.pmtiles").write_bytes(archive())
    application = WhiteNoise(StaticFilesHandler(get_wsgi_application()), tiles, prefix="tiles/")
    server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
