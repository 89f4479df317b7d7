"""How coalition staff narrow the list of cities down."""

import datetime
import re

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import BooleanRadioSelect

from coalition.models import City, CityAlias, CityZip, Sponsor
from coalition.models.city import STATE_CHOICES
from coalition.querysets import CityQuerySet

NO_SPONSOR = "none"
OVERDUE = "overdue"


def matching(cities: CityQuerySet, words: str) -> CityQuerySet:
    """Cities whose name, alias or ZIP code holds the words. "Springfield, MO" and names without accents work too."""
    words = words.strip()
    found = Q(name__icontains=words)
    if slug := slugify(re.sub(r"[\W_]+", " ", words)):
        found |= Q(slug__contains=slug)
    if len(words) > 1:
        found |= Q(Exists(CityAlias.objects.filter(city=OuterRef("pk"), name__icontains=words)))
    if words.isdecimal():
        found |= Q(Exists(CityZip.objects.filter(city=OuterRef("pk"), zip__startswith=words)))
    return cities.filter(found)


def _sponsors() -> list[tuple[str, str]]:
    return [
        (NO_SPONSOR, str(_("No sponsor"))),
        *((str(pk), name) for pk, name in Sponsor.objects.values_list("pk", "name")),
    ]


class CityFilterSet(WagtailFilterSet):
    """Status, state, renewal, sponsor, and whether plan, site or time zone are there."""

    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=City.Status.choices, widget=forms.CheckboxSelectMultiple
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=STATE_CHOICES,
        empty_label=_("All states"),
        widget=forms.Select,
    )
    renews = django_filters.ChoiceFilter(
        label=_("Renews"),
        method="filter_renews",
        empty_label=_("Any day"),
        choices=[
            ("30", _("within 30 days")),
            ("60", _("within 60 days")),
            ("90", _("within 90 days")),
            ("365", _("within a year")),
            (OVERDUE, _("overdue")),
        ],
        widget=forms.RadioSelect,
    )
    sponsor = django_filters.ChoiceFilter(
        label=_("Sponsor"),
        method="filter_sponsor",
        choices=_sponsors,
        empty_label=_("Any sponsor"),
        widget=forms.Select,
    )
    plan = django_filters.BooleanFilter(
        label=_("Has a plan"), field_name="plan", lookup_expr="isnull", exclude=True, widget=BooleanRadioSelect
    )
    site = django_filters.BooleanFilter(
        label=_("Has a site"), field_name="home_page", lookup_expr="isnull", exclude=True, widget=BooleanRadioSelect
    )
    time_zone = django_filters.BooleanFilter(
        label=_("Time zone is missing"), method="filter_time_zone", widget=BooleanRadioSelect
    )

    class Meta:
        model = City
        fields: list[str] = []

    def filter_renews(self, cities: CityQuerySet, _name: str, value: str) -> CityQuerySet:
        """Cities whose plan renews from today to that many days ahead, or should have renewed before today."""
        today = timezone.localdate()
        if value == OVERDUE:
            return cities.filter(plan__renewal_date__lt=today)
        return cities.filter(plan__renewal_date__range=(today, today + datetime.timedelta(days=int(value))))

    def filter_sponsor(self, cities: CityQuerySet, _name: str, value: str) -> CityQuerySet:
        """Cities whose plan has this sponsor, or has a plan and pays it alone."""
        if value == NO_SPONSOR:
            return cities.filter(plan__isnull=False, plan__sponsor=None)
        return cities.filter(plan__sponsor=value)

    def filter_time_zone(self, cities: CityQuerySet, _name: str, is_missing: bool) -> CityQuerySet:
        """Cities without a time zone, or with one."""
        return cities.filter(time_zone="") if is_missing else cities.exclude(time_zone="")
