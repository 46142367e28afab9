"""The addresses of the relay's own socket: nothing for a browser."""

from django.urls import include, path

urlpatterns = [path("relay/", include("nosvidere.drop.urls"))]
handler400 = "nosvidere.ui.views.bad_request"
handler403 = "nosvidere.ui.views.not_allowed"
handler404 = "nosvidere.ui.views.not_found"
handler500 = "nosvidere.ui.views.failed"
