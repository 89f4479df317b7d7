"""Addresses below /my-data/, in every language."""

from django.urls import path

from portal.core.personal_data import views

app_name = "personal_data"

urlpatterns = [
    path("", views.ask, name="request"),
    path("sent/", views.sent, name="sent"),
    path("erased/", views.erased, name="erased"),
    path("<str:token>/", views.show, name="show"),
    path("<str:token>/erase/", views.erase, name="erase"),
    path("<str:token>/my-data.<str:kind>", views.download, name="download"),
]
