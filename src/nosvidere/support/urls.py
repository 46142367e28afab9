"""The pages of this app."""

from django.urls import URLPattern

app_name = "support"
urlpatterns: list[URLPattern] = []
