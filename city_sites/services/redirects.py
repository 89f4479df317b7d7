"""Bringing redirects in and taking them out."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import ngettext
from wagtail.log_actions import log

from city_sites.models import CityRedirect
from city_sites.moving.addresses import folded
from city_sites.moving.plan import Outcome, Plan, PlannedRow, plan_redirects
from city_sites.moving.sheet import Line
from city_sites.signals import scope_of
from coalition.models import City
from portal.accounts.models import User
from portal.core.versions import raise_version

BATCH = 500


class RowsInErrorError(Exception):
    """Some rows cannot be used, and nobody has agreed to leave them out. Nothing was written; `plan` says which."""

    def __init__(self, plan: Plan) -> None:
        count = plan.counts[Outcome.ERROR]
        super().__init__(
            ngettext("%(count)d row has an error.", "%(count)d rows have errors.", count) % {"count": count}
        )
        self.plan = plan


@transaction.atomic
def bring_in_redirects(*, city: City, lines: Sequence[Line], by: User | None = None, leave_out: int = 0) -> Plan:
    """Write all good rows, or nothing. `leave_out` is the number of rows in error that the person agreed to leave out.

    Bringing the same rows in again changes nothing. Raises RowsInErrorError when the number is another one by now.
    """
    city = City.objects.select_for_update().get(pk=city.pk)
    plan = plan_redirects(city, lines)
    if plan.counts[Outcome.ERROR] != leave_out:
        raise RowsInErrorError(plan)
    new = [_filled(CityRedirect(city=city, old_path=row.old_path), row) for row in plan.of(Outcome.NEW)]
    changed = [_filled(row.redirect, row) for row in plan.of(Outcome.CHANGES) if row.redirect]
    CityRedirect.objects.bulk_create(new, batch_size=BATCH)
    CityRedirect.objects.bulk_update(changed, ["page", "address"], batch_size=BATCH)
    if plan.to_write:
        log(instance=city, action="city_sites.redirects.import", user=by, data=plan.counts)
        raise_version(scope_of(city.pk))
    return plan


@transaction.atomic
def remove_redirect(*, redirect: CityRedirect, by: User | None = None) -> None:
    """Take one redirect out. Its old address answers "not found" from now on."""
    city, old_path = redirect.city, redirect.old_path
    redirect.delete()
    log(instance=city, action="city_sites.redirects.delete", user=by, data={"old_path": old_path})
    raise_version(scope_of(city.pk))


def _filled(redirect: CityRedirect, row: PlannedRow) -> CityRedirect:
    assert row.target is not None
    redirect.folded = folded(redirect.old_path)
    redirect.page_id, redirect.address = row.target.page_id, row.target.address
    return redirect
