"""Static files under names that change with their contents; one that is missing never takes a page down."""

import logging

from django.contrib.staticfiles import finders
from whitenoise.storage import (  # type: ignore[import-untyped]  # whitenoise ships no types
    CompressedManifestStaticFilesStorage,
)

log = logging.getLogger(__name__)


class ForgivingStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # its base has no types
    """Whitenoise's storage, where a file without an entry goes by its own name and is told in the log."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """Return the name with the contents' hash, or the name as it is where no such file has been collected."""
        try:
            found: str = super().stored_name(name)
        except ValueError:
            # Whitenoise asks at start for names that no app has, to see what is named by its contents: that is no fault.
            level = logging.ERROR if finders.find(name) else logging.INFO
            log.log(level, "static file %s has not been collected", name)
            return name
        return found
