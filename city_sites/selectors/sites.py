"""Which site a page belongs to, and which pages belong to a site."""

from wagtail.models import Page
from wagtail.query import PageQuerySet

from city_sites.models import CityHomePage, CitySitesPage
from coalition.models import City
from portal.core.versions import kept

HOME_DEPTH = 4  # in Wagtail's tree: root, national home, city sites, city home
HOME_STEPS = HOME_DEPTH * Page.steplen  # the length of a city home's path
ENCLAVES = "city-sites"  # the scope that a change of the holders' places raises (portal.core.versions)
KEEP_SECONDS = 3600


def enclave_paths() -> list[str]:
    """Where city sites stand in the tree: one path for each language. Kept; no query as a rule."""
    return kept(ENCLAVES, "city-sites:paths", _paths, seconds=KEEP_SECONDS)


def _paths() -> list[str]:
    return list(CitySitesPage.objects.values_list("path", flat=True))


def home_of(page: Page | None) -> CityHomePage | None:
    """The city home in whose tree `page` stands, in the page's own language; None outside of city sites.

    One query for a page of a city, remembered on the page; none for any other. A city home that is being previewed is
    its own home, with what is typed now.
    """
    if page is None or isinstance(page, CityHomePage):
        return page
    if not page.path or page.depth <= HOME_DEPTH or not page.path.startswith(tuple(enclave_paths())):
        return None
    if not hasattr(page, "_city_home"):
        page._city_home = (
            CityHomePage.objects.filter(path=page.path[:HOME_STEPS]).select_related("city", "locale", "logo").first()
        )
    return page._city_home


def site_homes(city: City) -> dict[str, CityHomePage]:
    """The city's homes by language code, live or not. One query."""
    homes = CityHomePage.objects.filter(city=city).select_related("city", "locale", "logo")
    return {home.locale.language_code: home for home in homes}


def pages_of(city: City) -> PageQuerySet:
    """All pages of the city's site in every language, homes included, live or not. Two queries with the result."""
    paths = CityHomePage.objects.filter(city=city).values_list("path", flat=True)
    found = Page.objects.none()
    for path in paths:
        found |= Page.objects.filter(path__startswith=path)
    return found
