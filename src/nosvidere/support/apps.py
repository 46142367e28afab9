"""The app's name for Django."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "nosvidere.support"
    label = "support"
    verbose_name = "stöd"
