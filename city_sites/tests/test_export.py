"""A city takes its whole site along: HTML that opens from a disk, data, files; and nothing that is not its own."""

import io
import json
import posixpath
import zipfile
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.utils import translation
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, ModelLogEntry, PageViewRestriction, Site

from city_sites.factories import city_site, spanish_home, team_member
from city_sites.models import CityHost, CitySite
from city_sites.moving.sheet import read_sheet
from city_sites.services.export import export_name, export_site
from city_sites.services.redirects import bring_in_redirects
from coalition.models import City, Role
from home.factories import standard_page, story
from home.models import ContactPage
from portal.core.models import Topic
from portal.media.factories import PDF, pdf_file
from portal.media.models import PortalDocument, PortalImage

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CANARY = "Zanzibar-Quokka"
HOST = "volunteer.tulsa.example"


@pytest.fixture
def home(tulsa_database):
    return city_site()


def collection_of(home):
    return CitySite.objects.get(city=home.city).collection


def picture(collection, title="An oak"):
    file = get_test_image_file(filename=f"{title.lower().replace(' ', '-')}.png")
    return PortalImage.objects.create(
        title=title, description=f"{title} by the road", credit="Ana Testerman", file=file, collection=collection
    )


def document(collection, title="Plan", name="plan.pdf"):
    return PortalDocument.objects.create(title=title, file=pdf_file(name), collection=collection)


def with_body(home, title, *blocks):
    body = json.dumps([{"type": kind, "value": value} for kind, value in blocks])
    return standard_page(home, title=title, slug=title.lower(), body=body)


def prose(html):
    return ("text", html)


def shown(image):
    return ("image", {"image": {"image": image.pk, "decorative": True, "alt_text": ""}, "caption": "", "credit": ""})


def exported(home, **kwargs):
    file = io.BytesIO()
    manifest = export_site(city=home.city, file=file, **kwargs)
    return zipfile.ZipFile(file), manifest


def parsed(archive):
    pages = [name for name in archive.namelist() if name.endswith(".html")]
    return {name: BeautifulSoup(archive.read(name), "html.parser") for name in pages}


def addresses(soup):
    for tag in soup.find_all(True):
        for name in ("href", "src", "action", "poster"):
            if tag.get(name) is not None and tag.get("rel") != ["canonical"] and tag.get("hreflang") is None:
                yield tag, tag[name]


def broken_links(archive):
    """Every relative address that leads nowhere within the zip."""
    names = set(archive.namelist())
    for name, soup in parsed(archive).items():
        ids = {tag["id"] for tag in soup.find_all(id=True)}
        for _tag, address in addresses(soup):
            parts = urlsplit(address)
            if parts.scheme:
                continue
            if not parts.path:
                if parts.fragment and parts.fragment not in ids:
                    yield name, address
            elif posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) not in names:
                yield name, address


def test_every_public_page_in_every_language_stands_at_a_readable_path(home):
    spanish_home(home)
    standard_page(home.get_children().get(slug="about").specific, title="Team", slug="team")
    archive, manifest = exported(home)
    names = set(archive.namelist())
    assert {"site/index.html", "site/about/index.html", "site/about/team/index.html", "site/es/index.html"} <= names
    assert {"data/pages/index.json", "data/pages/about/team.json", "data/pages/es.json"} <= names
    assert manifest.pages == sum(name.endswith("index.html") for name in names)
    assert manifest.problems == []


def test_no_link_within_the_zip_is_broken(home):
    spanish_home(home)
    collection = collection_of(home)
    plan, tree = document(collection), picture(collection)
    with_body(
        home, "Everything",
        shown(tree),
        prose(f'<p><a linktype="document" id="{plan.pk}">Plan</a> <a linktype="page" id="{home.pk}">Home</a></p>'),
    )  # fmt: skip
    archive, manifest = exported(home)
    assert list(broken_links(archive)) == []
    page = parsed(archive)["site/everything/index.html"]
    links = [address for _tag, address in addresses(page)]
    assert "../index.html" in links
    assert f"../files/documents/{plan.pk}/{plan.filename}" in links
    assert any(link.startswith("../files/media/images/") for link in links)
    assert manifest.problems == []


