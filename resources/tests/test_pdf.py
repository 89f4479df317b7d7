"""Guides and playbooks as PDF."""

import io
import os
import time
from pathlib import Path

import pikepdf
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.test import RequestFactory
from wagtail.models import Locale

from coalition.factories import CityFactory, on_team
from coalition.models import Role
from conftest import missing
from portal.core.due import rule_names, run_rules
from portal.media.factories import picture_bytes
from portal.media.models import PortalImage
from resources import factories, pdf
from resources.access import Reader
from resources.models import Access, DownloadCount
from resources.pdf import keeping
from resources.pdf.making import guide_source, playbook_source
from resources.views import pdf as views

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_database")]

needs_pango = pytest.mark.usefixtures("pango")
SECRET = "zqxonlymembers"
STEPS = [
    *factories.STEPS,
    ("step", {"title": "Call the clerk", "for_members": True, "content": [("text", f"<p>{SECRET}</p>")]}),
]
OPENING = [("heading", "Why it matters"), ("text", "<p>Children walk. <a href='/cities/'>See who</a> does.</p>")]


@pytest.fixture
def pango():
    if not pdf.is_available():
        missing("Pango", "Install it (Debian: apt-get install libpangoft2-1.0-0 libharfbuzz-subset0).")


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.PRIVATE_ROOT = str(tmp_path / "private")
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def guide():
    return factories.guide(factories.library(), steps=STEPS, opening=OPENING, cost="$40 a year", credit="The team")


@pytest.fixture
def member():
    return on_team(CityFactory(member=True), Role.EDITOR)


@pytest.fixture
def made(monkeypatch):
    """What PDFs were made of, in order: each is made as ever, and noted."""
    sources, make_pdf = [], keeping.make_pdf

    def note(source, base_url):
        sources.append(source)
        return make_pdf(source, base_url)

    monkeypatch.setattr(keeping, "make_pdf", note)
    return sources


def opened(response) -> pikepdf.Pdf:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return pikepdf.open(io.BytesIO(b"".join(response.streaming_content)))


def visit(page):
    request = RequestFactory().get(page.url)
    request.user = AnonymousUser()
    return request


def titles(items) -> list:
    return [(str(item.title), titles(item.children)) for item in items]


@needs_pango
def test_a_guide_is_a_tagged_pdf_with_language_title_and_outline(client, guide):
    response = client.get(f"{guide.url}pdf/")
    document = opened(response)
    assert document.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in document.Root
    assert str(document.Root.Lang) == "en"
    assert str(document.docinfo["/Title"]) == guide.title
    assert document.Root.ViewerPreferences.DisplayDocTitle
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    with document.open_outline() as outline:
        steps = [("1. Walk the route", []), ("2. Ask the principal", []), ("3. Call the clerk", [])]
        assert titles(outline.root) == [(guide.title, [("Why it matters", []), ("Steps", steps)])]
    assert {str(font.BaseFont)[8:16] for font in document.pages[0].Resources.Font.values()} == {"Overpass"}
    links = [str(each.A.URI) for each in document.pages[0].Annots if "/A" in each]
    assert "http://testserver/cities/" in links
    assert response["Content-Disposition"] == f'attachment; filename="{guide.slug}-en.pdf"'
    assert response["Link"] == f'<{guide.full_url}>; rel="canonical"'


@needs_pango
def test_a_playbook_holds_its_published_guides_in_order(client, guide):
    library = guide.get_parent()
    other, draft = factories.guide(library, title="Plant a tree"), factories.guide(library, title="Nothing yet")
    playbook = factories.playbook(library, [other, guide, draft])
    draft.unpublish()
    document = opened(client.get(f"{playbook.url}pdf/"))
    with document.open_outline() as outline:
        chapter = outline.root[1]
        assert str(chapter.title) == "The first ninety days"
        assert [str(each.title) for each in chapter.children] == ["Plant a tree", guide.title]
    assert SECRET not in playbook_source(playbook, visit(playbook), Reader())


@needs_pango
def test_a_spanish_guide_says_so(client, guide):
    translated = guide.copy_for_translation(Locale.objects.get(language_code="es"), copy_parents=True)
    translated.title = "A pie a la escuela: mañana, según el día"
    translated.save_revision().publish()
    document = opened(client.get(f"{translated.url}pdf/"))
    assert str(document.Root.Lang) == "es"
    assert str(document.docinfo["/Title"]) == translated.title


@needs_pango
def test_pictures_come_from_disk(client, guide):
    image = PortalImage(title="Porch", description="A porch")
    image.file.save("porch.png", ContentFile(picture_bytes(size=(90, 60))), save=False)
    image.save()
    guide.opening = [("image", {"image": image})]
    guide.save_revision().publish()
    document = opened(client.get(f"{guide.url}pdf/"))
    assert len(document.pages[0].get_images()) == 1


@needs_pango
def test_nothing_but_our_own_static_files_and_pictures_is_read(settings):
    from resources.pdf.fetching import DiskFetcher, file_for

    media = Path(settings.MEDIA_ROOT)
    for place in ("images/porch.png", "documents/plan.png", "original_images/porch.png"):
        (media / place).parent.mkdir(parents=True)
        (media / place).write_bytes(b"there")
    assert file_for("http://testserver/media/images/porch.png") == media / "images" / "porch.png"
    assert file_for("http://x.example/static/portal/fonts/overpass.woff2").name == "overpass.woff2"
    for url in (
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data/",
        "http://testserver/media/documents/plan.png",
        "http://testserver/media/images/../documents/plan.png",
        "http://testserver/media/images/%2e%2e/documents/plan.png",
        "http://testserver/media/original_images/porch.png",
        "http://testserver/static/../../portal/settings/base.py",
        "http://testserver/static/%2e%2e/%2e%2e/secret.svg",
        "http://testserver/static//etc/hosts.svg",
        "data:image/png;base64,AAAA",
    ):
        assert file_for(url) is None, url
        with pytest.raises(ValueError, match="Not fetched"):
            DiskFetcher().fetch(url)


