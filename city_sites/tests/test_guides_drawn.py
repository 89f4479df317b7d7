"""A guide of a city's own, as the city's site draws it."""

import pytest
from bs4 import BeautifulSoup

from city_sites.factories import city_site
from city_sites.models import CitySectionPage
from portal.core.models import Topic
from resources import factories

pytestmark = pytest.mark.django_db


def test_guide_on_a_citys_site_stands_in_its_surroundings(client):
    home = city_site("Tulsa", "OK")
    section = CitySectionPage.objects.get(section="guides", path__startswith=home.path)
    guide = factories.guide(section, title="Our own", topics=[Topic.objects.get(slug="health")])
    soup = BeautifulSoup(client.get(guide.url).content, "html.parser")
    assert "Tulsa" in soup.select_one("header .brand").text
    assert soup.select_one(".title-side .flag")
    assert not soup.select(".about-guide a")  # its topic leads to no library of the city
    for address in ("steps/walk-the-route/", "checklist/", "print/"):
        assert client.get(guide.url + address).status_code == 200
    assert guide.get_social_card()["flags"]


def test_a_citys_own_guide_is_not_in_the_library(client):
    section = CitySectionPage.objects.get(section="guides", path__startswith=city_site("Tulsa", "OK").path)
    library = factories.library()
    factories.guide(section, title="Our own")
    factories.guide(library, title="For all")
    text = client.get(library.url).content.decode()
    assert "For all" in text
    assert "Our own" not in text
