"""The rules that stand before admin addresses: who is let through to the view.

What belongs to others does not exist (404); what is not for city people at all is refused (403).
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest
from wagtail.models import UploadedFile

from coalition.permissions import city_roles
from coalition.walls.reach import USE, Reach, as_pks
from coalition.walls.registry import Rule

GOAL = "new_parent_page"
"""The field in which Wagtail's forms name the page that a page is moved or copied to."""


def for_everybody(request: HttpRequest, reach: Reach, kwargs: dict[str, Any]) -> None:
    """The view shows nothing of any city, or only what the person's rights cover, and the walk has seen it do so."""


def for_staff(request: HttpRequest, reach: Reach, kwargs: dict[str, Any]) -> None:
    """Not for city people, whatever else they hold. Staff with all rights do not come to this door; for somebody whom
    they gave a part of them, the view asks which."""
    if city_roles(reach.user):
        raise PermissionDenied


def for_nobody(request: HttpRequest, reach: Reach, kwargs: dict[str, Any]) -> None:
    """An address that nobody has classified."""
    raise PermissionDenied


def own_city(request: HttpRequest, reach: Reach, kwargs: dict[str, Any]) -> None:
    """The address names a city on whose team the person is. What they may do there, the view asks (CityTeamMixin)."""
    if kwargs.get("city_id") not in city_roles(reach.user):
        raise Http404


def own_page(*names: str) -> Rule:
    """All pages that these arguments name are within reach, and so is where they are to be moved or copied to."""

    def rule(request: HttpRequest, reach: Reach, kwargs: dict[str, Any]) -> None:
        goals = [each for each in request.POST.getlist(GOAL) if each]
        if not reach.has_pages(as_pks([*(kwargs[name] for name in names), *goals])):
            raise Http404

    return rule


def way_to_own_page(name: str) -> Rule:
    """The page is within reach, or above one that is: the view lists only what the person may explore."""

    def rule(request: HttpRequest, reach: Reach, kwargs: dict[str, Any]) -> None:
        if not reach.leads_to(as_pks([kwargs[name]])[0]):
            raise Http404

    return rule


def readable_page(name: str) -> Rule:
    """The page is within reach, above one that is, or public."""

    def rule(request: HttpRequest, reach: Reach, kwargs: dict[str, Any]) -> None:
        pks = as_pks([kwargs[name]])
        if not reach.leads_to(pks[0]) and not reach.can_read(pks):
            raise Http404

    return rule


def readable_ids(request: HttpRequest, reach: Reach, kwargs: dict[str, Any]) -> None:
    """All pages that the query names by `id` are within reach or public."""
    if not reach.can_read(as_pks(request.GET.getlist("id"))):
        raise Http404


def own_file(model: Callable[[], type[Model]], name: str, rights: tuple[str, ...] = USE) -> Rule:
    """The person holds one of the rights on the image or document that the argument names."""

    def rule(request: HttpRequest, reach: Reach, kwargs: dict[str, Any]) -> None:
        if not reach.has_files(model(), as_pks([kwargs[name]]), rights):
            raise Http404

    return rule


def own_files_by_id(model: Callable[[], type[Model]], rights: tuple[str, ...] = USE) -> Rule:
    """The same for all that the query names by `id`."""

    def rule(request: HttpRequest, reach: Reach, kwargs: dict[str, Any]) -> None:
        if not reach.has_files(model(), as_pks(request.GET.getlist("id")), rights):
            raise Http404

    return rule


def own_upload(name: str) -> Rule:
    """A file that waits for its words is its uploader's."""

    def rule(request: HttpRequest, reach: Reach, kwargs: dict[str, Any]) -> None:
        if not UploadedFile.objects.filter(pk=kwargs[name], uploaded_by_user=reach.user).exists():
            raise Http404

    return rule