def test_the_site_brings_its_look_along(home):
    archive, _manifest = exported(home)
    sheets = [link["href"] for link in parsed(archive)["site/index.html"].find_all("link", rel="stylesheet")]
    assert len(sheets) == 2
    css = archive.read(f"site/{sheets[0]}").decode()
    fonts = [name for name in archive.namelist() if name.endswith(".woff2")]
    assert fonts
    assert "/static/" not in css.replace("../static/", "")
    assert all(archive.read(name) for name in fonts)
    assert "--band" in archive.read(f"site/{sheets[1]}").decode()


def test_links_that_leave_the_site_stay_whole(home):
    out = '<a href="https://example.org/x?y=z#w">Out</a> <a href="/cities/">Cities</a>'
    with_body(home, "Links", prose(f"<p>{out}</p>"))
    archive, _manifest = exported(home)
    links = {address for _tag, address in addresses(parsed(archive)["site/links/index.html"])}
    assert {"https://example.org/x?y=z#w", "http://testserver/cities/"} <= links


def test_nothing_of_another_city_is_taken_along(home):
    other = city_site("Ames", "IA")
    foreign_picture = picture(collection_of(other), CANARY)
    foreign_document = document(collection_of(other), CANARY, "canary-quokka.pdf")
    secret = with_body(other, "Secret", prose(f"<p>{CANARY}</p>"))
    with_body(
        home, "Neighbors",
        shown(foreign_picture),
        prose(f'<p><a linktype="page" id="{secret.pk}">Ames</a></p>'),
        prose(f'<p><a linktype="document" id="{foreign_document.pk}">Theirs</a></p>'),
    )  # fmt: skip
    bring_in_redirects(city=other.city, lines=read_sheet(f"old,new\n/{CANARY},/about/\n".encode()))
    archive, manifest = exported(home)
    for name in archive.namelist():
        assert CANARY.encode() not in archive.read(name), name
        assert "quokka" not in name.lower()
    links = {address for _tag, address in addresses(parsed(archive)["site/neighbors/index.html"])}
    assert {secret.full_url, f"http://testserver{foreign_document.url}"} <= links
    assert (manifest.images, manifest.documents) == (0, 0)
    assert list(broken_links(archive)) == []


def test_drafts_are_data_only_and_marked(home):
    draft = standard_page(home, title="Later", slug="later")
    draft.unpublish()
    about = home.get_children().get(slug="about").specific
    about.title = "About, rewritten"
    about.save_revision()
    archive, manifest = exported(home)
    assert "site/later/index.html" not in archive.namelist()
    assert manifest.drafts == 1
    data = json.loads(archive.read("data/pages/later.json"))
    assert (data["is_public"], data["url"], data["draft"]["title"]) == (False, None, "Later")
    data = json.loads(archive.read("data/pages/about.json"))
    assert data["fields"]["title"] != data["draft"]["title"] == "About, rewritten"


def test_private_pages_are_data_only(home):
    page = standard_page(home, title="Rosters", slug="rosters")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    archive, manifest = exported(home)
    assert "site/rosters/index.html" not in archive.namelist()
    assert "data/pages/rosters.json" in archive.namelist()
    assert (manifest.private, manifest.problems) == (1, [])


def test_the_data_holds_what_was_written_and_nobody_by_name(home):
    lead = team_member(home.city, Role.LEAD, "very.private@tulsa.example")
    page = with_body(home, "Written", prose("<p>Plant a tree.</p>"))
    page.owner = lead
    page.save_revision(user=lead).publish(user=lead)
    archive, _manifest = exported(home, by=lead)
    data = json.loads(archive.read("data/pages/written.json"))
    assert data["fields"]["body"][0]["type"] == "text"
    assert data["translation_key"] == str(page.translation_key)
    site = json.loads(archive.read("data/site.json"))
    assert site["counts"]["page_owners"] == 1
    assert site["languages"]["en"]["theme"]["color_first"] == home.color_first
    assert site["languages"]["en"]["around"]["menu"]
    for name in archive.namelist():
        content = archive.read(name)
        assert b"very.private" not in content, name
        assert b'owner"' not in content or name == "data/site.json"


