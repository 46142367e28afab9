"""All addresses of the services site."""

from django.urls import include, path

urlpatterns = [
    path("konto/", include("allauth.urls")),
    path("", include("nosvidere.accounts.urls")),
    path("", include("nosvidere.ui.urls")),
    path("", include("nosvidere.services.urls")),
]
handler400 = "nosvidere.ui.views.bad_request"
handler403 = "nosvidere.ui.views.not_allowed"
handler404 = "nosvidere.ui.views.not_found"
handler500 = "nosvidere.ui.views.failed"
