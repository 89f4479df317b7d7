"""The gate before the admin: asks the rule of an address before its view runs."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from coalition.permissions import is_coalition_staff
from coalition.walls.reach import Reach
from coalition.walls.registry import rule_for
from coalition.walls.rules import for_nobody


class WallMiddleware:
    """Lets coalition staff pass, sends visitors on to the view (which asks them to sign in), asks rules for the rest.

    An address that nobody has classified is closed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing before or after: `process_view` knows which view it is."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """None lets the view run; 404 for what belongs to others, 403 for what is closed, both in the admin's look."""
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return None
        user: Any = request.user
        if not user.is_authenticated or is_coalition_staff(user):
            return None
        rule = rule_for(request.resolver_match.view_name if request.resolver_match else "") or for_nobody
        try:
            return rule(request, Reach(user), kwargs)
        except Http404:
            return render(request, "wagtailadmin/404.html", status=404)
        except PermissionDenied:
            return render(request, "coalition/walls/closed.html", status=403)
