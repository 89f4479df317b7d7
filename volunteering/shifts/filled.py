"""A schedule as its form shows it."""

from typing import Any

from volunteering.models import Schedule, Timing
from volunteering.scheduling.planning import LONGEST_MINUTES
from volunteering.scheduling.recurrence import parts_of
from volunteering.shifts.clock_form import end_of
from volunteering.shifts.fields import nth_choices


def initial_of(schedule: Schedule) -> dict[str, Any]:
    """A schedule as its form shows it."""
    names = ("starts_on", "ends_on", "start_time", "capacity", "waitlist_size", "note", "cutoff_minutes", "skipped")
    values: dict[str, Any] = {name: getattr(schedule, name) for name in names}
    if schedule.start_time:
        values["end_time"] = end_of(schedule.start_time, min(schedule.minutes, LONGEST_MINUTES))
    if schedule.kind == Timing.ONCE and schedule.fold:
        values["clock"] = "fold-1"
    return values | (_initial_rule(schedule) if schedule.rrule else {})


def _initial_rule(schedule: Schedule) -> dict[str, Any]:
    parts = parts_of(schedule.rrule)
    days = parts.get("BYDAY", "").split(",") if "BYDAY" in parts else []
    nth, nth_day = (days[0][:-2] or parts.get("BYSETPOS"), days[0][-2:]) if days else (None, None)
    values: dict[str, Any] = {"every": parts.get("INTERVAL", "1"), "rhythm": "daily"}
    if parts["FREQ"] == "WEEKLY":
        values |= {"rhythm": "weekly", "weekdays": days}
    elif days:
        values |= {"rhythm": "monthly_day", "nth": nth, "nth_day": nth_day}
    elif parts["FREQ"] == "MONTHLY":
        values["rhythm"] = "monthly_date"
    return values


def is_plain_rule(schedule: Schedule) -> bool:
    """Whether the form can show the whole rule: others (two weekdays of a month, say) come from a list."""
    if not schedule.rrule:
        return True
    parts = parts_of(schedule.rrule)
    if parts["FREQ"] != "MONTHLY":
        return True
    if "BYDAY" in parts:
        nth = parts["BYDAY"][:-2] or parts.get("BYSETPOS", "")
        return "BYMONTHDAY" not in parts and nth in dict(nth_choices()) and not nth.startswith("+")
    return parts.get("BYMONTHDAY", "") in ("", str(schedule.starts_on.day if schedule.starts_on else ""))
