"""How long a place is held, how long an offer stands, and how much one address may keep open."""

import datetime
from zoneinfo import ZoneInfo

from volunteering.models import Shift

HOLD = datetime.timedelta(hours=24)
BEFORE_START = datetime.timedelta(hours=2)  # an unconfirmed place is free again so long before the start
LATE_HOLD = datetime.timedelta(minutes=30)  # for who signs up after that moment; never beyond the start
SOON = datetime.timedelta(days=3)
OFFER_SOON = datetime.timedelta(hours=6)  # an offer within three days of the start: the next in line need time, too
NIGHT_BEGINS = 21
NIGHT_ENDS = 8
OFFERS_END_FROM = 10  # no offer runs out at night, or before somebody has had two hours of the morning to read it
MOST_UNCONFIRMED = 3
MOST_PEOPLE = 100


def hold_until(shift: Shift, now: datetime.datetime) -> datetime.datetime:
    """Until when a place that is taken now is held unconfirmed: 24 hours, or until 2 hours before the start.

    Within the last 2 hours: half an hour, and not beyond the start (of a shift that is under way: its end).
    """
    if shift.starts_at is None:
        return min(now + HOLD, shift.ends_at or now + HOLD)
    if now < shift.starts_at - BEFORE_START:
        return min(now + HOLD, shift.starts_at - BEFORE_START)
    end = shift.starts_at if now < shift.starts_at else shift.ends_at or shift.starts_at + HOLD
    return min(now + LATE_HOLD, end)


def offer_until(shift: Shift, now: datetime.datetime) -> datetime.datetime:
    """Until when a place that is offered now can be accepted: as long as a hold; 6 hours when the start is near.

    The shorter limit does not fall into the night on the clock of the shift.
    """
    longest = hold_until(shift, now)
    if shift.starts_at is None or shift.starts_at - now > SOON:
        return longest
    return min(longest, _after_night(now + OFFER_SOON, shift.time_zone))


def _after_night(moment: datetime.datetime, time_zone: str) -> datetime.datetime:
    local = moment.astimezone(ZoneInfo(time_zone))
    if OFFERS_END_FROM <= local.hour < NIGHT_BEGINS:
        return moment
    morning = local.replace(hour=OFFERS_END_FROM, minute=0, second=0, microsecond=0, fold=0)
    if local.hour >= NIGHT_BEGINS:
        morning += datetime.timedelta(days=1)
    return morning.astimezone(datetime.UTC)


def is_daytime(now: datetime.datetime, time_zone: str) -> bool:
    """Whether a mail may come that nobody waits for: from 8 in the morning until 9 at night, on the shift's clock."""
    return NIGHT_ENDS <= now.astimezone(ZoneInfo(time_zone)).hour < NIGHT_BEGINS
