"""Columns of the lists that coalition staff see."""

from typing import Any

from django.utils.formats import date_format
from wagtail.admin.ui.tables import Column, TitleColumn

from coalition.models import City
from coalition.money import dollars

STYLES = "coalition/admin/coalition-admin.css"
FIGURES = "coalition-number"
"""The class of columns with figures: set flush right."""
WIDE = "coalition-wide"
"""The class of columns that a phone leaves out."""


class CityColumn(TitleColumn):
    """The city's name behind its flag, linked to its page."""

    cell_template_name = "coalition/admin/city_cell.html"

    class Media:
        css = {"all": [STYLES]}


class DayColumn(Column):
    """A day in the reader's format."""

    def get_value(self, instance: Any) -> str | None:
        """The day in words, None when there is none."""
        day = super().get_value(instance)
        return date_format(day) if day else None


class CountColumn(Column):
    """A whole number with its thousands parted."""

    cell_template_name = "coalition/admin/number_cell.html"

    class Media:
        css = {"all": [STYLES]}


class MoneyColumn(Column):
    """US dollars and cents."""

    def get_value(self, instance: Any) -> str | None:
        """The amount with its sign, None when there is none."""
        return dollars(super().get_value(instance)) or None


def plan_renewal(city: City) -> Any:
    """The day the city's plan renews; None without one."""
    return city.plan.renewal_date if hasattr(city, "plan") else None


def plan_city_pays(city: City) -> Any:
    """What the city pays a year; None without a plan."""
    return city.plan.city_pays if hasattr(city, "plan") else None
