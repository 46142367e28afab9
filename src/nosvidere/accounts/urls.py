"""Staff accounts and the log."""

from django.urls import path

from nosvidere.accounts import views

app_name = "accounts"
urlpatterns = [
    path("konton/", views.accounts, name="accounts"),
    path("logg/", views.log, name="log"),
]
