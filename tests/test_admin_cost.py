"""What a city's editor opens costs the same number of queries among six cities as alone."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from modelsearch.backends import get_search_backend
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from city_sites.factories import city_site, team_member
from city_sites.models import CitySite
from home.factories import story
from home.models import IndexPage
from portal.media.factories import png
from portal.media.models import PortalDocument, PortalImage

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OTHERS = [("Mesa", "AZ"), ("Reno", "NV"), ("Provo", "UT"), ("Boise", "ID"), ("Salem", "OR")]


def add_files(home):
    """Pictures and documents in the city's own folder."""
    folder = CitySite.objects.get(city=home.city).collection
    file = default_storage.save("original_images/shared.png", ContentFile(png()))
    pictures = [
        PortalImage(title=f"Porch {number}", file=file, width=40, height=30, file_hash=f"{home.pk}-{number}",
                    file_size=99, collection=folder)
        for number in range(4)
    ]  # fmt: skip
    get_search_backend().add_bulk(PortalImage, PortalImage.objects.bulk_create(pictures))
    papers = [PortalDocument(title=f"Plan {number}", file="plan.pdf", collection=folder) for number in range(4)]
    get_search_backend().add_bulk(PortalDocument, PortalDocument.objects.bulk_create(papers))


def add_stories(home):
    index = IndexPage.objects.child_of(home).get(slug="stories")
    return [story(index, title=f"Porch story {number}", slug=f"porch-{number}") for number in range(3)]


def what_an_editor_opens(home, page):
    section = page.get_parent()
    yield "home", reverse("wagtailadmin_home"), {}
    yield "explorer of the city's home", reverse("wagtailadmin_explore", args=[home.pk]), {}
    yield "explorer of a section", reverse("wagtailadmin_explore", args=[section.pk]), {}
    yield "search in a section", reverse("wagtailadmin_explore", args=[section.pk]), {"q": "porch"}
    yield "editor of the city's home", reverse("wagtailadmin_pages:edit", args=[home.pk]), {}
    yield "editor of a story", reverse("wagtailadmin_pages:edit", args=[page.pk]), {}
    yield "page search", reverse("wagtailadmin_pages:search"), {"q": "porch"}
    yield "page chooser", reverse("wagtailadmin_choose_page"), {}
    yield "page chooser, below", reverse("wagtailadmin_choose_page_child", args=[home.pk]), {}
    yield "pictures", reverse("wagtailimages:index"), {}
    yield "pictures, search", reverse("wagtailimages:index"), {"q": "porch"}
    yield "picture chooser", reverse("wagtailimages_chooser:choose"), {}
    yield "picture chooser, search", reverse("wagtailimages_chooser:choose_results"), {"q": "porch"}
    yield "documents", reverse("wagtaildocs:index"), {}
    yield "document chooser", reverse("wagtaildocs_chooser:choose"), {}


def queries_of(act):
    """How many queries the act makes once everything that is kept has been kept."""
    act()
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def opened(client, address, words):
    response = client.get(address, words)
    assert response.status_code == 200, address
    return response.content


def saved(client, page, **button):
    form = {
        "title": page.title,
        "slug": page.slug,
        "date": "2026-03-01",
        "city": page.city_id or "",
        "summary": "What neighbors did.",
        "pull_quote": "",
        "pull_quote_by": "",
        "body": streamfield([("text", rich_text("<p>Three hours, one block.</p>"))]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
    }
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(form) | button)
    assert response.status_code == 302, response.context["form"].errors


def all_costs(client, home, page):
    found = {
        name: queries_of(lambda address=address, words=words: opened(client, address, words))
        for name, address, words in what_an_editor_opens(home, page)
    }
    found["save a draft"] = queries_of(lambda: saved(client, page))
    found["publish"] = queries_of(lambda: saved(client, page, **{"action-publish": "1"}))
    return found


def test_nothing_costs_more_queries_among_more_cities(client):
    home = city_site()
    add_files(home)
    page = add_stories(home)[0]
    client.force_login(team_member(home.city))
    saved(client, page, **{"action-publish": "1"})  # an editor shows more of a page that has a history
    alone = all_costs(client, home, page)
    for name, state in OTHERS:
        other = city_site(name, state)
        add_files(other)
        add_stories(other)
        team_member(other.city)
    among_six = all_costs(client, home, page)
    assert among_six == alone


def test_a_folder_list_names_own_and_shared_folders_only(client):
    home, other = city_site(), city_site("Mesa", "AZ")
    add_files(home)
    add_files(other)
    client.force_login(team_member(home.city))
    for address in (reverse("wagtailimages_chooser:choose"), reverse("wagtaildocs_chooser:choose"),
                    reverse("wagtailimages:index"), reverse("wagtailimages:add_multiple")):  # fmt: skip
        shown = client.get(address).content.decode()
        assert str(other.city) not in shown, address


def test_the_document_chooser_costs_the_same_for_many_documents(client):
    home = city_site()
    client.force_login(team_member(home.city))
    address = reverse("wagtaildocs_chooser:choose")
    add_files(home)
    few = queries_of(lambda: opened(client, address, {}))
    for _number in range(2):
        add_files(home)
    assert queries_of(lambda: opened(client, address, {})) == few
