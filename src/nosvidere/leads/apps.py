"""The app's name for Django."""

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    name = "nosvidere.leads"
    label = "leads"
    verbose_name = "uppslag"