def test_all_data_can_be_read(home):
    bring_in_redirects(city=home.city, lines=read_sheet(b"old,new\n/a.html,/about/\n/b,https://example.com/\n"))
    archive, _manifest = exported(home)
    for name in archive.namelist():
        if name.endswith(".json"):
            json.loads(archive.read(name))
    rows = archive.read("data/redirects.csv").decode("utf-8-sig").splitlines()
    assert rows == ["old,new", "/a.html,/about/", "/b,https://example.com/"]
    readme = archive.read("README.txt").decode()
    assert "Tulsa, OK" in readme
    assert "Redirecciones: 2" in readme


def test_redirects_taken_along_can_be_brought_in_again(home):
    lines = read_sheet(b"old,new\n/a.html,/about/\n/b?x=1,https://example.com/\n/c,/\n")
    bring_in_redirects(city=home.city, lines=lines)
    archive, _manifest = exported(home)
    plan = bring_in_redirects(city=home.city, lines=read_sheet(archive.read("data/redirects.csv")))
    assert plan.counts == {"new": 0, "changes": 0, "same": 3, "error": 0}


def test_pictures_and_documents_come_as_they_were_uploaded(home):
    own = collection_of(home)
    below = own.add_child(instance=Collection(name="Trees"))
    shared = Collection.objects.get(name="Shared library")
    tree, unused = picture(below), picture(shared, "Unused")
    used, plan = picture(shared, "Shared"), document(own)
    with_body(home, "Shown", shown(used))
    archive, manifest = exported(home)
    images = {each["id"]: each for each in json.loads(archive.read("data/images.json"))}
    assert set(images) == {tree.pk, used.pk}
    assert unused.pk not in images
    assert images[tree.pk]["alt"] == "An oak by the road"
    assert images[tree.pk]["credit"] == "Ana Testerman"
    assert archive.read(images[tree.pk]["file"]) == tree.file.open().read()
    [found] = json.loads(archive.read("data/documents.json"))
    assert archive.read(found["file"]) == PDF
    assert found["title"] == plan.title
    assert (manifest.images, manifest.documents) == (2, 1)


def test_a_file_the_server_has_lost_is_noted_and_stops_nothing(home):
    lost, plan = picture(collection_of(home), "Lost"), document(collection_of(home))
    with_body(home, "Loss", prose(f'<p><a linktype="document" id="{plan.pk}">Plan</a></p>'))
    for each in (lost, plan):
        each.file.storage.delete(each.file.name)
    archive, manifest = exported(home)
    assert {problem.why for problem in manifest.problems} == {"The file is missing on the server."}
    assert json.loads(archive.read("data/images.json"))[0]["file"] is None
    assert len(json.loads(archive.read("data/manifest.json"))["problems"]) == len(manifest.problems)
    assert "Lost" in archive.read("README.txt").decode()
    assert list(broken_links(archive)) == []


def test_a_page_that_fails_leaves_a_note_in_its_place(home, monkeypatch):
    standard_page(home, title="Fragile", slug="fragile")
    from home.models import StandardPage

    def broken(self, request, *args, **kwargs):
        if self.slug == "fragile":
            raise RuntimeError("broken")
        return original(self, request, *args, **kwargs)

    original = StandardPage.get_context
    monkeypatch.setattr(StandardPage, "get_context", broken)
    archive, manifest = exported(home)
    assert "http://testserver/cities/tulsa-ok/fragile/" in archive.read("site/fragile/index.html").decode()
    assert [problem.what for problem in manifest.problems] == ["http://testserver/cities/tulsa-ok/fragile/"]


