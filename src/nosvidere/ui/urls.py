"""The page that shows every component, and the choice of language."""

from django.urls import path

from nosvidere.ui import views

app_name = "ui"
urlpatterns = [
    path("ui/showcase", views.showcase, name="showcase"),
    path("sprak/", views.choose_language, name="language"),
]
