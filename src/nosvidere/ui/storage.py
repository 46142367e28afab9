"""Static files under names that change with their contents; one that is missing never takes a page down."""

import logging

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
            log.exception("static file %s has not been collected", name)
            return name
        return found
