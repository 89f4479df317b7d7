"""Where the desk takes part in Wagtail: first page, menu, search, and its own pages."""

from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import GroupApprovalTask, Page
from wagtail.signals import init_new_page

from city_sites.admin_views import desk as views
from city_sites.desk.cities import desk_city
from city_sites.desk.menu import keep_allowed, keep_searches, site_menus
from city_sites.desk.panel import DeskPanel
from city_sites.desk.tools import register_tool
from city_sites.selectors.sites import home_of
from coalition.permissions import Act, is_city_person
from home.models import StoryPage

LAST = 10_000  # after every hook that adds something

register_tool(_("Shifts"), "calendar-alt", "volunteering_shifts:index", Act.KEEP_OWN_ROSTERS, order=120)
register_tool(_("Volunteers"), "group", "volunteering_team:index", Act.KEEP_OWN_ROSTERS, order=130)
register_tool(_("People"), "group", "coalition_team:people", Act.SEE_PEOPLE, order=500)
register_tool(_("How do I …"), "help", "city_sites_desk:help", Act.ENTER, order=900)


@hooks.register("register_admin_urls")
def register_desk_pages() -> list[URLPattern | URLResolver]:
    """Help for one city's team, and putting the first steps away."""
    patterns = [
        path("help/", views.HelpView.as_view(), name="help"),
        path("first-steps/", views.PutAwayView.as_view(), name="put_away"),
    ]
    return [path("city/<int:city_id>/", include((patterns, "city_sites_desk")))]


@receiver(init_new_page)
def tell_of_own_city(page: Page, parent: Page, **kwargs: Any) -> None:
    """A story that is begun in a city's site is about that city, until its author says otherwise."""
    home = home_of(parent) if isinstance(page, StoryPage) else None
    if home:
        page.city = home.city


@hooks.register("insert_editor_js")
def open_at_field() -> str:
    """A line of site health opens the editor at the field, also in a tab that is not the first."""
    return format_html('<script type="module" src="{}"></script>', static("city_sites/admin/open_at_field.js"))


@hooks.register("construct_homepage_panels", order=LAST)
def show_desk(request: HttpRequest, panels: list[Any]) -> None:
    """City people meet their own desk; everybody else keeps the stock panels."""
    if is_city_person(request.user):
        city = desk_city(request)
        panels[:] = [DeskPanel(request, city)] if city else []
    elif not GroupApprovalTask.objects.filter(groups__user=request.user).exists():
        # Wagtail asks about each approval task one by one, and every city has one: for nothing, as nobody outside of
        # the team approves a city's drafts.
        panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]


@hooks.register("construct_main_menu", order=LAST)
def show_own_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """City people see their sites and their files."""
    if is_city_person(request.user):
        keep_allowed(items)
        items += site_menus(request)


@hooks.register("construct_search", order=LAST)
def search_own_things(request: HttpRequest, areas: list[SearchArea]) -> None:
    """City people search pages, images and documents."""
    if is_city_person(request.user):
        keep_searches(areas)


@hooks.register("construct_document_chooser_queryset", order=LAST)
def fetch_folders(documents: QuerySet, request: HttpRequest) -> QuerySet:
    """The chooser names each document's folder: asked for together, not one by one."""
    return documents.select_related("collection")


def _empty_for_city_people(request: HttpRequest, items: list[MenuItem]) -> None:
    if is_city_person(request.user):
        items.clear()


for _menu in ("settings", "reports", "help"):
    hooks.register(f"construct_{_menu}_menu", _empty_for_city_people, order=LAST)
