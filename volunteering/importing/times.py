"""When an imported opportunity is: which schedule its row makes, and by how many weeks all dates of a list move."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from volunteering.importing.rows import OpportunityRow
from volunteering.models import DATED, Schedule, Shift, Timing
from volunteering.scheduling.planning import shift_on, undated_shift

AHEAD = datetime.timedelta(days=90)
USUAL_START = datetime.time(10)
"""When a day begins whose row names no time."""
USUAL_MINUTES = 180
LONGEST_HOURS = 12
"""Hours of one day; more than that is meant for all days together."""
SAME = ("kind", "starts_on", "ends_on", "start_time", "minutes", "capacity", "time_zone")


def weeks_to_move(rows: Iterable[OpportunityRow], today: datetime.date) -> dict[str, int]:
    """For each list, how many whole weeks its dates move so that its newest day lies within the next 90 days."""
    newest: dict[str, datetime.date] = defaultdict(lambda: datetime.date.min)
    for row in rows:
        if row.start_date:
            newest[row.origin] = max(newest[row.origin], row.start_date)
    return {
        origin: (today + AHEAD - day).days // 7 if day < today else 0
        for origin, day in newest.items()
        if day > datetime.date.min
    }


def schedule_of(row: OpportunityRow, time_zone: str) -> Schedule | None:
    """The schedule that a row makes, not saved and without its opportunity; None for one that names no day."""
    if row.start_date is None:
        return None
    values: dict[str, Any] = {"starts_on": row.start_date, "time_zone": time_zone, "capacity": row.volunteers_wanted}
    if row.is_once:
        hours = row.hours if row.hours and row.hours <= LONGEST_HOURS else None
        values |= {"start_time": row.start_time or USUAL_START, "minutes": int(hours * 60) if hours else USUAL_MINUTES}
        return Schedule(kind=Timing.ONCE, **values)
    return Schedule(kind=Timing.ONGOING, ends_on=row.end_date, **values)


def shift_of(schedule: Schedule) -> Shift:
    """The one shift of such a schedule, not saved."""
    if schedule.kind in DATED:
        assert schedule.starts_on is not None
        return shift_on(schedule, schedule.starts_on)
    return undated_shift(schedule)


def is_same(first: Schedule, second: Schedule) -> bool:
    """Whether two schedules say the same."""
    return all(getattr(first, name) == getattr(second, name) for name in SAME)
