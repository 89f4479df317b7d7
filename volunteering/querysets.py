"""Which opportunities, shifts and sign-ups: each rule is written here once."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

PLANNED = "planned"
HOLDING = ("held", "confirmed", "offered")
ACTIVE = (*HOLDING, "waiting")


class OpportunityQuerySet(models.QuerySet):
    """Opportunities."""

    def in_city(self, city: models.Model) -> Self:
        """Those of one city."""
        return self.filter(city=city)


class ShiftQuerySet(models.QuerySet):
    """Shifts, by what can be done with them now."""

    def open(self, now: datetime.datetime | None = None) -> Self:
        """Planned, and neither past the moment until which people may sign up nor over. Full ones are among them."""
        now = now or timezone.now()
        return self.filter(
            Q(closes_at=None) | Q(closes_at__gt=now), Q(ends_at=None) | Q(ends_at__gt=now), status=PLANNED
        )

    def with_places(self) -> Self:
        """Those that are not full."""
        return self.filter(Q(capacity=None) | Q(taken__lt=F("capacity")))

    def ahead(self, now: datetime.datetime | None = None) -> Self:
        """Not over yet, called off ones included."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now or timezone.now()))

    def in_order(self) -> Self:
        """By time; those without one last."""
        return self.order_by(F("starts_at").asc(nulls_last=True), "pk")


class SignUpQuerySet(models.QuerySet):
    """Sign-ups."""

    def active(self) -> Self:
        """Those that have a place or wait for one."""
        return self.filter(status__in=ACTIVE)

    def holding(self) -> Self:
        """Those that take places, confirmed or not."""
        return self.filter(status__in=HOLDING)

    def in_line(self) -> Self:
        """Who waits, the first in line first."""
        return self.filter(status="waiting").order_by("waiting_since", "pk")

    def of_address(self, email: str) -> Self:
        """Those of one e-mail address, however it is written; as volunteer or as guardian."""
        folded = email.strip().lower()
        return self.filter(Q(email_folded=folded) | Q(guardian_email_folded=folded))
