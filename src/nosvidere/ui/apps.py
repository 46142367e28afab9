"""The app's name for Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "nosvidere.ui"
    label = "ui"
    verbose_name = "gränssnitt"
