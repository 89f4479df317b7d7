"""What happens to schedules by the clock."""

import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import ngettext

from portal.core.due import register_due
from portal.core.housekeeping import DAILY
from search.indexing.noting import note
from search.pages import PAGE
from volunteering.keeping import keep_times, note_in_search
from volunteering.models import DATED, Opportunity, OpportunityPage, Schedule, Shift, Timing
from volunteering.scheduling.planning import make_shifts

AT_A_TIME = 500


def register_scheduling_rules() -> None:
    """Series get their next shifts; what has begun or closed is no longer what an opportunity offers next."""
    register_due("volunteering.make_shifts", extend_series, every=DAILY, is_atomic=False)
    register_due("volunteering.keep_times", refresh_times)


def extend_series() -> str:
    """Make the shifts of all series up to their horizon. Each series has a transaction of its own."""
    yesterday = timezone.now().date() - datetime.timedelta(days=1)  # somewhere in the country it may still be that day
    ahead = Q(ends_on=None) | Q(ends_on__gte=yesterday)
    series = Schedule.objects.filter(ahead, kind=Timing.SERIES, is_ended=False).order_by("pk")
    made = 0
    for schedule in series.select_related("opportunity").iterator(chunk_size=AT_A_TIME):
        made += extend(schedule)
    return ngettext("%(count)d shift made", "%(count)d shifts made", made) % {"count": made}


@transaction.atomic
def extend(schedule: Schedule) -> int:
    """Make one series' missing shifts. Returns how many."""
    made = len(make_shifts(schedule))
    if made:
        keep_times([schedule.opportunity_id])
        note_in_search(schedule.opportunity)
    return made


def refresh_times() -> str:
    """Correct `next_at` and `is_undated` of opportunities whose next shift can no longer be signed up for.

    Lists compare with the clock, so a late tick shows nothing that is over.
    """
    open_ones = Shift.objects.filter(opportunity=OuterRef("pk")).open().with_places().order_by()
    is_next_open = Exists(open_ones.filter(starts_at=OuterRef("next_at")))
    is_agreed_open = Exists(open_ones.exclude(kind__in=DATED))
    stale = Opportunity.objects.filter(Q(next_at__isnull=False) & ~is_next_open | Q(is_undated=True) & ~is_agreed_open)
    rows = dict(stale.order_by("pk").values_list("pk", "family")[:AT_A_TIME])
    if rows:
        keep_times(rows)
        families = [UUID(family) for family in rows.values()]
        note(PAGE, OpportunityPage.objects.filter(translation_key__in=families).values_list("pk", flat=True))
    text = ngettext("%(count)d opportunity brought up to date", "%(count)d opportunities brought up to date", len(rows))
    return text % {"count": len(rows)}
