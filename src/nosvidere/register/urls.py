"""The register: its imports, the places in it, and what streets are called."""

from django.urls import path

from nosvidere.register import views

app_name = "register"
urlpatterns = [
    path("register/", views.imports, name="imports"),
    path("register/las-in/", views.upload, name="upload"),
    path("register/bygg-index/", views.build_index, name="build_index"),
    path("register/inlasning/<int:pk>/", views.one_import, name="import"),
    path("register/platser/", views.places, name="places"),
    path("register/platser/<int:pk>/", views.place, name="place"),
    path("register/platser/<int:pk>/hyresvard/", views.landlord, name="landlord"),
    path("register/smeknamn/", views.nicknames, name="nicknames"),
    path("register/smeknamn/<int:pk>/ta-bort/", views.remove_nickname, name="remove_nickname"),
]
