"""The window in which editors pick a city."""

import json

import pytest
from django.urls import reverse

from coalition.factories import CityFactory

pytestmark = pytest.mark.django_db


def found(client, words):
    return client.get(reverse("coalition_city_chooser:choose_results"), {"q": words}).content.decode()


def test_editor_finds_a_city_by_name_state_alias_or_zip(client, person_with):
    client.force_login(person_with())
    missouri, oregon = CityFactory(name="Springfield", state="MO"), CityFactory(name="Springfield", state="OR")
    missouri.aliases.create(name="Queen City")
    missouri.zips.create(zip="65802")
    assert str(missouri) in found(client, "springf")
    assert str(oregon) in found(client, "springf")
    for words in ("springfield, mo", "queen", "65802"):
        assert str(missouri) in found(client, words), words
        assert str(oregon) not in found(client, words), words
    assert "no matches" in found(client, "zzz")


def test_chosen_city_goes_back_to_the_form(client, person_with):
    client.force_login(person_with())
    city = CityFactory(name="Tulsa", state="OK")
    window = json.loads(client.get(reverse("coalition_city_chooser:choose")).content)
    assert "Name, other name or ZIP code" in window["html"]
    chosen = json.loads(client.get(reverse("coalition_city_chooser:chosen", args=[city.pk])).content)
    assert chosen["result"]["id"] == str(city.pk)
    assert chosen["result"]["title"] == "Tulsa, OK"


def test_window_is_closed_to_visitors(client):
    assert client.get(reverse("coalition_city_chooser:choose")).status_code == 302
