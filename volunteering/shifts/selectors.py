"""What the shifts screen shows: shifts with their places, who waits, and how each one stands."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from volunteering.models import DATED, Opportunity, Schedule, Shift, ShiftStatus, SignUp, Timing
from volunteering.scheduling.clock import today_in
from volunteering.scheduling.words import schedule_in_words, shift_in_words, start_in_words


@dataclass(frozen=True)
class State:
    """How a shift stands, in a word or two; `tone`: of Wagtail's status tags, "" for a plain one."""

    label: str
    tone: str = ""


@dataclass(frozen=True)
class Row:
    """A shift, ready to draw."""

    shift: Shift
    title: str
    when: str
    start: str
    places: str
    waiting: int
    state: State
    url: str
    roster_url: str


@dataclass(frozen=True)
class ScheduleRow:
    """What repeats, or is agreed: in words, with its addresses."""

    schedule: Schedule
    title: str
    words: str
    is_over: bool
    edit_url: str
    end_url: str


def with_waiting(shifts: Any) -> Any:
    """Shifts with `waiting`, the number of people in line, and what a row needs beside it."""
    in_line = SignUp.objects.filter(shift=OuterRef("pk"), status="waiting").order_by().values("shift")
    people = Subquery(in_line.annotate(people=Sum("group_size")).values("people"))
    return shifts.select_related("opportunity").annotate(waiting=Coalesce(people, 0))


def rows_of(shifts: Iterable[Any], city_id: int) -> list[Row]:
    """The shifts, drawn by the clock of their city."""
    now = timezone.now()
    return [
        Row(
            shift=shift,
            title=title_of(shift),
            when=shift_in_words(shift),
            start=start_in_words(shift),
            places=places_in_words(shift),
            waiting=shift.waiting,
            state=state_of(shift, now),
            url=reverse("volunteering_shifts:shift", args=[city_id, shift.pk]),
            roster_url=roster_url(city_id, shift.pk),
        )
        for shift in shifts
    ]


def roster_url(city_id: int, shift_id: int) -> str:
    """Where the people of a shift are listed."""
    try:
        return reverse("volunteering_team:roster", args=[city_id, shift_id])
    except NoReverseMatch:
        return ""


def title_of(shift: Shift) -> str:
    """The opportunity, with the name of the shift when it has one."""
    return f"{shift.opportunity.title}: {shift.note}" if shift.note else str(shift.opportunity.title)


def places_in_words(shift: Shift) -> str:
    """As in "4 of 12"; "4, no limit"."""
    if shift.capacity is None:
        return _("%(taken)d, no limit") % {"taken": shift.taken}
    return _("%(taken)d of %(capacity)d") % {"taken": shift.taken, "capacity": shift.capacity}


def state_of(shift: Shift, now: datetime.datetime) -> State:
    """Called off, over, closed, full, or open."""
    if shift.status == ShiftStatus.CANCELLED:
        return State(_("Called off"), "critical")
    if shift.ends_at is not None and shift.ends_at <= now:
        return State(_("Over"))
    if shift.closes_at is not None and shift.closes_at <= now:
        return State(_("Sign-up closed"))
    if shift.places_left == 0:
        return State(_("Full"), "primary")
    return State(_("Open"), "primary")


def listed_shifts(opportunities: QuerySet[Opportunity], *, is_past: bool) -> Any:
    """Shifts with a time: the next ones first, or those that are over with the latest first."""
    shifts = with_waiting(Shift.objects.filter(opportunity__in=opportunities, kind__in=DATED))
    if is_past:
        return shifts.filter(ends_at__lte=timezone.now()).order_by("-starts_at", "-pk")
    return shifts.ahead().in_order()


def agreed_shifts(opportunities: QuerySet[Opportunity]) -> Any:
    """What has no time of its own and is not over."""
    shifts = Shift.objects.filter(opportunity__in=opportunities).exclude(kind__in=DATED)
    return with_waiting(shifts).ahead().order_by("opportunity__title", "pk")


def shifts_between(opportunities: QuerySet[Opportunity], first: datetime.date, last: datetime.date) -> Any:
    """Shifts on the days from first to last, on their own clock."""
    shifts = Shift.objects.filter(opportunity__in=opportunities, local_on__range=(first, last))
    return with_waiting(shifts).in_order()


def schedule_rows(opportunity: Opportunity, city_id: int) -> list[ScheduleRow]:
    """What repeats or is agreed for an opportunity; what takes place once is its shift."""
    schedules = opportunity.schedules.exclude(kind=Timing.ONCE).order_by("is_ended", "pk")
    return [
        ScheduleRow(
            schedule=schedule,
            title=schedule.note,
            words=schedule_in_words(schedule),
            is_over=is_over(schedule),
            edit_url=reverse("volunteering_shifts:edit", args=[city_id, schedule.pk]),
            end_url=reverse("volunteering_shifts:end", args=[city_id, schedule.pk]),
        )
        for schedule in schedules
    ]


def is_over(schedule: Schedule) -> bool:
    """Whether a schedule makes nothing any more: ended, or past its last day."""
    today = today_in(schedule.time_zone, timezone.now())
    return schedule.is_ended or (schedule.ends_on is not None and schedule.ends_on < today)


def told_in_words(shift: Shift) -> str:
    """How many get a mail when the shift changes; "" for nobody."""
    count = SignUp.objects.active().filter(shift=shift).count()
    text = ngettext("%(count)d sign-up gets a mail.", "%(count)d sign-ups get a mail each.", count)
    return text % {"count": count} if count else ""
