"""sitemap.xml: every public page of this host in every language, and what other rooms register."""

import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as django_views
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from portal.core.closed_trees import without_closed

URLS_IN_A_FILE = 10_000  # the protocol allows 50,000 and 50 MB; alternates make entries long


class PortalSitemap(Sitemap):
    """A part of the sitemap that knows which host is asked.

    For addresses that views answer: set `i18n = alternates = x_default = True` and define `items` and `location`.
    """

    limit = URLS_IN_A_FILE

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.protocol = request.scheme

    @cached_property
    def site(self) -> Site | None:
        """The Wagtail site of the host that is asked."""
        return Site.find_for_request(self.request)


_sitemaps: dict[str, type[PortalSitemap]] = {}


def register_sitemap(name: str, sitemap_class: type[PortalSitemap]) -> None:
    """Add a part to sitemap.xml. `name` (letters and hyphens) stands in the address of the part when it is long."""
    _sitemaps[name] = sitemap_class


_answered_by_views: set[type[Page]] = set()


def register_answered_by_view(page_class: type[Page]) -> None:
    """Leave pages of this type out of the list of pages: a view stands at their address, and its room lists it."""
    _answered_by_views.add(page_class)


class PageSitemap(PortalSitemap):
    """The host's live, public pages, each with its translations. An alias has the address of its original instead.

    Pages that have a host of their own stand in that host's sitemap, pages of closed trees in none.
    """

    def items(self) -> list[Page]:
        """The pages of this host, by tree."""
        return self._pages

    @cached_property
    def _pages(self) -> list[Page]:
        if self.site is None:
            return []
        roots = Page.objects.live().filter(translation_key=self.site.root_page.translation_key)
        below = Q(pk__in=[])
        for root in roots:
            below |= Page.objects.descendant_of_q(root, inclusive=True)
        pages = Page.objects.live().public().filter(below, alias_of=None).not_exact_type(*_answered_by_views)
        pages = without_closed(pages).select_related("locale").order_by("path")
        return [page for page in pages if self._is_here(page)]

    def _is_here(self, page: Page) -> bool:
        parts = self._parts(page)
        return parts is not None and parts[0] == getattr(self.site, "pk", None) and parts[1] is not None

    def _parts(self, page: Page) -> Any:
        """(site, root address, path) on the page's own host. With the request Wagtail would prefer the host that is
        asked; with any other object it only keeps there what it looked up, so that each page costs no query."""
        if page.pk not in self._known_parts:
            self._known_parts[page.pk] = page.get_url_parts(self)
        return self._known_parts[page.pk]

    @cached_property
    def _known_parts(self) -> dict[int, Any]:
        """Page → what `_parts` says of it: each is asked for three times."""
        return {}

    def location(self, item: Page) -> str:
        """The page's address, with host."""
        _site, root_url, path = self._parts(item)
        return root_url + path

    def lastmod(self, item: Page) -> datetime.datetime | None:
        """When the page last changed for a reader."""
        return item.last_published_at or item.latest_revision_created_at

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """The entries of one file, as Django's template wants them."""
        listed = list(self.paginator.page(page).object_list)
        changes = [change for change in map(self.lastmod, listed) if change is not None]
        if changes and len(changes) == len(listed):
            self.latest_lastmod = max(changes)
        return [self._entry(item) for item in listed]

    def _entry(self, page: Page) -> dict[str, Any]:
        alternates = self._alternates[page.translation_key]
        return {
            "item": page,
            "location": self.location(page),
            "lastmod": self.lastmod(page),
            "changefreq": None,
            "priority": "",
            "alternates": alternates if len(alternates) > 1 else [],
        }

    @cached_property
    def _alternates(self) -> dict[UUID, list[dict[str, str]]]:
        found: dict[UUID, list[dict[str, str]]] = {}
        for page in self._pages:
            entry = {"location": self.location(page), "lang_code": page.locale.language_code}
            found.setdefault(page.translation_key, []).append(entry)
        for entries in found.values():
            default = next((entry for entry in entries if entry["lang_code"] == settings.LANGUAGE_CODE), None)
            if default and len(entries) > 1:
                entries.append({**default, "lang_code": "x-default"})
        return found


@cache_control(public=True, max_age=3600)
@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """One file while everything fits into one, else an index of files."""
    parts: dict[str, Any] = {name: sitemap_class(request) for name, sitemap_class in _sitemaps.items()}
    if sum(part.paginator.count for part in parts.values()) > URLS_IN_A_FILE:
        return django_views.index(request, parts, sitemap_url_name="core:sitemap_section")
    return django_views.sitemap(request, parts)


@cache_control(public=True, max_age=3600)
@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponseBase:
    """One registered part; `?p=2` for its second file."""
    if section not in _sitemaps:
        raise Http404(section)
    return django_views.sitemap(request, {section: _sitemaps[section](request)}, section=section)
