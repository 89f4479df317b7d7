"""Who signed up, what they agreed to, and what became of it. Everything personal of this room is in this file."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteering.models.choices import ACTIVE, AgeBand, Attendance, LogStatus, SignUpStatus
from volunteering.models.opportunity import Opportunity
from volunteering.models.shift import Shift
from volunteering.querysets import SignUpQuerySet


def new_secret() -> str:
    """What makes a link unlike any other; kept in the row, so that an old link is worthless once there is a new one."""
    return secrets.token_urlsafe(18)


class WaiverText(models.Model):
    """What somebody agreed to, word for word: one row for each version that anybody signed."""

    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of language and text
    language = models.CharField(max_length=10)
    text = models.TextField()
    first_signed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Never changed."""

        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")

    def __str__(self) -> str:
        return self.text[:60]


class SignUp(models.Model):
    """One person, alone or with a group, for one shift."""

    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="sign_ups", verbose_name=_("shift"))
    status = models.CharField(_("status"), max_length=10, choices=SignUpStatus.choices)
    group_size = models.PositiveSmallIntegerField(_("people"), default=1)
    held_until = models.DateTimeField(null=True, blank=True)  # of HELD and OFFERED
    waiting_since = models.DateTimeField(null=True, blank=True)  # place in line; a group that grows keeps it
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    created_at = models.DateTimeField(_("signed up"), default=timezone.now)
    form_token = models.CharField(max_length=64, unique=True)  # of the form it came from: sent twice, it is one row
    secret = models.CharField(max_length=32, default=new_secret, unique=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True)  # of the calendar entry
    sequence = models.PositiveIntegerField(default=0)  # of the calendar entry, added to that of the shift
    language = models.CharField(_("language"), max_length=10, default="en")
    reminded_at = models.DateTimeField(null=True, blank=True)

    # Personal: emptied by `volunteering.privacy` (erased_at says when). For somebody under 13 nothing but the
    # guardian's address is here before the guardian agrees.
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    email_folded = models.CharField(max_length=254, blank=True, db_index=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    answers = models.JSONField(_("answers"), default=dict, blank=True)  # id of the question → [question, answer]
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand.choices, default=AgeBand.ADULT)
    guardian_name = models.CharField(_("parent or guardian"), max_length=100, blank=True)
    guardian_email = models.EmailField(_("address of the parent or guardian"), blank=True)
    guardian_email_folded = models.CharField(max_length=254, blank=True, db_index=True)
    note = models.TextField(_("note of the team"), blank=True, max_length=500)
    erased_at = models.DateTimeField(null=True, blank=True)

    needs_guardian = models.BooleanField(default=False)
    guardian_agreed_at = models.DateTimeField(null=True, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)  # to keeping the data above
    waiver = models.ForeignKey(WaiverText, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    waiver_signed_at = models.DateTimeField(null=True, blank=True)

    attendance = models.CharField(_("came"), max_length=10, choices=Attendance.choices, blank=True)
    came_count = models.PositiveSmallIntegerField(_("how many came"), null=True, blank=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        """An address has one sign-up for a shift."""

        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "email_folded"],
                condition=Q(status__in=[str(status) for status in ACTIVE]) & ~Q(email_folded=""),
                name="volunteering_one_sign_up",
            ),
            models.CheckConstraint(condition=Q(group_size__gte=1), name="volunteering_somebody_comes"),
        ]
        indexes = [
            models.Index(fields=["shift", "status", "waiting_since"], name="volunteering_line"),
            models.Index(fields=["status", "held_until"], name="volunteering_held"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.get_status_display()}"

    @property
    def is_active(self) -> bool:
        """Whether it has a place or waits for one."""
        return self.status in ACTIVE


class ServiceLog(models.Model):
    """Hours that were given, and what came of them. Counts only when approved. Nothing in it is personal."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="logs")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, null=True, blank=True, related_name="logs")
    sign_up = models.OneToOneField(SignUp, on_delete=models.SET_NULL, null=True, blank=True, related_name="log")
    initiative = models.CharField(max_length=32, blank=True, db_index=True)  # family of the InitiativePage, as it was
    served_on = models.DateField(_("day"))
    people = models.PositiveSmallIntegerField(_("people"), default=1)
    hours = models.DecimalField(_("hours, of all together"), max_digits=7, decimal_places=2)
    amount = models.DecimalField(_("result"), max_digits=10, decimal_places=2, null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=LogStatus.choices, default=LogStatus.PENDING)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Latest first."""

        verbose_name = _("hours")
        verbose_name_plural = _("hours")
        ordering = ["-served_on", "-pk"]
        indexes = [models.Index(fields=["opportunity", "status"], name="volunteering_log_of")]

    def __str__(self) -> str:
        return f"{self.opportunity}, {self.served_on}: {self.hours}"


class RosterMessage(models.Model):
    """What the team wrote to everybody on a roster. The mails themselves are in the outbox."""

    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="messages")
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"))
    recipients = models.PositiveIntegerField(_("sent to"), default=0)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Latest first."""

        verbose_name = _("message to a roster")
        verbose_name_plural = _("messages to rosters")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
