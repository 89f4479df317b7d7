"""The rows of an import: what an opportunity must say to be used, and what it lacks to be published."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from coalition.gazetteer import zip_place
from volunteering.importing.source import Row, RowError
from volunteering.importing.values import FieldError, clock, day, is_true, line, listed, number, words

ZIP = re.compile(r"[0-9]{5}")
URL = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+", re.IGNORECASE)
OPEN = {"", "active", "approved", "current", "open", "posted", "published", "seasonal"}
CLOSED = {"archived", "cancelled", "canceled", "closed", "complete", "completed", "expired", "filled", "inactive"}


@dataclass(frozen=True, slots=True)
class OpportunityRow:
    """One good row. Texts are without spaces around them; what the row does not say is empty."""

    line: int
    text: str
    id: str
    title: str
    description: str
    organisation: str
    category: str
    skills: tuple[str, ...]
    topics: tuple[str, ...]
    audience: tuple[str, ...]
    commitment: str
    start_date: datetime.date | None
    end_date: datetime.date | None
    start_time: datetime.time | None
    posted: datetime.date | None
    volunteers_wanted: int | None
    hours: float | None
    address: str
    zip: str
    city_slug: str
    latitude: float | None
    longitude: float | None
    remote: bool
    status: str
    url: str
    source: str
    licence: str

    @property
    def is_once(self) -> bool:
        """Whether it is for one day."""
        return self.commitment.replace("-", " ") in {"one time", "once", "one day"}

    @property
    def origin(self) -> str:
        """The list it comes from: rows of one list move together."""
        return self.source.partition(",")[0]

    def moved(self, weeks: int) -> "OpportunityRow":
        """The row with all its dates so many weeks later."""
        by = datetime.timedelta(weeks=weeks)
        dates = {name: getattr(self, name) for name in ("start_date", "end_date", "posted")}
        return replace(self, **{name: found + by for name, found in dates.items() if found}) if weeks else self


@dataclass
class RowChecker:
    """Checks one row after the other and remembers their ids: none may come twice."""

    lines: dict[str, int] = field(default_factory=dict)

    def check(self, row: Row) -> OpportunityRow:
        """The row's values. Raises RowError with every reason against it."""
        found: dict[str, Any] = {}
        reasons = []
        for name, check in CHECKS.items():
            try:
                found[name] = check(row.values)
            except FieldError as bad:
                reasons.append(str(bad))
        if "id" in found and found["id"] in self.lines:
            known = {"id": found["id"], "line": self.lines[found["id"]]}
            reasons.append(_("id “%(id)s” stands in line %(line)d already.") % known)
        start, end = found.get("start_date"), found.get("end_date")
        if start and end and end < start:
            reasons.append(_("end_date comes before start_date."))
        if reasons:
            raise RowError(row.line, row.text, " ".join(reasons))
        self.lines[found["id"]] = row.line
        return OpportunityRow(line=row.line, text=row.text, **found)


def missing_in(row: OpportunityRow) -> list[str]:
    """Why the row cannot be published as it is, in plain words; empty when it can."""
    status = row.status.lower()
    found = [
        (not row.description, _("It does not say what people do.")),
        (not row.organisation, _("It does not say who organizes it.")),
        (not row.remote and not _has_place(row), _("It does not say where it is.")),
        (row.start_date is None, _("It does not say when it is.")),
        (status in CLOSED, _("It is closed.")),
        (status not in OPEN | CLOSED, _("Its status is “%(status)s”.") % {"status": row.status}),
    ]
    return [reason for is_missing, reason in found if is_missing]


def _has_place(row: OpportunityRow) -> bool:
    return bool(row.address or row.zip or row.latitude is not None)


def _zip(values: dict[str, Any]) -> str:
    """Five digits; what follows them is left out, and so is a code that nobody knows."""
    found = ZIP.match(line(values, "zip", 20))
    return found[0] if found and zip_place(found[0]) else ""


def _url(values: dict[str, Any]) -> str:
    found = line(values, "url", 500)
    if found and not URL.fullmatch(found):
        raise FieldError(_("url “%(text)s” is not an address (https://…).") % {"text": found[:60]})
    return found


def _wanted(values: dict[str, Any]) -> int | None:
    found = number(values, "volunteers_wanted", 0, 1_000_000)
    return int(found) if found else None


CHECKS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "id": lambda values: line(values, "id", 200, required=True),
    "title": lambda values: line(values, "title", 255, required=True),
    "description": lambda values: words(values, "description", 50_000),
    "organisation": lambda values: line(values, "organisation", 500) or line(values, "organization", 500),
    "category": lambda values: line(values, "category", 200),
    "skills": lambda values: listed(values, "skills"),
    "topics": lambda values: listed(values, "topics"),
    "audience": lambda values: listed(values, "audience"),
    "commitment": lambda values: line(values, "commitment", 100).lower(),
    "start_date": lambda values: day(values, "start_date"),
    "end_date": lambda values: day(values, "end_date"),
    "start_time": lambda values: clock(values, "start_time"),
    "posted": lambda values: day(values, "posted"),
    "volunteers_wanted": _wanted,
    "hours": lambda values: number(values, "hours", 0, 100_000),
    "address": lambda values: line(values, "address", 500),
    "zip": _zip,
    "city_slug": lambda values: line(values, "city_slug", 120),
    "latitude": lambda values: number(values, "latitude", -90, 90),
    "longitude": lambda values: number(values, "longitude", -180, 180),
    "remote": lambda values: is_true(values, "remote"),
    "status": lambda values: line(values, "status", 100),
    "url": _url,
    "source": lambda values: line(values, "source", 500),
    "licence": lambda values: line(values, "licence", 500) or line(values, "license", 500),
}
