"""Help: offered on a shift, counted, passed on sealed."""

from django.urls import path

from nosvidere.support import views

app_name = "support"
urlpatterns = [
    path("hjalp/", views.offers, name="offers"),
    path("hjalp/erbjud/<int:shift>/", views.offer, name="offer"),
    path("hjalp/svar/<uuid:pk>/", views.answer, name="answer"),
    path("hjalp/ja/<uuid:pk>/", views.consent, name="consent"),
    path("hjalp/aterta/", views.withdraw, name="withdraw"),
]
