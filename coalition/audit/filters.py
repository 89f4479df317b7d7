"""How a reader narrows the log down: words, person, city, kind of act, kind of object, days.

Every filter is laid on each of Wagtail's log tables by itself, before they are joined.
"""

from typing import Any

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from coalition.audit.kinds import kind_choices, of_kind
from coalition.audit.people import account_type, matching_people
from coalition.models import City, ModelLogPlace, PageLogPlace

MOST_WORDS = 6
MOST_PEOPLE = 200
PAGES = "pages"


def holding(entries: QuerySet, words: str, city: City | None) -> QuerySet:
    """Entries in which every word is found: in the name of the object, or in the name or address of who acted.

    `city` when its lead asks.
    """
    for word in words.split()[:MOST_WORDS]:
        entries = entries.filter(Q(label__icontains=word) | _of_people(entries, word, city))
    return entries


def of_person(entries: QuerySet, words: str, city: City | None) -> QuerySet:
    """What people of this name or address did, and what happened to their accounts. `city` when its lead asks."""
    return entries.filter(_of_people(entries, words, city)) if words.strip() else entries


def _of_people(entries: QuerySet, words: str, city: City | None) -> Q:
    people = matching_people(words, city)
    found = Q(user__in=people.values("pk"))
    if entries.model is ModelLogEntry:
        numbers = [str(pk) for pk in people.values_list("pk", flat=True)[:MOST_PEOPLE]]
        found |= Q(content_type=account_type(), object_id__in=numbers)
    return found


def _cities(_request: Any) -> QuerySet[City]:
    """Those of which the log tells anything."""
    told = Q(Exists(PageLogPlace.objects.filter(city=OuterRef("pk"))))
    return City.objects.filter(told | Q(Exists(ModelLogPlace.objects.filter(city=OuterRef("pk")))))


def _object_choices() -> list[tuple[str, str]]:
    types = ModelLogEntry.objects.order_by().values_list("content_type_id", flat=True).distinct()
    found = []
    for number in types:
        model = ContentType.objects.get_for_id(number).model_class() if number else None
        if model is not None and not issubclass(model, Page):
            found.append((str(number), capfirst(str(model._meta.verbose_name))))
    return [(PAGES, str(_("Page"))), *sorted(found, key=lambda choice: choice[1])]


class CityLogFilterSet(WagtailFilterSet):
    """What a lead filters by. Person and city are left to the view: what they mean depends on who reads."""

    person = django_filters.CharFilter(label=_("Person"), method="leave", help_text=_("A name, or an e-mail address"))
    act = django_filters.MultipleChoiceFilter(
        label=_("What was done"),
        choices=kind_choices,
        method="filter_act",
        widget=forms.CheckboxSelectMultiple,
    )
    day = django_filters.DateFromToRangeFilter(label=_("Day"), field_name="timestamp", widget=DateRangePickerWidget)

    class Meta:
        model = ModelLogEntry
        fields: list[str] = []

    def leave(self, entries: QuerySet, _name: str, _value: Any) -> QuerySet:
        """As they are."""
        return entries

    def filter_act(self, entries: QuerySet, _name: str, values: list[str]) -> QuerySet:
        """One kind or several."""
        found = Q()
        for value in values:
            found |= of_kind(value)
        return entries.filter(found)


class LogFilterSet(CityLogFilterSet):
    """What staff filter by."""

    city = django_filters.ModelChoiceFilter(
        label=_("City"), queryset=_cities, empty_label=_("All cities"), method="leave", widget=forms.Select
    )
    object = django_filters.ChoiceFilter(
        label=_("What it was done to"),
        choices=_object_choices,
        empty_label=_("Anything"),
        method="filter_object",
        widget=forms.Select,
    )

    def filter_object(self, entries: QuerySet, _name: str, value: str) -> QuerySet:
        """Pages of all types are one kind."""
        if entries.model is PageLogEntry:
            return entries if value == PAGES else entries.none()
        return entries.none() if value == PAGES else entries.filter(content_type=value)
