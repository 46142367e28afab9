"""The app's name for Django."""

from django.apps import AppConfig


class LandlordsConfig(AppConfig):
    name = "nosvidere.landlords"
    label = "landlords"
    verbose_name = "hyresvärdar"
