"""What is kept of a city's surroundings and until when; and what a preview shows."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from city_sites.factories import city_site
from city_sites.models import CityHomePage, CitySitesPage
from city_sites.signals import scope_of
from city_sites.surroundings import around_city
from city_sites.tests.visiting import publish
from home.factories import standard_page
from portal.core.versions import version

pytestmark = pytest.mark.django_db


def around(page):
    request = RequestFactory().get(page.url, SERVER_NAME="testserver")
    return around_city(request, page)


def test_change_in_one_city_changes_nothing_in_another(client, tulsa):
    boise = city_site("Boise", "ID")
    before = client.get(boise.url).content
    number = version(scope_of(boise.city_id))
    publish(tulsa, title="Tulsa Pitches In", color_first="#7a1f3d", menu=[], notice_text="Ice tonight.")
    tulsa.get_children().get(slug="about").specific.unpublish()
    assert "Tulsa Pitches In" in client.get(tulsa.url).content.decode()
    assert client.get(boise.url).content == before
    assert version(scope_of(boise.city_id)) == number


@pytest.mark.parametrize("act", ["publish", "unpublish", "move", "delete", "slug", "city"])
def test_each_change_of_a_site_outdates_what_was_kept(tulsa, act, django_capture_on_commit_callbacks):
    page = standard_page(tulsa, "Parks")
    other = standard_page(tulsa, "Trees")
    number = version(scope_of(tulsa.city_id))
    if act == "publish":
        page.save_revision().publish()
    elif act == "unpublish":
        page.unpublish()
    elif act == "move":
        page.move(other, "last-child")
    elif act == "delete":
        page.delete()
    elif act == "slug":
        page.slug = "greens"
        page.save_revision().publish()
    else:
        tulsa.city.name = "Tulsa City"
        tulsa.city.save()
    assert version(scope_of(tulsa.city_id)) > number


def test_kept_surroundings_are_used_until_something_changes(tulsa):
    assert around(tulsa).name == tulsa.title
    CityHomePage.objects.filter(pk=tulsa.pk).update(title="Changed behind our back")
    again = CityHomePage.objects.get(pk=tulsa.pk)
    assert around(again).name == tulsa.title
    cache.clear()
    assert around(again).name == "Changed behind our back"


def test_preview_of_the_home_shows_what_is_typed_and_leaves_the_site_alone(client, tulsa, admin_client):
    draft = tulsa.get_latest_revision_as_object()
    draft.title, draft.color_first, draft.notice_text = "Typed just now", "#7a1f3d", "Only typed."
    request = draft.make_preview_request(preview_mode="")
    request.render()
    shown = request.content.decode()
    assert "Typed just now" in shown
    assert "/7a1f3d-" in shown
    assert "Only typed." in shown
    public = client.get(tulsa.url).content.decode()
    assert "Typed just now" not in public
    assert "7a1f3d" not in public


def test_preview_of_another_page_stands_in_the_live_surroundings(tulsa):
    publish(tulsa, title="Tulsa Pitches In")
    tulsa.title = "Not public yet"
    tulsa.save_revision()
    page = tulsa.get_children().get(slug="about").specific
    page.title = "Typed just now"
    response = page.make_preview_request()
    response.render()
    shown = response.content.decode()
    assert "Typed just now" in shown
    assert "Tulsa Pitches In" in shown
    assert "Not public yet" not in shown


def test_holder_of_all_sites_leads_to_the_list_of_cities(tulsa):
    request = RequestFactory().get("/")
    response = CitySitesPage.objects.first().serve(request)
    assert response.url == "/cities/"
