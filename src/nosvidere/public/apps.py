"""The app's name for Django."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "nosvidere.public"
    label = "public"
    verbose_name = "öppna sidor"

    def ready(self) -> None:
        """Register the deployer's checks."""
        from nosvidere.public import checks  # noqa: F401, PLC0415 - registers itself when the apps are ready
