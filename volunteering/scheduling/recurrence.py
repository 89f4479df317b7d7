"""Rules of repetition (RFC 5545 RRULE): a few of them, checked, and the days that they make on a city's own calendar.

A rule makes days, never moments: the time of day is put to each day afterwards, so that a weekly 10:00 stays 10:00.
"""

import datetime
import itertools
import re
from collections.abc import Iterable, Iterator

from dateutil import rrule as dateutil_rrule
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PARTS = {
    "DAILY": {"FREQ", "INTERVAL"},
    "WEEKLY": {"FREQ", "INTERVAL", "BYDAY"},
    "MONTHLY": {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYSETPOS"},
}
"""What a rule of each frequency may say. The last day and the days left out stand beside the rule."""
MOST_INTERVAL = 52
MOST_DATES = 400
"""So many days at most are made of a rule at a time."""

_DAY = re.compile(rf"(?P<nth>[+-]?[1-5])?(?P<day>{'|'.join(DAYS)})")


def parts_of(text: str) -> dict[str, str]:
    """The parts of a rule, "FREQ=WEEKLY;BYDAY=TU". Raises ValidationError for what is no rule, or none of ours."""
    found: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name in found:
            raise _wrong(part)
        found[name] = value
    for name in found:
        if name not in PARTS.get(found.get("FREQ", ""), set()):
            raise _wrong(f"{name}={found[name]}")
    for name, is_good in CHECKS.items():
        if name in found and not is_good(found[name], found["FREQ"]):
            raise _wrong(f"{name}={found[name]}")
    if "BYSETPOS" in found and ("BYDAY" not in found or re.search(r"\d", found["BYDAY"])):
        raise _wrong(f"BYSETPOS={found['BYSETPOS']}")
    return found


def check_rule(text: str) -> str:
    """The rule, written one way only. Raises ValidationError."""
    found = parts_of(text)
    return ";".join(f"{name}={found[name]}" for name in ("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYSETPOS")
                    if name in found and (name, found[name]) != ("INTERVAL", "1"))  # fmt: skip


def dates_of(
    text: str,
    *,
    first: datetime.date,
    last: datetime.date,
    since: datetime.date | None = None,
    skipped: Iterable[str | datetime.date] = (),
) -> list[datetime.date]:
    """The days of a rule that begins on `first`, up to `last`, both included; only those from `since` on."""
    left_out = {str(day) for day in skipped}
    days = (day for day in _run(text, first, last) if since is None or day >= since)
    return list(itertools.islice((day for day in days if str(day) not in left_out), MOST_DATES))


def _run(text: str, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    until = datetime.datetime.combine(last, datetime.time())
    rule = dateutil_rrule.rrulestr(f"{text};UNTIL={until:%Y%m%dT%H%M%S}", dtstart=_naive(first))
    return (each.date() for each in rule)


def _naive(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time())


def _is_interval(value: str, _frequency: str) -> bool:
    return value.isascii() and value.isdecimal() and 1 <= int(value) <= MOST_INTERVAL


def _is_by_day(value: str, frequency: str) -> bool:
    found = [_DAY.fullmatch(day) for day in value.split(",")]
    return all(found) and (frequency == "MONTHLY" or not any(match and match["nth"] for match in found))


def _is_by_month_day(value: str, _frequency: str) -> bool:
    return all(re.fullmatch(r"-?\d\d?", day) and 1 <= abs(int(day)) <= 31 for day in value.split(","))


def _is_set_position(value: str, _frequency: str) -> bool:
    return bool(re.fullmatch(r"-?[1-5]", value))


CHECKS = {
    "INTERVAL": _is_interval,
    "BYDAY": _is_by_day,
    "BYMONTHDAY": _is_by_month_day,
    "BYSETPOS": _is_set_position,
}


def _wrong(part: str) -> ValidationError:
    return ValidationError(_("We cannot read this part of the rule: %(part)s") % {"part": part[:60]}, code="rrule")
