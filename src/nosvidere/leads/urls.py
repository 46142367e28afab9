"""Leads: the list, one lead with its evidence, and the confirming of places."""

from django.urls import path

from nosvidere.leads import views

app_name = "leads"
urlpatterns = [
    path("uppslag/", views.leads, name="leads"),
    path("uppslag/<int:pk>/", views.lead, name="lead"),
    path("uppslag/<int:pk>/bedom/", views.assess, name="assess"),
    path("uppslag/<int:pk>/godkann/", views.approve, name="approve"),
    path("uppslag/<int:pk>/vila/", views.park, name="park"),
    path("uppslag/<int:pk>/ta-upp/", views.reopen, name="reopen"),
    path("uppslag/<int:pk>/aterkalla/", views.withdraw, name="withdraw"),
    path("uppslag/bekrafta/", views.waiting, name="waiting"),
    path("uppslag/bekrafta/<uuid:pk>/", views.confirm, name="confirm"),
    path("uppslag/bekrafta/<uuid:pk>/ingen/", views.turn_down, name="turn_down"),
    path("uppslag/bekrafta/<uuid:pk>/fraga/", views.ask_where, name="ask_where"),
    path("koppling/<int:pk>/angra/", views.undo, name="undo"),
]
