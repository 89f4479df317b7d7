"""Where the search takes part in Wagtail: the menu "Site search", its pages, who is let in, what the log tells."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.permissions import register_permission_policy

from coalition.audit.actions import name_list
from coalition.audit.kinds import add_to_kind
from coalition.audit.places import Found, register_finder
from coalition.audit.sentences import tell_leads
from coalition.permissions import is_coalition_staff
from search import admin_urls, city_urls
from search.insight.admin_views import LIST
from search.models import Promotion, SynonymGroup
from search.permissions import StaffPolicy
from search.promoting import services
from search.viewsets import SynonymViewSet
from search.walls import classify_search

register_permission_policy(SynonymGroup, StaffPolicy(SynonymGroup))
classify_search()
add_to_kind("writing", "search.")
tell_leads("search.promotions.")
name_list(LIST, _("what people look for"))


def _cities_of_promotions(numbers: Any) -> Found:
    rows = Promotion.objects.filter(pk__in=numbers).exclude(city=None).values_list("pk", "city_id")
    return {str(pk): [city_id] for pk, city_id in rows}


register_finder(Promotion, _cities_of_promotions)


@hooks.register("register_admin_urls")
def register_search_pages() -> list[URLResolver]:
    """/admin/search/ and /admin/city/12/search/."""
    return [path("search/", include(admin_urls)), path("city/<int:city_id>/search/", include(city_urls))]


@hooks.register("register_admin_viewset")
def register_synonyms() -> SynonymViewSet:
    """/admin/search/synonyms/."""
    return SynonymViewSet()


search_menu = Menu(register_hook_name="register_search_menu_item", construct_hook_name="construct_search_menu")


class SearchMenuItem(SubmenuMenuItem):
    """The menu "Site search"."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For coalition staff; a city's team has it among its tools."""
        return is_coalition_staff(request.user)


class StaffMenuItem(MenuItem):
    """An entry of it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Like the menu."""
        return is_coalition_staff(request.user)


@hooks.register("register_admin_menu_item")
def register_search_menu() -> SearchMenuItem:
    """Beside the library. Wagtail's own box in the same menu is called "Search" already."""
    return SearchMenuItem(_("Site search"), search_menu, name="site-search", icon_name="search", order=360)


def _entry(label: Any, url_name: str, icon: str, order: int) -> None:
    name = url_name.replace(":", "-").replace("_", "-")
    item = StaffMenuItem(label, reverse_lazy(url_name), name=name, icon_name=icon, order=order)
    hooks.register("register_search_menu_item", lambda: item)


_entry(_("What people look for"), "search_admin:report", "search", 100)
_entry(_("First in the search"), "search_admin:promotions", "pick", 200)
_entry(_("Synonyms"), "search_synonyms:index", "list-ul", 300)


class PromotionFormatter(LogFormatter):
    """Which page, for which searches."""

    sentence: Any = ""

    def format_message(self, log_entry: Any) -> str:
        """As in "Put “Porch lights” first for “lamp”, “light”"."""
        searches = ", ".join(f"“{words}”" for words in log_entry.data.get("searches", [])[:5])
        return str(self.sentence) % {"page": log_entry.data.get("page", ""), "searches": searches}


_SENTENCES = {
    services.ADDED: (_("Put a page first in the search"), _("Put “%(page)s” first for %(searches)s")),
    services.CHANGED: (_("Change what stands first"), _("Now “%(page)s” stands first for %(searches)s")),
    services.REMOVED: (_("No longer first in the search"), _("“%(page)s” no longer stands first for %(searches)s")),
}


@hooks.register("register_log_actions")
def register_promotion_actions(actions: LogActionRegistry) -> None:
    """What the history of a city, and of the search, tells."""
    for action, (label, sentence) in _SENTENCES.items():
        formatter = type("SentenceFormatter", (PromotionFormatter,), {"label": label, "sentence": sentence})
        actions.register_action(action)(formatter)
