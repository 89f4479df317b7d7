"""Cities are found while they are members, and what stands on their sites with them."""

import pytest
from wagtail.models import Page, PageViewRestriction

from city_sites.factories import city_site, spanish_home
from coalition.models import City, CityAlias, MembershipEvent
from coalition.services.cities import save_city_details
from coalition.services.membership import change_status
from home.factories import add_page, national_home, stories_index, story
from home.models import StandardPage
from portal.accounts.factories import UserFactory
from portal.core.models import Topic
from search.indexing.noting import note
from search.indexing.settling import settle
from search.models import SearchDoc
from tests.search.truth import WORD, damage, found


@pytest.fixture(autouse=True)
def _on_a_portal(db, tulsa_database):
    """A portal with one member city."""


@pytest.fixture
def home():
    """The city's home."""
    return city_site()


@pytest.fixture
def staff():
    """Somebody who may say so."""
    return UserFactory(is_superuser=True)


def cities(**more):
    rows = SearchDoc.objects.filter(source="city", **more).order_by("language")
    return [(row.language, row.title, row.page_id, row.path) for row in rows]


def test_a_member_is_found_once_in_each_language(home):
    assert cities() == [
        ("en", "Tulsa, Oklahoma", home.pk, ""),
        ("es", "Tulsa, Oklahoma", None, "/es/cities/find/tulsa-ok/"),
    ]
    assert found("Tulsa", chosen={"kind": ("city",)}) == ["Tulsa, Oklahoma"]


def test_its_spanish_home_takes_over_when_it_is_public(home):
    translated = spanish_home(home)
    settle()
    assert cities(language="es") == [("es", "Tulsa, Oklahoma", translated.pk, "")]
    assert damage() == []


def test_a_home_is_no_second_result(home):
    assert not SearchDoc.objects.filter(source="page", object_id=home.pk).exists()


def test_a_city_is_found_by_its_other_names_and_zip_codes(home):
    save_city_details(city=home.city, aliases=["Oil Capitalville"], zips=["74103"], site_plan=None)
    settle()
    assert found("capitalville") == found("74103") == ["Tulsa, Oklahoma"]
    CityAlias.objects.get().delete()
    settle()
    assert found("capitalville") == []
    assert damage() == []


def test_a_city_says_what_its_home_says_while_that_is_public(home):
    home.hero_lead = f"Plant a tree with {WORD}."
    home.save_revision().publish()
    settle()
    assert found() == ["Tulsa, Oklahoma"]
    PageViewRestriction.objects.create(page=Page.objects.get(pk=home.pk), restriction_type="login")
    assert found() == []
    settle()
    assert found("Tulsa", chosen={"kind": ("city",)}) == ["Tulsa, Oklahoma"]
    assert cities(language="en") == [("en", "Tulsa, Oklahoma", None, "/cities/find/tulsa-ok/")]
    assert damage() == []


def test_a_city_that_leaves_takes_its_site_along_at_once_and_brings_it_back(home, staff):
    add_page(home, StandardPage(title="Of Tulsa", summary=WORD))
    settle()
    own = set(SearchDoc.objects.filter(city=home.city).values_list("object_id", flat=True))
    change_status(city=home.city, to=City.Status.WITHDRAWN, by=staff, reason="They left.")
    assert found() == []
    assert not SearchDoc.objects.filter(city=home.city).exists()
    assert damage() == []
    for status in (City.Status.PENDING, City.Status.MEMBER):
        change_status(city=home.city, to=status, by=staff, reason="They are back.")
    settle()
    assert found() == ["Of Tulsa"]
    assert set(SearchDoc.objects.filter(city=home.city).values_list("object_id", flat=True)) == own
    assert damage() == []


def test_a_story_is_its_citys_and_its_topics_wherever_it_stands(home):
    heat = Topic.objects.create(slug="heat", name="Heatwave", name_es="Calor", parent=Topic.objects.get(slug="health"))
    page = story(stories_index(national_home()), title="Fans", city=home.city)
    page.topics.set([heat])
    page.save_revision().publish()
    settle()
    row = SearchDoc.objects.get(object_id=page.pk)
    assert (row.kind, row.city_id, row.date, row.signature.topics) == ("story", home.city_id, page.date, "health,heat")
    assert found("heatwave") == ["Fans"]
    heat.name = "Furnaceweather"
    heat.save()
    settle()
    assert (found("heatwave"), found("furnaceweather")) == ([], ["Fans"])
    heat.delete()
    settle()
    assert found("furnaceweather") == []
    assert damage() == []


def test_a_city_that_was_never_a_member_is_not_found(home):
    City.objects.create(name="Quillfeather", state="OK", slug="quillfeather-ok")
    settle()
    assert found() == []
    assert MembershipEvent.objects.exists()
    assert damage() == []


def test_a_page_of_the_starter_is_found_in_its_city_alone_until_somebody_changes_it(home):
    page = StandardPage.objects.descendant_of(home).live().first()
    page.summary = WORD  # as the starter would have written it: nobody has published since
    page.save()
    note("page", [page.pk])
    settle()
    assert found() == []
    assert found(chosen={"city": (home.city.slug,)}) == [page.title]
    page.save_revision().publish()
    settle()
    assert found() == [page.title]
