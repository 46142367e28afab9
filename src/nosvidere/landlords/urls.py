"""Notices to landlords."""

from django.urls import path

from nosvidere.landlords import views

app_name = "landlords"
urlpatterns = [
    path("hyresvardar/", views.notices, name="notices"),
    path("hyresvardar/nytt/<int:lead>/", views.draft, name="draft"),
    path("hyresvardar/<int:pk>/", views.notice, name="notice"),
    path("hyresvardar/<int:pk>/andra/", views.revise, name="revise"),
    path("hyresvardar/<int:pk>/granska/", views.ask_review, name="ask_review"),
    path("hyresvardar/<int:pk>/godkann/", views.review, name="review"),
    path("hyresvardar/<int:pk>/avsla/", views.reject, name="reject"),
    path("hyresvardar/<int:pk>/skicka/", views.serve, name="serve"),
    path("hyresvardar/<int:pk>/brev.pdf", views.letter, name="letter"),
    path("hyresvardar/<int:pk>/delgiven/", views.told, name="told"),
    path("hyresvardar/<int:pk>/skriv/", views.write, name="write"),
    path("hyresvardar/<int:pk>/haller/", views.verify, name="verify"),
    path("hyresvardar/<int:pk>/steg/", views.step, name="step"),
]
