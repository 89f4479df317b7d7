"""/cities/members.csv, .json and .geojson."""

import csv
import datetime
import io

import pytest
from wagtail.models import Page, Site

from coalition.factories import CityFactory
from coalition.models import City

pytestmark = pytest.mark.django_db
KINDS = ["csv", "json", "geojson"]


def member(name, state="MO", **fields):
    return CityFactory(name=name, state=state, member=True, **fields)


def csv_rows(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def ids(client, kind, query=""):
    response = client.get(f"/cities/members.{kind}{query}")
    if kind == "csv":
        return [row["id"] for row in csv_rows(response)]
    if kind == "json":
        return [row["id"] for row in response.json()["cities"]]
    return [feature["id"] for feature in response.json()["features"]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("query", ["", "?state=OK", "?size=large", "?q=spring", "?sort=name", "?sort=-people"])
def test_data_has_the_rows_of_the_list_in_its_order(client, kind, query):
    member("Tulsa", "OK", population=413_066)
    member("Springfield", "MO", population=169_176)
    member("Springfield", "IL", population=114_394, member_since=datetime.date(2026, 1, 1))
    CityFactory(name="Norman", state="OK")
    listed = [city.slug for city in client.get(f"/cities/{query}").context["list"].found]
    assert listed
    assert ids(client, kind, query) == listed


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(client):
    member("=HYPERLINK(1)", slug="formula-mo")
    member("Cañon City", "CO", slug="canon-city-co")
    response = client.get("/cities/members.csv?sort=name")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert [row["name"] for row in csv_rows(response)] == ["'=HYPERLINK(1)", "Cañon City"]
    assert "member-cities.csv" in response["Content-Disposition"]


def test_geojson_puts_longitude_first_and_keeps_cities_without_a_position(client):
    member("Tulsa", "OK", latitude=36.15, longitude=-95.99)
    member("Nowhere", "KS", latitude=None, longitude=None)
    response = client.get("/cities/members.geojson?sort=name")
    assert response["Content-Type"] == "application/geo+json"
    nowhere, tulsa = response.json()["features"]
    assert tulsa["geometry"] == {"type": "Point", "coordinates": [-95.99, 36.15]}
    assert nowhere["geometry"] is None


def test_json_says_who_may_use_it_and_what_each_city_is(client):
    root = Site.objects.get().root_page
    page = root.add_child(instance=Page(title="Tulsa Pitches In", slug="tulsa"))
    member("Tulsa", "OK", geoid="4075000", population=413_066, home_page=page, latitude=36.15, longitude=-95.99)
    data = client.get("/cities/members.json").json()
    assert data["license"] == "CC-BY-4.0"
    assert data["count"] == 1
    assert data["cities"] == [
        {
            "id": "tulsa-ok",
            "name": "Tulsa",
            "state": "OK",
            "state_name": "Oklahoma",
            "geoid": "4075000",
            "population": 413_066,
            "latitude": 36.15,
            "longitude": -95.99,
            "member_since": "2024-03-01",
            "url": "http://testserver/cities/find/tulsa-ok/",
            "site_url": "http://localhost/tulsa/",
        }
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_any_site_may_read_it_and_ask_whether_it_changed(client, kind):
    tulsa = member("Tulsa", "OK")
    url = f"/cities/members.{kind}"
    first = client.get(url)
    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Last-Modified"]
    again = client.get(url, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    City.objects.filter(pk=tulsa.pk).update(status=City.Status.LAPSED)
    assert client.get(url, headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_queries_do_not_grow_with_the_members(client, kind, django_assert_max_num_queries):
    root = Site.objects.get().root_page
    for number in range(30):
        page = root.add_child(instance=Page(title=f"Site {number}", slug=f"site-{number}"))
        member(f"Place {number}", home_page=page)
    client.get(f"/cities/members.{kind}")
    with django_assert_max_num_queries(6):
        client.get(f"/cities/members.{kind}")
