"""The pages of this app, in every language under the same names."""

from django.urls import path

from nosvidere.public.views import accessibility, follow, landlord, pages, pointing, suggest, tip

app_name = "public"
urlpatterns = [
    path("", pages.start, name="start"),
    path("tecken/", pages.signs, name="signs"),
    path("tipsa/", tip.tip, name="tip"),
    path("tipsa/adress/", suggest.suggest, name="suggest"),
    path("tipsa/karta/", pointing.map_of_addresses, name="map"),
    path("tipsa/kod/", tip.code_kept, name="code_kept"),
    path("folj/", follow.follow, name="follow"),
    path("hyresvard/", landlord.landlord, name="landlord"),
    path("lagesbild/", pages.picture, name="picture"),
    path("vad-hander/", pages.afterwards, name="afterwards"),
    path("hjalp/salt-sex/", pages.help_selling, name="help_selling"),
    path("hjalp/kopt-sex/", pages.help_buying, name="help_buying"),
    path("hjalp/hyra-ut/", pages.help_letting, name="help_letting"),
    path("integritet/", pages.privacy, name="privacy"),
    path("tillganglighet/", accessibility.accessibility, name="accessibility"),
    path("paminnelse.ics", pages.reminder_file, name="reminder"),
]
