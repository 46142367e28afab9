"""What a site writes on its standard error: what went wrong and where in the code, never what somebody sent."""

import logging
import traceback


class BareFormatter(logging.Formatter):
    """Writes moment, level, logger and message; of an error its kind and the lines it passed, not its text.

    Django's own messages carry addresses of pages and what was in a request, so of them only the template is written.
    """

    def __init__(self) -> None:
        """Set the one form of a line."""
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """Return the line, with Django's templates unfilled."""
        if record.name.startswith("django"):
            record.message = str(record.msg)
        return super().formatMessage(record)

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's own name
        """Return the kind of an error and the lines of code that it passed."""
        if not isinstance(ei, tuple) or ei[0] is None:
            return ""
        frames = traceback.extract_tb(ei[2])
        return "\n".join(
            [ei[0].__name__, *(f"  {f.filename}:{f.lineno} {f.name}" for f in frames)]
        )
