"""`site` in templates: what stands around the page, its languages, and what search engines are told about it."""

from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from wagtail.models import Page, Site

from portal.core.social_views import default_card_url, page_card_url
from portal.core.structured_data import as_script, breadcrumb_list, organization
from portal.core.surroundings import FooterColumn, MenuItem, Notice, Surroundings, surroundings_for

LANGUAGE_NAMES = {"en": "English", "es": "Español"}  # each in its own language, as its readers look for it


@dataclass(frozen=True)
class LanguageLink:
    """One language a reader may switch to. `is_fallback`: this page is not there yet, the link goes to the home."""

    code: str
    name: str
    url: str
    is_current: bool = False
    is_fallback: bool = False


class SiteContext:
    """Lazy: each part is looked up when a template first asks for it, so an error page may ask for nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __getattr__(self, name: str) -> Any:
        """Name, menu, footer and the rest of the surroundings."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.surroundings, name)

    @cached_property
    def page(self) -> Page | None:
        """The page being drawn, None for a view."""
        return getattr(self.request, "portal_page", None)

    @cached_property
    def surroundings(self) -> Surroundings:
        """Who answers for this page decides its name, menu, footer and theme."""
        return surroundings_for(self.request, self.page)

    @cached_property
    def menu(self) -> list[MenuItem]:
        """The main menu, with the entry marked on which the reader stands."""
        return [self._marked(item) for item in self.surroundings.menu]

    @cached_property
    def footer(self) -> list[FooterColumn]:
        """The footer's columns."""
        return list(self.surroundings.footer)

    @cached_property
    def notice(self) -> Notice | None:
        """The notice above the page, while it counts."""
        notice = self.surroundings.notice
        return notice if notice and notice.is_on() else None

    @cached_property
    def small_print(self) -> list[MenuItem]:
        """Links that every site owes its readers, as far as no column of the footer has them."""
        shown = {item.url for column in self.footer for item in column.items}
        return [item for item in self.surroundings.small_print if item.url not in shown]

    def _marked(self, item: MenuItem) -> MenuItem:
        children = tuple(self._marked(child) for child in item.children)
        is_current = bool(item.url) and item.url == self.request.path
        return MenuItem(item.label, item.url, children, is_current, item.lang)

    @cached_property
    def _translations(self) -> dict[str, Page]:
        """Live translations of the page by language code, itself included."""
        if self.page is None or not self.page.pk:
            return {}
        family = self.page.get_translations(inclusive=True).select_related("locale")
        found = {page.locale.language_code: page for page in family if page.live or page.pk == self.page.pk}
        own = next((page for page in found.values() if page.pk == self.page.pk), None)
        if own is not None:
            self.page.locale = own.locale  # known by now; whoever asks later needs no query
        return {code: self.page if page.pk == self.page.pk else page for code, page in found.items()}

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """Every language of the site; a switch never leads to an address that is not there, nor to another site."""
        current = get_language() or settings.LANGUAGE_CODE
        homes = self.surroundings.homes
        codes = [code for code, _name in settings.LANGUAGES if homes is None or code in homes or code == current]
        return [self._language(code, current) for code in codes] if len(codes) > 1 else []

    def _language(self, code: str, current: str) -> LanguageLink:
        name = LANGUAGE_NAMES.get(code, code)
        if code == current:
            return LanguageLink(code, name, self.request.get_full_path(), is_current=True)
        if self.page is None:
            there = translate_url(self.request.get_full_path(), code)
            missing = getattr(self.request, "has_no_address", False)
            return LanguageLink(code, name, self._home(code) if missing else there, is_fallback=missing)
        other = self._translations.get(code)
        url = other.get_url(self.request) if other else None
        return LanguageLink(code, name, url or self._home(code), is_fallback=not url)

    def _home(self, code: str) -> str:
        if self.surroundings.homes is not None:
            return self.surroundings.homes[code]
        return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"

    @cached_property
    def crumbs(self) -> list[dict[str, str]]:
        """The way from the site's home down to this page, without pages nobody can open, itself last; one query."""
        root_depth = self.surroundings.root_depth
        if self.page is None or not self.page.pk or self.page.depth <= root_depth:
            return []
        above = [page for page in self.page.get_ancestors() if page.live and page.depth >= root_depth]
        named = [{"label": page.title, "url": page.get_url(self.request) or ""} for page in [*above, self.page]]
        if above:
            named[0]["label"] = gettext("Home")
        return named

    @cached_property
    def _root_url(self) -> str:
        found = Site.find_for_request(self.request)
        return found.root_url if found else ""

    @cached_property
    def _roots(self) -> SimpleNamespace:
        """Keeps the sites' root paths for this request; not the request itself, or Wagtail would prefer its host."""
        roots = SimpleNamespace()
        known = getattr(self.request, "_wagtail_cached_site_root_paths", None)
        if known is not None:
            roots._wagtail_cached_site_root_paths = known
        return roots

    @cached_property
    def canonical_url(self) -> str:
        """The one address that counts. Of a page: on its own site, whatever host was asked.

        A page that shows what another one says names that one in `request.canonical_page`.
        """
        page = getattr(self.request, "canonical_page", None) or self.page
        if page is not None:
            return page.get_full_url(self._roots) or ""
        return self._root_url + getattr(self.request, "canonical_path", self.request.path)

    @cached_property
    def alternates(self) -> list[tuple[str, str]]:
        """(language, address) of this page in each language it exists in; empty when there is only one."""
        if getattr(self.request, "canonical_page", None):
            return []
        if self.page is not None:
            urls = [(code, page.get_full_url(self._roots)) for code, page in sorted(self._translations.items())]
            found = [(code, url) for code, url in urls if url]
        elif getattr(self.request, "has_no_address", False):
            found = []
        else:
            path = getattr(self.request, "canonical_path", self.request.path)
            found = [(code, self._root_url + translate_url(path, code)) for code, _name in settings.LANGUAGES]
        if len(found) < 2:
            return []
        default = next((url for code, url in found if code == settings.LANGUAGE_CODE), found[0][1])
        return [*found, ("x-default", default)]

    @cached_property
    def structured_data(self) -> list[SafeString]:
        """JSON-LD elements: the trail, the publisher on the home page, and what the page type adds."""
        if self.page is None or not self.page.pk or not self.is_indexable:
            return []
        found = list(self.page.get_structured_data()) if hasattr(self.page, "get_structured_data") else []
        around = self.surroundings
        if len(self.crumbs) > 1:
            found.append(breadcrumb_list(self.crumbs, self._root_url))
        elif self.page.depth == around.root_depth:
            found.append(organization(around.name, self.canonical_url, **around.organization))
        return [as_script(data) for data in found]

    @cached_property
    def social_card_url(self) -> str:
        """The address, with host, of the picture shown when somebody shares this page."""
        own = getattr(self.request, "social_card_path", "")
        if self.page is not None and self.page.pk and self.page.live:
            own = page_card_url(self.page)
        return self._root_url + (own or default_card_url(get_language() or settings.LANGUAGE_CODE))

    @cached_property
    def is_indexable(self) -> bool:
        """Whether a search engine may list this address: not a preview, not an error, not a staff page."""
        if getattr(self.request, "is_preview", False) or getattr(self.request, "is_noindex", False):
            return False
        return not getattr(self.request, "has_no_address", False)
