"""A city's people at work in the CMS: change the look, menu and home page, see it first, publish, take it back."""

import re

import pytest

from tests.browser.conftest import follow

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-3")]

PASSWORD = "demo-coalition-2026"
GULFPORT = "/cities/gulfport-ms/"


@pytest.fixture
def sign_in(open_page):
    """A page of the admin, signed in as somebody of the demo."""

    def enter(email):
        page = open_page(width=1400)
        page.goto("/admin/login/")
        page.fill("[name=username]", email)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    return enter


def open_home_editor(page):
    """From the admin's first page, as an editor goes there."""
    page.goto("/admin/")
    page.click("main a:has-text('Look and home page')")
    page.wait_for_selector("#id_title")


def tab(page, name):
    page.click(f"[role=tab]:has-text('{name}')")


def press(page, name):
    """One of the actions behind "Save draft"."""
    page.click("footer button:has-text('More actions')")
    follow(page, f"button[name={name}]")


def public(open_page, path=GULFPORT, scheme="light"):
    page = open_page(scheme=scheme)
    page.goto(path)
    return page


def band_color(page):
    return page.evaluate("getComputedStyle(document.querySelector('header.band')).backgroundColor")


def menu_labels(page):
    return [text.strip() for text in page.locator("#menu li").all_inner_texts()]


def test_a_lead_changes_the_look_sees_it_first_publishes_and_goes_back(sign_in, open_page):
    before = public(open_page)
    old_color, old_title, old_menu = band_color(before), before.inner_text("h1"), menu_labels(before)
    elsewhere = public(open_page, "/cities/tulsa-ok/").content()

    page = sign_in("lead.gulfport@cities.example")
    open_home_editor(page)
    page.fill("#id_hero_title", "Gulfport, bring your boots.")
    tab(page, "Look")
    page.fill("#id_color_first", "#5b1a6b")
    page.fill("#id_color_second", "#ffd23f")
    tab(page, "Menu and footer")
    page.click("#menu-root [data-panel-toggle] >> nth=0")  # entries are folded: there are many
    page.fill("input[name='menu-0-value-text']", "Boots on")

    with page.context.expect_page() as opened:
        page.click("button[aria-label='Toggle preview']")
        page.click("[data-w-preview-target=newTab]")
    preview = opened.value
    preview.wait_for_selector("h1")  # the tab begins with an empty page, which is whole as well
    preview.wait_for_load_state("load")
    assert "bring your boots" in preview.inner_text("h1").lower()
    assert band_color(preview) == "rgb(91, 26, 107)"
    assert "Boots on" in menu_labels(preview)
    preview.close()
    unseen = public(open_page)
    assert (band_color(unseen), unseen.inner_text("h1")) == (old_color, old_title)  # nothing is public yet

    press(page, "action-publish")
    after = public(open_page)
    assert "bring your boots" in after.inner_text("h1").lower()
    assert band_color(after) == "rgb(91, 26, 107)"
    assert "Boots on" in menu_labels(after)
    assert band_color(public(open_page, scheme="dark")) != band_color(after)
    assert without_tokens(public(open_page, "/cities/tulsa-ok/").content()) == without_tokens(elsewhere)

    open_home_editor(page)
    number = re.search(r"/pages/(\d+)/", page.url)[1]
    page.goto(f"/admin/pages/{number}/history/")
    assert "Published" in page.inner_text("main")
    assert "Maris Placeholder" in page.inner_text("main")
    page.goto("/admin/")
    follow(page, "main a:has-text('What changed')")
    assert "Gulfport Volunteers" in page.inner_text("main")
    take_back_all(page)
    back = public(open_page)
    assert (band_color(back), back.inner_text("h1")) == (old_color, old_title)
    assert menu_labels(back) == old_menu


def without_tokens(html):
    """The page without what differs from one answer to the next."""
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", html)


def take_back_all(page):
    """What would become of each page is shown first, and done when that is confirmed."""
    follow(page, "a:has-text('Take back everything')")
    follow(page, "button:has-text('Take back what is ticked')")


def test_an_authors_draft_goes_through_approval(sign_in, open_page):
    path = "/cities/tulsa-ok/stories/shade-on-wheels/"
    visitor = open_page()
    assert visitor.goto(path).status == 404
    editor = sign_in("editor.tulsa@cities.example")
    assert "Shade on wheels" in editor.inner_text("main")
    follow(editor, "main a:has-text('Decide')")
    editor.click("footer button:has-text('More actions')")
    follow(editor, "button:has-text('Approve and Publish')")
    assert visitor.goto(path).status == 200
    editor.goto("/admin/")
    assert "Waiting for your approval" not in editor.inner_text("main")
