"""How an editor picks a city: a window with a search field instead of a list of hundreds."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import BaseChooseView, ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from coalition.filters import matching
from coalition.models import City
from coalition.querysets import CityQuerySet


class CityFilterForm(BaseFilterForm):
    """One field, which finds what the list of cities finds."""

    q = forms.CharField(
        label=_("Search term"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Name, other name or ZIP code")}),
    )

    def filter(self, objects: CityQuerySet) -> CityQuerySet:
        """The cities that match; all of them when nothing is asked for."""
        cities: CityQuerySet = super().filter(objects)
        if words := self.cleaned_data["q"].strip():
            self.is_searching, self.search_query = True, words
            return matching(cities, words)
        return cities


class CityChoice(BaseChooseView):
    """What both the window and its list show: "Springfield, MO", and where the city stands."""

    filter_form_class = CityFilterForm

    @property
    def columns(self) -> list[Column]:
        """The name, which chooses the city, and its status."""
        name = self.title_column
        name.label = _("City")
        return [name, Column("get_status_display", label=_("Status"))]


class CityChooseView(CityChoice, ChooseView):
    """The window."""


class CityResultsView(CityChoice, ChooseResultsView):
    """The list in the window, after a search or on another page of it."""


class CityChooserViewSet(ChooserViewSet):
    """The city field of every form in the admin that names one city."""

    model = City
    name = "coalition_city_chooser"
    url_prefix = "coalition/city-chooser"
    icon = "coalition-city"
    per_page = 20
    choose_one_text = _("Choose a city")
    choose_another_text = _("Choose another city")
    edit_item_text = _("Edit this city")
    choose_view_class = CityChooseView
    choose_results_view_class = CityResultsView
