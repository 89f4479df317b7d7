"""Whose search an admin page is about: every site's for coalition staff, one city's for its team."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from coalition.admin_views.team_base import CityTeamMixin
from coalition.models import City
from coalition.permissions import Act, is_coalition_staff


class SearchPage(WagtailAdminTemplateMixin):
    """A page of the menu "Site search". Its neighbors are in the same namespace: what a team opens stays its own."""

    request: HttpRequest
    namespace = "search_admin"
    header_icon = "search"
    list_title: str | Promise = _("What people look for")
    list_name = "report"

    @property
    def scope(self) -> City | None:
        """The city that the page is about; None: all sites."""
        return None

    def url(self, name: str, **kwargs: Any) -> str:
        """The address of a page in the same scope."""
        return reverse(f"{self.namespace}:{name}", kwargs=kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, this page."""
        items = [*self.breadcrumbs_items]
        if self.get_page_title() != self.list_title:
            items.append({"url": self.url(self.list_name), "label": self.list_title})
        return [*items, {"url": "", "label": self.get_page_title()}]


class StaffScope:
    """All sites, for coalition staff."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Denied to everybody else."""
        if not is_coalition_staff(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class CityScope(CityTeamMixin):
    """One city's site, for whoever publishes there: leads and editors."""

    act = Act.PUBLISH
    namespace = "search_city"

    @property
    def scope(self) -> City | None:
        """The city in the address."""
        return self.city

    def url(self, name: str, **kwargs: Any) -> str:
        """The address of a page about the same city."""
        return reverse(f"{self.namespace}:{name}", kwargs={"city_id": self.city.pk, **kwargs})

    def get_page_subtitle(self) -> str:
        """The city's name."""
        return str(self.city)
