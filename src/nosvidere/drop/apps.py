"""The app's name for Django."""

from django.apps import AppConfig


class DropConfig(AppConfig):
    name = "nosvidere.drop"
    label = "drop"
    verbose_name = "brevlåda"
