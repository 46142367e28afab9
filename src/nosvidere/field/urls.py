"""The field: the own shift, visits and records, the outbox, and the debriefing for those who lead."""

from django.urls import path

from nosvidere.field import api, debriefing, phone, views

app_name = "field"
urlpatterns = [
    path("falt/", views.shift, name="shift"),
    path("falt/besok/<int:pk>/", views.visit, name="visit"),
    path("falt/besok/<int:pk>/anmalan/", views.report, name="report"),
    path("falt/mina/", views.records, name="records"),
    path("falt/oro/<int:pk>/lamnad/", views.concern_sent, name="concern_sent"),
    path("falt/paket", phone.pack, name="pack"),
    path("falt/nyckel", phone.key, name="key"),
    path("falt/utan-nat/", phone.shell, name="shell"),
    path("falt/arbetare.js", phone.worker, name="worker"),
    path("falt/utkorg", api.outbox, name="outbox"),
    path("insatser/<int:pk>/avstamning/", debriefing.debrief, name="debrief"),
    path("insatser/<int:pk>/rapport/", debriefing.report, name="after_action"),
    path("insatser/<int:pk>/rapport.pdf", debriefing.report_file, name="after_action_file"),
    path("insatser/besok/<int:pk>/besked/", debriefing.conclude, name="conclude"),
    path("insatser/kontroll/<uuid:pk>/ersatt/", debriefing.replace, name="replace"),
    path("insatser/anmalan/<uuid:pk>/aterkalla/", debriefing.withdraw, name="withdraw"),
]
