"""Adding, changing, moving, calling off: what the forms ask, explain, keep and do."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from wagtail.models import ModelLogEntry

from city_sites.factories import team_member
from coalition.models import Role
from portal.core.models import OutboxMessage
from volunteering import factories
from volunteering.models import Schedule, Shift, ShiftStatus, SignUp, SignUpStatus, Timing
from volunteering.scheduling.planning import add_schedule, make_shifts
from volunteering.scheduling.rules import extend_series

CHICAGO = ZoneInfo("America/Chicago")
ONCE = {"starts_on": "2026-12-05", "start_time": "10:00", "end_time": "13:00", "capacity": "12", "waitlist_size": "5",
        "cutoff_minutes": "120", "note": ""}  # fmt: skip
WEEKLY = ONCE | {"rhythm": "weekly", "every": "1", "weekdays": ["TU"], "nth": "", "nth_day": "", "skipped": "",
                 "starts_on": "2026-12-01", "ends_on": "2026-12-29"}  # fmt: skip


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-24T12:00:00Z", tick=False):
        yield


@pytest.fixture
def desk(client, section, page):
    """Tulsa's coordinator before the screen."""
    return Desk(client, section.get_parent().specific.city, factories.row_of(page))


class Desk:
    """Opens and sends the forms of one opportunity."""

    def __init__(self, client, city, opportunity):
        self.client, self.city, self.opportunity = client, city, opportunity
        self.user = team_member(city, Role.COORDINATOR)
        client.force_login(self.user)

    def url(self, name, number):
        return reverse(f"volunteering_shifts:{name}", args=[self.city.pk, number])

    def add(self, kind, values):
        return self.client.post(f"{self.url('add', self.opportunity.pk)}?kind={kind}", {"act": "save"} | values)

    def see_and_send(self, url, values):
        """Send a form, and what it shows once more."""
        shown = self.client.post(url, values | {"act": "preview"})
        assert shown.status_code == 200
        assert shown.context["preview"], shown.context["form"].errors
        return self.client.post(url, values | {"act": "save", "seen": shown.context["preview"].seen})

    def add_series(self, **values):
        """A series, by the form."""
        url = f"{self.url('add', self.opportunity.pk)}?kind=series"
        assert self.see_and_send(url, WEEKLY | values).status_code == 302
        return Schedule.objects.latest("pk")

    def on_the_clock(self, schedule=None):
        shifts = Shift.objects.filter(opportunity=self.opportunity).in_order()
        return [f"{each.starts_at.astimezone(CHICAGO):%m-%d %H:%M}" for each in shifts]


def at(day, hour, minute=0):
    return datetime.datetime(2026, 12, day, hour, minute, tzinfo=CHICAGO)


def test_one_day_is_added_at_once(desk):
    assert desk.add("once", ONCE).status_code == 302
    shift = Shift.objects.get()
    assert (shift.starts_at, shift.ends_at) == (at(5, 10), at(5, 13))
    assert (shift.capacity, shift.waitlist_size, shift.closes_at) == (12, 5, at(5, 8))


def test_the_button_pressed_twice_adds_one(desk):
    desk.add("once", ONCE)
    again = desk.add("once", ONCE)
    assert "on the list already" in again.content.decode()
    assert Shift.objects.count() == 1
    assert desk.add("once", ONCE | {"note": "Watering crew"}).status_code == 302


def test_a_night_shift_ends_the_next_day(desk):
    desk.add("once", ONCE | {"start_time": "21:00", "end_time": "06:00"})
    assert Shift.objects.get().ends_at == at(6, 6)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"starts_on": ""}, "starts_on"),
        ({"starts_on": "2026-11-23"}, "starts_on"),
        ({"end_time": "10:00"}, "end_time"),
        ({"capacity": "0"}, "capacity"),
        ({"capacity": "many"}, "capacity"),
        ({"cutoff_minutes": "7"}, "cutoff_minutes"),
    ],
)
def test_a_slip_is_told_at_its_field_and_what_was_typed_stays(desk, values, field):
    response = desk.add("once", ONCE | {"note": "Watering crew"} | values)
    assert list(response.context["form"].errors) == [field]
    assert 'value="Watering crew"' in response.content.decode()
    assert not Shift.objects.exists()


