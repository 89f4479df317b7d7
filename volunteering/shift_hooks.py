"""The shifts screen in the admin: its addresses, the ways to it from pages, and what the city's history says of it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from coalition.models import City
from coalition.permissions import Act, may
from portal.core.enclaves import home_over
from volunteering.models import OpportunityPage
from volunteering.scheduling.history import register_shift_actions, tell_history

tell_history()


@hooks.register("register_admin_urls")
def register_shift_pages() -> list[URLResolver]:
    """/admin/city/12/shifts/."""
    return [path("city/<int:city_id>/shifts/", include("volunteering.shifts.urls"))]


@hooks.register("register_log_actions")
def register_shift_log(actions: LogActionRegistry) -> None:
    """What is done to shifts stands in the city's history."""
    register_shift_actions(actions)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def shift_buttons(page: Page, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    """From an opportunity's page, in the editor and in the list of pages, to its shifts; from their section to all."""
    url = shifts_url(page, user)
    if url:
        yield Button(_("Shifts"), url=url, icon_name="date", priority=12)


def shifts_url(page: Page, user: Any) -> str:
    """Where the person keeps the shifts of what this page is about; "" when there are none, or not theirs to keep."""
    is_opportunity = isinstance(page, OpportunityPage)
    if not is_opportunity and not getattr(page, "holds_opportunities", False):
        return ""
    city = _city_of(page, user)
    if city is None or not may(user, Act.KEEP_OWN_ROSTERS, city):
        return ""
    if not is_opportunity:
        return reverse("volunteering_shifts:index", args=[city.pk])
    is_theirs = may(user, Act.KEEP_ROSTERS, city) or page.owner_id == user.pk
    return reverse("volunteering_shifts:of_page", args=[city.pk, page.pk]) if is_theirs else ""


def _city_of(page: Page, user: Any) -> City | None:
    """The city in whose site the page stands: asked once for all pages of a list, as long as the request lasts."""
    above = page.path[: -page.steplen]
    known = user.__dict__.setdefault("_city_above", {})
    if above not in known:
        home = home_over(page)
        known[above] = home.city if home else None
    return known[above]
