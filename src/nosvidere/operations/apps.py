"""The app's name for Django."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "nosvidere.operations"
    label = "operations"
    verbose_name = "insatser"
