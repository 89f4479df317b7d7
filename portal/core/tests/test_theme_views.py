"""A theme's style sheet comes from its address alone."""

import gzip

import pytest
from django.urls import reverse

from portal.core import theme_views
from portal.core.theme import READY_THEMES, Theme, stylesheet
from portal.core.theme_views import theme_url

LARGEST = Theme("#f26d5b", "#12355b", "poster", "light", "#8a3a12", "#1f4d2b")


def test_the_address_gives_the_style_sheet_without_asking_the_database(client):
    response = client.get(theme_url(LARGEST))
    assert response.status_code == 200
    assert response.content.decode() == stylesheet(LARGEST)
    assert response["Content-Type"] == "text/css; charset=utf-8"


def test_it_may_be_kept_for_a_year_and_knows_nobody(client):
    response = client.get(theme_url(LARGEST))
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Accept-Encoding" in response["Vary"]
    assert "Cookie" not in response["Vary"]
    assert "Set-Cookie" not in response
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "wanted",
    [
        LARGEST,
        Theme("#ffffff", "#000000"),
        Theme("#ffff00", "#00ffff", "plaque", "dark", band="#808080"),
        Theme("#00ff00", "#ff00ff", "plaque", "light", action="#ff0000"),
        *(Theme(ready.first, ready.second, ready.pairing) for ready in READY_THEMES),
    ],
    ids=str,
)
def test_every_choice_survives_the_address_and_is_small(client, wanted):
    response = client.get(theme_url(wanted), headers={"accept-encoding": "gzip, br"})
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content).decode() == stylesheet(wanted)
    assert len(response.content) <= 2048


def test_an_address_made_by_older_rules_leads_to_the_current_one(client):
    old = theme_url(LARGEST).replace(theme_views.RULES, "0old0rul")
    response = client.get(old)
    assert response.status_code == 302
    assert response["Location"] == theme_url(LARGEST)
    assert "immutable" not in response.get("Cache-Control", "")


@pytest.mark.django_db  # an address that leads nowhere is looked for among the redirects
@pytest.mark.parametrize(
    "name",
    [
        "12355b-8ecae6",
        "12355b-8ecae6-signpost",
        "12355B-8ecae6-signpost-both",
        "12355b-8ecae6-comic-both",
        "12355b-8ecae6-signpost-sepia",
        "12355b-8ecae6-signpost-both-a1f4d2b-b8a3a12",
        "12355b-8ecae6-signpost-both-x8a3a12",
        "12355b-8ecae6-signpost-both-",
        "red-blue-signpost-both",
    ],
)
def test_any_other_name_is_not_found(client, name):
    assert client.get(reverse("core:theme_stylesheet", args=[theme_views.RULES, name])).status_code == 404


def test_only_reading_is_allowed(client):
    assert client.post(theme_url(LARGEST)).status_code == 405
    assert client.head(theme_url(LARGEST)).status_code == 200


def test_the_maintenance_page_keeps_a_citys_look(client, settings):
    settings.MAINTENANCE_MODE = True
    assert client.get(theme_url(LARGEST)).status_code == 200
