"""The social services' pages."""

from django.urls import path

from nosvidere.services import views

app_name = "services"
urlpatterns = [
    path("", views.referrals, name="referrals"),
    path("manad/", views.month, name="month"),
    path("formedling/<uuid:pk>/", views.referral, name="referral"),
    path("formedling/<uuid:pk>/forsok/", views.note_try, name="note_try"),
    path("formedling/<uuid:pk>/steg/", views.step, name="step"),
]
