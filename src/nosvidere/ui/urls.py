"""The page that shows every component."""

from django.urls import path

from nosvidere.ui import views

app_name = "ui"
urlpatterns = [path("ui/showcase", views.showcase, name="showcase")]
