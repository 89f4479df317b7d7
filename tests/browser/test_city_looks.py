"""City sites for everybody's eyes: each page type, each hero, each ready theme, by day and by night."""

import pytest

from portal.core.theme import READY_THEMES, Theme
from portal.core.theme_views import theme_url
from tests.browser.test_accessibility import Walks, look, look_in_both_schemes

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-3")]

PAGES = [
    "/cities/tulsa-ok/",
    "/cities/tulsa-ok/shade/",
    "/cities/tulsa-ok/opportunities/",
    "/cities/tulsa-ok/stories/",
    "/cities/tulsa-ok/stories/?topic=sustainability",
    "/cities/tulsa-ok/contact/",
    "/cities/tulsa-ok/no-such-page/",
    "/cities/el-paso-tx/",
    "/es/cities/el-paso-tx/",
    "/es/cities/el-paso-tx/stories/",
    "/cities/aurora-co/",
    "/cities/aurora-co/jobs/",
    "/cities/gulfport-ms/",
    "/cities/boise-id/",
    "/cities/lubbock-tx/",  # closed: 410 in the coalition's look
]
WEAR = """([address, letters]) => new Promise(done => {
    const sheet = document.querySelector("link[href*='/css/theme/']");
    sheet.onload = done;
    sheet.href = address;
    document.body.className = document.body.className.replace(/is-(signpost|poster|plaque)/, `is-${letters}`);
})"""


@pytest.fixture(scope="module")
def walks():
    return Walks()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_of_a_city_site_is_clean(open_page, axe_source, walks, width, scheme):
    def walk(found):
        page = open_page(width)
        for path in PAGES:
            page.goto(path)
            look_in_both_schemes(page, axe_source, path, found)
        for each in found.values():
            each += page.foreign
            each += [text for text in page.complaints if "404" not in text and "410" not in text]

    assert walks.found(width, walk)[scheme] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("hero", ["/cities/tulsa-ok/", "/cities/el-paso-tx/", "/cities/aurora-co/"])
def test_every_ready_theme_is_clean_on_every_hero(open_page, axe_source, walks, hero, scheme):
    def walk(found):
        page = open_page(1280)
        page.goto(hero)
        for ready in READY_THEMES:
            page.evaluate(WEAR, [theme_url(Theme(ready.first, ready.second, ready.pairing)), ready.pairing])
            look_in_both_schemes(page, axe_source, f"{hero} in {ready.key}", found)

    assert walks.found(hero, walk)[scheme] == []


def test_the_menu_of_a_phone_opens_in_a_city(open_page, axe_source):
    page, found = open_page(320), []
    page.goto("/cities/tulsa-ok/")
    page.click("header .menu-button[popovertarget]")
    assert page.locator("#menu li a").first.is_visible()
    look(page, axe_source, "menu", found)
    assert found == []
