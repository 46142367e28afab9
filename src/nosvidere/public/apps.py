"""The app's name for Django."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "nosvidere.public"
    label = "public"
    verbose_name = "öppna sidor"
