"""The menu "Coalition" of the admin: cities, what their sites cost, sponsors."""

from typing import Any

from django.db.models import Count
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import policy_registry

from coalition.admin_views.city_list import CityIndexView
from coalition.admin_views.city_record import CityCreateView, CityEditView, CityRecordView
from coalition.admin_views.costs import CostsView
from coalition.admin_views.deletion import CityDeleteView, SponsorDeleteView
from coalition.admin_views.membership_step import MembershipStepView
from coalition.models import City, SitePlan, Sponsor
from coalition.panels import CITY_PANELS
from coalition.tables import FIGURES, CountColumn


class CityViewSet(ModelViewSet):
    """Cities: list, page of each, form, steps in the membership."""

    model = City
    name = "coalition_city"
    url_prefix = "coalition/cities"
    icon = "coalition-city"
    menu_label = _("Cities")
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = True
    edit_handler = CITY_PANELS
    index_view_class = CityIndexView
    inspect_view_class = CityRecordView
    add_view_class = CityCreateView
    edit_view_class = CityEditView
    delete_view_class = CityDeleteView

    def get_urlpatterns(self) -> list[URLPattern]:
        """The stock pages and the one for a step."""
        step = self.construct_view(MembershipStepView)
        return [*super().get_urlpatterns(), path("status/<int:pk>/", step, name="status")]


class CostsViewSet(ViewSet):
    """What sites cost."""

    name = "coalition_costs"
    url_prefix = "coalition/costs"
    icon = "coalition-costs"
    menu_label = _("What sites cost")

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        """Shown to those who may see site plans."""

        def is_shown(_item: MenuItem, request: Any) -> bool:
            policy = policy_registry.get_by_type(SitePlan)
            return policy.user_has_any_permission(request.user, CostsView.any_permission_required)

        return type("CostsMenuItem", (MenuItem,), {"is_shown": is_shown})

    def get_urlpatterns(self) -> list[URLPattern]:
        """One page."""
        return [path("", self.construct_view(CostsView), name="index")]


class SponsorIndexView(IndexView):
    """Sponsors with the number of cities they pay for."""

    def get_base_queryset(self) -> Any:
        """Adds `city_count`."""
        return super().get_base_queryset().annotate(city_count=Count("plans"))


class SponsorViewSet(ModelViewSet):
    """Whoever pays a part of some cities' sites."""

    model = Sponsor
    name = "coalition_sponsor"
    url_prefix = "coalition/sponsors"
    icon = "coalition-sponsor"
    form_fields = ["name", "note"]
    search_fields = ["name", "note"]
    list_display = [
        "name",
        CountColumn("city_count", label=_("Cities"), sort_key="city_count", classname=FIGURES),
        Column("note", label=_("Note")),
    ]
    copy_view_enabled = False
    index_view_class = SponsorIndexView
    delete_view_class = SponsorDeleteView


class CoalitionViewSetGroup(ModelViewSetGroup):
    """The menu group."""

    items: tuple[type[ViewSet], ...] = (CityViewSet, CostsViewSet, SponsorViewSet)
    menu_label = _("Coalition")
    menu_icon = "coalition-city"
    menu_order = 150


def register_in_coalition_menu(viewset: type[ViewSet]) -> None:
    """Let a room above put a list of its own into the menu "Coalition", last. Call it when hooks are loaded."""
    CoalitionViewSetGroup.items = (*CoalitionViewSetGroup.items, viewset)
