"""Operations: the list, one operation, its decision, staff, plan and briefing sheets."""

from django.urls import path

from nosvidere.operations import views

app_name = "operations"
urlpatterns = [
    path("insatser/", views.operations, name="operations"),
    path("insatser/ny/", views.propose, name="propose"),
    path("insatser/beslut/", views.to_decide, name="to_decide"),
    path("insatser/<int:pk>/", views.operation, name="operation"),
    path("insatser/<int:pk>/besluta/", views.decide, name="decide"),
    path("insatser/<int:pk>/pass/", views.add_shift, name="add_shift"),
    path("insatser/<int:pk>/frys/", views.freeze, name="freeze"),
    path("insatser/<int:pk>/planera/", views.plan, name="plan"),
    path("insatser/<int:pk>/steg/", views.step, name="step"),
    path("insatser/pass/<int:pk>/lag/", views.add_team, name="add_team"),
    path("insatser/pass/<int:pk>/genomgang/", views.sheet, name="sheet"),
    path("insatser/pass/<int:pk>/genomgang.pdf", views.sheet_file, name="sheet_file"),
    path("insatser/besok/<int:pk>/", views.visit, name="visit"),
]