def test_a_time_that_is_missing_is_explained_and_a_choice_is_taken(desk):
    spring = ONCE | {"starts_on": "2027-03-14", "start_time": "02:30", "end_time": "04:30"}
    asked = desk.add("once", spring)
    text = asked.content.decode()
    assert "There is no 2:30 a.m. on March 14, 2027" in text
    assert "3:30 a.m., after the change (CDT)" in text
    assert not Shift.objects.exists()
    assert desk.add("once", spring | {"clock": "03:30"}).status_code == 302
    shift = Shift.objects.get()
    assert f"{shift.starts_at.astimezone(CHICAGO):%H:%M}" == "03:30"
    assert shift.ends_at - shift.starts_at == datetime.timedelta(hours=2)


def test_a_time_that_comes_twice_is_explained_and_a_choice_is_taken(desk):
    fall = ONCE | {"starts_on": "2027-11-07", "start_time": "01:30", "end_time": "04:30"}
    assert "It is 1:30 a.m. twice" in desk.add("once", fall).content.decode()
    assert desk.add("once", fall | {"clock": "fold-1"}).status_code == 302
    assert Shift.objects.get().starts_at == datetime.datetime(2027, 11, 7, 7, 30, tzinfo=datetime.UTC)


def test_an_answer_to_another_clock_is_asked_for_anew_and_an_idle_one_does_no_harm(desk):
    fall = ONCE | {"starts_on": "2027-11-07", "start_time": "01:30", "end_time": "04:30"}
    assert "clock" in desk.add("once", fall | {"clock": "03:30"}).context["form"].errors
    assert desk.add("once", ONCE | {"clock": "fold-1"}).status_code == 302


def test_a_rule_is_shown_before_anything_is_written(desk):
    url = f"{desk.url('add', desk.opportunity.pk)}?kind=series"
    shown = desk.client.post(url, WEEKLY | {"act": "save"})
    assert "Every Tuesday, 10 a.m. to 1 p.m., until December 29" in shown.content.decode()
    assert [day.iso for day in shown.context["preview"].days] == [f"2026-12-{day:02}" for day in (1, 8, 15, 22, 29)]
    assert not Shift.objects.exists()


def test_a_day_ticked_in_the_preview_is_left_out(desk):
    url = f"{desk.url('add', desk.opportunity.pk)}?kind=series"
    seen = desk.client.post(url, WEEKLY).context["preview"].seen
    shown = desk.client.post(url, WEEKLY | {"act": "save", "seen": seen, "leave_out": ["2026-12-22"]})
    assert not Shift.objects.exists(), "what was shown is no longer what would be saved"
    values = WEEKLY | {"skipped": shown.context["form"]["skipped"].value()}
    assert desk.client.post(url, values | {"act": "save", "seen": shown.context["preview"].seen}).status_code == 302
    assert [day[:5] for day in desk.on_the_clock()] == ["12-01", "12-08", "12-15", "12-29"]


def test_the_preview_says_which_day_has_another_time(desk):
    values = WEEKLY | {"starts_on": "2027-03-07", "ends_on": "2027-03-21", "weekdays": ["SU"], "start_time": "02:30",
                       "end_time": "04:00"}  # fmt: skip
    shown = desk.client.post(f"{desk.url('add', desk.opportunity.pk)}?kind=series", values)
    remarks = {day.iso: bool(day.remark) for day in shown.context["preview"].days}
    assert remarks == {"2027-03-07": False, "2027-03-14": True, "2027-03-21": False}
    assert "3:30 to 5 a.m." in shown.context["preview"].days[1].words


