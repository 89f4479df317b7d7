"""The audit log in a real browser: read by keyboard, narrowed down without a reload, and fit for everybody."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-3")]

PASSWORD = "demo-coalition-2026"
STAFF, LEAD = "staff@cities.example", "lead.tulsa@cities.example"


@pytest.fixture
def log_of(open_page):
    """`log_of(STAFF)` opens the log as that person."""

    def enter(who, **how):
        page = open_page(**how)
        page.goto("/admin/login/")
        page.fill("[name=username]", who)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/admin/")
        page.goto("/admin/audit/" if who == STAFF else page.get_attribute("a[href$='/audit/']", "href"))
        return page

    return enter


@pytest.mark.parametrize("who", [STAFF, LEAD])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_fit_for_everybody(log_of, axe_source, width, scheme, who):
    page = log_of(who, width=width, scheme=scheme)
    assert page.locator(".coalition-log tbody tr").count() > 5
    for summary in page.locator(".coalition-log__more summary").all()[:3]:
        summary.focus()
        page.keyboard.press("Enter")
    assert page.locator(".coalition-log__more[open]").count() == (3 if who == STAFF else 0)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.evaluate(axe_source)
    found = page.evaluate("axe.run('main').then(result => result.violations)")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.complaints == []
    assert page.foreign == []


def test_words_narrow_it_down_without_a_reload(log_of):
    page = log_of(STAFF)
    page.wait_for_load_state("networkidle")  # the script that listens may come after the page
    page.evaluate("window.stillHere = true")
    page.fill("#id_q", "zzqx")
    page.wait_for_selector("text=No entry matches that.")
    page.fill("#id_q", "Exampleman")
    page.wait_for_selector(".coalition-log tbody tr")
    assert page.evaluate("window.stillHere")
    assert all("Exampleman" in text for text in page.locator(".coalition-log tbody tr").all_inner_texts())
