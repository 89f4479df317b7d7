"""A city person's first page in the admin: its lines open the field, and it is fit for everybody."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-3")]

PASSWORD = "demo-coalition-2026"
LEAD = "lead.gulfport@cities.example"
IN_VIEW = """path => {
  const steps = path.split(".").map(step => `[data-contentpath="${step}"]`);
  const box = document.querySelector(steps.join(" ")).getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.top < window.innerHeight;
}"""


@pytest.fixture
def desk(open_page):
    """The first page of a lead, signed in."""

    def enter(**how):
        page = open_page(**how)
        page.goto("/admin/login/")
        page.fill("[name=username]", LEAD)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    return enter


def opens_at(page, url):
    """Open the address anew, and wait until its field stands in the window."""
    page.goto("about:blank")
    page.goto(url)
    page.wait_for_function(IN_VIEW, arg=url.partition("contentpath=")[2], timeout=10_000)


def test_lines_and_steps_open_the_editor_at_the_field(desk):
    page = desk()
    urls = page.eval_on_selector_all(".desk-line, .desk-step a", "all => all.map(each => each.getAttribute('href'))")
    urls = [url for url in urls if "contentpath=" in url]
    assert urls
    for url in urls[:6]:
        opens_at(page, url)
    assert page.complaints == []


def test_a_block_that_is_folded_in_another_tab_is_opened(desk):
    page = desk()
    page.click("main a:has-text('Look and home page')")
    page.wait_for_selector("#id_title")
    block = page.get_attribute("[data-contentpath=menu] [data-contentpath]", "data-contentpath")
    opens_at(page, f"{page.url}#:w:contentpath=menu.{block}.page")
    assert page.inner_text("[role=tab][aria-selected=true]") == "Menu and footer"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_desk_and_its_help_are_fit_for_everybody(desk, axe_source, width, scheme):
    page = desk(width=width, scheme=scheme)
    for _visit in range(2):
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.evaluate(axe_source)
        found = page.evaluate("axe.run('main').then(result => result.violations)")
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
        page.goto(
            page.get_attribute(".desk-tools a[href$='/help/']", "href") if "/help/" not in page.url else "/admin/"
        )
