"""Where the grouping of the live ads lies between two batches: a file beside the database that can be made anew from it."""

from pathlib import Path

from django.conf import settings

from nosvidere.engine.linkage import LinkIndex

INDEX_FILE = "linkage.sqlite"


def index_file() -> Path:
    """Return where the index lies, or will."""
    return Path(settings.HOME) / INDEX_FILE


def opened_index() -> LinkIndex | None:
    """Return the index, or None when the ads have not been grouped here."""
    return LinkIndex(index_file()) if index_file().exists() else None
