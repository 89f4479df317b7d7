"""What readers meet of guides on a city's site and of cities on a guide; and what only a city's people get."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from city_sites.adopting.bringing import copy_guide, follow_guide
from city_sites.adopting.using import mark_used
from city_sites.factories import city_site, spanish_home, team_member
from city_sites.models import CitySectionPage
from city_sites.tests.adopting import SECRET, a_guide, change, closed_steps, in_spanish
from coalition.models import Role
from portal.core.listings import listing
from resources.models import Access, GuidePage, GuideReferencePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(tulsa):
    return team_member(tulsa.city, Role.EDITOR)


def soup_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text_of(soup):
    return " ".join(soup.find("main").get_text(" ").split())


def section_url(home):
    return CitySectionPage.objects.child_of(home).get(section="guides").url


def followed(home, source, own_words=""):
    """The city's public page that follows the guide."""
    page = follow_guide(city=home.city, guide=source, by=None, publish=True).pages[0].specific
    page.own_words = own_words
    page.save_revision().publish()
    return page


class TestTheListOfGuides:
    def test_it_has_what_is_public(self, client, tulsa):
        followed(tulsa, a_guide("Read with a child", summary="Once a week.", access=Access.MEMBERS))
        copy_guide(city=tulsa.city, guide=a_guide("Paint a roof"), by=None, publish=True)
        copy_guide(city=tulsa.city, guide=a_guide("Not yet"), by=None)
        soup = soup_of(client, section_url(tulsa))
        assert {link.get_text() for link in soup.select("main .row-title a")} == {"Read with a child", "Paint a roof"}
        assert "Once a week." in text_of(soup)
        assert "Members only" in text_of(soup)

    def test_it_says_what_the_guide_is_called_today(self, client, tulsa):
        source = a_guide("Read with a child")
        followed(tulsa, source)
        change(source, title="Read with two children")
        assert "Read with two children" in text_of(soup_of(client, section_url(tulsa)))

    def test_a_national_list_has_the_librarys_and_no_citys(self, tulsa):
        source = a_guide("Paint a roof")
        copy_guide(city=tulsa.city, guide=source, by=None, publish=True)
        home = source.get_parent().get_parent()
        found = listing("guides", home, limit=5)
        assert [entry.title for entry in found.entries] == ["Paint a roof"]
        assert found.total == 1
        assert found.more_url == source.get_parent().url

    def test_more_guides_cost_no_more_queries(self, tulsa, django_assert_max_num_queries):
        for number in range(6):
            source = a_guide(f"Guide {number}")
            followed(tulsa, source)
            copy_guide(city=tulsa.city, guide=source, by=None, publish=True)
        with django_assert_max_num_queries(10):
            found = listing("guides", tulsa, limit=12)
            assert len(found.entries) == found.total == 12


class TestAPageThatFollows:
    def test_it_says_what_the_guide_says_after_the_citys_words(self, client, tulsa):
        source = a_guide()
        page = followed(tulsa, source, own_words="In Tulsa, call Rosa first.")
        text = text_of(soup_of(client, page.url))
        assert text.index("In Tulsa, call Rosa first.") < text.index("Walk the route")
        change(source, summary="Three adults now.")
        assert "Three adults now." in text_of(soup_of(client, page.url))

    def test_it_stands_in_the_citys_look_and_counts_as_the_source(self, client, tulsa):
        source = a_guide()
        in_spanish(source)
        soup = soup_of(client, followed(tulsa, source).url)
        assert soup.select_one(".band .brand").get_text(strip=True).startswith(tulsa.title)
        assert soup.find("link", rel="canonical")["href"] == source.full_url
        assert soup.find("meta", property="og:url")["content"] == source.full_url
        assert not soup.find_all("link", hreflang=True)
        assert not soup.find("meta", attrs={"name": "robots"})

    def test_no_sitemap_lists_it(self, client, tulsa):
        page = followed(tulsa, a_guide())
        copy = copy_guide(city=tulsa.city, guide=a_guide("Paint"), by=None, publish=True).pages[0]
        listed = client.get("/sitemap.xml").content.decode()
        assert copy.url in listed
        assert page.url not in listed

    @pytest.mark.parametrize("way", ["unpublish", "delete"])
    def test_it_says_so_when_the_guide_is_gone(self, client, tulsa, way):
        source = a_guide(summary="Long lost words.")
        page = followed(tulsa, source, own_words="In Tulsa, call Rosa first.")
        getattr(GuidePage.objects.get(pk=source.pk), way)()
        soup = soup_of(client, page.url)
        assert "no longer in the library" in text_of(soup)
        assert "In Tulsa, call Rosa first." in text_of(soup)
        assert "Long lost words." not in str(soup)
        assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
        assert soup.select_one(f'main a[href="{section_url(tulsa)}"]')

    def test_what_is_for_members_is_so_here(self, client, tulsa, editor):
        page = followed(tulsa, a_guide(steps=closed_steps()))
        public = client.get(page.url)
        assert SECRET not in public.content.decode()
        assert "Everybody reads this." in public.content.decode()
        client.force_login(editor)
        own = client.get(page.url)
        assert SECRET in own.content.decode()
        assert "no-store" in own["Cache-Control"]

    def test_a_language_that_the_guide_lacks_is_marked(self, client, tulsa):
        page = followed(tulsa, a_guide())
        spanish = spanish_home(tulsa)
        section = CitySectionPage.objects.child_of(tulsa).get(section="guides")
        section.copy_for_translation(spanish.locale).save_revision().publish()
        translated = page.copy_for_translation(spanish.locale)
        translated.save_revision().publish()
        soup = soup_of(client, GuideReferencePage.objects.get(pk=translated.pk).url)
        assert soup.select_one('main [lang="en"] article')

    def test_it_costs_few_queries(self, client, tulsa, django_assert_max_num_queries):
        page = followed(tulsa, a_guide(), own_words="Call Rosa.")
        client.get(page.url)
        with django_assert_max_num_queries(22):
            client.get(page.url)

    def test_it_can_be_previewed_and_edited(self, client, tulsa, editor):
        page = follow_guide(city=tulsa.city, guide=a_guide(), by=editor).pages[0]
        client.force_login(editor)
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
        assert "Walk the route" in client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
        form = {"slug": page.slug, "own_words": "Call Rosa.", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
        response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form | {"action-publish": "1"})
        assert response.status_code == 302
        assert GuideReferencePage.objects.get().own_words == "Call Rosa."