@pytest.mark.parametrize(
    ("values", "days"),
    [
        ({"every": "2"}, ["12-01", "12-15", "12-29"]),
        ({"weekdays": []}, ["12-01", "12-08", "12-15", "12-22", "12-29"]),
        ({"weekdays": ["SA", "MO"], "ends_on": "2026-12-14"}, ["12-05", "12-07", "12-12", "12-14"]),
        ({"rhythm": "monthly_day", "nth": "2", "nth_day": "SA", "ends_on": "2027-02-28"}, ["12-12", "01-09", "02-13"]),
        ({"rhythm": "monthly_day", "nth": "-1", "nth_day": "FR", "ends_on": "2027-01-31"}, ["12-25", "01-29"]),
        ({"rhythm": "monthly_date", "starts_on": "2026-12-15", "ends_on": "2027-01-31"}, ["12-15", "01-15"]),
        ({"rhythm": "daily", "every": "10"}, ["12-01", "12-11", "12-21"]),
        ({"skipped": "12/22/2026\n2026-12-29"}, ["12-01", "12-08", "12-15"]),
    ],
)
def test_each_rhythm_makes_its_days_and_its_form_shows_it_again(desk, values, days):
    series = desk.add_series(**values)
    assert [day[:5] for day in desk.on_the_clock()] == days
    form = desk.client.get(desk.url("edit", series.pk)).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent |= {"start_time": "10:00", "end_time": "13:00"}
    desk.see_and_send(desk.url("edit", series.pk), sent)
    changed = Schedule.objects.get(pk=series.pk)
    assert (changed.rrule, changed.skipped) == (series.rrule, series.skipped)
    assert [day[:5] for day in desk.on_the_clock()] == days


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"rhythm": "monthly_day"}, "nth"),
        ({"every": "0"}, "every"),
        ({"skipped": "Christmas"}, "skipped"),
        ({"ends_on": "2026-11-30"}, "ends_on"),
        ({"starts_on": "2026-12-02", "ends_on": "2026-12-03"}, "rhythm"),
        ({"rhythm": "hourly"}, "rhythm"),
    ],
)
def test_a_rule_that_makes_no_sense_is_told_at_its_field(desk, values, field):
    response = desk.client.post(f"{desk.url('add', desk.opportunity.pk)}?kind=series", WEEKLY | values)
    assert list(response.context["form"].errors) == [field]
    assert 'value="12"' in response.content.decode()


def test_a_rule_that_the_form_has_no_words_for_stays(desk):
    series = add_schedule(
        opportunity=desk.opportunity, kind=Timing.SERIES, starts_on=datetime.date(2026, 12, 1),
        start_time=datetime.time(10), rrule="FREQ=MONTHLY;BYDAY=2SA,4SA", ends_on=datetime.date(2027, 1, 31),
    )  # fmt: skip
    text = desk.client.get(desk.url("edit", series.pk)).content.decode()
    assert "As it is: The second Saturday and fourth Saturday of every month" in text
    values = WEEKLY | {"rhythm": "keep", "ends_on": "2027-01-31", "capacity": "7"}
    assert desk.see_and_send(desk.url("edit", series.pk), values).status_code == 302
    series.refresh_from_db()
    assert (series.rrule, series.capacity) == ("FREQ=MONTHLY;BYDAY=2SA,4SA", 7)


@pytest.mark.parametrize("kind", ["ongoing", "flexible"])
def test_what_is_agreed_is_added_without_a_time(desk, kind):
    values = {"capacity": "", "waitlist_size": "0", "note": "", "ends_on": ""}
    assert desk.add(kind, values).status_code == 302
    assert Shift.objects.get().starts_at is None
    assert "on the list already" in desk.add(kind, values).content.decode()


def test_a_changed_series_leaves_people_alone_and_says_so(desk):
    series = desk.add_series()
    first, second, third, *_rest = series.shifts.in_order()
    factories.sign_up_row(first)
    factories.sign_up_row(second, status=SignUpStatus.CANCELLED)
    values = WEEKLY | {"weekdays": ["WE"], "start_time": "14:00", "end_time": "15:00"}
    shown = desk.client.post(desk.url("edit", series.pk), values)
    kept = shown.context["preview"].kept
    assert [(row.shift_id, row.reason) for row in kept] == [
        (first.pk, "1 person has a place."),
        (second.pk, "People have signed up for it before."),
    ]
    assert (shown.context["preview"].made, shown.context["preview"].removed) == (4, 3)
    assert Shift.objects.filter(pk=third.pk).exists(), "nothing is written before it is saved"
    desk.client.post(desk.url("edit", series.pk), values | {"act": "save", "seen": shown.context["preview"].seen})
    assert desk.on_the_clock() == [
        *("12-01 10:00", "12-02 14:00", "12-08 10:00", "12-09 14:00", "12-16 14:00", "12-23 14:00")
    ]
    assert extend_series() == "0 shifts made"


