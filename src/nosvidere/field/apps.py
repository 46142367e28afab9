"""The app's name for Django."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "nosvidere.field"
    label = "field"
    verbose_name = "fält"
