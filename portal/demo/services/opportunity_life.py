"""What happens around the demo's opportunities: shifts, people who signed up and who wait, who came, and the hours."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils import timezone

from coalition.models import City
from portal.accounts.models import User
from portal.demo.services.opportunities import Kept, cities, initiatives, kept, plan
from portal.demo.services.opportunity_people import People
from volunteering.booking.waivers import keep_waiver
from volunteering.keeping import keep_times
from volunteering.models import (
    HOLDING,
    Attendance,
    CityRules,
    LogStatus,
    Opportunity,
    Schedule,
    ServiceLog,
    Shift,
    ShiftStatus,
    SignUp,
    SignUpStatus,
    TeenRule,
)

TEENS_ALONE = ("duluth-mn",)  # elsewhere a parent or guardian agrees
SOON = datetime.timedelta(days=3)  # who comes within these has had a reminder
HOLD = datetime.timedelta(hours=20)


def make_opportunity_life(*, by: User) -> None:
    """Give every opportunity its times, and most of them people."""
    for city in cities():
        rule = TeenRule.ALONE if city.slug in TEENS_ALONE else TeenRule.GUARDIAN
        CityRules.objects.create(city=city, teens=rule)
        keeper = (
            User.objects.filter(email=f"coordinator.{city.slug[:-3].replace('-', '')}@cities.example").first() or by
        )
        opportunities = kept(city)
        for each in opportunities:
            _Life(each, keeper, rule).make()
        keep_times([each.row.pk for each in opportunities])
        _make_logs(city, keeper)


class _Life:
    """Fills the shifts of one opportunity, written to the database all at once."""

    def __init__(self, each: Kept, keeper: User, rule: TeenRule) -> None:
        self.each, self.keeper = each, keeper
        self.now = timezone.now()
        self.people = People(each.key, rule)
        self.waivers = {page.locale.language_code: keep_waiver(page.waiver, page.locale.language_code)
                        for page in (each.page, each.spanish) if page}  # fmt: skip
        self.sign_ups: list[SignUp] = []
        self.logs: list[ServiceLog] = []
        self.shifts: list[Shift] = []

    def make(self) -> None:
        """Plan the times, then let people come."""
        for time in self.each.spec["times"]:
            schedule = plan(self.each.row, time)
            self._fill_what_is_ahead(schedule, time)
            if "past" in time:
                self._remember(schedule, time["past"])
        SignUp.objects.bulk_create(self.sign_ups)
        ServiceLog.objects.bulk_create(self.logs)
        fields = ["taken", "status", "message", "sequence"]
        Shift.objects.bulk_update([shift for shift in self.shifts if shift.taken or shift.message], fields)

    def _fill_what_is_ahead(self, schedule: Schedule, time: dict[str, Any]) -> None:
        shifts = [
            shift for shift in schedule.shifts.in_order() if shift.starts_at is None or shift.starts_at > self.now
        ]
        self.shifts += shifts
        waiting = iter(time.get("waiting", []))
        for shift, taken in zip(shifts, time.get("taken", []), strict=False):
            for size in self.people.groups(taken, _most(shift)):
                self._sign_up(shift, size, SignUpStatus.CONFIRMED)
            if shift.capacity == taken:
                for size in next(waiting, []):
                    self._sign_up(shift, size, SignUpStatus.WAITING)
        if "held" in time:
            self._sign_up(shifts[time["held"]], 1, SignUpStatus.HELD)
        if "called_off" in time:
            called_off = shifts[time["called_off"]["which"]]
            called_off.status, called_off.sequence = ShiftStatus.CANCELLED, 1
            called_off.message = time["called_off"]["message"]

    def _sign_up(self, shift: Shift, size: int, status: SignUpStatus, **fields: Any) -> SignUp:
        """Somebody's sign-up for a shift; the later in the list, the later it was made."""
        before = min(shift.starts_at or self.now, self.now)
        page = self.each.spanish if self.each.spanish and self.people.chance.random() < 0.5 else self.each.page
        at = before - datetime.timedelta(hours=400 - len(self.sign_ups), minutes=self.people.chance.randrange(60))
        row = self.people.sign_up(page, self.each.spec, at=at, shift=shift, group_size=size, status=status, **fields)
        row.waiver = self.waivers[row.language]
        row.waiver_signed_at = at if row.waiver else None
        if status == SignUpStatus.HELD:
            row.created_at, row.confirmed_at, row.held_until = self.now, None, self.now + HOLD
        elif status == SignUpStatus.WAITING:
            row.waiting_since = row.confirmed_at
        elif shift.starts_at and shift.starts_at < self.now + SOON:
            row.reminded_at = before - datetime.timedelta(minutes=5)
        shift.taken += size if status in HOLDING else 0
        self.sign_ups.append(row)
        return row

    def _remember(self, schedule: Schedule, came: list[int]) -> None:
        """The last shifts have their rosters, the very last one hours to approve; those before them have hours."""
        behind = list(schedule.shifts.filter(ends_at__lte=self.now).order_by("-starts_at"))
        self.shifts += behind
        for shift, number in zip(behind, came, strict=False):
            status = LogStatus.PENDING if shift is behind[0] else LogStatus.APPROVED
            for size in self.people.groups(number, _most(shift)):
                row = self._sign_up(shift, size, SignUpStatus.CONFIRMED, attendance=Attendance.CAME, came_count=size)
                self._log(shift, size, status, sign_up=row)
            if number < (shift.capacity or 0):
                self._sign_up(shift, 1, SignUpStatus.CONFIRMED, attendance=Attendance.ABSENT, came_count=0)
        for shift in behind[len(came) :]:
            self._log(shift, self.people.chance.choice(came), LogStatus.APPROVED)

    def _log(self, shift: Shift, people: int, status: LogStatus, sign_up: SignUp | None = None) -> None:
        assert shift.starts_at is not None
        assert shift.ends_at is not None
        each = Decimal((shift.ends_at - shift.starts_at).total_seconds()) / 3600
        row = _log(self.each.row, shift.local_on or shift.starts_at.date(), people, people * each, status, self.keeper)
        row.shift, row.sign_up = shift, sign_up
        row.created_at = shift.ends_at
        self.logs.append(row)


