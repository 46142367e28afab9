"""What happens once when a site starts."""

from datetime import datetime
from importlib import import_module

from django.apps import AppConfig
from django.conf import settings

from nosvidere.kernel.time import start_clock_at
from nosvidere.sites.translations import compile_all


class SitesConfig(AppConfig):
    name = "nosvidere.sites"
    label = "sites"
    verbose_name = "Nos Videre"

    def ready(self) -> None:
        """Make the translations ready, and set the demonstration's clock, if one is given."""
        import_module("nosvidere.sites.checks")
        compile_all()
        if settings.CLOCK_FROM:
            start_clock_at(datetime.fromisoformat(settings.CLOCK_FROM))
