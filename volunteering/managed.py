"""A sign-up as its own person sees it: where it stands, and what they may do with it now."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from volunteering.booking import mails
from volunteering.booking.waitlist import position_of
from volunteering.facts import address_line
from volunteering.keeping import pages_of
from volunteering.models import HOLDING, OpportunityPage, Shift, ShiftStatus, SignUp, SignUpStatus
from volunteering.when import When, until, when_is

MOST_LINKS = 5


@dataclass(frozen=True)
class Managed:
    """A sign-up with its shift, seen at one moment."""

    sign_up: SignUp
    now: datetime.datetime

    @property
    def shift(self) -> Shift:
        """What it is for."""
        return self.sign_up.shift

    @cached_property
    def when(self) -> When:
        """The shift's time in words."""
        return when_is(self.shift)

    @property
    def until(self) -> str:
        """The end of the hold in words, empty for none."""
        return until(self.sign_up.held_until, self.shift.time_zone) if self.sign_up.held_until else ""

    @property
    def needs_guardian(self) -> bool:
        """Whether a parent or guardian has yet to agree."""
        return self.sign_up.needs_guardian and self.sign_up.guardian_agreed_at is None

    @property
    def has_lapsed(self) -> bool:
        """Whether the time to confirm is over, whatever the table says yet."""
        limit = self.sign_up.held_until
        return limit is not None and limit <= self.now

    @property
    def has_begun(self) -> bool:
        """Whether the shift has begun, or what is agreed has ended."""
        moment = self.shift.starts_at or self.shift.ends_at
        return moment is not None and moment <= self.now

    @property
    def state(self) -> str:
        """One word for the page: what is said, and in which color."""
        status = self.sign_up.status
        if self.shift.status == ShiftStatus.CANCELLED:
            return "called_off"
        if status == SignUpStatus.CANCELLED:
            return "cancelled"
        if self.has_begun and status != SignUpStatus.EXPIRED:
            return "over"
        if status == SignUpStatus.EXPIRED or self.has_lapsed:
            return "expired"
        return "guardian" if self.needs_guardian else str(status)

    @property
    def can_keep(self) -> bool:
        """Whether the button to keep the place is of any use."""
        return self.state in ("held", "offered") or (self.state == "expired" and not self.has_begun)

    @property
    def can_say_yes(self) -> bool:
        """Whether somebody in line has yet to say that the address is theirs."""
        return self.state == "waiting" and self.sign_up.confirmed_at is None

    @property
    def is_live(self) -> bool:
        """Whether it can be changed and cancelled."""
        return self.state in (*HOLDING, "waiting", "guardian")

    @property
    def can_change(self) -> bool:
        """Whether people, name and telephone can be changed: not before a guardian agreed."""
        return self.is_live and not self.needs_guardian

    @property
    def number(self) -> int | None:
        """The place in line of somebody who waits."""
        return position_of(self.sign_up)

    @cached_property
    def page(self) -> OpportunityPage | None:
        """The public page in the person's language, else in another one; None when none is public."""
        found = list(pages_of(self.shift.opportunity).filter(live=True).select_related("locale"))
        return next((page for page in found if page.locale.language_code == self.sign_up.language), None) or next(
            iter(found), None
        )

    @property
    def where(self) -> str:
        """The address below the name of the place."""
        return address_line(self.page, self.shift.opportunity.city) if self.page else ""

    @property
    def title(self) -> str:
        """What it is called."""
        return self.page.title if self.page else self.shift.opportunity.title

    @property
    def waiver(self) -> str:
        """What a guardian agrees to, empty for nothing."""
        page = self.page or pages_of(self.shift.opportunity).first()
        return page.waiver if page else ""


def managed(sign_up: SignUp) -> Managed:
    """The sign-up as it is now."""
    return Managed(sign_up, timezone.now())


@transaction.atomic
def send_links(*, email: str) -> None:
    """Mail the links of an address's sign-ups that lie ahead, each to where its mails go. Says nothing to who asked."""
    now = timezone.now()
    rows = SignUp.objects.of_address(email).active().filter(erased_at=None).select_related("shift__opportunity__city")
    for row in rows.order_by("-created_at")[:MOST_LINKS]:
        if row.shift.ends_at is None or row.shift.ends_at > now:
            mails.send_link_again(row, now)
