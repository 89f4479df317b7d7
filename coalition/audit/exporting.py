"""The log as a file."""

import datetime
import zoneinfo
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.exports import Columns


def log_columns(*, for_lead: bool) -> Columns:
    """The columns, by the clock of the reader. Addresses, other cities and details are for staff alone."""
    zone = timezone.get_current_timezone()  # a file is still being sent when the request's own clock is put away
    columns: Columns = [
        (_("When"), lambda row: _moment(row.at, zone)),
        (_("Time zone"), lambda row: row.at.astimezone(zone).tzname()),
        (_("Who"), lambda row: row.who),
        (_("What"), lambda row: row.text),
        (_("Kind"), lambda row: row.kind),
        (_("Name"), lambda row: row.label),
    ]
    if for_lead:
        return columns
    return [
        *columns[:3],
        (_("E-mail address"), lambda row: row.address),
        *columns[3:],
        (_("City"), lambda row: "; ".join(row.cities)),
        (_("Details"), lambda row: "\n".join(f"{name}: {words}" for name, words in row.details)),
    ]


def _moment(at: datetime.datetime, zone: Any) -> str:
    return at.astimezone(zone or zoneinfo.ZoneInfo("UTC")).strftime("%Y-%m-%d %H:%M:%S")
