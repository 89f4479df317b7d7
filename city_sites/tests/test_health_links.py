"""Dead links, and menu entries that lead nowhere: each has a line until it is mended."""

import pytest
from wagtail.models import Page

from city_sites.factories import city_site, spanish_home
from city_sites.health import Kind, Severity, findings
from city_sites.tests.health import draft, lines, lines_about, link, menu_entry, put
from home.factories import add_page, standard_page
from home.models import StandardPage
from portal.media.models import PortalDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tulsa_database):
    return city_site()


@pytest.fixture
def page(home):
    return standard_page(home, "How we choose", summary="By need.")


def text(html):
    return ("text", "block-1", html)


def about(home, page, kind=Kind.LINKS):
    return lines_about(page, kind, home.city)


def test_a_new_site_has_no_dead_link(home):
    assert lines(home.city, Kind.LINKS) == []
    assert lines(home.city, Kind.MENU) == []


def test_a_link_to_a_deleted_page_in_running_text_is_named_until_it_goes(home, page):
    other = add_page(home, StandardPage(title="Old"))
    put(page, body=[text(f'<p>See <a linktype="page" id="{other.pk}">the old page</a>.</p>')])
    assert about(home, page) == []
    other.delete()
    (line,) = about(home, page)
    assert "the old page" in line.text
    assert "deleted" in line.text
    assert line.url == f"/admin/pages/{page.pk}/edit/#:w:contentpath=body.block-1"
    assert line.severity == Severity.HIGH
    put(page, body=[text("<p>See nothing.</p>")])
    assert about(home, page) == []


def test_a_link_to_an_unpublished_page_counts_until_that_page_is_published(home, page):
    other = add_page(home, StandardPage(title="Old"))
    put(page, body=[("call_to_action", "cta", {"title": "Go", "links": [
        {"type": "item", "id": "one", "value": link("Go there", page=other.pk)}]})])  # fmt: skip
    other.unpublish()
    (line,) = about(home, page)
    assert "“Old” is not published" in line.text
    assert line.url.endswith("#:w:contentpath=body.cta.links.one.page")
    other.save_revision().publish()
    assert about(home, page) == []


def typed(addresses):
    return text("".join(f'<p><a href="{address}">here</a></p>' for address in addresses))


def test_an_address_in_the_site_that_nothing_answers_is_dead(home, page):
    ends = ["nowhere/", "nowhere", "about/deeper/?x=1#top"]
    put(page, body=[typed(f"/cities/tulsa-ok/{end}" for end in ends)])
    assert len(about(home, page)) == len(ends)


def test_other_addresses_are_not_judged(home, page):
    addresses = [
        "/cities/tulsa-ok/",
        "/cities/tulsa-ok/about/",
        "/cities/tulsa-ok/about",
        "/cities/tulsa-ok/stories/?page=2#latest",
        "/cities/",
        "/cities/tulsa-okay/nowhere/",
        "/cities/other-ok/nowhere/",
        "/nowhere/",
        "https://example.org/cities/tulsa-ok/nowhere/",
    ]
    put(page, body=[typed(addresses)])
    assert about(home, page) == []


def test_an_address_is_judged_in_the_language_it_is_in(home, page):
    spanish_home(home)
    put(page, body=[text('<p><a href="/es/cities/tulsa-ok/">aquí</a> <a href="/es/cities/tulsa-ok/about/">y</a></p>')])
    assert [line.text for line in about(home, page)] == [
        "“y” leads nowhere: nothing answers at /es/cities/tulsa-ok/about/."
    ]


def test_a_file_that_was_deleted_is_dead(home, page):
    file = PortalDocument.objects.create(title="Plan", file="plan.pdf")
    words = text(f'<p><a linktype="document" id="{file.pk}">the plan</a></p>')
    entry = {"type": "item", "id": "f", "value": {"document": file.pk, "title": "", "text": ""}}
    put(page, body=[words, ("downloads", "files", {"files": [entry]})])
    assert about(home, page) == []
    file.delete()
    assert len(about(home, page)) == 2


