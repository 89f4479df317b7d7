"""What runs by the clock, and what failed in the background."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DueRule(models.Model):
    """The last run of one time rule, and the lock that keeps two ticks apart."""

    name = models.CharField(_("rule"), max_length=100, primary_key=True)
    locked_until = models.DateTimeField(_("locked until"), null=True, blank=True)
    started_at = models.DateTimeField(_("last start"), null=True, blank=True)
    finished_at = models.DateTimeField(_("last end"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=255, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        """By name."""

        verbose_name = _("time rule")
        verbose_name_plural = _("time rules")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TaskFailure(models.Model):
    """A background task that raised, kept for staff until somebody has seen to it."""

    task = models.CharField(_("task"), max_length=255)
    arguments = models.TextField(_("arguments"), blank=True)
    error = models.TextField(_("error"))
    failed_at = models.DateTimeField(_("failed"), auto_now_add=True)
    is_settled = models.BooleanField(_("settled"), default=False)

    class Meta:
        """Newest first."""

        verbose_name = _("failed task")
        verbose_name_plural = _("failed tasks")
        ordering = ["-failed_at"]

    def __str__(self) -> str:
        return f"{self.task} ({self.failed_at:%Y-%m-%d %H:%M})"
