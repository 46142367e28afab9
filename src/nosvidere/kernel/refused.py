"""The expected no."""


class Refused(Exception):
    """An act that the rules do not allow now; the reason is fit to show to the person who asked."""

    def __init__(self, reason: str, **values: object) -> None:
        """Keep the Swedish sentence and the values that fill it apart, so that it can be translated."""
        super().__init__(reason.format(**values))
        self.reason = reason
        self.values = values
