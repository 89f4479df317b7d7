"""What is put first stands on the search page of its site, and what is typed there is counted."""

import pytest
from bs4 import BeautifulSoup

from city_sites.factories import city_site, team_member
from home.factories import national_home, standard_page
from search.models import Promotion, QueryCount

pytestmark = pytest.mark.django_db


@pytest.fixture
def tulsa(tulsa_database):
    return city_site("Tulsa", "OK")


@pytest.fixture
def page(tulsa):
    return standard_page(national_home(), "Porch light day")


def text(client, **query):
    response = client.get("/search/", query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").find("main").get_text(" ", strip=True)


def test_a_page_stands_first_on_its_site_alone(client, tulsa, page):
    Promotion.objects.create(city=tulsa.city, queries="zqxlamps", page=page, text="On 1 May, everybody.")
    assert "On 1 May, everybody." in text(client, q="zqxlamps", site="tulsa-ok")
    assert "On 1 May, everybody." not in text(client, q="zqxlamps")
    Promotion.objects.update(city=None)
    assert "On 1 May, everybody." in text(client, q="zqxlamps")
    assert "On 1 May, everybody." not in text(client, q="zqxlamps", site="tulsa-ok")


def counts():
    return set(QueryCount.objects.values_list("city__slug", "words", "is_found", "count"))


def test_what_visitors_type_is_counted_for_the_site_on_which_they_type_it(client, tulsa):
    text(client, q="Zqx  Roofs")
    text(client, q="zqx roofs")
    text(client, q="volunteers", site="tulsa-ok")
    assert counts() == {(None, "zqx roofs", False, 2), ("tulsa-ok", "volunteers", True, 1)}


def test_pages_filters_and_people_who_work_here_are_not_counted(client, tulsa):
    text(client, q="volunteers", page="2")
    text(client, q="volunteers", kind="page")
    text(client)
    client.get("/api/search/", {"q": "volunteers"})
    client.get("/api/search/suggest/", {"q": "volunteers"})
    client.force_login(team_member(tulsa.city))
    text(client, q="volunteers")
    assert counts() == set()
