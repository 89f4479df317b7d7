"""One city's page: who answers there, its site, its plan, its history, and what can be done next."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import CreateView, EditView, InspectView
from wagtail.admin.widgets.button import BaseButton, Button, HeaderButton

from coalition.money import dollars
from coalition.permissions import Act, may
from coalition.selectors.city_record import city_record
from coalition.selectors.team import people_url


class CityRecordView(InspectView):
    """The record of one city."""

    template_name = "coalition/admin/city_record.html"
    page_title = _("City")

    @cached_property
    def header_buttons(self) -> list[BaseButton]:
        """Editing is one click away for those who may."""
        edit_url = self.get_edit_url()
        return [HeaderButton(_("Edit"), url=edit_url, icon_name="edit")] if edit_url else []

    @cached_property
    def header_more_buttons(self) -> list[BaseButton]:
        """Deleting is kept out of the way."""
        delete_url = self.get_delete_url()
        return [Button(_("Delete"), url=delete_url, icon_name="bin")] if delete_url else []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, cities, this city."""
        index = {"url": reverse(self.index_url_name), "label": _("Cities")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": str(self.object)}]

    def get_fields(self) -> list[str]:
        """None: the template lays the record out itself."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds `record`, the amounts of its plan as text, and where its buttons lead."""
        context = super().get_context_data(**kwargs)
        record = city_record(self.object)
        context["record"] = record
        context["can_change"] = self.user_has_permission("change")
        context["status_url"] = reverse("coalition_city:status", args=[self.object.pk])
        context["people_url"] = people_url(self.object) if may(self.request.user, Act.SEE_PEOPLE, self.object) else ""
        context["all_edits_url"] = reverse("coalition_city:history", args=[self.object.pk])
        if record.plan:
            parts = ("list_price", "sponsor_pays", "city_pays")
            context["amounts"] = {part: dollars(getattr(record.plan, part)) for part in parts}
        return context


class ToRecordMixin:
    """After saving, the city's page shows what was saved."""

    object: Any

    def get_success_url(self) -> str:
        """The city's page."""
        return reverse("coalition_city:inspect", args=[self.object.pk])


class CityCreateView(ToRecordMixin, CreateView):
    """A new city: always a prospect."""

    page_title = _("Add city")


class CityEditView(ToRecordMixin, EditView):
    """A city's details. Its status has a page of its own."""
