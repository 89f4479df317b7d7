"""Addresses below /cities/, in every language."""

from django.urls import path

from coalition.views import cities, finder, open_data

app_name = "coalition"

urlpatterns = [
    path("", cities.cities, name="cities"),
    path("members.csv", open_data.members_csv, name="members_csv"),
    path("members.json", open_data.members_json, name="members_json"),
    path("members.geojson", open_data.members_geojson, name="members_geojson"),
    path("suggest/", finder.suggest, name="suggest"),
    path("find/", finder.find, name="find"),
    path("find/zip/<slug:code>/", finder.zip_answer, name="zip_answer"),
    path("find/<slug:slug>/", finder.answer, name="answer"),
    path("find/<slug:slug>/card-<slug:digest>.png", finder.social_card, name="social_card"),
]
