"""What stands around the pages of a city's site, and that a change in one city touches no other."""

import datetime
import json

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import Site

from city_sites.tests.visiting import publish, soup_of
from coalition.factories import CityFactory
from coalition.models import City
from home.factories import story
from home.models import IndexPage

pytestmark = pytest.mark.django_db


def test_every_page_of_a_site_wears_its_name_menu_and_theme(client, tulsa):
    publish(tulsa, title="Tulsa Pitches In", tagline="City of Tulsa", pairing="poster", header_layout="stacked")
    for page in [tulsa, *tulsa.get_children().live()]:
        soup = soup_of(client, page.url)
        assert soup.select_one("header .brand").get_text(" ", strip=True) == "Tulsa Pitches In City of Tulsa"
        assert soup.select_one("link[rel=stylesheet][href^='/css/theme/']"), page.slug
        assert {"is-poster", "header-stacked", "foot-columns"} <= set(soup.body["class"])
        assert "Stories" in soup.select_one("#menu").get_text()


def test_national_pages_are_not_touched_by_it(client, tulsa):
    soup = soup_of(client, "/")
    assert soup.select_one("header .brand").get_text(strip=True) == "Cities of Service"
    assert not soup.select_one("link[href^='/css/theme/']")
    assert not soup.select_one(".member-of")


def test_menu_marks_where_the_reader_is_and_has_entries_below_entries(client, tulsa):
    about, guides = (tulsa.get_children().get(slug=slug) for slug in ("about", "guides"))
    entries = [{"text": "About us", "page": about, "children": [{"text": "How to", "page": guides}]}]
    publish(tulsa, menu=[("item", entry) for entry in entries])
    menu = soup_of(client, guides.url).select_one("#menu")
    assert menu.select_one("details > summary").get_text(strip=True) == "About us"
    assert menu.select_one("[aria-current=page]").get_text(strip=True) == "How to"


def test_entry_that_leads_to_an_unpublished_page_is_left_out(client, tulsa):
    about = tulsa.get_children().get(slug="about").specific
    assert about.url in {a["href"] for a in soup_of(client, tulsa.url).select("#menu a")}
    about.unpublish()
    soup = soup_of(client, tulsa.url)
    assert not {about.url, ""} & {a["href"] for a in soup.select("a")}
    assert all(a["href"] for a in soup.select("#menu a"))


def test_without_a_logo_the_seal_stands_there_and_is_the_icon(client, tulsa):
    soup = soup_of(client, tulsa.url)
    assert soup.select_one("header .brand .seal svg")
    icon = soup.select_one("link[rel=icon]")["href"]
    answer = client.get(icon)
    assert answer["Content-Type"] == "image/svg+xml"
    assert "immutable" in answer["Cache-Control"]
    touch = client.get(soup.select_one("link[rel=apple-touch-icon]")["href"])
    assert touch.content.startswith(b"\x89PNG")


def test_seal_follows_the_colors_and_an_old_address_leads_to_it(client, tulsa):
    old = soup_of(client, tulsa.url).select_one("link[rel=icon]")["href"]
    publish(tulsa, color_first="#7a1f3d")
    new = soup_of(client, tulsa.url).select_one("link[rel=icon]")["href"]
    assert new != old
    assert client.get(old).headers["Location"] == new
    assert client.get(f"/seal/{tulsa.city_id + 999}-0123456789abcdef.svg").status_code == 404


def test_notice_stands_above_every_page_within_its_days(client, tulsa):
    now = timezone.now()
    publish(
        tulsa,
        notice_text="City hall is closed.",
        notice_kind="warning",
        notice_from=now + datetime.timedelta(hours=1),
        notice_until=now + datetime.timedelta(hours=2),
    )
    about = tulsa.get_children().get(slug="about").url
    assert "City hall is closed." not in client.get(about).content.decode()
    with time_machine.travel(now + datetime.timedelta(minutes=61), tick=False):
        assert soup_of(client, about).select_one(".site-notice.is-warning")
        assert soup_of(client, tulsa.url).select_one(".site-notice")
    with time_machine.travel(now + datetime.timedelta(minutes=121), tick=False):
        assert not soup_of(client, about).select_one(".site-notice")


def test_notice_begins_on_time_although_the_surroundings_are_kept(client, tulsa):
    soon = timezone.now() + datetime.timedelta(seconds=60)
    publish(tulsa, notice_text="Ice tonight.", notice_from=soon)
    with time_machine.travel(soon - datetime.timedelta(seconds=1), tick=False):
        assert "Ice tonight." not in client.get(tulsa.url).content.decode()
    with time_machine.travel(soon + datetime.timedelta(seconds=1), tick=False):
        assert "Ice tonight." in client.get(tulsa.url).content.decode()


