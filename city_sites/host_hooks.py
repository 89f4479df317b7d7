"""Where host names take part in Wagtail: pages move to their city's own host, and the admin's pages about it."""

from types import SimpleNamespace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, Site

from city_sites.admin_views import hosts as views
from city_sites.desk.tools import register_tool
from coalition.permissions import Act
from coalition.viewsets import register_in_coalition_menu
from portal.core.host_middleware import moved
from portal.core.hosts import register_on_every_host

register_on_every_host("city_sites", "city_sites_internal")
register_tool(_("Web address"), "site", "city_sites_hosts:address", Act.REQUEST_HOST, order=700)
register_in_coalition_menu(views.HostListViewSet)


@hooks.register("before_serve_page", order=10)
def serve_at_its_own_address(
    page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]
) -> HttpResponse | None:
    """A page that was asked for on another host than its own: 301 there, with whatever the address says besides.

    On a city's host, a page that has no translation answers 404 in that language: Wagtail would show the original.
    """
    own = page.get_url_parts(_any_host(request))
    here = Site.find_for_request(request)
    if own is None or own[1] is None or here is None:
        return None
    site_id, root_url, own_path = own
    if site_id == here.pk:
        is_own_host = hasattr(request, "own_host")
        if is_own_host and get_language_from_path(own_path) != get_language_from_path(request.path):
            raise Http404(request.path)
        return None
    asked = page.get_url_parts(request)
    rest = request.path.removeprefix(asked[2]) if asked and request.path.startswith(asked[2] or " ") else ""
    query = request.META.get("QUERY_STRING", "")
    return moved(f"{root_url}{own_path}{rest}{'?' if query else ''}{query}")


def _any_host(request: HttpRequest) -> Any:
    """Keeps what Wagtail looked up for this request, but is no request: Wagtail would prefer the host that is asked."""
    if not hasattr(request, "_wagtail_cached_site_root_paths"):
        request._wagtail_cached_site_root_paths = Site.get_site_root_paths()  # type: ignore[attr-defined]
    return SimpleNamespace(_wagtail_cached_site_root_paths=request._wagtail_cached_site_root_paths)  # type: ignore[attr-defined]


@hooks.register("register_admin_urls")
def register_address_pages() -> list[Any]:
    """One city's address, for its lead and for staff."""
    return [path("city/<int:city_id>/address/", include((views.urlpatterns, "city_sites_hosts")))]


@hooks.register("register_log_actions")
def register_decisions(actions: LogActionRegistry) -> None:
    """Who asked for a name, and who decided."""
    actions.register_action("city_sites.host.request", _("Ask for host name"), _("Host name asked for"))
    actions.register_action("city_sites.host.withdraw", _("Withdraw host name"), _("Request for host name withdrawn"))
    actions.register_action("city_sites.host.activate", _("Activate host name"), _("Host name activated"))
    actions.register_action("city_sites.host.deactivate", _("Give up host name"), _("Host name given up"))
