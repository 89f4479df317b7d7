"""Addresses below /team/, in every language: what a mail about a city's team leads to."""

from django.urls import path

from coalition.views import invitation

app_name = "coalition_invitation"

urlpatterns = [path("join/<str:token>/", invitation.join, name="join")]
