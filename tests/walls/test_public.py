"""What visitors and other cities' people meet in public: nothing of drafts, private pages and records."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from coalition.models import Role
from tests.crawl import crawl
from tests.walls.addresses import public_patterns
from tests.walls.world import CANARIES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def kinds_in(response) -> set[str]:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return set(CANARIES.findall(body.decode("utf-8", "replace")))


@pytest.fixture(params=["visitor", "lead"])
def reader(request, cities, client):
    if request.param == "lead":
        client.force_login(cities[0].people[Role.LEAD])
    return client


def test_no_public_address_tells_of_drafts_private_pages_or_records(reader, cities, settings):
    settings.DEV_MAIL_PAGE = settings.STYLEGUIDE_PUBLIC = False  # as on a public server
    asked = 0
    for pattern in public_patterns():
        if not pattern.is_plain:
            continue
        for query in ("", "?q=zqxcanary", "?page=1&format=json"):
            response = reader.get(reverse(pattern.name) + query)
            assert kinds_in(response) == set(), (pattern.name, query)
            asked += 1
    assert asked > 20


def test_wagtails_public_api_is_not_there():
    assert not [each.name for each in public_patterns() if "wagtailapi" in each.name or "/api/v" in each.route]


def test_no_link_of_the_public_site_leads_to_one(cities):
    theirs = cities[1]
    pages = crawl(["/", "/es/", "/cities/", f"/cities/{theirs.city.slug}/", "/sitemap.xml"], at_most=200)
    assert len(pages) > 20
    found = {page.url: kinds for page in pages if (kinds := set(CANARIES.findall(str(page.soup))))}
    assert found == {}


def test_guessed_addresses_give_nothing_away(reader, cities):
    for page in Page.objects.filter(path__startswith=cities[1].home.path):
        told = {"draftslug", "privateslug", "approval", "scheduled"}  # what was asked for may be said back
        response = reader.get(page.url or "/")
        kinds = kinds_in(response) - told
        assert kinds == set(), (page.url, response.status_code)
        if not page.live:
            assert response.status_code in (301, 302, 404)


def test_a_private_page_is_not_in_sitemaps_lists_or_feeds(client, cities):
    listed = client.get("/sitemap.xml").content.decode()
    for location in [line for line in listed.split("<loc>")[1:]]:
        listed += client.get(location.partition("</loc>")[0]).content.decode()
    assert "/cities/el-paso-tx/" in listed
    assert "zqxcanary" not in listed
