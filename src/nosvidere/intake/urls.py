"""The pages of this app."""

from django.urls import URLPattern

app_name = "intake"
urlpatterns: list[URLPattern] = []
