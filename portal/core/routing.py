"""Finds the page behind an address in one query, where stock Wagtail asks two for each part of the path."""

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

MOST_PARTS = 20  # deeper than any tree; the paths tried grow with the square of the parts


def find_route(request: HttpRequest, path: str) -> RouteResult | None:
    """What Wagtail's own routing would answer for `path` (relative to the site's root), or None: then let it decide.

    A page class that routes what lies below it (a RoutablePage) is asked for the rest of the path, as in stock
    routing. Three queries on a site in its own language (site, pages on the path, the page itself), four in another.
    """
    site = Site.find_for_request(request)
    parts = [part for part in path.split("/") if part]
    if site is None or len(parts) > MOST_PARTS:
        return None
    chain = _pages_on_the_way(site.root_page, parts)
    for depth, page in enumerate(chain):
        if depth == len(parts) or _routes_by_itself(page, parts[depth:]):
            return _ask(chain, depth, request, parts[depth:])
    return None


def _ask(chain: list[Page], depth: int, request: HttpRequest, rest: list[str]) -> RouteResult | None:
    page = chain[depth]
    if depth:
        page._cached_parent_obj = chain[depth - 1]  # as stock routing does: get_parent() needs no query
    try:
        return page.specific.route(request, rest)
    except Http404:
        return None


def _routes_by_itself(page: Page, rest: list[str]) -> bool:
    """Whether the page may answer for the rest of the path without asking the pages below it.

    A RoutablePage whose own routes do not fit does not: the page below it is found already, at no more queries.
    """
    page_class = page.specific_class
    if page_class is None or page_class.route is Page.route:
        return False
    if not issubclass(page_class, RoutablePageMixin):
        return True
    try:
        page_class.get_resolver().resolve("/" + "".join(f"{part}/" for part in rest))
    except Http404:
        return False
    return True


def _pages_on_the_way(root: Page, parts: list[str]) -> list[Page]:
    """The root in the active language and the pages below it, as far down the path as there are any."""
    code = _active_code()
    translation = Q(translation_key=root.translation_key, locale__language_code=code, live=True) if code else Q()
    found = list(Page.objects.filter(Q(url_path__in=_paths(root, parts)) | translation).select_related("locale"))
    localized = next((page for page in found if _is_root(page, root) and page.locale.language_code == code), root)
    if localized.pk != root.pk:
        found = [localized, *Page.objects.filter(url_path__in=_paths(localized, parts)[1:])]
    by_path = {page.url_path: page for page in found}
    chain = []
    for url_path in _paths(localized, parts):
        if url_path not in by_path:
            break
        chain.append(by_path[url_path])
    return chain


def _is_root(page: Page, root: Page) -> bool:
    return page.translation_key == root.translation_key


def _paths(root: Page, parts: list[str]) -> list[str]:
    return [root.url_path + "".join(f"{part}/" for part in parts[:count]) for count in range(len(parts) + 1)]


def _active_code() -> str:
    """The content language of this request, empty when Wagtail would not look for translations."""
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return ""
    try:
        return get_supported_content_language_variant(get_language())
    except LookupError:
        return ""
