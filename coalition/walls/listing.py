"""The explorer. Wagtail offers to filter it by any person who ever wrote a page, whichever city's."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.views.pages.listing import EditedByFilter, GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from coalition.models import CityGroup
from coalition.permissions import city_roles, is_coalition_staff

LATE = 100  # after Wagtail has registered its own


def colleagues(request: HttpRequest) -> QuerySet[Any]:
    """Whom the person may know of: everybody for coalition staff, else those on the same teams, and oneself."""
    people = get_user_model()._default_manager.order_by("first_name", "last_name", "email")
    user: Any = request.user
    if is_coalition_staff(user):
        return people.filter(is_active=True)
    groups = CityGroup.objects.filter(city__in=city_roles(user)).values("group")
    return people.filter(Q(pk=user.pk) | Q(pk__in=people.filter(groups__in=groups).order_by().values("pk")))


class PeopleFilterSet(GenericPageFilterSet):
    """The stock filters, with the names of one's own colleagues."""

    owner = MultipleUserFilter(label=_("Owner"), queryset=colleagues, widget=CheckboxSelectMultiple)
    edited_by = EditedByFilter(label=_("Edited by"), queryset=colleagues, widget=CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.request
        if request is not None and not is_coalition_staff(request.user):
            self.filters.pop("site", None)  # one host for each city


class WalledPageViewSet(PageViewSet):
    """All pages, in an explorer that names only people one may know of."""

    model = Page
    filterset_class = PeopleFilterSet


@hooks.register("register_admin_viewset", order=LATE)
def register_pages() -> WalledPageViewSet:
    """In the place of Wagtail's for pages of every type without one of their own."""
    return WalledPageViewSet()
