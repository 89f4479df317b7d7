"""Shifts and numbers in words."""

import datetime
from decimal import Decimal

from django.utils import formats

from volunteering.models import Shift
from volunteering.when import local, when_is


def day_of(shift: Shift) -> datetime.date | None:
    """The day of the shift on the clock of its city, None for one without a time."""
    return local(shift.starts_at, shift.time_zone).date() if shift.starts_at else None


def named(shift: Shift) -> str:
    """When, and what the shift is called if it has a name of its own."""
    words = when_is(shift)
    text = f"{words} {words.zone}".strip()
    return f"{text} · {shift.note}" if shift.note else text


def length_of(shift: Shift) -> Decimal | None:
    """Hours from begin to end, None for one without a time."""
    if shift.starts_at is None or shift.ends_at is None:
        return None
    seconds = Decimal((shift.ends_at - shift.starts_at).total_seconds())
    return (seconds / 3600).quantize(Decimal("0.01"))


def number(value: Decimal | int | None) -> str:
    """As people write it: "1,204", "3.5"; "" for None."""
    if value is None:
        return ""
    plain = Decimal(value).quantize(Decimal("0.01"))
    places = 0 if plain == plain.to_integral_value() else max(-int(plain.normalize().as_tuple().exponent), 1)
    return formats.number_format(plain, decimal_pos=places, force_grouping=True)
