"""While a city is not a member its site answers 410 in the coalition's look; when it comes back it is as it was."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import hooks
from wagtail.models import Page, Site

from city_sites.factories import city_site, spanish_home, team_member
from city_sites.gate import close_pages
from city_sites.models import CityHost
from city_sites.selectors.closed import closed_paths
from coalition.models import City, Role
from coalition.services.membership import change_status
from home.factories import standard_page
from portal.accounts.factories import UserFactory
from portal.core.models import OutboxMessage
from portal.media.models import PortalDocument

pytestmark = pytest.mark.django_db
Status = City.Status


@pytest.fixture
def home(tulsa_database):
    return city_site()


def leave(home, to=Status.LAPSED):
    change_status(city=home.city, to=to, by=None, reason="Test")


def own_host(home, name="volunteer.tulsa.example"):
    site = Site.objects.create(hostname=name, port=80, root_page=home.page_ptr)
    return CityHost.objects.create(city=home.city, hostname=name, site=site, status=CityHost.Status.ACTIVE)


def document_of(city):
    return PortalDocument.objects.create(
        title="Plan", file=ContentFile(b"text", name="plan.txt"), collection=city.site.collection
    )


@pytest.mark.parametrize("status", [Status.LAPSED, Status.WITHDRAWN])
def test_every_page_of_a_city_that_left_is_gone(home, client, status):
    below = standard_page(Page.objects.child_of(home).get(slug="about"), title="History")
    leave(home, status)
    for page in (home, below, *Page.objects.child_of(home)):
        response = client.get(page.get_url())
        assert response.status_code == 410, page.title
        assert "max-age=0" in response["Cache-Control"]
    assert client.get(home.get_url() + "no-such-page/").status_code == 404


def test_it_says_so_in_the_coalitions_look_with_two_ways_on(home, client):
    leave(home)
    text = client.get(home.get_url()).content.decode()
    assert "Tulsa Volunteers is closed" in text
    assert "Tulsa, Oklahoma is not a member" in text
    assert reverse("coalition:find") in text
    assert "Do you work for the city?" in text
    assert "/look/" not in text
    assert "noindex" in text


def test_it_speaks_spanish_at_the_spanish_address(home, client):
    spanish = spanish_home(home)
    leave(home)
    response = client.get(spanish.get_url())
    assert response.status_code == 410
    assert '<html lang="es"' in response.content.decode()


def test_coming_back_opens_everything_at_once(home, client):
    leave(home)
    client.get(home.get_url())
    change_status(city=home.city, to=Status.MEMBER, by=None, reason="Renewed")
    assert client.get(home.get_url()).status_code == 200
    leave(home, Status.WITHDRAWN)
    assert client.get(home.get_url()).status_code == 410
    change_status(city=home.city, to=Status.PENDING, by=None, reason="Again")
    assert client.get(home.get_url()).status_code == 410
    change_status(city=home.city, to=Status.MEMBER, by=None, reason="Again")
    assert client.get(home.get_url()).status_code == 200
    assert Page.objects.descendant_of(home, inclusive=True).filter(live=False).count() == 0


def test_members_beside_it_and_national_pages_stay_open(home, client):
    other = city_site("Boise", "ID")
    leave(home)
    assert client.get(other.get_url()).status_code == 200
    assert client.get("/").status_code == 200


def test_no_message_is_taken(home, client):
    contact = Page.objects.child_of(home).get(slug="contact").specific
    leave(home)
    before = OutboxMessage.objects.count()
    data = {"route": contact.route_choices[0][0], "name": "Ana", "email": "ana@mail.example", "message": "Hello"}
    assert client.post(contact.get_url(), data).status_code == 410
    assert OutboxMessage.objects.count() == before


def test_its_files_are_for_its_team_and_staff_only(home, client):
    document = document_of(home.city)
    lead = team_member(home.city, Role.LEAD)
    other = team_member(city_site("Boise", "ID").city, Role.LEAD)
    assert client.get(document.url).status_code == 200
    leave(home)
    assert client.get(document.url).status_code == 410
    for user, status in ((lead, 200), (other, 410), (UserFactory(is_superuser=True), 200)):
        client.force_login(user)
        assert client.get(document.url).status_code == status


def test_sitemap_forgets_it_and_remembers_it(home, client):
    address = home.get_url()
    assert address in client.get("/sitemap.xml").content.decode()
    leave(home)
    assert address not in client.get("/sitemap.xml").content.decode()
    change_status(city=home.city, to=Status.MEMBER, by=None, reason="Renewed")
    assert address in client.get("/sitemap.xml").content.decode()


def test_team_goes_on_editing_and_previewing(home, client):
    lead = team_member(home.city, Role.LEAD)
    page = Page.objects.child_of(home).get(slug="about")
    leave(home)
    client.force_login(lead)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert preview.status_code == 200
    assert page.title in preview.content.decode()
    assert client.get(page.get_url()).status_code == 410


def test_own_host_answers_the_same_with_ways_to_the_portal(home, client):
    own_host(home)
    leave(home)
    for path in ("/", "/about/"):
        response = client.get(path, HTTP_HOST="volunteer.tulsa.example")
        text = response.content.decode()
        assert response.status_code == 410, path
        assert 'href="http://testserver/cities/"' in text
        assert "<form" not in text.partition("<main")[2].partition("</main")[0]
    missing = client.get("/nothing/", HTTP_HOST="volunteer.tulsa.example")
    assert missing.status_code == 404
    assert 'href="http://testserver/cities/"' in missing.content.decode()
    assert "Tulsa Volunteers" not in missing.content.decode()


def test_closed_trees_are_named_in_every_language(home):
    spanish = spanish_home(home)
    city_site("Boise", "ID")
    assert closed_paths() == ()
    leave(home)
    assert set(closed_paths()) == {home.path, spanish.path}


def test_gate_costs_a_members_page_no_query(home, client, monkeypatch):
    address = Page.objects.child_of(home).get(slug="about").get_url()

    def cost():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    with_gate = cost()
    others = [entry for entry in hooks._hooks["before_serve_page"] if entry[0] is not close_pages]
    monkeypatch.setitem(hooks._hooks, "before_serve_page", others)
    assert with_gate == cost()
