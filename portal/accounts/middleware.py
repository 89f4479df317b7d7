"""What happens to requests of people who are signed in: sessions are followed, walls stand, dangerous acts wait."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts import second_factor, sessions, sudo
from portal.accounts.devices import remember_device

GetResponse = Callable[[HttpRequest], HttpResponseBase]
ALWAYS_OPEN = {"wagtailadmin_logout", "wagtailadmin_login"}


class SignInMiddleware:
    """Marks the browser of whoever has just signed in, and notes when a session of the admin was last in use."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on and look at what became of the session."""
        response = self.get_response(request)
        user = getattr(request, "signed_in_as", None)
        if user is not None:
            remember_device(request, response, user)
        return response

    def process_view(self, request: HttpRequest, view: Callable, args: list[Any], kwargs: dict[str, Any]) -> None:
        """Public pages are left alone: they must not depend on who asks."""
        if is_in_admin(request) and request.user.is_authenticated:
            sessions.see(request)


class SecondFactorMiddleware:
    """Whoever must have a second factor and has none meets the page that sets one up, wherever in the admin they go."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing happens before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Every view of the admin is behind the wall, whatever its name, but the one that signs out."""
        match = request.resolver_match
        if match is None or not is_in_admin(request) or match.view_name in ALWAYS_OPEN:
            return None
        user = request.user
        if not user.is_authenticated or not second_factor.must_have(user) or second_factor.has_one(user):
            return None
        messages.warning(request, _("Your work here needs a second factor. Set one up, then go on."))
        return HttpResponseRedirect(reverse("mfa_index"))


class SudoMiddleware:
    """Holds up a POST to a dangerous view until the person showed again who they are."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing happens before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """The form's token has been checked by now."""
        match = request.resolver_match
        if match is None or request.method != "POST" or not sudo.needs_sudo(match):
            return None
        return sudo.hold_up(request) if request.user.is_authenticated else None


def is_in_admin(request: HttpRequest) -> bool:
    """Whether the address is one of the admin's."""
    return request.resolver_match is not None and request.resolver_match.route.startswith("admin/")
