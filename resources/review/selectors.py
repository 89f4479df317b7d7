"""Which resources are to be checked, the longest overdue first."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from coalition.permissions import is_coalition_staff
from coalition.walls.reach import Reach
from resources.models import ResourcePage
from resources.querysets import ResourceQuerySet
from resources.review.dates import due_on

MINE, ALL, NOBODY = "mine", "all", "nobody"


@dataclass(frozen=True)
class Line:
    """A resource with the day by which it is to be checked."""

    page: ResourcePage
    due_on: datetime.date
    is_overdue: bool


def kept_resources() -> ResourceQuerySet:
    """One page of each live resource: a check counts for all its languages, so only the oldest of them is listed."""
    live = ResourcePage.objects.live()
    older = live.filter(translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"))
    return live.filter(~Exists(older))


def to_check(user: Any, whose: str = MINE) -> ResourceQuerySet:
    """What this person may be shown: everything to coalition staff, to others what they keep within their reach."""
    found = kept_resources()
    if not is_coalition_staff(user):
        return found.filter(Reach(user).own, keeper=user)
    if whose == NOBODY:
        return found.filter(keeper=None)
    return found if whose == ALL else found.filter(keeper=user)


def by_due_day(resources: ResourceQuerySet) -> list[tuple[datetime.date, int]]:
    """(day, pk) of each, the earliest first. One query; months cannot be added alike on every database."""
    rows = resources.only("reviewed_on", "updated_on", "review_months")
    return sorted((due_on(page), page.pk) for page in rows)


def lines_of(days: list[tuple[datetime.date, int]], today: datetime.date | None = None) -> list[Line]:
    """These resources with what a list shows of them. One query."""
    today = today or timezone.localdate()
    pages = ResourcePage.objects.select_related("keeper", "locale").in_bulk([pk for _day, pk in days])
    return [Line(pages[pk], day, day < today) for day, pk in days if pk in pages]
