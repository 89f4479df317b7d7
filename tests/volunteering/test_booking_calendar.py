"""A sign-up and an opportunity in a calendar: the same entry through every change, and out of it in the end."""

import datetime

import icalendar
import pytest
from django.http import Http404

from tests.volunteering.booked import apply, confirmed, later
from volunteering import factories
from volunteering.booking.managing import cancel, change, confirm
from volunteering.booking.shift_acts import call_off, move
from volunteering.models import Shift, SignUp
from volunteering.views.calendars import opportunity_calendar, sign_up_calendar


def entry_of(row):
    """The calendar's method, and its one entry."""
    row = SignUp.objects.select_related("shift__opportunity__city").get(pk=row.pk)
    calendar = icalendar.Calendar.from_ical(sign_up_calendar(row).content)
    [entry] = calendar.events
    return str(calendar["METHOD"]), entry


def test_entry_keeps_its_uid_and_counts_up(shift):
    row = apply(shift)
    seen = [entry_of(row)]
    confirm(sign_up=row)
    seen.append(entry_of(row))
    change(sign_up=row, group_size=2, name="Jo", phone="")
    seen.append(entry_of(row))
    move(
        shift=shift,
        starts_at=shift.starts_at + datetime.timedelta(hours=1),
        ends_at=shift.ends_at + datetime.timedelta(hours=1),
        message="",
        by=None,
    )
    seen.append(entry_of(row))
    cancel(sign_up=row)
    seen.append(entry_of(row))
    assert {str(entry["UID"]) for _method, entry in seen} == {str(row.uid)}
    numbers = [entry["SEQUENCE"] for _method, entry in seen]
    assert numbers == sorted(set(numbers)), "every change counts up"
    assert [method for method, _entry in seen] == ["PUBLISH"] * 4 + ["CANCEL"]
    assert [str(entry["STATUS"]) for _method, entry in seen] == [
        "TENTATIVE", "CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED",
    ]  # fmt: skip
    assert seen[3][1]["DTSTART"].dt == shift.starts_at.replace(microsecond=0)


def test_shift_that_is_called_off_leaves_the_calendar(shift):
    row = confirmed(shift)
    before = entry_of(row)[1]["SEQUENCE"]
    call_off(shift=shift, message="", by=None)
    method, entry = entry_of(row)
    assert (method, str(entry["STATUS"])) == ("CANCEL", "CANCELLED")
    assert entry["SEQUENCE"] > before


def test_lapsed_sign_up_leaves_the_calendar(shift):
    row = apply(shift)
    with later(hours=25):
        apply(shift, "next@example.org")
        assert entry_of(row)[0] == "CANCEL"


def test_file_of_a_sign_up_is_kept_by_nobody_and_names_nobody(shift):
    row = confirmed(shift, "secret@example.org", name="Secret Person")
    response = sign_up_calendar(SignUp.objects.get(pk=row.pk))
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert b"ecret" not in response.content.replace(row.secret.encode(), b"")


def test_without_a_time_there_is_no_file(shift):
    row = apply(shift)
    Shift.objects.update(starts_at=None, ends_at=None)
    with pytest.raises(Http404):
        sign_up_calendar(SignUp.objects.get(pk=row.pk))


def test_calendar_of_an_opportunity_has_its_shifts_ahead(client, page, django_assert_max_num_queries):
    shifts = [factories.shift(page, days=days) for days in (3, 10, 17)]
    factories.shift(page, days=-3)
    call_off(shift=shifts[1], message="", by=None)
    response = client.get(page.get_url() + page.reverse_subpage("calendar"))
    assert response.status_code == 200
    entries = icalendar.Calendar.from_ical(response.content).events
    assert [entry["DTSTART"].dt for entry in entries] == [shift.starts_at.replace(microsecond=0) for shift in shifts]
    assert [str(entry["STATUS"]) for entry in entries] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    uids = {str(entry["UID"]) for entry in entries}
    assert len(uids) == 3
    again = icalendar.Calendar.from_ical(client.get(page.get_url() + page.reverse_subpage("calendar")).content).events
    assert {str(entry["UID"]) for entry in again} == uids
    for days in range(20, 40):
        factories.shift(page, days=days)
    with django_assert_max_num_queries(6):
        opportunity_calendar(page, None)


def test_opportunity_without_dates_has_no_calendar(client, page):
    assert client.get(page.get_url() + page.reverse_subpage("calendar")).status_code == 404
