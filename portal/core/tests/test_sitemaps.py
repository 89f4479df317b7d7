"""sitemap.xml lists what anybody may read on this host, in every language, and nothing else."""

import datetime
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from portal.core import closed_trees, sitemaps
from portal.core.sitemaps import PageSitemap, PortalSitemap, register_sitemap

pytestmark = pytest.mark.django_db
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
X = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(autouse=True)
def _only_pages(monkeypatch):
    """What other rooms register is theirs to test."""
    monkeypatch.setattr(sitemaps, "_sitemaps", {"pages": PageSitemap})
    monkeypatch.setattr(closed_trees, "_finders", [])


@pytest.fixture
def home():
    """A national home with a page below it."""
    english = Locale.objects.get_or_create(language_code="en")[0]
    Locale.objects.get_or_create(language_code="es")
    Site.objects.all().delete()
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=Page(title="Home", slug="national", locale=english))
    Site.objects.create(hostname="testserver", port=80, root_page=home, is_default_site=True)
    home.add_child(instance=Page(title="About", slug="about", locale=english))
    return home


def add(parent, slug, **values):
    return parent.add_child(instance=Page(title=slug, slug=slug, locale=parent.locale, **values))


def entries(client, host="testserver", path="/sitemap.xml"):
    response = client.get(path, headers={"host": host})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    found = {}
    for url in ElementTree.fromstring(response.content).iter(f"{S}url"):
        alternates = {link.get("hreflang"): link.get("href") for link in url.iter(f"{X}link")}
        found[url.findtext(f"{S}loc")] = (url.findtext(f"{S}lastmod"), alternates)
    return found


def test_lists_live_public_pages(client, home):
    add(home, "draft", live=False)
    private = add(home, "private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    add(private, "below-private")
    assert set(entries(client)) == {"http://testserver/", "http://testserver/about/"}


def test_says_when_a_page_changed(client, home):
    about = Page.objects.get(slug="about")
    about.last_published_at = timezone.make_aware(datetime.datetime(2026, 5, 4, 12))
    about.save()
    assert entries(client)["http://testserver/about/"][0] == "2026-05-04"


def test_translations_stand_beside_each_other(client, home):
    spanish = home.copy_for_translation(Locale.objects.get(language_code="es"))
    spanish.live = True
    spanish.save()
    found = entries(client)
    assert set(found) == {"http://testserver/", "http://testserver/about/", "http://testserver/es/"}
    both = {"en": "http://testserver/", "es": "http://testserver/es/", "x-default": "http://testserver/"}
    assert found["http://testserver/"][1] == both
    assert found["http://testserver/es/"][1] == both
    assert found["http://testserver/about/"][1] == {}


def test_translation_that_is_not_live_is_not_named(client, home):
    home.copy_for_translation(Locale.objects.get(language_code="es"))
    assert entries(client)["http://testserver/"][1] == {}


def test_alias_is_left_to_its_original(client, home):
    about = Page.objects.get(slug="about")
    about.create_alias(parent=home, update_slug="about-again")
    assert "http://testserver/about-again/" not in entries(client)


def test_each_host_lists_its_own_pages(client, home):
    city = add(home, "mesa")
    add(city, "trees")
    Site.objects.create(hostname="mesa.example", port=80, root_page=city)
    assert set(entries(client, "mesa.example")) == {"http://mesa.example/", "http://mesa.example/trees/"}
    assert set(entries(client)) == {"http://testserver/", "http://testserver/about/"}


def test_closed_tree_is_left_out(client, home, monkeypatch):
    city = add(home, "mesa")
    add(city, "trees")
    closed_trees.register_closed_paths(lambda: (city.path,))
    assert set(entries(client)) == {"http://testserver/", "http://testserver/about/"}


class Views(PortalSitemap):
    """Addresses that views answer."""

    i18n = alternates = x_default = True

    def items(self):
        return ["styleguide:index"]

    def location(self, item):
        from django.urls import reverse

        return reverse(item)


def test_other_rooms_add_their_addresses_in_every_language(client, home):
    register_sitemap("views", Views)
    found = entries(client)
    assert found["http://testserver/styleguide/"][1] == {
        "en": "http://testserver/styleguide/",
        "es": "http://testserver/es/styleguide/",
        "x-default": "http://testserver/styleguide/",
    }
    assert "http://testserver/es/styleguide/" in found


def test_long_sitemap_becomes_an_index_of_parts(client, home, monkeypatch):
    register_sitemap("views", Views)
    monkeypatch.setattr(sitemaps, "URLS_IN_A_FILE", 3)
    monkeypatch.setattr(PortalSitemap, "limit", 1)
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    parts = [part.text for part in index.iter(f"{S}loc")]
    assert parts == [
        "http://testserver/sitemap-pages.xml",
        "http://testserver/sitemap-pages.xml?p=2",
        "http://testserver/sitemap-views.xml",
        "http://testserver/sitemap-views.xml?p=2",
    ]
    listed = [url for part in parts for url in entries(client, path=part.removeprefix("http://testserver"))]
    assert len(listed) == 4
    assert client.get("/sitemap-nothing.xml").status_code == 404
    assert client.get("/sitemap-pages.xml?p=9").status_code == 404


def test_asks_few_questions_whatever_the_number_of_pages(client, home, django_assert_max_num_queries):
    for number in range(30):
        add(home, f"page-{number}")
    with django_assert_max_num_queries(6):
        assert len(entries(client)) == 32
