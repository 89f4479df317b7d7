"""What the public reads about the last check."""

import datetime
from dataclasses import dataclass
from typing import Any

from resources.review.dates import due_on, is_overdue


@dataclass(frozen=True)
class Check:
    """When a resource was checked last (None: never), and since when a check is due (None: it is not)."""

    checked_on: datetime.date | None
    overdue_since: datetime.date | None


def check_of(page: Any, today: datetime.date | None = None) -> Check:
    """For a page of any kind of resource."""
    return Check(page.reviewed_on, due_on(page) if is_overdue(page, today) else None)
