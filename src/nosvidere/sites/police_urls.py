"""All addresses of the police site."""

from django.urls import include, path

urlpatterns = [
    path("konto/", include("allauth.urls")),
    path("", include("nosvidere.accounts.urls")),
    path("", include("nosvidere.ui.urls")),
    path("", include("nosvidere.picture.urls")),
    path("", include("nosvidere.register.urls")),
    path("", include("nosvidere.intake.urls")),
    path("", include("nosvidere.leads.urls")),
    path("", include("nosvidere.operations.urls")),
    path("", include("nosvidere.field.urls")),
    path("", include("nosvidere.landlords.urls")),
    path("", include("nosvidere.support.urls")),
]
handler400 = "nosvidere.ui.views.bad_request"
handler403 = "nosvidere.ui.views.not_allowed"
handler404 = "nosvidere.ui.views.not_found"
handler500 = "nosvidere.ui.views.failed"
