"""What every admin view of one city's team stands on: the city from the address, and the right to be there."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import BaseOperationView, WagtailAdminTemplateMixin

from coalition.models import City
from coalition.permissions import Act, cities_of, is_coalition_staff, may

__all__ = ["BaseOperationView", "CityTeamMixin", "WagtailAdminTemplateMixin", "city_or_404"]


def city_or_404(user: Any, city_id: int) -> City:
    """The city, if the person has anything to do with it. A city of others is as absent as one that is not there."""
    cities = City.objects.all() if is_coalition_staff(user) else cities_of(user)
    city = cities.filter(pk=city_id).first()
    if city is None:
        raise Http404(city_id)
    return city


class CityTeamMixin:
    """For views at `…/<int:city_id>/…`: gives `self.city`, and lets in who may do `self.act` there.

    Somebody else's city answers 404, a right that one's own role lacks 403 with the reason.
    """

    act: Act = Act.ENTER
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def city(self) -> City:
        """The city in the address."""
        return city_or_404(self.request.user, self.kwargs["city_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Denied by default."""
        answer = may(request.user, self.act, self.city)
        if not answer:
            return refused(request, answer.reason)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


def refused(request: HttpRequest, reason: str) -> HttpResponseBase:
    """403 in the admin's look, with the reason. Raising PermissionDenied would lose it: Wagtail leads home instead."""
    title = _("This page is not open to you")
    context = {"reason": reason, "header_title": title, "page_title": title}
    return TemplateResponse(request, "coalition/admin/team/refused.html", context, status=403)
