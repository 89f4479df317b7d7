"""The search in a real browser: with a keyboard, in place and without scripts; back, reload, suggestions."""

import re

import pytest

from tests.browser.conftest import follow

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-4")]

AXE = """where => axe.run(where).then(result => result.violations.map(each =>
    each.id + ': ' + each.nodes[0].html))"""


def heading(page):
    return " ".join(page.inner_text("#search-status h2").split())


def total(page):
    """How many results the page says there are."""
    return int(re.search(r"([\d,]+) results? for", heading(page))[1].replace(",", ""))


def titles(page):
    return page.eval_on_selector_all(".search-rows .row-title a", "links => links.map(link => link.textContent)")


def wait_for_results(page):
    page.wait_for_function("!document.querySelector('#search-results').hasAttribute('aria-busy')")


def in_place(page, act):
    """Do something that changes the results; the document itself has to stay."""
    page.evaluate("window.isStillHere = true")
    before = page.url
    act()
    page.wait_for_function("before => location.href !== before", arg=before)
    wait_for_results(page)
    assert page.evaluate("window.isStillHere === true")


def test_enter_in_the_header_searches_without_scripts(open_page):
    page = open_page(scripts=False)
    page.goto("/")
    page.fill("#site-search", "volunteer")
    with page.expect_navigation(wait_until="load"):
        page.press("#site-search", "Enter")
    assert total(page) > 0
    assert page.input_value("#q") == "volunteer"
    promised = page.locator("#search-filters .choice").first
    count = int(promised.locator(".count").inner_text().replace(",", ""))
    promised.locator("input").check()
    follow(page, ".search-show button")
    assert total(page) == count
    follow(page, ".search-chips a")
    assert page.locator(".search-chips").count() == 0


def test_on_a_phone_the_lens_leads_to_the_search(open_page):
    page = open_page(width=320)
    page.goto("/cities/tulsa-ok/")
    follow(page, "header .header-search-link")
    assert page.locator("h1").inner_text() == "Search in Tulsa"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_filter_changes_the_results_in_place_and_keeps_the_focus(open_page):
    page = open_page()
    page.goto("/search/?q=volunteer")
    everything = total(page)
    assert not page.locator(".search-show").is_visible()
    box = page.locator("#search-filters input").first
    name, value = box.get_attribute("name"), box.get_attribute("value")
    box.focus()
    in_place(page, lambda: page.keyboard.press("Space"))
    assert f"{name}={value}" in page.url
    assert 0 < total(page) < everything
    assert page.evaluate("[document.activeElement.name, document.activeElement.value]") == [name, value]
    narrowed = titles(page)
    page.reload()
    assert titles(page) == narrowed
    assert page.complaints == page.foreign == []


def test_back_shows_what_was_there_before(open_page):
    page = open_page()
    page.goto("/search/?q=volunteer")
    before = heading(page), titles(page)
    in_place(page, lambda: page.locator("#search-filters label").first.click())
    in_place(page, lambda: page.locator(".search-sorts a", has_text="A to Z").click())
    in_place(page, page.go_back)
    in_place(page, page.go_back)
    assert (heading(page), titles(page)) == before
    assert page.locator("#search-filters input:checked").count() == 0


def test_a_chip_takes_its_filter_away_and_the_focus_goes_to_the_results(open_page):
    page = open_page()
    page.goto("/search/?q=volunteer&kind=guide")
    page.locator(".search-chips a").first.focus()
    in_place(page, lambda: page.keyboard.press("Enter"))
    assert "kind=" not in page.url
    assert page.evaluate("document.activeElement.id") == "search-results"


def test_the_number_of_results_is_announced_once(open_page):
    page = open_page()
    page.goto("/search/?q=volunteer")
    page.evaluate("""() => {
        window.changes = 0;
        new MutationObserver(() => window.changes += 1).observe(
            document.querySelector('#search-status'), {childList: true, subtree: true, characterData: true});
    }""")
    in_place(page, lambda: page.locator("#search-filters label").first.click())
    assert page.evaluate("window.changes") == 1
    assert page.locator("#search-results [role=status]").count() == 1


@pytest.mark.parametrize("field", ["#site-search", "#q"])
def test_suggestions_are_walked_with_arrows_left_with_escape_and_taken_with_enter(open_page, field):
    page = open_page()
    page.goto("/" if field == "#site-search" else "/search/")
    page.type(field, "tuls")
    options = page.locator("[role=option]")
    options.first.wait_for()
    assert page.get_attribute(field, "aria-expanded") == "true"
    page.press(field, "ArrowDown")
    assert options.first.get_attribute("aria-selected") == "true"
    assert page.get_attribute(field, "aria-activedescendant") == options.first.get_attribute("id")
    page.press(field, "Escape")
    assert page.get_attribute(field, "aria-expanded") == "false"
    assert page.input_value(field) == "tuls"
    page.press(field, "ArrowDown")
    with page.expect_navigation(wait_until="load"):
        page.press(field, "Enter")
    assert page.url.endswith("/cities/tulsa-ok/")


def test_enter_with_nothing_picked_searches(open_page):
    page = open_page()
    page.goto("/")
    page.type("#site-search", "tulsa")
    page.locator("[role=option]").first.wait_for()
    with page.expect_navigation(wait_until="load"):
        page.press("#site-search", "Enter")
    assert page.url.endswith("/search/?q=tulsa")


def test_on_a_citys_site_everywhere_is_one_click_away(open_page):
    page = open_page()
    page.goto("/cities/tulsa-ok/")
    page.fill("#site-search", "trees")
    with page.expect_navigation(wait_until="load"):
        page.press("#site-search", "Enter")
    here = total(page)
    in_place(page, lambda: page.locator(".search-scopes a", has_text="Everywhere").click())
    assert total(page) > here
    assert page.locator("header .brand").inner_text().startswith("Tulsa Pitches In")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "path",
    [
        "/search/",
        "/search/?q=volunteer",
        "/search/?q=volunteer&kind=guide&kind=story&sort=newest",
        "/search/?q=zzqxv&kind=guide",
        "/search/?q=voluntering&site=tulsa-ok",
        "/es/search/?q=voluntarios",
    ],
)
def test_the_page_has_no_barriers(open_page, axe_source, path, width, scheme):
    page = open_page(width=width, scheme=scheme)
    page.goto(path)
    if page.locator(".search-narrow > summary").is_visible():
        page.click(".search-narrow > summary")
    page.evaluate(axe_source)
    assert page.evaluate(AXE, "body") == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.complaints == page.foreign == []


def test_open_suggestions_have_no_barriers(open_page, axe_source):
    page = open_page()
    page.goto("/")
    page.type("#site-search", "tul")
    page.locator("[role=option]").first.wait_for()
    page.press("#site-search", "ArrowDown")
    page.evaluate(axe_source)
    assert page.evaluate(AXE, "body") == []
