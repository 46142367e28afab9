"""The app's name for Django."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "nosvidere.services"
    label = "services"
    verbose_name = "socialtjänst"
