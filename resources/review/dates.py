"""When a resource is due for a check."""

import calendar
import datetime
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from resources.models.base import REVIEW_MONTHS
from resources.querysets import ResourceQuerySet


def plus_months(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or before; the last of the month where there is no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_on(page: Any) -> datetime.date:
    """The day by which somebody is to check it. One that was never checked counts from its last change."""
    return plus_months(page.reviewed_on or page.updated_on, page.review_months)


def is_overdue(page: Any, today: datetime.date | None = None) -> bool:
    """Whether that day has passed."""
    return due_on(page) < (today or timezone.localdate())


def due_by(resources: ResourceQuerySet, day: datetime.date) -> ResourceQuerySet:
    """Those that are due on this day or before it."""
    condition = Q(pk__in=[])
    for months, _label in REVIEW_MONTHS:
        # The last of a month is due on the last of a shorter one: one day too many is left to `due_on`.
        condition |= Q(review_months=months, since__lte=plus_months(day, -months) + datetime.timedelta(days=3))
    found = resources.annotate(since=Coalesce("reviewed_on", "updated_on")).filter(condition)
    late = [page.pk for page in found.only("reviewed_on", "updated_on", "review_months") if due_on(page) <= day]
    return resources.filter(pk__in=late)
