"""What people look for, and what they do not find."""

import datetime
from typing import Any

from django.db.models import Case, IntegerField, Max, Q, QuerySet, Sum, Value, When
from django.utils import timezone

from search.models import QueryCount

LEAST = 2
"""So often something has to be looked for before anybody reads it: a private thing typed once is shown to nobody."""


def counted(*, city_id: int | None = None, is_national: bool = False, days: int) -> QuerySet[QueryCount]:
    """Counts of the last days: of one city's site, of the national one, or of all."""
    found = QueryCount.objects.filter(day__gt=timezone.localdate() - datetime.timedelta(days=days)).order_by()
    if is_national:
        return found.filter(city=None)
    return found if city_id is None else found.filter(city=city_id)


def top_searches(counts: QuerySet[QueryCount]) -> Any:
    """Rows with words, times, missed (how often nothing was found) and last (day), the most frequent first."""
    return _by_words(counts).order_by("-times", "words")


def without_result(counts: QuerySet[QueryCount]) -> Any:
    """The same of searches that found nothing, those that found nothing most often first."""
    return _by_words(counts).filter(missed__gt=0).order_by("-missed", "words")


def _by_words(counts: QuerySet[QueryCount]) -> Any:
    nothing = Sum(Case(When(is_found=False, then="count"), default=Value(0), output_field=IntegerField()))
    rows = counts.values("words").annotate(times=Sum("count"), missed=nothing, last=Max("day"))
    return rows.filter(times__gte=LEAST)


def sums(counts: QuerySet[QueryCount]) -> tuple[int, int]:
    """(all searches, those that found nothing), also those that are too rare to be listed."""
    found = counts.aggregate(all=Sum("count"), missed=Sum("count", filter=Q(is_found=False)))
    return found["all"] or 0, found["missed"] or 0
