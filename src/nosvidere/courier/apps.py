"""The app's name for Django."""

from django.apps import AppConfig


class CourierConfig(AppConfig):
    name = "nosvidere.courier"
    label = "courier"
    verbose_name = "kurir"
