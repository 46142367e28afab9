"""A static file that was not collected costs its own style, never the page."""

import logging

import pytest
from django.core.files.base import ContentFile

from nosvidere.ui.storage import ForgivingStaticFilesStorage


@pytest.fixture
def storage(tmp_path, settings):
    """A storage with one collected file."""
    settings.DEBUG = False
    made = ForgivingStaticFilesStorage(location=tmp_path, base_url="/static/")
    made.save("app/one.css", ContentFile(b"p { margin: 0 }"))
    made.hashed_files = {"app/one.css": "app/one.123.css"}
    return made


def test_a_collected_file_goes_by_the_name_of_its_contents(storage):
    assert storage.url("app/one.css") == "/static/app/one.123.css"


def test_a_file_that_was_not_collected_goes_by_its_own_name_and_is_told(storage, caplog):
    with caplog.at_level(logging.ERROR):
        address = storage.url("ui/base.css")

    assert address == "/static/ui/base.css"
    assert "ui/base.css has not been collected" in caplog.text


def test_a_name_that_no_app_has_is_no_fault_of_the_collecting(storage, caplog):
    with caplog.at_level(logging.INFO):
        address = storage.url("vendor/htmx/htmx.js")

    assert address == "/static/vendor/htmx/htmx.js"
    assert [one.levelname for one in caplog.records] == ["INFO"]


@pytest.mark.parametrize("site", ["public", "police", "services"])
def test_every_site_keeps_its_static_files_so(site, monkeypatch, tmp_path):
    import importlib

    module = importlib.import_module(f"nosvidere.sites.{site}")

    assert module.STORAGES["staticfiles"]["BACKEND"].endswith("ForgivingStaticFilesStorage")