def test_a_picture_that_was_deleted_is_dead(home, page):
    put(page, body=[("image", "pic", {"image": {"image": 99_999, "decorative": True, "alt_text": ""}})])
    (line,) = about(home, page)
    assert line.url.endswith("body.pic.image.image")


def test_links_are_told_once_for_a_page_and_its_translation(home):
    page = put(home, menu=[("item", "m", menu_entry("Lost", page=99_999))])
    spanish_home(home)
    (line,) = [finding for finding in findings(home.city) if finding.kind == Kind.MENU]
    assert line.page.pk == page.pk


def test_a_link_is_alive_for_spanish_readers_when_only_the_translation_is_published(home, page):
    spanish = spanish_home(home)
    about_page = Page.objects.child_of(home).get(slug="about").specific
    translated = about_page.copy_for_translation(spanish.locale)
    translated.save_revision().publish()
    about_page.unpublish()
    put(spanish, menu=[("item", "new", menu_entry("Quiénes", page=about_page.pk))])
    found = [finding for finding in findings(home.city) if finding.kind == Kind.MENU]
    assert [finding.page.pk for finding in found if "Quiénes" in finding.text] == []


class TestMenu:
    def test_an_entry_below_another_that_was_deleted_is_named(self, home):
        other = add_page(home, StandardPage(title="Old"))
        put(home, menu=[("item", "m", menu_entry("Help", [link("Old one", page=other.pk)], page=home.pk))])
        other.delete()
        (line,) = lines_about(home, Kind.MENU)
        assert line.text == "“Old one” in the menu leads nowhere: the page was deleted."
        assert line.url.endswith("#:w:contentpath=menu.m.children.below-0.page")
        put(home, menu=[("item", "m", menu_entry("Help", page=home.pk))])
        assert lines_about(home, Kind.MENU) == []

    def test_a_label_without_a_target_is_empty(self, home):
        put(home, menu=[("item", "m", menu_entry("Help"))])
        assert lines(home.city, Kind.MENU) == ["“Help” in the menu leads nowhere: no page or address is chosen."]

    def test_every_kind_of_target_fills_an_entry(self, home):
        places = [{"email": "a@b.example"}, {"destination": "cities"}, {"address": "https://x.example"}]
        put(home, menu=[("item", f"m{number}", menu_entry("Go", **place)) for number, place in enumerate(places)])
        assert lines(home.city, Kind.MENU) == []

    def test_footer_buttons_and_notice_are_looked_at_too(self, home):
        gone = link("Gone", page=99_999)
        put(
            home,
            hero_links=[("link", "b", gone)],
            notice_link=[("link", "n", gone)],
            footer=[("column", "c", {"title": "T", "links": [{"type": "item", "id": "i", "value": gone}]})],
        )
        paths = {finding.url.partition("contentpath=")[2] for finding in lines_about(home, Kind.MENU)}
        assert paths == {"hero_links.b.page", "notice_link.n.page", "footer.c.links.i.page"}

    def test_a_page_that_others_link_to_is_missed_when_it_is_deleted(self, home):
        Page.objects.get(pk=home.privacy_page_id).delete()
        paths = {finding.url.partition("contentpath=")[2] for finding in lines_about(home, Kind.MENU)}
        assert "privacy_page" in paths


class TestDrafts:
    def test_a_line_that_is_mended_in_the_draft_says_so(self, home):
        put(home, menu=[("item", "m", menu_entry("Help", page=99_999))])
        draft(home, menu=[("item", "m", menu_entry("Help", page=home.pk))])
        (line,) = lines_about(home, Kind.MENU)
        assert line.is_drafted
        assert line.text.endswith("Mended in the draft: publish it.")
        home.get_latest_revision().publish()
        assert lines_about(home, Kind.MENU) == []

    def test_what_is_broken_only_in_a_draft_has_no_line(self, home):
        draft(home, menu=[("item", "m", menu_entry("Help", page=99_999))])
        assert lines_about(home, Kind.MENU) == []
