"""Who is asked: the portal, a site with a host name of its own, or nobody we know."""

from collections.abc import Callable
from typing import Any

from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Site
from wagtail.views import serve

from portal.core import hosts, policies
from portal.core.routing import find_route

ON_ANY_NAME = ("/healthz", "/internal/tls-ask")  # load balancers and the TLS proxy ask by address
MOVED_FOR = "max-age=3600"  # a host may be given up: browsers are not to remember the way to it for ever
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class HostMiddleware:
    """Answers 404 under names that are not ours, 400 to what is no name, and 301 under a name that has been replaced.

    On a site's own host, `request.own_host` says which; on the portal's own hosts there is no such attribute.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, or answer it here."""
        if request.path in ON_ANY_NAME or getattr(request, "is_dummy", False):  # Wagtail's previews are dummies
            return self.get_response(request)
        try:
            name = split_domain_port(request.get_host())[0]
        except DisallowedHost:
            return _bare(request, "portal/no_host.html", 400)
        if hosts.is_listed(name):
            return self.get_response(request)
        own = hosts.own_host(name)
        if own is not None:
            return self._on_own_host(request, own)
        if hosts.is_in_pattern(name) or request.path.startswith(("/css/", settings.STATIC_URL)):
            return self.get_response(request)  # the style sheet is what the page below is dressed in
        return _bare(request, "portal/unknown_host.html", 404, {"portal_root": hosts.portal_root()})

    def _on_own_host(self, request: HttpRequest, own: hosts.OwnHost) -> HttpResponseBase:
        if own.leads_to:
            return moved(own.leads_to + request.get_full_path())
        request.own_host = own  # type: ignore[attr-defined]
        response = self.get_response(request)
        if response.has_header("Strict-Transport-Security"):
            # The name is a city's: what stands below it is not ours to decide, nor whether browsers list it.
            response["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
        return response


class OwnHostMiddleware:
    """On a site's own host: its pages and files are answered, everything else is sent to the portal.

    A page of the site goes before a view of the portal that has the same address ("/team/").
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing happens before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """By now the language is active and the form's token has been checked."""
        own, match = getattr(request, "own_host", None), request.resolver_match
        if own is None or match is None:
            return None
        if match.url_name == "wagtail_serve":
            _refuse_without_site(request, own)
            return None
        if hosts.answers_everywhere(match, request.path):
            return None
        if match.route.startswith("admin/"):
            return HttpResponseRedirect(_on_the_portal(request))
        return _page_here(request) or moved(_on_the_portal(request))


def moved(address: str) -> HttpResponse:
    """301 to `address`, remembered for an hour."""
    response = HttpResponsePermanentRedirect(address)
    response["Cache-Control"] = MOVED_FOR
    return response


def _refuse_without_site(request: HttpRequest, own: hosts.OwnHost) -> None:
    """Without a site of this name Wagtail would answer with the national one. Raises Http404 then."""
    site = Site.find_for_request(request)
    if site is None or site.hostname != own.name:
        raise Http404(own.name)


def _page_here(request: HttpRequest) -> HttpResponseBase | None:
    """The page of this site at the address and in its language, None when there is none."""
    path = request.path_info.lstrip("/")
    language = translation.get_language_from_path(request.path_info)
    route = find_route(request, path.removeprefix(f"{language}/") if language else path)
    if route is None or route.page.locale.language_code != (language or settings.LANGUAGE_CODE):
        return None
    request._wagtail_route_for_request = route  # type: ignore[attr-defined]
    return serve(request, path)


def _on_the_portal(request: HttpRequest) -> str:
    root = hosts.portal_root()
    if not root:
        raise Http404(request.path)
    return root + request.get_full_path()


def _bare(request: HttpRequest, template: str, status: int, context: dict[str, Any] | None = None) -> HttpResponse:
    """A page in the coalition's look that looks nothing up."""
    with translation.override(translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
        page = render_to_string(template, context)
    response = HttpResponse(page, status=status)
    response["Cache-Control"] = "no-store"  # the name may be ours in a minute
    response["Content-Security-Policy"] = build_policy(config=policies.policy_for(request))
    for name, value in policies.HEADERS.items():
        response.headers.setdefault(name, value)
    return response
