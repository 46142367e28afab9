"""The first page, the situation picture, the published summaries and the dark figure."""

from django.urls import path

from nosvidere.picture import views

app_name = "picture"
urlpatterns = [
    path("", views.start, name="start"),
    path("lagesbild/", views.picture, name="picture"),
    path("lagesbild/<int:pk>/", views.operation, name="operation"),
    path("lagesbild/<int:pk>/publicera/", views.publish, name="publish"),
    path("morkertal/", views.estimates, name="estimates"),
    path("morkertal/<int:pk>/", views.estimate, name="estimate"),
]