def _most(shift: Shift) -> int:
    """How large a group may be: where places are few, people come alone."""
    return 1 if shift.capacity and shift.capacity <= 12 else 4


def _log(
    row: Opportunity, day: datetime.date, people: int, hours: Decimal, status: LogStatus, keeper: User
) -> ServiceLog:
    is_decided = status != LogStatus.PENDING
    return ServiceLog(
        opportunity=row,
        initiative=row.initiative,
        served_on=day,
        people=people,
        hours=round(hours, 2),
        status=status,
        logged_by=keeper,
        decided_by=keeper if is_decided else None,
        decided_at=timezone.now() if is_decided else None,
    )


def _make_logs(city: City, keeper: User) -> None:
    """What the teams of each initiative wrote down so far, without names. It hangs on the first that works on it."""
    for page, spec in initiatives(city):
        row = Opportunity.objects.in_city(city).filter(initiative=page.family).order_by("pk")[0]
        ServiceLog.objects.bulk_create(_written_down(row, spec, keeper))


def _written_down(row: Opportunity, spec: dict[str, Any], keeper: User) -> Iterator[ServiceLog]:
    today = timezone.localdate()
    for status, entries in ((LogStatus.APPROVED, spec["logs"]), (LogStatus.PENDING, spec["pending"])):
        for days, people, hours, *amount in entries:
            log = _log(row, today - datetime.timedelta(days=days), people, Decimal(hours), status, keeper)
            log.amount = amount[0] if amount else None
            yield log
