"""The gate: while a city is not a member, its site answers 410 in the coalition's look, and opens again as it was."""

import copy
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from wagtail import hooks
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, Site

from city_sites.selectors.closed import closed_site_of, is_on_closed_host
from city_sites.selectors.sites import home_of
from coalition.models import City
from coalition.permissions import Act, may
from home.surroundings import national
from portal.core.hosts import portal_root
from portal.core.surroundings import FooterColumn, MenuItem, Surroundings
from portal.core.views import gone

FORMS = {
    "suggest",
    "search",
    "search_city",
    "search_site",
    "search_suggest",
}  # a page may not send a form to another host
FIRST = -100  # before anybody asks who may see the page, where it has moved to, or takes a message


@hooks.register("before_serve_page", order=FIRST)
def close_pages(page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> HttpResponse | None:
    """No page of a closed site is served, and no form on it is taken.

    A page that is served asks for its home anyway and remembers it, so the gate costs a member's page no query.
    """
    home = home_of(page)
    if home is None or home.city.is_member or getattr(request, "is_export", False):  # a team may take its site along
        return None
    return _answer(request, city=home.city, name=home.title)


@hooks.register("before_serve_document", order=FIRST)
def close_documents(document: AbstractDocument, request: HttpRequest) -> HttpResponse | None:
    """Files of a closed site are for its team and coalition staff, who work on in the admin."""
    site = closed_site_of(document.collection.path)
    if site is None or may(request.user, Act.ENTER, site.city):
        return None
    home = site.city.home_page
    return _answer(request, city=site.city, name=home.title if home else str(site.city))


def _answer(request: HttpRequest, *, city: City, name: str) -> HttpResponse:
    is_elsewhere = is_on_closed_host(request)
    response = gone(request, template="city_sites/closed.html", city=city, name=name, is_elsewhere=is_elsewhere)
    add_never_cache_headers(response)  # it may open again in a minute
    return response


def around_closed_host(request: HttpRequest, page: Page | None) -> Surroundings | None:
    """On the host name of a closed city: what stands around national pages, with addresses that lead to the portal."""
    if page is not None or not is_on_closed_host(request):
        return None
    root = portal_root()
    found = national(_at_the_portal(request), None)
    if found is None or not root:
        return found
    return replace(
        found,
        home_url=_there(found.home_url, root),
        menu=_items(found.menu, root),
        footer=tuple(FooterColumn(column.title, _items(column.items, root)) for column in found.footer),
        links={name: _there(url, root) for name, url in found.links.items() if name not in FORMS},
        homes={code: _there(f"/{code}/", root) for code, _name in settings.LANGUAGES}
        | {settings.LANGUAGE_CODE: _there("/", root)},
    )


def _at_the_portal(request: HttpRequest) -> HttpRequest:
    """The same request as if it had come to the portal's own host."""
    there = copy.copy(request)
    there._wagtail_site = Site.objects.filter(is_default_site=True).first()  # type: ignore[attr-defined]
    return there


def _items(items: Iterable[MenuItem], root: str) -> tuple[MenuItem, ...]:
    return tuple(replace(item, url=_there(item.url, root), children=_items(item.children, root)) for item in items)


def _there(url: str, root: str) -> str:
    return root + url if url.startswith("/") else url
