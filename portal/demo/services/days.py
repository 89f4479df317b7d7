"""Days of the demo. Its files name days; a computer whose clock stands earlier must not meet one that lies ahead."""

import datetime

from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

SETTLED = datetime.timedelta(days=14)


def past(day: datetime.date) -> datetime.date:
    """The day itself, or the same day of the latest year in which it has come."""
    today = timezone.localdate()
    while day > today:
        day = day.replace(year=day.year - 1)
    return day


def last(month_and_day: str) -> datetime.date:
    """The latest day with this "MM-DD" that has come: stories stay recent however old the demo grows."""
    return past(datetime.date.fromisoformat(f"{timezone.localdate().year}-{month_and_day}"))


def next_anniversary(day: datetime.date) -> datetime.date:
    """The first return of `day` after today."""
    today = timezone.localdate()
    coming = day.replace(year=today.year)
    return coming if coming > today else coming.replace(year=today.year + 1)


def look_settled() -> None:
    """Move the history of all pages two weeks back: a portal that was made today has no yesterday to return to."""
    then = timezone.now() - SETTLED
    Revision.objects.update(created_at=then)
    PageLogEntry.objects.update(timestamp=then)
    Page.objects.filter(first_published_at__isnull=False).update(
        first_published_at=then, last_published_at=then, latest_revision_created_at=then
    )
