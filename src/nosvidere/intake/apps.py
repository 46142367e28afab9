"""The app's name for Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "nosvidere.intake"
    label = "intake"
    verbose_name = "intag"
