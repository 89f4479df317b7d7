"""What visitors do, in a real browser: with and without scripts, with the keyboard alone."""

import pytest

from tests.browser.conftest import follow

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-1")]


FOCUS_IS_SHOWN = """(() => {
    const style = getComputedStyle(document.activeElement);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return document.activeElement === document.body || outlined;
})()"""


def test_finder_answers_without_scripts(open_page):
    page = open_page(scripts=False)
    page.goto("/")
    page.fill(".finder-strip input[name=q]", "tulsa ok")
    follow(page, ".finder-strip button[type=submit]")
    assert page.url.endswith("/cities/find/tulsa-ok/")
    assert "Tulsa, Oklahoma" in page.inner_text("main h2")


def test_finder_suggests_and_is_used_by_keyboard_alone(open_page):
    page = open_page()
    page.goto("/cities/find/")
    page.focus("main input[name=q]")
    page.keyboard.type("spring")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    active = page.get_attribute("main input[name=q]", "aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert page.locator("[role=option]").count() == 0 or not page.locator("[role=option]").first.is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cities/find/spring-tx/")  # what was typed, not what was offered


def test_skip_link_is_the_first_stop_and_leads_to_the_main_text(open_page):
    page = open_page()
    page.goto("/stories/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_every_stop_of_the_keyboard_shows_where_it_is(open_page):
    page = open_page()
    page.goto("/")
    for _stop in range(25):
        page.keyboard.press("Tab")
        shown = page.evaluate(FOCUS_IS_SHOWN)
        assert shown, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_submenu_opens_and_closes_by_keyboard_and_by_a_click_elsewhere(open_page):
    page = open_page()
    page.goto("/")
    opened = page.locator("#menu details[open]")
    page.focus("#menu summary")
    page.keyboard.press("Enter")
    assert opened.count() == 1
    page.keyboard.press("Escape")
    assert opened.count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    page.mouse.click(600, 700)
    assert opened.count() == 0


def test_language_switch_keeps_the_page(open_page):
    page = open_page()
    page.goto("/stories/")
    follow(page, "header a[hreflang=es]")
    assert "/es/stories/" in page.url
    assert page.get_attribute("html", "lang") == "es"
    follow(page, "header a[hreflang=en]")
    assert page.url.endswith("/stories/")


def test_contact_message_reaches_the_outbox_and_thanks_the_visitor(open_page):
    page = open_page()
    page.goto("/contact/")
    page.fill("[name=name]", "Robin")
    page.fill("[name=email]", "robin@neighbors.example")
    page.fill("[name=message]", "Our council meets on Tuesday. Whom may I bring?")
    page.wait_for_timeout(3200)  # a person needs this long; the form asks robots for it
    follow(page, "main form button[type=submit]")
    assert page.locator(".notice-good").is_visible()
    page.goto("/dev/mail/")
    assert "robin@neighbors.example" in page.content() or "Robin" in page.content()


@pytest.mark.parametrize("path", ["/", "/cities/", "/stories/", "/cities/find/tulsa-ok/"])
def test_pages_are_light(open_page, path):
    page = open_page(width=1280)
    sizes = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(path, wait_until="networkidle")
    assert len(sizes) <= 12
    assert sum(sizes) <= 200 * 1024
