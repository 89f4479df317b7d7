"""What happens to every request: maintenance, security headers, and finding the page quickly."""

from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation

from portal.core import policies
from portal.core.routing import find_route

RETRY_AFTER_SECONDS = 600
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class MaintenanceMiddleware:
    """While MAINTENANCE_MODE is on, everything answers 503 in the site's look, without touching the database.

    Health checks go through (the server is well, and must not be restarted), and so do the style sheet and other files
    of the page itself.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer 503, or pass the request on."""
        if not settings.MAINTENANCE_MODE or _may_pass(request.path):
            return self.get_response(request)
        with translation.override(translation.get_language_from_path(request.path) or settings.LANGUAGE_CODE):
            page = render_to_string("portal/maintenance.html")
        response = HttpResponse(page, status=503)
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        response["Cache-Control"] = "no-store"
        response["Content-Security-Policy"] = build_policy(config=policies.policy_for(request))
        _add_headers(response)
        return response


def _may_pass(path: str) -> bool:
    return path == "/healthz" or path.startswith(("/css/", settings.STATIC_URL))


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Puts the policy that fits the address, and the headers beside it, on every response that has none of its own."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """django-csp asks here; a view's own `csp` decorators still win."""
        parts = super().get_policy_parts(request, response, report_only)
        if parts.config is None and not report_only:
            parts.config = policies.policy_for(request)
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The policy from django-csp, then the other headers."""
        response = super().process_response(request, response)
        _add_headers(response)
        return response


def _add_headers(response: HttpResponseBase) -> None:
    for name, value in policies.HEADERS.items():
        response.headers.setdefault(name, value)


class PageRoutingMiddleware:
    """Finds the page in one query before Wagtail's view looks for it; see routing.py.

    Wagtail keeps what it found on the request, and looks only when nothing is there.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing happens before the view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: list[Any], kwargs: dict[str, Any]) -> None:
        """By now the language is active and the address is known to be a page's."""
        match = request.resolver_match
        if match is None or match.url_name != "wagtail_serve" or not args:
            return
        route = find_route(request, args[0])
        if route is not None:
            request._wagtail_route_for_request = route  # type: ignore[attr-defined]
