"""A city's theme: worked out from its home page, shared by its languages, and nobody else's business."""

import pytest

from city_sites.factories import city_site, spanish_home
from city_sites.look import look_url, theme_of
from city_sites.models import CityHomePage
from coalition.factories import CityFactory
from coalition.models import City
from coalition.panels import CITY_PANELS
from portal.core.flags import default_colors
from portal.core.theme import READY_THEMES, Theme

pytestmark = pytest.mark.django_db
BLUE, CORAL = "#00629b", "#f26d5b"


def unsaved_home(**fields):
    city = City(name="Tulsa", state="OK", color_first=BLUE, color_second=CORAL)
    return CityHomePage(city=city, **{"color_first": BLUE, "color_second": CORAL, **fields})


def publish(home, **fields):
    home = CityHomePage.objects.get(pk=home.pk)
    for name, value in fields.items():
        setattr(home, name, value)
    revision = home.save_revision()
    revision.publish()
    home.refresh_from_db()
    return revision


def test_the_home_page_decides_the_theme():
    home = unsaved_home(pairing="plaque", scheme="dark", color_band="#123456")
    assert theme_of(home) == Theme(BLUE, CORAL, "plaque", "dark", band="#123456")


JUNK = ["", "red", "#12345", "#123;}", "</styl>", '"><s>', "#gggggg", "x" * 7]
FIELDS = ("color_first", "color_second", "color_band", "color_action", "pairing", "scheme")


@pytest.mark.parametrize("junk", JUNK)
def test_junk_in_a_draft_never_reaches_a_style_sheet(junk, client):
    home = unsaved_home(**dict.fromkeys(FIELDS, junk))
    assert theme_of(home) == Theme(BLUE, CORAL)
    css = client.get(look_url(home)).content.decode()
    assert BLUE in css
    assert not junk or junk not in css
    assert not set("<>&'") & set(css)


def test_one_color_that_is_missing_is_the_citys_own():
    assert theme_of(unsaved_home(color_first="#ABC", color_second="")) == Theme("#aabbcc", CORAL)


def test_without_any_color_the_name_gives_them():
    home = unsaved_home(color_first="", color_second="")
    home.city.color_first = home.city.color_second = ""
    assert (theme_of(home).first, theme_of(home).second) == default_colors("Tulsa", "OK")


def test_a_page_with_junk_in_it_is_still_served(client):
    home = city_site(color_first=BLUE, color_second=CORAL)
    CityHomePage.objects.filter(pk=home.pk).update(color_first='"><s>', color_band="}a{b:c", pairing="<x>")
    response = client.get(home.url)
    assert response.status_code == 200
    assert "<s>" not in response.content.decode()
    assert "/css/theme/" in response.content.decode()


def test_the_address_costs_no_query(django_assert_num_queries):
    home = city_site()
    with django_assert_num_queries(0):
        assert look_url(home).startswith("/css/theme/")


def test_a_change_in_one_city_changes_nothing_in_another(client):
    tulsa, fargo = city_site("Tulsa", "OK"), city_site("Fargo", "ND")
    pages = {home: client.get(home.url).content.decode() for home in (tulsa, fargo)}
    before = {home: look_url(home) for home in (tulsa, fargo)}
    publish(tulsa, color_first="#8a3a12", pairing="poster", scheme="light")
    tulsa.refresh_from_db()
    fargo.refresh_from_db()
    assert look_url(tulsa) != before[tulsa]
    assert look_url(fargo) == before[fargo]
    assert look_url(tulsa) in client.get(tulsa.url).content.decode()
    assert client.get(fargo.url).content.decode().replace("\n", "") == pages[fargo].replace("\n", "")


def test_a_home_can_wear_every_ready_theme(client):
    home = city_site()
    for ready in READY_THEMES:
        publish(home, color_first=ready.first, color_second=ready.second, pairing=ready.pairing)
        home.refresh_from_db()
        assert theme_of(home) == Theme(ready.first, ready.second, ready.pairing)
        assert f'href="{look_url(home)}"' in client.get(home.url).content.decode()


def test_the_flag_follows_what_is_published_and_what_is_brought_back():
    home = city_site(color_first=BLUE, color_second=CORAL)
    first = publish(home, hero_title="Hello")
    publish(home, color_first="#8a3a12", color_second="#f2a93b")
    home.city.refresh_from_db()
    assert (home.city.color_first, home.city.color_second) == ("#8a3a12", "#f2a93b")
    first.publish()
    home.city.refresh_from_db()
    assert (home.city.color_first, home.city.color_second) == (BLUE, CORAL)


def test_a_draft_changes_nobodys_flag():
    home = city_site(color_first=BLUE, color_second=CORAL)
    home.color_first = "#8a3a12"
    home.save_revision()
    home.city.refresh_from_db()
    assert home.city.color_first == BLUE


def test_publishing_words_alone_leaves_the_city_as_it_is():
    home = city_site()
    before = home.city.updated_at
    publish(home, hero_title="Hello")
    home.city.refresh_from_db()
    assert home.city.updated_at == before


def test_the_spanish_site_wears_what_the_english_one_wears():
    home = city_site(color_first=BLUE, color_second=CORAL)
    spanish = spanish_home(home)
    publish(spanish, hero_title="Hola")
    publish(home, color_first="#8a3a12", pairing="poster", hero_style="plain", hero_title="Hello")
    home.refresh_from_db()
    spanish.refresh_from_db()
    assert theme_of(spanish) == theme_of(home)
    assert (spanish.hero_style, spanish.hero_title) == ("plain", "Hola")


def test_a_translation_published_with_an_older_look_takes_the_current_one():
    home = city_site(color_first=BLUE, color_second=CORAL)
    spanish = spanish_home(home)
    draft = spanish.save_revision()
    publish(home, color_first="#8a3a12")
    draft.publish()
    spanish.refresh_from_db()
    home.city.refresh_from_db()
    assert spanish.color_first == home.city.color_first == "#8a3a12"


def test_staff_see_the_colors_of_a_city_with_a_site_but_leave_them_to_its_people():
    form_class = CITY_PANELS.bind_to_model(City).get_form_class()
    with_site, without = city_site().city, CityFactory(name="Yuma", state="AZ")
    for city, is_theirs in ((with_site, True), (without, False)):
        form = form_class(instance=city)
        assert form.fields["color_first"].disabled == form.fields["color_second"].disabled == is_theirs
        assert form["color_first"].value() == city.color_first
