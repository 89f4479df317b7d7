"""A city's home page in each of its styles."""

import pytest

from city_sites.models import CityHomePage
from city_sites.tests.visiting import publish, soup_of
from portal.core.tests.bodies import make_image

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.mark.parametrize("style", CityHomePage.HeroStyle.values)
def test_each_hero_has_one_heading_and_its_buttons(client, tulsa, style):
    soup = soup_of(client, publish(tulsa, hero_style=style).url)
    hero = soup.select_one(f".hero-{style}")
    assert [heading.get_text(strip=True) for heading in soup.select("h1")] == [tulsa.hero_title]
    assert len(hero.select(".button")) == 2
    assert len(hero.select(".button:not(.button-quiet)")) == 1
    assert bool(hero.select("svg")) == (style != "plain")
    assert all(svg.find_parent("svg") or svg["aria-hidden"] == "true" for svg in hero.select("svg"))


@pytest.mark.parametrize("style", ["pole", "poster", "plaque"])
def test_picture_takes_the_place_of_the_flag_and_says_what_it_shows(client, tulsa, style):
    image = make_image()
    image.description = "Neighbors with shovels"
    image.save()
    soup = soup_of(client, publish(tulsa, hero_style=style, hero_image=image).url)
    hero = soup.select_one(f".hero-{style}")
    assert hero.select_one("picture img")["alt"] == "Neighbors with shovels"
    assert hero.select_one("picture source[type='image/avif']")["srcset"].count(",") >= 1
    assert hero.select_one("picture source")["sizes"]
    assert not hero.select(".art > svg, .pole")


def test_words_only_means_no_picture_either(client, tulsa):
    soup = soup_of(client, publish(tulsa, hero_style="plain", hero_image=make_image()).url)
    assert not soup.select(".hero-plain img")


def test_logo_stands_beside_the_name_without_words_of_its_own(client, tulsa):
    soup = soup_of(client, publish(tulsa, logo=make_image()).url)
    for place in ("header", "footer"):
        logo = soup.select_one(f"{place} .brand img")
        assert logo["alt"] == ""
        assert logo["width"]
        assert tulsa.title in soup.select_one(f"{place} .brand").get_text()


def test_flag_flies_in_the_colors_of_the_site(client, tulsa):
    html = str(soup_of(client, publish(tulsa, color_first="#7a1f3d", color_second="#f2a93b").url).select_one(".pole"))
    assert "#7a1f3d" in html


def test_colors_that_are_none_become_neither_markup_nor_style(client, tulsa):
    CityHomePage.objects.filter(pk=tulsa.pk).update(color_first='"><b', color_second="red;x")
    html = client.get(tulsa.url).content.decode()
    assert '"><b' not in html
    assert "red;x" not in html


def test_social_card_of_each_page_flies_the_citys_flag(client, tulsa):
    for page in (tulsa, tulsa.get_children().get(slug="about").specific):
        card = page.get_social_card()
        assert card["flags"][0].name == "Tulsa"
        assert card["flags"][0].color_first == tulsa.color_first
        address = soup_of(client, page.url).select_one("meta[property='og:image']")["content"]
        assert client.get(address.removeprefix("http://testserver")).status_code == 200
