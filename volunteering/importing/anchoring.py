"""The rows behind imported pages: the opportunity, its schedule, its shift. People who signed up are never lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import ModelLogEntry

from volunteering.importing.plan import Prepared
from volunteering.importing.times import is_same, schedule_of, shift_of
from volunteering.keeping import facts_of, keep_times
from volunteering.models import Opportunity, OpportunityPage, Schedule, ServiceLog, Shift, SignUp

ROWS = 100
BY_HAND = "volunteering.shift."
"""How acts on the shifts screen begin in the log."""


@dataclass(frozen=True)
class Written:
    """A page that was written, and the row that it was written from."""

    page: OpportunityPage
    prepared: Prepared


def anchor(done: Sequence[Written]) -> int:
    """Keep the rows behind these pages. Returns how many kept their shifts because people have signed up for them."""
    families = [each.page.family for each in done]
    known = Opportunity.objects.in_bulk(families, field_name="family")
    rows = {}
    for each in done:
        row = known.get(each.page.family) or Opportunity(family=each.page.family)
        if row.pk is None:
            row.city = each.prepared.home.city
        for name, value in facts_of(each.page).items():
            setattr(row, name, value)
        rows[row.family] = row
    fields = [field.name for field in Opportunity._meta.concrete_fields if field.name not in {"id", "family", "city"}]
    fields = [name for name in fields if name not in {"next_at", "is_undated"}]
    Opportunity.objects.bulk_create([row for row in rows.values() if row.pk is None], batch_size=ROWS)
    Opportunity.objects.bulk_update([row for row in known.values() if row.family in rows], fields, batch_size=ROWS)
    kept = _schedule([(rows[each.page.family], each.prepared) for each in done])
    keep_times([row.pk for row in rows.values()])
    return kept


def _schedule(entries: Sequence[tuple[Opportunity, Prepared]]) -> int:
    """Give each opportunity the schedule that its row says."""
    ids = [row.pk for row, _prepared in entries]
    there: dict[int, list[Schedule]] = {}
    for each in Schedule.objects.filter(opportunity__in=ids):
        there.setdefault(each.opportunity_id, []).append(each)
    busy = _with_people(ids) if there else set()
    wanted = []
    kept = 0
    for row, prepared in entries:
        schedule = schedule_of(prepared.row, prepared.home.time_zone)
        old = there.get(row.pk, [])
        if len(old) == 1 and schedule and is_same(old[0], schedule):
            continue
        if len(old) > 1 or row.pk in busy:
            kept += 1
            continue
        _drop(old)
        if schedule:
            schedule.opportunity = row
            wanted.append(schedule)
    Schedule.objects.bulk_create(wanted, batch_size=ROWS)
    Shift.objects.bulk_create([shift_of(each) for each in wanted], batch_size=ROWS)
    return kept


def _drop(schedules: Sequence[Schedule]) -> None:
    if schedules:
        Shift.objects.filter(schedule__in=schedules).delete()
        Schedule.objects.filter(pk__in=[each.pk for each in schedules]).delete()


def _with_people(ids: Sequence[int]) -> set[int]:
    """Those whose shifts somebody signed up for, has logged hours for, or has arranged anew by hand.

    Their shifts are locked: nobody signs up between this look and what follows from it.
    """
    shifts = Shift.objects.filter(opportunity__in=ids)
    if connection.features.has_select_for_update:
        list(shifts.select_for_update().order_by("pk").values_list("pk"))
    by_hand = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Opportunity),
        object_id__in=[str(pk) for pk in ids],
        action__startswith=BY_HAND,
    )
    found = {int(number) for number in by_hand.values_list("object_id", flat=True)}
    found |= set(shifts.filter(is_changed=True).values_list("opportunity", flat=True))
    found |= set(SignUp.objects.filter(shift__in=shifts).values_list("shift__opportunity", flat=True))
    return found | set(ServiceLog.objects.filter(opportunity__in=ids).values_list("opportunity", flat=True))