def test_another_hour_and_more_places_reach_the_shifts_ahead_only(desk):
    series = desk.add_series()
    with time_machine.travel(at(9, 12), tick=False):
        values = WEEKLY | {"start_time": "09:00", "end_time": "12:30", "capacity": "20"}
        desk.client.force_login(desk.user)
        assert desk.see_and_send(desk.url("edit", series.pk), values).status_code == 302
    assert desk.on_the_clock() == ["12-01 10:00", "12-08 10:00", "12-15 09:00", "12-22 09:00", "12-29 09:00"]
    places = series.shifts.in_order().values_list("capacity", "sequence")
    assert list(places) == [(12, 0), (12, 0), (20, 1), (20, 1), (20, 1)]


def test_a_day_with_people_is_not_changed_by_its_form(desk):
    desk.add("once", ONCE)
    shift = Shift.objects.get()
    factories.sign_up_row(shift)
    response = desk.client.post(desk.url("edit", shift.schedule_id), ONCE | {"start_time": "11:00"})
    preview = response.context["preview"]
    response = desk.client.post(
        desk.url("edit", shift.schedule_id), ONCE | {"start_time": "11:00", "act": "save", "seen": preview.seen}
    )
    assert "1 person has a place." in response.content.decode()
    shift.refresh_from_db()
    assert shift.starts_at == at(5, 10)


def test_a_day_without_people_is_changed_by_its_form(desk):
    desk.add("once", ONCE)
    shift = Shift.objects.get()
    values = ONCE | {"starts_on": "2026-12-06", "capacity": "30"}
    assert desk.see_and_send(desk.url("edit", shift.schedule_id), values).status_code == 302
    shift.refresh_from_db()
    assert (shift.starts_at, shift.capacity, shift.occurrence_on) == (at(6, 10), 30, datetime.date(2026, 12, 6))
    assert make_shifts(shift.schedule) == []


def test_moving_keeps_sign_ups_tells_people_and_the_day_is_not_made_again(desk):
    series = desk.add_series()
    first = series.shifts.in_order().first()
    person = factories.sign_up_row(first)
    OutboxMessage.objects.all().delete()
    values = {
        "starts_on": "2026-12-03",
        "start_time": "16:00",
        "end_time": "18:00",
        "message": "The truck comes later.",
    }
    form = desk.client.get(desk.url("move", first.pk)).content.decode()
    assert "1 sign-up gets a mail." in form
    assert desk.client.post(desk.url("move", first.pk), values).status_code == 302
    first.refresh_from_db()
    assert (first.starts_at, first.ends_at, first.is_changed) == (at(3, 16), at(3, 18), True)
    assert SignUp.objects.get().shift_id == person.shift_id == first.pk
    assert OutboxMessage.objects.count() == 1
    assert make_shifts(series) == []
    assert desk.on_the_clock()[0] == "12-03 16:00"
    assert len(desk.on_the_clock()) == 5


def test_a_moved_day_that_takes_place_once_has_its_form_follow(desk):
    desk.add("once", ONCE)
    shift = Shift.objects.get()
    factories.sign_up_row(shift)
    values = {"starts_on": "2026-12-07", "start_time": "09:00", "end_time": "11:00", "message": ""}
    desk.client.post(desk.url("move", shift.pk), values)
    assert make_shifts(Schedule.objects.get()) == []
    assert Schedule.objects.get().starts_on == datetime.date(2026, 12, 7)
    assert desk.on_the_clock() == ["12-07 09:00"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"starts_on": "2026-11-20"}, "starts_on"),
        ({"end_time": "16:00", "start_time": "16:00"}, "end_time"),
        ({"starts_on": "2026-12-01", "start_time": "10:00", "end_time": "13:00"}, "__all__"),
        ({"starts_on": "2027-03-14", "start_time": "02:30"}, "clock"),
    ],
)
def test_a_move_that_makes_no_sense_is_told_and_the_message_stays(desk, values, field):
    first = desk.add_series().shifts.in_order().first()
    factories.sign_up_row(first)
    sent = {"starts_on": "2026-12-03", "start_time": "16:00", "end_time": "18:00", "message": "The truck comes later."}
    response = desk.client.post(desk.url("move", first.pk), sent | values)
    assert list(response.context["form"].errors) == [field]
    assert "The truck comes later." in response.content.decode()


