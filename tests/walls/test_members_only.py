"""What is for members only: the public meets titles and summaries of it, and never a word or a byte more."""

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from wagtail.models import Collection, Page

from city_sites.adopting.bringing import copy_guide, follow_guide
from city_sites.factories import city_site, team_member
from coalition.models import City, Role
from home.services.setup import MEMBERS_LIBRARY, SHARED_LIBRARY
from portal.accounts.factories import UserFactory
from portal.media.models import PortalDocument
from resources import factories
from resources.models import Access, DownloadCount
from tests.crawl import crawl
from tests.walls.addresses import public_patterns

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("tulsa_database")]

SECRET = "zqxmembers"
KINDS = ("opening", "step", "letter", "question", "body", "closing", "file")


def secret(kind: str) -> str:
    return f"{SECRET}-{kind}"


def paragraph(kind):
    return ("text", f"<p>{secret(kind)}</p>")


def document(name, collection):
    file = ContentFile(f"{secret('file')} {name}".encode(), name=f"{name}.txt")
    return PortalDocument.objects.create(title=name, file=file, collection=Collection.objects.get(name=collection))


class World:
    """A library with every kind of thing that is for members, and a city that brought it home."""

    def __init__(self):
        home = city_site("Tulsa", "OK")
        self.city = home.city
        self.files = [document("budget", MEMBERS_LIBRARY), document("letter", SHARED_LIBRARY)]
        self.open_file = document("flyer", SHARED_LIBRARY)
        PortalDocument.objects.filter(pk=self.open_file.pk).update(file_size=7)
        self.library = factories.library()
        self.hidden = self._hidden_guide()
        self.half = self._half_hidden_guide()
        self.kit = self._kit()
        self.hidden_kit = factories.toolkit(
            self.library, [self.files[0]], title="Closed kit", access=Access.MEMBERS, opening=[paragraph("opening")]
        )
        guides = [self.hidden, self.half]
        self.playbook = factories.playbook(self.library, guides, opening=[("text", "<p>For everybody.</p>")])
        self.hidden_playbook = factories.playbook(
            self.library,
            guides,
            title="Closed playbook",
            access=Access.MEMBERS,
            opening=[paragraph("opening")],
        )
        self.brought = [
            page
            for bring in (follow_guide, copy_guide)
            for guide in guides
            for page in bring(city=self.city, guide=guide, by=None, publish=True).pages
        ]

    def _hidden_guide(self):
        letter = ("letter", {"title": "To the council", "text": secret("letter")})
        steps = [("step", {"title": "Ask first", "content": [paragraph("step"), letter]})]
        body = {"opening": [paragraph("opening")], "closing": [paragraph("closing")]}
        return factories.guide(self.library, title="Closed guide", access=Access.MEMBERS, steps=steps, **body)

    def _half_hidden_guide(self):
        asked = ("accordion", {"answers": [{"question": secret("question"), "answer": f"<p>{secret('body')}</p>"}]})
        files = ("downloads", {"files": [{"document": self.files[1]}]})
        check = ("checklist", {"title": "", "lines": [secret("step")]})
        steps = [
            ("step", {"title": "Walk the route", "content": [("text", "<p>For everybody.</p>")]}),
            ("step", {"title": "Call the clerk", "for_members": True, "content": [asked, files, check]}),
        ]
        return factories.guide(self.library, title="Half a guide", steps=steps)

    def _kit(self):
        tools = [("tool", {"document": self.files[0], "for_members": True}), ("tool", {"document": self.open_file})]
        return factories.toolkit(self.library, tools=tools)

    def addresses(self):
        """Every address below every resource, also those that nothing links to."""
        for guide in (self.hidden, self.half, *self.brought):
            url = guide.get_url()
            yield from (url, f"{url}checklist/", f"{url}print/", f"{url}?q={SECRET}")
            for anchor in ("ask-first", "walk-the-route", "call-the-clerk"):
                yield f"{url}steps/{anchor}/"
        for playbook in (self.playbook, self.hidden_playbook):
            yield from (playbook.url, f"{playbook.url}whole/", f"{playbook.url}print/")
        for kit in (self.kit, self.hidden_kit):
            yield kit.url
        yield f"{self.kit.url}file/{self.kit.tools[0].id}/"
        yield f"{self.hidden_kit.url}file/{self.hidden_kit.tools[0].id}/"
        yield from (self.library.url, f"{self.library.url}feed/", f"{self.library.url}?q={SECRET}")
        yield from (file.url for file in self.files)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Built inside a transaction that is rolled back when the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def world(built, db):
    return built