def test_footer_holds_contact_social_media_and_what_every_site_owes(client, tulsa):
    publish(
        tulsa,
        footer=[],
        contact_lines="City Hall\nSecond floor",
        contact_phone="(918) 555-0142",
        contact_email="help@tulsa.example",
        social_links=[("link", {"network": "bluesky", "address": "https://bsky.app/profile/tulsa"})],
    )
    foot = soup_of(client, tulsa.url).select_one("footer")
    assert "Second floor" in foot.get_text()
    assert foot.select_one("a[href='tel:9185550142']")
    assert foot.select_one("a[href='mailto:help@tulsa.example']")
    assert foot.select_one("a[href='https://bsky.app/profile/tulsa']").get_text(strip=True) == "Bluesky"
    for slug in ("privacy", "accessibility", "contact"):
        assert foot.select_one(f"a[href='{tulsa.get_children().get(slug=slug).url}']"), slug


def test_small_print_that_a_column_has_is_not_repeated(client, tulsa):
    foot = soup_of(client, tulsa.url).select_one("footer")
    for slug in ("privacy", "accessibility"):
        assert len(foot.select(f"a[href='{tulsa.get_children().get(slug=slug).url}']")) == 1


def test_strip_says_of_how_many_cities_this_is_one(client, tulsa):
    strip = soup_of(client, tulsa.url).select_one(".member-of")
    assert "Tulsa is a member of Cities of Service, 1 city that" in " ".join(strip.get_text(" ").split())
    assert strip.a["href"] == "/"
    CityFactory.create_batch(2, member=True)
    text = " ".join(soup_of(client, tulsa.url).select_one(".member-of").get_text(" ").split())
    assert "3 cities that put neighbors to work on what matters." in text


def test_trail_begins_at_the_citys_home(client, tulsa):
    index = IndexPage.objects.descendant_of(tulsa).get()
    page = story(index, title="Redbuds")
    soup = soup_of(client, page.url)
    trail = [(a.get_text(strip=True), a.get("href")) for a in soup.select(".crumbs li > *")]
    assert trail == [("Home", tulsa.url), (index.title, index.url), ("Redbuds", None)]
    data = [json.loads(tag.string) for tag in soup.select("script[type$='ld+json']")]
    listed = next(item for item in data if item["@type"] == "BreadcrumbList")["itemListElement"]
    assert listed[0]["item"].endswith(tulsa.url)


def test_home_tells_search_engines_whose_office_it_is(client, tulsa):
    publish(tulsa, contact_phone="(918) 555-0142", contact_lines="City Hall\nTulsa")
    soup = soup_of(client, tulsa.url)
    data = [json.loads(tag.string) for tag in soup.select("script[type$='ld+json']")]
    (office,) = data
    text = soup.get_text(" ")
    assert office["@type"] == "GovernmentOrganization"
    assert office["name"] == tulsa.title
    assert all(part in text for part in (office["telephone"], office["areaServed"]["name"], office["memberOf"]["name"]))


def test_address_that_is_not_there_keeps_the_citys_look(client, tulsa):
    soup = soup_of(client, f"{tulsa.url}nothing/", status=404)
    assert soup.select_one("header .brand").get_text(" ", strip=True).startswith(tulsa.title)
    assert soup.select_one(f"main a[href='{tulsa.url}']")
    assert (
        soup_of(client, "/nothing/", status=404).select_one("header .brand").get_text(strip=True) == "Cities of Service"
    )


def test_city_that_is_no_member_lends_its_look_to_nothing(client, tulsa):
    City.objects.filter(pk=tulsa.city_id).update(status=City.Status.WITHDRAWN)
    soup = soup_of(client, f"{tulsa.url}nothing/", status=404)
    assert soup.select_one("header .brand").get_text(strip=True) == "Cities of Service"


def test_citys_own_host_wears_the_citys_look_where_views_draw(client, tulsa, settings):
    Site.objects.create(hostname="tulsa.example", root_page=tulsa, site_name="Tulsa")
    soup = soup_of(client, "/nothing/", status=404, HTTP_HOST="tulsa.example")
    assert soup.select_one("header .brand")["href"] == "/"
    assert soup.select_one("header .brand").get_text(" ", strip=True).startswith(tulsa.title)
    assert soup.select_one(".member-of a")["href"].startswith("http://testserver")
    manifest = client.get("/site.webmanifest", HTTP_HOST="tulsa.example").json()
    assert manifest["name"] == tulsa.title
    assert client.get("/site.webmanifest").json()["name"] == "Cities of Service"
