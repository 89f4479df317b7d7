"""Addresses of the search page; with a language in front."""

from django.urls import URLPattern, path

from search.views.feed import feed
from search.views.page import page

app_name = "search"

urlpatterns: list[URLPattern] = [
    path("", page, name="page"),
    path("feed/", feed, name="feed"),
]
