"""Who may read what is for members only, and what nobody on the way may keep of it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from coalition.models import City
from coalition.permissions import cities_of, is_coalition_staff
from resources.models.choices import Access

UNKEPT = "private, no-store"


@dataclass(frozen=True)
class Reader:
    """Whoever asks. `is_member`: signed in, and on the team of a member city or on the coalition's staff."""

    is_member: bool = False

    def may_read(self, page: Any) -> bool:
        """Whether the body of a resource is for this reader."""
        return self.is_member or page.access != Access.MEMBERS

    def may_see_step(self, page: Any, step: Any) -> bool:
        """Whether the content of one step (its value), or one file of a toolkit, is for this reader."""
        return self.is_member or not (page.access == Access.MEMBERS or step.get("for_members"))


VISITOR = Reader()


def is_member(user: Any) -> bool:
    """Whether this user reads what is for members. Not once the account is closed, or the city's membership over."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    return is_coalition_staff(user) or cities_of(user).filter(status=City.Status.MEMBER).exists()


def reader(request: HttpRequest) -> Reader:
    """Who asks; looked up once for each request, at no query for a visitor."""
    found = getattr(request, "_library_reader", None)
    if found is None:
        found = Reader(is_member=is_member(getattr(request, "user", None)))
        request._library_reader = found  # type: ignore[attr-defined]
    return found


def keep_from_caches(response: HttpResponseBase) -> None:
    """What one reader gets is for nobody else: no browser and no proxy keeps it."""
    response["Cache-Control"] = UNKEPT
    patch_vary_headers(response, ["Cookie"])


def refuse(request: HttpRequest, *, what: str = "", next_url: str = "") -> HttpResponse:
    """How to get in, 403: the answer to whoever asks for something of members and is none.

    `what` is the public title of what was asked for, if it has one. `next_url` is where signing in leads back to, the
    address that was asked for unless told otherwise.
    """
    request.is_noindex = True  # type: ignore[attr-defined]
    context = {"what": what, "next": next_url or request.get_full_path()}
    response = render(request, "resources/members_only.html", context, status=403)
    keep_from_caches(response)
    return response
