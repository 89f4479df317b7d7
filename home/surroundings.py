"""The national site's name, menu and footer, taken from the home page in the reader's language."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page, Site

from coalition.models import City
from home.models import HomePage
from home.signals import SURROUNDINGS
from portal.core.blocks.targets import resolve_links
from portal.core.flag_bearers import FlagBearer
from portal.core.surroundings import Surroundings, footer_columns, menu_items
from portal.core.versions import kept
from search.box import box_links

RIBBON_FLAGS = 24
KEEP_SECONDS = 300
LINKED_PAGES = ("recruit", "join", "contact", "privacy", "accessibility")


def national_home(request: HttpRequest) -> HomePage | None:
    """The home of the site that was asked for, in the active language, else in English; None when bare."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    homes = HomePage.objects.live().filter(translation_key=site.root_page.translation_key).select_related("locale")
    found = {home.locale.language_code: home for home in homes}
    return found.get(get_language() or "") or found.get(settings.LANGUAGE_CODE)


def national(request: HttpRequest, page: Page | None) -> Surroundings | None:
    """What stands around national pages and around pages that views draw. Kept until a page or a city changes."""
    if isinstance(page, HomePage) and getattr(request, "is_preview", False):
        return _around(page, request)
    key = f"surroundings:{_site_id(request)}:{get_language()}"
    return kept(SURROUNDINGS, key, lambda: _found(request, page), seconds=KEEP_SECONDS)


def _found(request: HttpRequest, page: Page | None) -> Surroundings:
    home = page if isinstance(page, HomePage) else national_home(request)
    return _around(home, request) if home else Surroundings(name=settings.WAGTAIL_SITE_NAME, home_url="/")


def _site_id(request: HttpRequest) -> int | None:
    site = Site.find_for_request(request)
    return site.pk if site else None


def _around(home: HomePage, request: HttpRequest) -> Surroundings:
    return Surroundings(
        name=settings.WAGTAIL_SITE_NAME,
        home_url=home.get_url(request) or "/",
        tagline=home.tagline,
        menu=menu_items((block.value for block in home.menu), request),
        footer=footer_columns((block.value for block in home.footer), request),
        footer_note=home.footer_note,
        links=_links(home, request),
        ribbon=tuple(FlagBearer.of(city) for city in City.objects.members().newest_first()[:RIBBON_FLAGS]),
    )


def _links(home: HomePage, request: HttpRequest) -> dict[str, str]:
    wanted = {name: getattr(home, f"{name}_page_id") for name in LINKED_PAGES}
    resolved = resolve_links(pages=wanted.values(), request=request)
    links = {
        "find": reverse("coalition:find"),
        "suggest": reverse("coalition:suggest"),
        "cities": reverse("coalition:cities"),
        **box_links(),
    }
    links.update({name: resolved.page_url(pk) for name, pk in wanted.items()})
    return links