def test_members_parts_are_in_the_pdf_of_members_only(guide):
    assert SECRET not in guide_source(guide, visit(guide), Reader())
    assert "Call the clerk" in guide_source(guide, visit(guide), Reader())
    assert SECRET in guide_source(guide, visit(guide), Reader(is_member=True))


@needs_pango
def test_members_and_the_public_never_share_a_file(client, guide, member, made):
    public = client.get(f"{guide.url}pdf/")
    assert "public" in public["Cache-Control"]
    client.force_login(member)
    own = client.get(f"{guide.url}pdf/", HTTP_IF_NONE_MATCH=public["ETag"])
    assert own.status_code == 200
    assert own["ETag"] != public["ETag"]
    assert own["Cache-Control"] == "private, no-store"
    client.logout()
    assert client.get(f"{guide.url}pdf/", HTTP_IF_NONE_MATCH=own["ETag"])["ETag"] == public["ETag"]
    assert len(made) == 2


def test_a_visitor_who_guesses_the_address_of_a_members_pdf_learns_how_to_get_in(client, made):
    guide = factories.guide(factories.library(), access=Access.MEMBERS)
    for method in (client.get, client.head):
        response = method(f"{guide.url}pdf/")
        assert response.status_code == 403
        assert response["Cache-Control"] == "private, no-store"
    assert not made
    assert not DownloadCount.objects.exists()


def test_without_pango_the_print_view_stands_in(client, guide, monkeypatch, made):
    monkeypatch.setenv("PORTAL_PDF", "off")
    playbook = factories.playbook(guide.get_parent(), [guide])
    for page in (guide, playbook):
        response = client.get(f"{page.url}pdf/")
        assert response.status_code == 303
        assert response["Location"] == f"{page.url}print/"
        assert client.get(response["Location"]).status_code == 200
    assert not made


def test_a_machine_whose_pango_does_not_load_makes_none(monkeypatch):
    def broken(name):
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf.importlib, "import_module", broken)
    pdf._has_pango.cache_clear()
    try:
        assert not pdf.is_available()
    finally:
        pdf._has_pango.cache_clear()


@needs_pango
def test_it_is_made_once_until_the_guide_says_something_else(client, guide, made):
    first = client.get(f"{guide.url}pdf/")
    assert client.get(f"{guide.url}pdf/")["ETag"] == first["ETag"]
    assert len(made) == 1
    assert client.get(f"{guide.url}pdf/", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    guide.cost = "$50 a year"
    guide.save_revision().publish()
    assert client.get(f"{guide.url}pdf/")["ETag"] != first["ETag"]
    assert len(made) == 2


@needs_pango
def test_each_pdf_taken_is_counted(client, guide, made):
    etag = client.get(f"{guide.url}pdf/")["ETag"]
    client.get(f"{guide.url}pdf/")
    client.head(f"{guide.url}pdf/")
    client.get(f"{guide.url}pdf/", HTTP_SEC_PURPOSE="prefetch")
    client.get(f"{guide.url}pdf/", HTTP_IF_NONE_MATCH=etag)
    row = DownloadCount.objects.get()
    assert (row.what, row.count) == ("pdf", 2)
    assert client.post(f"{guide.url}pdf/").status_code == 405


@needs_pango
def test_one_address_has_only_so_many_made(client, guide, made, monkeypatch):
    monkeypatch.setattr(views, "TRIES", 1)
    other = factories.guide(guide.get_parent(), title="Plant a tree")
    assert client.get(f"{guide.url}pdf/").status_code == 200
    refused = client.get(f"{other.url}pdf/")
    assert refused.status_code == 429
    assert refused["Retry-After"] == "600"
    assert f"{other.url}print/" in refused.content.decode()
    assert client.get(f"{guide.url}pdf/").status_code == 200  # it is there already
    assert client.get(f"{other.url}pdf/", REMOTE_ADDR="203.0.113.9").status_code == 200


@needs_pango
def test_when_too_many_are_made_at_once_the_rest_wait_and_then_hear_so(client, guide, made, monkeypatch):
    monkeypatch.setattr(keeping, "WAIT", 0.01)
    for _place in range(keeping.AT_ONCE):
        keeping._places.acquire()
    try:
        assert client.get(f"{guide.url}pdf/").status_code == 503
    finally:
        for _place in range(keeping.AT_ONCE):
            keeping._places.release()
    assert client.get(f"{guide.url}pdf/").status_code == 200


@needs_pango
def test_what_nobody_asked_for_in_a_month_goes(client, guide, made):
    assert "resources.remove_unused_pdfs" in rule_names()
    other = factories.guide(guide.get_parent(), title="Plant a tree")
    for page in (guide, other):
        client.get(f"{page.url}pdf/")
    old, new = sorted(keeping.folder().glob("*.pdf"))
    month_ago = time.time() - 31 * 24 * 3600
    os.utime(old, (month_ago, month_ago))
    assert [run.outcome for run in run_rules(["resources.remove_unused_pdfs"])] == ["1 PDF removed"]
    assert list(keeping.folder().glob("*.pdf")) == [new]
    assert new.stat().st_mode & 0o777 == 0o600
    for page in (guide, other):
        assert client.get(f"{page.url}pdf/").status_code == 200
