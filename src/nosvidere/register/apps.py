"""The app's name for Django."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "nosvidere.register"
    label = "register"
    verbose_name = "adressregister"
