"""The coalition's part of the admin: menu, icons, and the rights that a group can be given."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from coalition.account_panel import TeamsPanel
from coalition.audit import hooks as audit_hooks  # noqa: F401  (registers the audit log)
from coalition.choosers import CityChooserViewSet
from coalition.permissions import STAFF_PERMISSIONS
from coalition.reasons import hooks as reason_hooks  # noqa: F401  (registers stated reasons)
from coalition.team_log import register_team_actions
from coalition.viewsets import CoalitionViewSetGroup
from coalition.walls import admin_api, choosers, listing  # noqa: F401  (their hooks)


@hooks.register("register_admin_viewset")
def register_coalition() -> CoalitionViewSetGroup:
    """Cities, costs, sponsors."""
    return CoalitionViewSetGroup()


@hooks.register("register_admin_viewset")
def register_city_chooser() -> CityChooserViewSet:
    """The window in which editors pick a city."""
    return CityChooserViewSet()


@hooks.register("register_admin_urls")
def register_team_pages() -> list[URLResolver]:
    """The people of a city's team."""
    return [path("city/<int:city_id>/people/", include("coalition.admin_views.team_urls"))]


@hooks.register("register_account_settings_panel")
def register_teams_panel(request: HttpRequest, user: Any, profile: Any) -> TeamsPanel:
    """One's teams, in the account settings."""
    return TeamsPanel(request, user, profile)


@hooks.register("register_log_actions")
def register_team_log(actions: LogActionRegistry) -> None:
    """What is done to a team stands in the city's history."""
    register_team_actions(actions)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """All rights of coalition staff, so that the form of a group shows and keeps them."""
    codenames = [name.partition(".")[2] for name in STAFF_PERMISSIONS]
    return Permission.objects.filter(content_type__app_label="coalition", codename__in=codenames)


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    """A city hall, a coin, two hands."""
    names = ("city", "costs", "sponsor")
    return [*icons, *(f"coalition/admin/icons/coalition-{name}.svg" for name in names)]
