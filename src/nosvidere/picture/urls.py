"""The first page, the situation picture, the published summaries and the dark figure."""

from django.urls import path

from nosvidere.picture.views import estimates, figures

app_name = "picture"
urlpatterns = [
    path("", figures.start, name="start"),
    path("lagesbild/", figures.picture, name="picture"),
    path("lagesbild/<int:pk>/", figures.operation, name="operation"),
    path("lagesbild/<int:pk>/publicera/", figures.publish, name="publish"),
    path("morkertal/", estimates.estimates, name="estimates"),
    path("morkertal/ny/", estimates.new, name="new_estimate"),
    path("morkertal/egna-platser/", estimates.own, name="own_places"),
    path("morkertal/jamfor/", estimates.compare, name="compare"),
    path("morkertal/<int:pk>/", estimates.estimate, name="estimate"),
    path("morkertal/<int:pk>/publicera/", estimates.publish, name="publish_estimate"),
]
