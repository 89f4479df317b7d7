"""The library in a real browser: filter, read, tick, print; members see more; a city follows and copies a guide."""

import re

import pytest

from tests.browser.conftest import follow

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-4")]

PASSWORD = "demo-coalition-2026"
AXE = """where => axe.run(where).then(result => result.violations.map(each =>
    each.id + ': ' + each.nodes[0].html))"""
CHECKED = "all => all.map(box => box.checked)"


def sign_in(page, address):
    page.goto("/admin/login/")
    page.fill("[name=username]", address)
    page.fill("[name=password]", PASSWORD)
    follow(page, "main button[type=submit]")


def titles(page):
    return page.eval_on_selector_all("main .row-title a", "links => links.map(link => link.textContent)")


def shown(page):
    """How many resources the list says it has."""
    return int(re.search(r"of (\d+)", page.inner_text("main .sort-line h2"))[1])


def test_a_reader_narrows_the_library_without_scripts_and_widens_it_again(open_page):
    page = open_page(scripts=False)
    page.goto("/guides/")
    everything = shown(page)
    if page.locator(".library-narrow summary").is_visible():
        page.click(".library-narrow summary")
    promised = int(page.inner_text("label[for=topic-health] .count"))
    page.check("#topic-health")
    follow(page, ".library-narrow button[type=submit]")
    assert "topic=health" in page.url
    assert shown(page) == promised < everything
    follow(page, ".library-chips a")
    assert shown(page) == everything


def test_two_filters_promise_what_they_keep_and_survive_a_reload(open_page):
    page = open_page()
    page.goto("/guides/?topic=health&audience=city_team")
    found = titles(page)
    assert found
    page.reload()
    assert titles(page) == found
    assert page.locator("#topic-health").is_checked()
    assert page.locator("#audience-city_team").is_checked()


def test_a_reader_walks_from_step_to_step(open_page):
    page = open_page()
    page.goto("/guides/cool-roofs/")
    titles_of_steps = page.eval_on_selector_all(".guide-steps > li h3", "all => all.map(each => each.textContent)")
    follow(page, ".guide-ways a[href*='/steps/']")
    assert page.inner_text("h1") == titles_of_steps[0]
    follow(page, ".part a[rel=next]")
    assert page.inner_text("h1") == titles_of_steps[1]
    follow(page, ".part a[rel=prev]")
    assert page.inner_text("h1") == titles_of_steps[0]


def test_contents_lead_to_the_step_and_say_where_the_reader_is(open_page):
    page = open_page()
    page.goto("/guides/cool-roofs/")
    link = page.locator(".contents a").nth(2)
    anchor = link.get_attribute("href")
    link.click()
    page.wait_for_selector(f".contents a[href='{anchor}'][aria-current]")
    assert page.evaluate("location.hash") == anchor


def test_ticks_stay_on_this_device_and_are_the_same_on_the_sheet(open_page):
    page = open_page()
    page.goto("/guides/cool-roofs/")
    page.locator(".has-boxes label").first.click()
    page.reload()
    page.wait_for_selector("[data-ticks]:not([hidden])")
    assert page.locator(".has-boxes input").first.is_checked()
    follow(page, ".guide-ways a[href$='/checklist/']")
    page.wait_for_selector("[data-ticks]:not([hidden])")
    assert page.eval_on_selector_all("main input[type=checkbox]", CHECKED).count(True) == 1
    page.click("[data-ticks] button")
    page.reload()
    assert True not in page.eval_on_selector_all("main input[type=checkbox]", CHECKED)


def test_boxes_can_be_ticked_without_scripts(open_page):
    page = open_page(scripts=False)
    page.goto("/guides/cool-roofs/checklist/")
    page.locator("main label").first.click()
    assert page.locator("main input[type=checkbox]").first.is_checked()


def test_the_checklist_prints_on_paper_with_its_boxes_and_nothing_else(open_page):
    page = open_page()
    page.goto("/guides/cool-roofs/checklist/")
    page.emulate_media(media="print")
    assert page.locator("main input[type=checkbox]").first.is_visible()
    for around in ("header.head", "footer", "[data-print]"):
        assert not page.locator(around).first.is_visible(), around
    assert page.pdf(format="Letter").startswith(b"%PDF")


