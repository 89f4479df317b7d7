"""What can be signed up for: shifts ahead with their places, in the words that the page and the form share."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, IntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from volunteering.models import Opportunity, Shift, ShiftStatus, SignUp
from volunteering.when import When, when_is

MOST = 60
"""Shifts that a page offers at once; a series has more, further ahead."""
FEW = 3


@dataclass(frozen=True)
class Offer:
    """One shift as people see it. `waiting` counts people, `in_line` sign-ups."""

    shift: Shift
    waiting: int = 0
    in_line: int = 0

    @cached_property
    def when(self) -> When:
        """Day and hours in words."""
        return when_is(self.shift)

    @property
    def is_called_off(self) -> bool:
        """Whether it does not take place."""
        return self.shift.status == ShiftStatus.CANCELLED

    @property
    def is_full(self) -> bool:
        """Whether a new sign-up would have to wait: no place is free, or somebody waits for those that are."""
        left = self.shift.places_left
        return left is not None and (left == 0 or self.waiting > 0)

    @property
    def has_line(self) -> bool:
        """Whether one more person may wait."""
        return self.waiting < self.shift.waitlist_size

    @property
    def can_sign_up(self) -> bool:
        """Whether the form offers it."""
        return self.shift.is_open and (not self.is_full or self.has_line)

    @property
    def is_few(self) -> bool:
        """Whether it is nearly full."""
        left = self.shift.places_left
        return left is not None and not self.is_full and left <= FEW

    @property
    def number(self) -> int:
        """The place in line that a new sign-up would have."""
        return self.in_line + 1

    @property
    def places(self) -> str:
        """How many places are left, in a few words."""
        left = self.shift.places_left
        if left is None:
            return _("Room for everybody")
        if not self.is_full:
            return ngettext("%(count)s place left", "%(count)s places left", left) % {"count": left}
        if not self.has_line:
            return _("Full, and the waitlist too")
        if self.waiting:
            return ngettext("Full: %(count)s waits", "Full: %(count)s wait", self.waiting) % {"count": self.waiting}
        return _("Full: you would be first in line")


def offers_of(opportunity: Opportunity | None, *, now: datetime.datetime | None = None) -> list[Offer]:
    """The shifts that are not over, by time, called-off ones among them. One query."""
    if opportunity is None:
        return []
    shifts = Shift.objects.filter(opportunity=opportunity).ahead(now or timezone.now()).in_order()
    line = SignUp.objects.filter(shift=OuterRef("pk"), status="waiting").order_by().values("shift")
    people = Subquery(line.annotate(all=Sum("group_size")).values("all"), output_field=IntegerField())
    rows = Subquery(line.annotate(all=Count("pk")).values("all"), output_field=IntegerField())
    counted = shifts.annotate(waiting_people=Coalesce(people, 0), waiting_rows=Coalesce(rows, 0))
    return [Offer(shift, shift.waiting_people, shift.waiting_rows) for shift in counted[:MOST]]
