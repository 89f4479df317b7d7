"""When an opportunity is: schedules, and the shifts that they make."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteering.models.choices import Daypart, ShiftStatus, Timing
from volunteering.models.opportunity import Opportunity
from volunteering.querysets import ShiftQuerySet


class Schedule(models.Model):
    """A rule that makes shifts: one day, a series by an RRULE, or a time that is agreed (ongoing, flexible).

    Days and hours are those on the clock of `time_zone`: a weekly 10:00 stays 10:00 when the clocks change.
    """

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="schedules")
    kind = models.CharField(_("when"), max_length=10, choices=Timing.choices, default=Timing.ONCE)
    note = models.CharField(
        _("name of the shift"), max_length=80, blank=True, help_text=_("As in “Watering crew”. May stay empty.")
    )
    time_zone = models.CharField(_("time zone"), max_length=50)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)  # of a series, or of what is agreed
    start_time = models.TimeField(_("begins at"), null=True, blank=True)
    fold = models.PositiveSmallIntegerField(default=0)  # which of the two, for an hour that comes twice (PEP 495)
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"), default=180, validators=[MinValueValidator(5), MaxValueValidator(24 * 60)]
    )
    rrule = models.CharField(_("rule"), max_length=500, blank=True)  # RFC 5545, without DTSTART, UNTIL and COUNT
    skipped = models.JSONField(default=list, blank=True)  # ISO dates that the rule makes and that are left out
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty: no limit.")
    )
    waitlist_size = models.PositiveIntegerField(
        _("places on the waitlist"), default=10, help_text=_("How many people may wait. 0: nobody.")
    )
    cutoff_minutes = models.PositiveIntegerField(
        _("sign-up closes"), default=120, help_text=_("Minutes before the shift begins.")
    )
    is_ended = models.BooleanField(default=False)  # makes no shifts any more
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """In the order in which they were made."""

        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.opportunity}: {self.note or self.get_kind_display()}"


class Shift(models.Model):
    """One time at which people come, with its places; for what is agreed, one row without a time.

    `taken` counts the places of all sign-ups that hold one (`SignUp.group_size` of those in HOLDING), and is only ever
    changed together with them, under the lock of this row (`volunteering.booking`). The constraint is the last defence.
    """

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="shifts")
    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, related_name="shifts")
    kind = models.CharField(max_length=10, choices=Timing.choices)
    occurrence_on = models.DateField(null=True)  # the day that the rule gave it, wherever it was moved to
    starts_at = models.DateTimeField(_("begins"), null=True, db_index=True)
    ends_at = models.DateTimeField(_("ends"), null=True)
    closes_at = models.DateTimeField(_("sign-up closes"), null=True)
    time_zone = models.CharField(max_length=50)
    local_on = models.DateField(null=True)  # day, weekday (0: Monday) and daypart on the clock of the city
    weekday = models.PositiveSmallIntegerField(null=True)
    daypart = models.PositiveSmallIntegerField(null=True, choices=Daypart.choices)
    note = models.CharField(_("name of the shift"), max_length=80, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)  # None: no limit
    waitlist_size = models.PositiveIntegerField(_("places on the waitlist"), default=10)
    taken = models.PositiveIntegerField(default=0, editable=False)
    status = models.CharField(max_length=10, choices=ShiftStatus.choices, default=ShiftStatus.PLANNED)
    is_changed = models.BooleanField(default=False)  # moved, or otherwise no longer as its schedule says
    sequence = models.PositiveIntegerField(default=0)  # RFC 5545 SEQUENCE: raised by each change of time or status
    message = models.TextField(blank=True)  # what people were told when it was called off or moved last

    objects = ShiftQuerySet.as_manager()

    class Meta:
        """Never more places than there are; a rule makes one shift for a day."""

        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "occurrence_on"], name="volunteering_shift_once"),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name="volunteering_never_oversold"
            ),
        ]
        indexes = [models.Index(fields=["opportunity", "starts_at"], name="volunteering_shift_of")]

    def __str__(self) -> str:
        return f"{self.opportunity}, {self.starts_at or self.get_kind_display()}"

    @property
    def places_left(self) -> int | None:
        """How many places nobody has, None when there is no limit. Who waits comes before a new sign-up."""
        return None if self.capacity is None else max(self.capacity - self.taken, 0)

    @property
    def is_open(self) -> bool:
        """Whether somebody may still sign up, be it to wait."""
        now = timezone.now()
        is_early = self.closes_at is None or self.closes_at > now
        return self.status == ShiftStatus.PLANNED and is_early and (self.ends_at is None or self.ends_at > now)