def test_members_read_what_the_public_is_only_told_of(open_page):
    page = open_page()
    page.goto("/guides/write-a-service-plan/")
    assert page.locator(".how-in").is_visible()
    assert page.locator(".guide-steps").count() == 0
    follow(page, ".how-in a[href*='login']")
    page.fill("[name=username], [name=login]", "editor.tulsa@cities.example")
    page.fill("[name=password]", PASSWORD)
    follow(page, "main button[type=submit]")
    assert page.url.endswith("/guides/write-a-service-plan/")
    assert page.locator(".how-in").count() == 0
    assert page.locator(".guide-steps > li").count() >= 5


def test_a_city_adopts_a_guide_and_copies_another(open_page):
    page = open_page()
    sign_in(page, "lead.tulsa@cities.example")
    bring(page, "/guides/veterans-front-door/", "way=follow")
    bring(page, "/guides/snow-corner-crews/", "way=copy")
    page.goto("/cities/tulsa-ok/guides/")
    listed = titles(page)
    for path in ("/guides/veterans-front-door/", "/guides/snow-corner-crews/"):
        page.goto(path)
        title = page.inner_text("h1")
        assert title in listed
        page.goto("/cities/tulsa-ok/guides/")
        follow(page, f"main a:has-text('{title}')")
        assert "/cities/tulsa-ok/" in page.url
        assert page.locator(".guide-steps > li").count() >= 4
        link_back = page.locator(f"main a[href$='{path}']")
        assert link_back.count() >= 1


def bring(page, guide, way):
    """Bring a guide into Tulsa's site from the bar above it, and publish it."""
    page.goto(guide)
    follow(page, f".city-bar a[href*='{way}']")
    page.check("[name=publish]")
    follow(page, "main form button[type=submit]")


def test_a_city_says_that_it_used_a_guide(open_page):
    page = open_page()
    sign_in(page, "lead.elpaso@cities.example")
    page.goto("/guides/tool-library/")
    follow(page, ".city-bar a[href*='used']")
    page.fill("[name=year]", "2025")
    page.fill("[name=number]", "412")
    page.fill("[name=unit]", "loans")
    follow(page, "main form button[type=submit]")
    visitor = open_page()
    visitor.goto("/guides/tool-library/")
    assert "412 loans" in " ".join(visitor.inner_text(".uses").split())
    assert "El Paso" in visitor.inner_text(".uses")


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_that_members_and_teams_see_are_fit_for_everybody(open_page, axe_source, width):
    page = open_page(width=width)
    sign_in(page, "lead.tulsa@cities.example")
    page.goto("/guides/food-box-delivery/")
    ways = page.eval_on_selector_all(".city-bar a", "links => links.map(link => link.getAttribute('href'))")
    assert len(ways) == 3
    desk = re.match(r".*/guides/", ways[0])[0]
    for address in ["/guides/food-box-delivery/", "/guides/write-a-service-plan/", "/guides/saturday-kit/"]:
        assert violations(page, address, axe_source) == [], address
    for address in [desk, desk.replace("/guides/", "/guide-feedback/"), *ways]:
        assert violations(page, address, axe_source, where="main") == [], address


def violations(page, address, axe_source, where="html"):
    """What axe says of the page at the address, and whether it is wider than the screen."""
    response = page.goto(address)
    assert response.status == 200, address
    page.evaluate(axe_source)
    found = page.evaluate(AXE, where)
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than the screen")
    return found


def test_feedback_needs_no_script_and_leaves_no_cookie(open_page):
    page = open_page(scripts=False)
    page.goto("/guides/tool-library/")
    follow(page, "button[name=helpful][value=no]")
    assert "/why/" in page.url
    page.check("main input[type=radio] >> nth=0")
    follow(page, "main form button[type=submit]")
    assert "/guides/tool-library/" in page.get_attribute("main a[href$='/guides/tool-library/']", "href")
    assert page.context.cookies() == []