def test_more_places_are_offered_and_fewer_than_taken_are_refused(desk):
    desk.add("once", ONCE | {"capacity": "2"})
    shift = Shift.objects.get()
    factories.sign_up_row(shift, group_size=2)
    waiting = factories.sign_up_row(shift, "b@example.org", status=SignUpStatus.WAITING)
    refused = desk.client.post(desk.url("places", shift.pk), {"capacity": "1", "waitlist_size": "5"})
    assert list(refused.context["form"].errors) == ["capacity"]
    assert desk.client.post(desk.url("places", shift.pk), {"capacity": "3", "waitlist_size": "5"}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.status == SignUpStatus.OFFERED


def test_places_of_one_day_survive_a_change_of_the_series(desk):
    series = desk.add_series()
    first = series.shifts.in_order().first()
    desk.client.post(desk.url("places", first.pk), {"capacity": "3", "waitlist_size": "5"})
    desk.see_and_send(desk.url("edit", series.pk), WEEKLY | {"capacity": "20"})
    assert list(series.shifts.in_order().values_list("capacity", flat=True)) == [3, 20, 20, 20, 20]


def test_calling_off_asks_for_a_word_says_how_many_and_stays_on_record(desk):
    series = desk.add_series()
    first = series.shifts.in_order().first()
    factories.sign_up_row(first, group_size=3)
    factories.sign_up_row(first, "b@example.org")
    OutboxMessage.objects.all().delete()
    page = desk.client.get(desk.url("call_off", first.pk)).content.decode()
    assert "4 people have signed up." in page
    assert "2 sign-ups get a mail each." in page
    assert "message" in desk.client.post(desk.url("call_off", first.pk), {"message": " "}).context["form"].errors
    assert desk.client.post(desk.url("call_off", first.pk), {"message": "Ice on the roads."}).status_code == 302
    first.refresh_from_db()
    assert first.status == ShiftStatus.CANCELLED
    assert OutboxMessage.objects.count() == 2
    assert make_shifts(series) == []
    assert len(desk.on_the_clock()) == 5


def test_a_shift_that_is_over_or_called_off_is_not_touched(desk):
    first = desk.add_series().shifts.in_order().first()
    desk.client.post(desk.url("call_off", first.pk), {"message": ""})
    for name in ("move", "places", "call_off"):
        assert desk.client.post(desk.url(name, first.pk), {"message": "x"}).headers["Location"] == desk.url(
            "shift", first.pk
        )
    assert Shift.objects.get(pk=first.pk).message != "x"


def test_a_shift_nobody_ever_signed_up_for_can_go_and_the_series_leaves_its_day_out(desk):
    series = desk.add_series()
    second = series.shifts.in_order()[1]
    assert desk.client.post(desk.url("remove", second.pk)).status_code == 302
    series.refresh_from_db()
    assert series.skipped == ["2026-12-08"]
    assert make_shifts(series) == []
    assert [day[:5] for day in desk.on_the_clock()] == ["12-01", "12-15", "12-22", "12-29"]


@pytest.mark.parametrize("status", [SignUpStatus.CONFIRMED, SignUpStatus.WAITING, SignUpStatus.CANCELLED])
def test_a_shift_with_a_sign_up_is_never_deleted_but_can_be_called_off(desk, status):
    desk.add("once", ONCE)
    shift = Shift.objects.get()
    factories.sign_up_row(shift, status=status)
    page = desk.client.get(desk.url("remove", shift.pk)).content.decode()
    assert "stays on record" in page
    assert desk.url("call_off", shift.pk) in page
    desk.client.post(desk.url("remove", shift.pk))
    assert Shift.objects.filter(pk=shift.pk).exists()


def test_a_day_that_goes_takes_its_plan_along(desk):
    desk.add("once", ONCE)
    desk.client.post(desk.url("remove", Shift.objects.get().pk))
    assert not Schedule.objects.exists()


def test_ending_a_series_removes_the_empty_days_and_keeps_those_with_people(desk):
    series = desk.add_series(ends_on="")
    last_kept = series.shifts.in_order()[5]
    factories.sign_up_row(last_kept)
    url = desk.url("end", series.pk)
    shown = desk.client.post(url, {"last_on": "2026-12-08"})
    assert [row.shift_id for row in shown.context["preview"].kept] == [last_kept.pk]
    assert desk.see_and_send(url, {"last_on": "2026-12-08"}).status_code == 302
    assert [day[:5] for day in desk.on_the_clock()] == ["12-01", "12-08", "01-05"]
    with time_machine.travel("2027-05-01T12:00:00Z", tick=False):
        assert extend_series() == "0 shifts made"
    assert "last_on" in desk.client.post(url, {"last_on": "2026-11-01"}).context["form"].errors


def test_what_is_agreed_ends_for_newcomers_and_keeps_its_people(desk):
    desk.add("ongoing", {"capacity": "", "waitlist_size": "0", "note": "", "ends_on": ""})
    shift = Shift.objects.get()
    factories.sign_up_row(shift)
    assert desk.see_and_send(desk.url("end", shift.schedule_id), {"last_on": "2026-11-30"}).status_code == 302
    shift.refresh_from_db()
    assert shift.closes_at == at(1, 0)
    with time_machine.travel(at(1, 0, 1), tick=False):
        assert not Shift.objects.open().exists()
    assert SignUp.objects.get().status == SignUpStatus.CONFIRMED


def test_what_takes_place_once_has_no_end_of_its_own(desk):
    desk.add("once", ONCE)
    response = desk.client.post(desk.url("end", Schedule.objects.get().pk), {"last_on": "2026-12-01"})
    assert "takes place once" in response.content.decode()


def test_the_citys_history_tells_what_was_done_to_shifts_and_nothing_personal(desk, client):
    series = desk.add_series()
    first, second, third, *_rest = series.shifts.in_order()
    factories.sign_up_row(first, name="Canary Quillfeather")
    move = {"starts_on": "2026-12-03", "start_time": "16:00", "end_time": "18:00", "message": "Later."}
    desk.client.post(desk.url("move", first.pk), move)
    desk.client.post(desk.url("places", first.pk), {"capacity": "30", "waitlist_size": "5"})
    desk.client.post(desk.url("call_off", second.pk), {"message": "Ice."})
    desk.client.post(desk.url("remove", third.pk))
    desk.see_and_send(desk.url("end", series.pk), {"last_on": "2026-12-22"})
    actions = set(ModelLogEntry.objects.filter(action__startswith="volunteering.").values_list("action", flat=True))
    assert actions == {
        *(f"volunteering.shift.{act}" for act in ("added", "moved", "places", "called_off", "removed", "ended"))
    }
    client.force_login(team_member(desk.city, Role.LEAD))
    text = client.get(reverse("coalition_city_audit:index", args=[desk.city.pk])).content.decode()
    for words in (
        "Added shifts: 5",
        "Moved the shift of Dec. 1, 2026, 10 a.m. to Dec. 3, 2026, 4 p.m.; mails: 1",
        "Called off the shift of Dec. 8, 2026, 10 a.m.; mails: 0",
        "Changed the places of the shift of Dec. 3, 2026, 4 p.m. to 30",
        "Removed the shift of Dec. 15, 2026, 10 a.m.",
        "Ended a series with Dec. 22, 2026",
    ):
        assert words in text, "\n".join(line for line in text.splitlines() if "log__what" in line)
    assert "Quillfeather" not in text
    assert "to …" not in text
    assert "mails: …" not in text
