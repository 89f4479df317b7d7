"""How long it is kept what was looked for."""

import datetime

from django.db.models import Max, Min, Sum
from django.utils import timezone
from django.utils.translation import ngettext

from portal.core.due import register_due
from portal.core.housekeeping import DAILY
from search.models import QueryCount

KEEP = datetime.timedelta(days=396)  # thirteen months: this month beside the same one a year ago
KEEP_ONCE = datetime.timedelta(days=90)
AT_ONCE = 5_000


def register_keeping() -> None:
    """Let the clock do it."""
    register_due("search.forget_searches", forget_old_searches, every=DAILY)


def forget_old_searches() -> str:
    """Delete counts of more than thirteen months ago, and after 90 days what was looked for once and never again.

    The latter is shown to nobody: it may be anything that somebody typed into the wrong box.
    """
    today = timezone.localdate()
    count = QueryCount.objects.filter(day__lt=today - KEEP).delete()[0]
    asked = QueryCount.objects.order_by().values("city", "language", "words")
    once = asked.annotate(times=Sum("count"), last=Max("day"), row=Min("pk"))
    rows = list(once.filter(times__lt=2, last__lt=today - KEEP_ONCE).values_list("row", flat=True)[:AT_ONCE])
    count += QueryCount.objects.filter(pk__in=rows).delete()[0]
    return ngettext("%(count)d search forgotten", "%(count)d searches forgotten", count) % {"count": count}