def test_the_contact_form_leads_to_the_public_site(home):
    contact = ContactPage.objects.descendant_of(home).get()
    archive, _manifest = exported(home)
    html = archive.read("site/contact/index.html").decode()
    assert "csrf" not in html
    assert "<textarea" not in html
    assert contact.full_url in html
    forms = parsed(archive)["site/contact/index.html"].find_all("form")
    assert all(form.get("action", "").startswith("http") for form in forms)


def test_further_pages_and_topics_of_a_list_come_along(home):
    stories = home.get_children().get(slug="stories").specific
    topic = Topic.objects.first() or Topic.objects.create(slug="trees", name="Trees", name_es="Árboles")
    for number in range(14):
        page = story(stories, title=f"Story {number}", slug=f"story-{number}")
        page.topics = [topic]
        page.save_revision().publish()
    archive, manifest = exported(home)
    names = archive.namelist()
    assert "site/stories/page-2/index.html" in names
    assert f"site/stories/topic-{topic.slug}/index.html" in names
    second = parsed(archive)["site/stories/page-2/index.html"]
    assert "../index.html" in [address for _tag, address in addresses(second)]
    assert list(broken_links(archive)) == []
    assert manifest.problems == []


def test_the_same_site_gives_the_same_bytes_on_the_same_day(home):
    picture(collection_of(home))
    first, second = io.BytesIO(), io.BytesIO()
    for file in (first, second):
        export_site(city=home.city, file=file)
    assert first.getvalue() == second.getvalue()


def test_a_site_on_its_own_host_is_read_there(home):
    site = Site.objects.create(hostname=HOST, port=80, root_page=home)
    CityHost.objects.create(city=home.city, hostname=HOST, status="active", site=site)
    archive, manifest = exported(home)
    assert manifest.problems == []
    assert list(broken_links(archive)) == []
    page = parsed(archive)["site/about/index.html"]
    assert page.find("link", rel="canonical")["href"] == f"http://{HOST}/about/"
    assert "../index.html" in [address for _tag, address in addresses(page)]


def test_a_server_that_insists_on_https_is_asked_by_https(home, settings):
    settings.SECURE_SSL_REDIRECT = True
    _archive, manifest = exported(home)
    assert manifest.problems == []


def test_names_are_safe_and_unique(home):
    for slug in ("con", "files", "index", "About", "ABOUT"):
        standard_page(home, title=slug, slug=slug)
    archive, _manifest = exported(home)
    names = archive.namelist()
    assert len({name.casefold() for name in names}) == len(names)
    assert all(not name.startswith(("/", "..")) and "/../" not in name and "\\" not in name for name in names)
    assert "site/con/index.html" not in names
    assert list(broken_links(archive)) == []


def test_the_one_who_asks_keeps_language_and_finds_it_in_the_log(home):
    lead = team_member(home.city, Role.LEAD)
    spanish_home(home)
    with translation.override("es"):
        _archive, manifest = exported(home, by=lead)
        assert translation.get_language() == "es"
    entry = ModelLogEntry.objects.get(action="city_sites.export")
    assert (entry.user, entry.data["pages"]) == (lead, manifest.pages)


def test_the_command_writes_the_file_whole_or_not_at_all(home, tmp_path, capsys):
    call_command("export_city_site", "tulsa-ok", str(tmp_path))
    assert zipfile.ZipFile(tmp_path / export_name(home.city)).testzip() is None
    assert [path.name for path in tmp_path.iterdir()] == [export_name(home.city)]
    for wrong in (["nowhere-ks", str(tmp_path)], ["tulsa-ok", str(tmp_path / "no" / "x.zip")]):
        with pytest.raises(CommandError):
            call_command("export_city_site", *wrong)


def test_a_city_that_has_left_can_still_take_its_site_along(home, client):
    city = home.city
    city.status = City.Status.WITHDRAWN
    city.save()
    assert client.get("/cities/tulsa-ok/about/").status_code == 410
    archive, manifest = exported(home)
    assert manifest.problems == []
    assert "site/about/index.html" in archive.namelist()
    assert list(broken_links(archive)) == []
    assert client.get("/cities/tulsa-ok/about/").status_code == 410
