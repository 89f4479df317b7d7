"""Addresses of the JSON interface; without a language in front."""

from django.urls import path

from search.views import api, openapi, suggest

app_name = "search_api"

urlpatterns = [
    path("api/search/", api.search, name="search"),
    path("api/search/suggest/", suggest.suggest, name="suggest"),
    path("api/openapi.json", openapi.openapi, name="openapi"),
]
