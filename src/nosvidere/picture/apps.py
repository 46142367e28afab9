"""The app's name for Django."""

from django.apps import AppConfig


class PictureConfig(AppConfig):
    name = "nosvidere.picture"
    label = "picture"
    verbose_name = "lägesbild"
