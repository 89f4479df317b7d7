"""axe finds nothing, nothing overflows, nobody else is asked: all page types and blocks, widths, schemes, languages."""

import pytest

from tests.browser.conftest import follow

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # the others need not be written up
}
SETTLED = "Promise.all(document.getAnimations().map(each => each.finished))"
AXE = """rules => axe.run(document, rules).then(result => result.violations.map(violation =>
    violation.id + ': ' + violation.nodes.slice(0, 3).map(node => node.target.join(' ') + ' — ' + node.failureSummary)
    .join(' | ')))"""
PAGES = [
    "/",
    "/about/",
    "/join/",
    "/guides/",
    "/guides/?topic=veterans&audience=schools",
    "/guides/recruit-your-mayor/",
    "/guides/cool-roofs/",
    "/guides/cool-roofs/steps/buy-the-paint-together/",
    "/guides/cool-roofs/checklist/",
    "/guides/cool-roofs/print/",
    "/guides/dangerous-weather/",
    "/guides/dangerous-weather/whole/",
    "/guides/saturday-kit/",
    "/guides/write-a-service-plan/",
    "/cities/el-paso-tx/guides/",
    "/cities/el-paso-tx/guides/calls-to-elders/",
    "/cities/el-paso-tx/guides/adopt-a-storm-drain/",
    "/opportunities/",
    "/opportunities/?day=sat&child=10&bus=1&speak=es&zip=74104",
    "/opportunities/?view=month",
    "/opportunities/?view=map",
    "/cities/el-paso-tx/opportunities/",
    "/cities/el-paso-tx/opportunities/?view=map",
    "/cities/el-paso-tx/opportunities/paint-a-roof/",
    "/cities/el-paso-tx/opportunities/paint-a-roof/sign-up/",
    "/cities/el-paso-tx/opportunities/white-roofs/",
    "/my-data/",
    "/volunteer/new-link/",
    "/stories/",
    "/contact/",
    "/privacy/",
    "/accessibility/",
    "/cities/",
    "/cities/?state=TX",
    "/cities/?q=zzqx",
    "/cities/find/",
    "/cities/find/tulsa-ok/",
    "/cities/find/norman-ok/",
    "/cities/find/?q=springfield",
    "/cities/find/?q=zzqx",
    "/cities/find/?q=73048",
    "/styleguide/",
    "/no-such-page/",
]


def story_paths(page):
    page.goto("/stories/")
    return page.eval_on_selector_all(
        "main .row-title a", "links => links.slice(0, 10).map(link => new URL(link.href).pathname)"
    )


def look(page, axe_source, where, found):
    """Put what is wrong with the page, as it stands now, into `found`."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(axe_source)
    for violation in page.evaluate(AXE, RULES):
        found.append(f"{where}: {violation}")
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if overflow > 0:
        found.append(f"{where}: {overflow} px wider than the screen")


def look_in_both_schemes(page, axe_source, where, found):
    """By day and by night without loading the page twice: `found` has a list for each."""
    for scheme in found:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        look(page, axe_source, where, found[scheme])


class Walks:
    """Walks through the site whose findings several tests read: the first of them walks."""

    def __init__(self):
        self._found = {}

    def found(self, name, walk):
        """What is wrong, for each scheme; `walk(found)` goes and looks."""
        if name not in self._found:
            found = {"light": [], "dark": []}
            walk(found)
            self._found[name] = found
        return self._found[name]


@pytest.fixture(scope="module")
def walks():
    return Walks()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "language",
    [
        pytest.param("en", marks=pytest.mark.xdist_group("browser-1")),
        pytest.param("es", marks=pytest.mark.xdist_group("browser-2")),
    ],
)
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_type_and_block_is_clean(open_page, axe_source, walks, width, language, scheme):
    prefix = "" if language == "en" else f"/{language}"

    def walk(found):
        page = open_page(width)
        for path in [*PAGES, *story_paths(page)]:
            page.goto(prefix + path)
            look_in_both_schemes(page, axe_source, prefix + path, found)
        for each in found.values():
            each += page.foreign
            each += [text for text in page.complaints if "404" not in text]

    assert walks.found(("pages", width, language), walk)[scheme] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "language",
    [
        pytest.param("en", marks=pytest.mark.xdist_group("browser-1")),
        pytest.param("es", marks=pytest.mark.xdist_group("browser-2")),
    ],
)
@pytest.mark.parametrize("width", [320, 1280])
def test_open_menus_and_forms_in_error_are_clean(open_page, axe_source, walks, width, language, scheme):
    prefix = "" if language == "en" else f"/{language}"

    def walk(found):
        page = open_page(width)
        page.goto(f"{prefix}/")
        if width == 320:
            page.click("header .menu-button[popovertarget]")
            assert page.locator("#menu li :is(a, summary)").first.is_visible()
            look_in_both_schemes(page, axe_source, "menu", found)
        page.goto(f"{prefix}/cities/find/")
        page.fill("main input[name=q]", "spring")
        page.wait_for_selector("[role=option]")
        look_in_both_schemes(page, axe_source, "suggestions", found)
        page.goto(f"{prefix}/contact/")
        page.fill("[name=name]", "Robin")
        follow(page, "main form button[type=submit]")
        assert page.input_value("[name=name]") == "Robin"
        assert page.locator(".error-summary").is_visible()
        look_in_both_schemes(page, axe_source, "contact in error", found)

    assert walks.found(("open", width, language), walk)[scheme] == []
