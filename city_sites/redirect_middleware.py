"""Leads visitors of a replaced site on: an old address that a city has brought along answers 301."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from city_sites.moving.look_up import new_address

KEEP_SECONDS = 3600  # browsers keep a 301 for good unless they are told; a team may mend a redirect


class CityRedirectMiddleware:
    """Acts only where there is nothing else: on a 404. A page, or a closed site's 410, always comes first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, or the way on."""
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        address = new_address(request)
        if not address or address == request.build_absolute_uri():
            return response
        redirect = HttpResponsePermanentRedirect(address)
        redirect["Cache-Control"] = f"max-age={KEEP_SECONDS}"
        return redirect
