"""Each search as RSS."""

import datetime
from xml.etree import ElementTree

import pytest

from coalition.factories import on_team
from coalition.models import Role
from search.models.doc import Readers
from search.tests.pages.conftest import index, thing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("documents")]


def channel(response):
    assert response.status_code == 200
    return ElementTree.fromstring(response.content).find("channel")


def titles(response):
    return [item.findtext("title") for item in channel(response).findall("item")]


def test_the_newest_stand_first(client):
    found = titles(client.get("/search/feed/?q=lantern"))
    assert found[:3] == ["A lantern for every porch", "Lantern makers of Tulsa", "Lantern walk 12"]
    assert len(found) == 14


def test_filters_and_the_site_count(client):
    assert len(titles(client.get("/search/feed/?q=lantern&topic=health"))) == 3
    assert len(titles(client.get("/search/feed/?q=lantern&site=tulsa-ok"))) == 2


def test_it_says_what_is_followed(client):
    found = channel(client.get("/search/feed/?q=lantern&kind=guide"))
    assert found.findtext("title") == "Search: lantern (Guides) | Cities of Service"
    assert found.findtext("link") == "http://testserver/search/?q=lantern&kind=guide&sort=newest"
    assert found.findall("item")[0].findtext("link") == "http://testserver/things/12/"


def test_thirty_at_most(client):
    day = datetime.date(2026, 3, 1)
    index(*(thing(100 + number, f"Lantern parade {number}", date=day) for number in range(40)))
    assert len(titles(client.get("/search/feed/?q=lantern"))) == 30


def test_whoever_has_it_all_is_told_so_until_something_new_fits(client):
    first = client.get("/search/feed/?q=lantern")
    again = client.get("/search/feed/?q=lantern", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    index(thing(60, "A lantern anew", date=datetime.date(2026, 4, 1)))
    later = client.get("/search/feed/?q=lantern", headers={"if-none-match": first["ETag"]})
    assert titles(later)[0] == "A lantern anew"


def test_a_feed_is_what_visitors_find(client, tulsa):
    index(thing(50, "Signing a lease", readers=Readers.MEMBERS, body="The candlewick clause."))
    client.force_login(on_team(tulsa, Role.EDITOR))
    response = client.get("/search/feed/?q=candlewick")
    assert titles(response) == []
    assert response["Cache-Control"] == "public, max-age=300"


def test_nonsense_is_refused_with_the_reason(client):
    response = client.get("/search/feed/?page=x")
    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert "is not the number of a page" in response.content.decode()
