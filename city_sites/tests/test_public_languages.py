"""The language switch stays inside a city's site."""

import pytest

from city_sites.factories import spanish_home
from city_sites.models import CityHomePage
from city_sites.tests.visiting import publish, soup_of

pytestmark = pytest.mark.django_db


def switches(soup):
    return {a["href"] for a in soup.select("a[hreflang]") if a.get_text().startswith(("English", "Español"))}


def test_city_without_spanish_shows_no_switch(client, tulsa):
    for page in [tulsa, *tulsa.get_children().live()]:
        assert switches(soup_of(client, page.url)) == set()


def test_switch_stays_inside_the_site(client, tulsa):
    spanish = spanish_home(tulsa)
    about = tulsa.get_children().get(slug="about").specific
    assert switches(soup_of(client, tulsa.url)) == {spanish.url}
    soup = soup_of(client, about.url)
    assert switches(soup) == {spanish.url}
    assert soup.select_one("header a[hreflang=es] .hidden-visually"), "says that it leads to the home page"
    translated = about.copy_for_translation(spanish.locale)
    translated.save_revision().publish()
    assert switches(soup_of(client, about.url)) == {translated.url}
    assert switches(soup_of(client, translated.url)) == {about.url}
    assert client.get(translated.url).status_code == client.get(spanish.url).status_code == 200


def test_spanish_page_whose_home_is_not_public_leads_back_to_the_english_site(client, tulsa):
    spanish = spanish_home(tulsa)
    about = tulsa.get_children().get(slug="about").specific
    translated = about.copy_for_translation(spanish.locale)
    translated.save_revision().publish()
    CityHomePage.objects.get(pk=spanish.pk).unpublish()
    soup = soup_of(client, translated.url)
    assert soup.select_one("header .brand")["href"] == tulsa.url
    assert spanish.url not in {a["href"] for a in soup.select("a[href]")}


def test_spanish_site_speaks_spanish_around_its_pages(client, tulsa):
    spanish = publish(spanish_home(tulsa), title="Tulsa ayuda")
    soup = soup_of(client, spanish.url)
    assert soup.html["lang"] == "es"
    assert "Tulsa ayuda" in soup.select_one("header .brand").get_text()
    assert soup.select_one(".member-of a")["href"] == "/es/"
    assert soup.select_one("link[rel=alternate][hreflang=en]")["href"].endswith(tulsa.url)
