"""Tips and ads: what has come in, and what is decided about it."""

from django.urls import path

from nosvidere.intake.views import ads, calls, groups, photos, tips

app_name = "intake"
urlpatterns = [
    path("tips/", tips.tips, name="tips"),
    path("tips/nytt/", calls.call, name="call"),
    path("tips/<uuid:pk>/", tips.tip, name="tip"),
    path("tips/<uuid:pk>/oppna/", tips.open_tip, name="open"),
    path("tips/<uuid:pk>/bild/<int:position>/", photos.photo, name="photo"),
    path("tips/<uuid:pk>/bedom/", tips.grade, name="grade"),
    path("tips/<uuid:pk>/skriv-av/", tips.discard, name="discard"),
    path("tips/<uuid:pk>/ledningscentralen/", tips.forward, name="forward"),
    path("tips/<uuid:pk>/fraga/", tips.ask, name="ask"),
    path("tips/<uuid:pk>/avsandare/", tips.sender, name="sender"),
    path("annonser/", ads.ads, name="ads"),
    path("annonser/las-in/", ads.upload, name="upload"),
    path("annonser/gruppera/", ads.link, name="link"),
    path("annonser/inlasning/<int:pk>/", ads.batch, name="batch"),
    path("annonser/andringar/", groups.changes, name="changes"),
    path("annonser/grupp/<slug:name>/", ads.group, name="group"),
    path("annonser/grupp/<slug:name>/inte-samma/", groups.apart, name="apart"),
    path("annonser/grupp/<slug:name>/texter/", groups.texts, name="texts"),
    path("annonser/bedomning/<int:pk>/angra/", groups.release, name="release"),
]