def lapsed(city):
    person = team_member(city, Role.LEAD, "lapsed@x.example")
    City.objects.filter(pk=city.pk).update(status=City.Status.LAPSED)
    return person


@pytest.fixture(params=["visitor", "stranger with an account", "lead of a city that left"])
def outsider(request, world, client):
    if request.param == "stranger with an account":
        client.force_login(UserFactory())
    elif request.param == "lead of a city that left":
        other = city_site("El Paso", "TX").city
        client.force_login(lapsed(other))
    return client


def text_of(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace") + str(dict(response.headers))


def test_no_address_of_the_library_tells_outsiders_more_than_titles(outsider, world):
    asked = 0
    for address in world.addresses():
        for method in (outsider.get, outsider.head):
            response = method(address)
            assert SECRET not in text_of(response).replace(f"?q={SECRET}", "").replace(f"%3Fq%3D{SECRET}", ""), address
            assert response.status_code in (200, 302, 303, 403, 404), (address, response.status_code)
        asked += 1
    assert asked > 40
    assert not DownloadCount.objects.exists()


def test_a_file_yields_no_byte_to_outsiders_however_they_ask(outsider, world):
    for file in world.files:
        for headers in ({}, {"HTTP_RANGE": "bytes=0-1"}, {"HTTP_IF_NONE_MATCH": f'"{file.file_hash}"'}):
            for method in (outsider.get, outsider.head):
                response = method(file.url, **headers)
                assert response.status_code == 403
                assert file.file_hash not in text_of(response)
                assert not {"ETag", "Content-Range", "Accept-Ranges"} & set(response.headers)
    assert outsider.get(world.open_file.url).status_code == 200


def test_members_get_every_part(world, client):
    client.force_login(team_member(world.city, Role.AUTHOR, "member@x.example"))
    found = "".join(text_of(client.get(address)) for address in world.addresses() if "?q=" not in address)
    assert [kind for kind in KINDS if secret(kind) not in found] == []


def test_no_link_of_the_public_site_leads_to_a_members_word(world):
    pages = crawl(["/", "/es/", world.library.url, "/sitemap.xml"], at_most=150)
    assert len(pages) > 15
    assert {world.hidden.url, world.half.url, world.kit.url} <= {page.url for page in pages}
    assert [page.url for page in pages if SECRET in str(page.soup)] == []


def test_lists_sitemaps_feeds_and_plain_addresses_hold_none(world, client):
    listed = client.get("/sitemap.xml").content.decode()
    addresses = [part.partition("</loc>")[0] for part in listed.split("<loc>")[1:]]
    addresses += [reverse(pattern.name) for pattern in public_patterns() if pattern.is_plain]
    addresses += [f"{world.library.url}feed/", f"{world.library.url}?format=guide"]
    assert len(addresses) > 20
    for address in addresses:
        assert SECRET not in text_of(client.get(address)), address


def test_what_search_engines_and_cards_are_told_is_public(world):
    for page in (world.hidden, world.half, world.kit, world.hidden_kit, world.playbook, world.hidden_playbook):
        told = [page.get_structured_data(), page.get_social_card(), page.search_description, page.seo_title]
        assert SECRET not in str(told), page.title


def test_a_members_guide_that_was_shared_with_nobody_stays_closed_in_the_admin(outsider, world):
    for page in Page.objects.filter(pk__in=[world.hidden.pk, world.half.pk, world.hidden_kit.pk]):
        for name in ("edit", "view_draft", "history", "usage", "revisions_compare"):
            args = [page.pk, "earliest", "latest"] if name == "revisions_compare" else [page.pk]
            response = outsider.get(reverse(f"wagtailadmin_pages:{name}", args=args))
            assert SECRET not in text_of(response), (page.title, name)
