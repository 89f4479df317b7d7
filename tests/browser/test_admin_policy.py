"""The admin at work under its own policy: nothing is refused, nothing complains, nobody else is asked."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-3")]

PASSWORD = "demo-coalition-2026"
TELL = """document.addEventListener('securitypolicyviolation', event =>
    console.error(`refused by the policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))"""
SMUGGLE = """document.body.insertAdjacentHTML(
    'beforeend', '<img src="/no-such.png" onerror="window.smuggled = 1">')"""
PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"
)
LISTS = [
    "/admin/",
    "/admin/pages/",
    "/admin/images/",
    "/admin/images/add/",
    "/admin/documents/",
    "/admin/documents/multiple/add/",
    "/admin/account/",
    "/admin/reports/site-history/",
    "/admin/reports/workflow/",
    "/admin/redirects/",
    "/admin/users/",
    "/admin/styleguide/",
]


@pytest.fixture(scope="module")
def desk(browser, portal):
    """A page of the admin, signed in as coalition staff, that notes each complaint and each foreign request."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, base_url=portal, reduced_motion="reduce")
    context.add_init_script(TELL)
    page = context.new_page()
    page.complaints, page.foreign = [], []
    page.on("console", lambda said: page.complaints.append(f"{page.url} {said.text}") if said.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(f"{page.url} {error}"))
    page.on("request", lambda asked: _note_foreign(page, portal, asked.url))
    page.goto("/admin/login/")
    page.fill("[name=username]", "staff@cities.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/admin/")
    yield page
    context.close()


def _note_foreign(page, portal, url):
    if not url.startswith((portal, "data:", "blob:")):
        page.foreign.append(url)


@pytest.fixture(autouse=True)
def _nothing_to_complain_about(desk):
    desk.complaints.clear()
    desk.foreign.clear()
    yield
    # What staff may not open answers 403 or 404, and the browser says so: that is no matter of the policy.
    assert [text for text in desk.complaints if "the server responded with a status of 40" not in text] == []
    assert desk.foreign == []


def first_edit(page, kind):
    """The editor of the first page of this kind in the explorer's search."""
    page.goto(f"/admin/pages/search/?q={kind}")
    return page.eval_on_selector("main a[href*='/edit/']", "link => link.getAttribute('href')")


@pytest.mark.parametrize("path", LISTS)
def test_lists_and_forms_open(desk, path):
    desk.goto(path)
    desk.wait_for_load_state("networkidle")
    assert desk.locator("main").count() == 1 or desk.locator("#main").count() == 1


def test_story_is_edited_with_its_date_and_preview(desk):
    desk.goto(first_edit(desk, "before freeze calls"))
    desk.wait_for_selector("#id_title")
    desk.wait_for_load_state("networkidle")
    desk.locator("[name=date]").click()
    desk.wait_for_selector(".xdsoft_datetimepicker:visible")  # an inline script has made it
    desk.keyboard.press("Escape")
    toggle = desk.locator("button[aria-label*='preview' i]:visible").first
    toggle.click()
    desk.wait_for_selector("#preview-iframe, iframe[title='Preview']")
    desk.wait_for_load_state("networkidle")


@pytest.mark.parametrize("page", ["before freeze calls", "tulsa"], ids=["a city", "a page"])
def test_something_else_is_chosen_in_a_dialog(desk, page):
    desk.goto(first_edit(desk, page))
    desk.wait_for_load_state("networkidle")
    desk.eval_on_selector("button[data-chooser-action-choose]", "button => button.click()")  # it may be in a menu
    desk.wait_for_selector(".modal-body")
    desk.wait_for_load_state("networkidle")
    assert desk.locator(".modal-body").inner_text().strip()


def test_home_page_with_inline_panels_is_edited(desk):
    desk.goto(first_edit(desk, "tulsa"))
    desk.wait_for_selector("#id_title")
    for tab in desk.locator("[role=tab]:visible").all():
        tab.click()
    desk.wait_for_load_state("networkidle")


def test_picture_is_uploaded(desk):
    desk.goto("/admin/images/add/")
    desk.set_input_files("input[type=file]", {"name": "dot.png", "mimeType": "image/png", "buffer": PICTURE})
    desk.wait_for_load_state("networkidle")


def test_handler_in_an_attribute_does_not_run(desk):
    desk.goto("/admin/")
    with desk.expect_console_message(lambda said: "script-src-attr" in said.text):
        desk.evaluate(SMUGGLE)
    desk.wait_for_load_state("networkidle")
    desk.wait_for_timeout(300)  # the picture has failed by now
    assert desk.evaluate("window.smuggled") is None
    assert any("script-src-attr" in text for text in desk.complaints)
    desk.complaints.clear()


def test_eval_does_not_run(desk):
    desk.goto("/admin/")
    refused = "() => { try { return new Function('return 1')() } catch (error) { return error.name } }"
    desk.add_script_tag(content=f"setTimeout(() => {{ window.tried = ({refused})() }})")  # later: a tool may, at once
    desk.wait_for_function("() => window.tried !== undefined")
    assert desk.evaluate("window.tried") == "EvalError"
    desk.complaints.clear()
