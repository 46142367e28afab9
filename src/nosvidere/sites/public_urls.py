"""All addresses of the public site: pages in every language, and the relay where it has no socket of its own."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from nosvidere.sites.environment import as_bool, read

RELAY = (
    ()
    if read("RELAY_APART", as_bool, False)
    else (path("relay/", include("nosvidere.drop.urls")),)
)
urlpatterns = [
    *RELAY,
    *i18n_patterns(path("", include("nosvidere.public.urls")), prefix_default_language=False),
]
handler400 = "nosvidere.ui.views.bad_request"
handler403 = "nosvidere.ui.views.not_allowed"
handler404 = "nosvidere.public.views.errors.not_found"
handler500 = "nosvidere.ui.views.failed"