class TestACopy:
    def test_it_says_where_it_comes_from_and_when_that_has_changed(self, client, tulsa):
        source = a_guide("Paint a roof")
        copy = copy_guide(city=tulsa.city, guide=source, by=None, publish=True).pages[0]
        soup = soup_of(client, copy.url)
        line = soup.select_one(".adapted")
        assert line.get_text(" ", strip=True) == "Adapted from Paint a roof by the coalition."
        assert line.a["href"] == source.url
        assert soup.find("link", rel="canonical")["href"] == copy.full_url
        change(source, summary="Two coats.")
        assert "The original has changed since" in soup_of(client, copy.url).select_one(".adapted").get_text()

    def test_it_stays_when_the_source_goes(self, client, tulsa):
        source = a_guide("Paint a roof")
        copy = copy_guide(city=tulsa.city, guide=source, by=None, publish=True).pages[0]
        GuidePage.objects.get(pk=source.pk).unpublish()
        line = soup_of(client, copy.url).select_one(".adapted")
        assert "no longer shows it" in line.get_text()
        assert line.a is None

    def test_a_guide_of_the_library_says_nothing_of_the_kind(self, client, tulsa):
        assert soup_of(client, a_guide().url).select_one(".adapted") is None

    def test_a_members_copy_keeps_its_body_to_members(self, client, tulsa, editor):
        source = a_guide(access=Access.MEMBERS, steps=closed_steps())
        copy = copy_guide(city=tulsa.city, guide=source, by=editor, publish=True).pages[0]
        assert "Everybody reads this." not in client.get(copy.url).content.decode()
        client.force_login(editor)
        assert SECRET in client.get(copy.url).content.decode()


class TestUsedByCities:
    def test_readers_see_who_when_how_many_and_what_came_of_it(self, client, tulsa):
        source = a_guide()
        values = {"number": 163, "unit": "stops shaded", "result": "Cooler benches.", "changed": "Two rows."}
        mark_used(city=tulsa.city, guide=source, year=2024, **values)
        section = soup_of(client, source.url).select_one("section[aria-labelledby=uses]")
        text = " ".join(section.get_text(" ").split())
        assert text == (
            "Used by 1 city Tulsa 163 stops shaded 2024 Cooler benches. What they did differently: Two rows."
        )
        assert section.select_one(".flag svg")

    def test_nothing_is_said_when_nobody_has(self, client, tulsa):
        assert soup_of(client, a_guide().url).select_one("#uses") is None

    def test_a_hundred_cities_cost_no_more_queries_than_one(self, client, tulsa, django_assert_num_queries):
        source = a_guide()
        mark_used(city=tulsa.city, guide=source, year=2024)
        client.get(source.url)
        with CaptureQueriesContext(connection) as one:
            client.get(source.url)
        few = len(one)
        for number in range(4):
            mark_used(city=city_site(f"City{number}", "OK").city, guide=source, year=2020)
        client.get(source.url)
        with django_assert_num_queries(few):
            client.get(source.url)


class TestTheBar:
    def bar(self, client, url):
        return soup_of(client, url).select_one(".city-bar")

    def test_only_people_of_a_city_get_one(self, client, tulsa, editor):
        source = a_guide()
        assert self.bar(client, source.url) is None
        client.force_login(editor)
        bar = self.bar(client, source.url)
        text = bar.get_text(" ", strip=True)
        assert text == "Tulsa Follow it on your site Copy it and change it We used this"
        assert all(client.get(link["href"]).status_code == 200 for link in bar.select("a"))

    def test_it_says_what_has_been_done(self, client, tulsa, editor):
        source = a_guide()
        copy = copy_guide(city=tulsa.city, guide=source, by=editor).pages[0]
        mark_used(city=tulsa.city, guide=source, year=2024)
        client.force_login(editor)
        bar = self.bar(client, source.url)
        assert "It is on your site." in bar.get_text()
        assert bar.select_one("a")["href"] == reverse("wagtailadmin_pages:edit", args=[copy.pk])
        assert "What you wrote about using it" in bar.get_text()

    def test_an_author_is_not_offered_to_speak_for_the_city(self, client, tulsa):
        client.force_login(team_member(tulsa.city, Role.AUTHOR))
        assert "We used this" not in self.bar(client, a_guide().url).get_text()

    def test_a_citys_own_guide_has_none(self, client, tulsa, editor):
        copy = copy_guide(city=tulsa.city, guide=a_guide(), by=editor, publish=True).pages[0]
        client.force_login(editor)
        assert self.bar(client, copy.url) is None
