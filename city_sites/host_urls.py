"""Addresses for the servers in front of the portal; answered under any name, without a language in front."""

from django.urls import path

from city_sites.views_hosts import tls_ask

app_name = "city_sites_internal"

urlpatterns = [path("tls-ask", tls_ask, name="tls_ask")]
