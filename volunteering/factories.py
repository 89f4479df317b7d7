"""Opportunities, shifts and sign-ups for tests. They need a page that may hold opportunities: a section of a city."""

import datetime
import secrets
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from volunteering.booking.applying import Application
from volunteering.keeping import opportunity_of
from volunteering.models import Opportunity, OpportunityPage, Schedule, Shift, SignUp, SignUpStatus, Timing
from volunteering.scheduling.planning import local_fields


def opportunity(parent: Page, title: str = "Plant shade at the bus stops", *, topics: Any = (), **fields: Any) -> Any:
    """A published opportunity page below a city's section."""
    fields.setdefault("summary", "Dig, plant, stake and water twelve redbuds with a city forester.")
    page = OpportunityPage(title=title, **fields)
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.topics.set(topics)
    page.save_revision().publish()
    return page


def row_of(page: OpportunityPage) -> Opportunity:
    """The row behind the page."""
    found = opportunity_of(page)
    assert found is not None
    return found


def shift(
    page: OpportunityPage,
    *,
    days: int = 7,
    capacity: int | None = 10,
    waitlist_size: int = 10,
    starts_at: datetime.datetime | None = None,
    hours: int = 3,
    **fields: Any,
) -> Shift:
    """One shift of the page, so many days ahead of now, in its city's time zone; closes two hours before."""
    row = row_of(page)
    zone = row.city.time_zone or "America/Chicago"
    starts_at = starts_at or timezone.now() + datetime.timedelta(days=days)
    schedule = Schedule.objects.create(
        opportunity=row, kind=Timing.ONCE, time_zone=zone, capacity=capacity, waitlist_size=waitlist_size
    )
    fields.setdefault("closes_at", starts_at - datetime.timedelta(hours=2))
    return Shift.objects.create(
        opportunity=row,
        schedule=schedule,
        kind=Timing.ONCE,
        time_zone=zone,
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(hours=hours),
        capacity=capacity,
        waitlist_size=waitlist_size,
        **{**local_fields(starts_at, zone), **fields},
    )


def application(email: str = "jordan@example.org", name: str = "Jordan Sampleton", **fields: Any) -> Application:
    """A filled form of somebody grown-up."""
    fields.setdefault("form_token", secrets.token_urlsafe(12))
    return Application(email=email, name=name, **fields)


def sign_up_row(
    shift: Shift, email: str = "jordan@example.org", *, status: str = SignUpStatus.CONFIRMED, **fields: Any
) -> SignUp:
    """A sign-up as it stands in the table, its places counted, without the way that leads there."""
    fields.setdefault("name", "Jordan Sampleton")
    row = SignUp.objects.create(
        shift=shift, email=email, email_folded=email.lower(), status=status, form_token=secrets.token_urlsafe(12),
        confirmed_at=timezone.now() if status == SignUpStatus.CONFIRMED else None, **fields,
    )  # fmt: skip
    if status in ("held", "confirmed", "offered"):
        shift.taken += row.group_size
        shift.save(update_fields=["taken"])
    return row
