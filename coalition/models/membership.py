"""The log of a city's steps into the coalition and out of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coalition.models.city import City


class MembershipEvent(models.Model):
    """One change of status: from what to what, on which day, by whom, why. Never edited, never deleted alone."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="events", verbose_name=_("city"))
    from_status = models.CharField(_("from"), max_length=10, choices=City.Status.choices)
    to_status = models.CharField(_("to"), max_length=10, choices=City.Status.choices)
    effective_on = models.DateField(_("in force from"))
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    by_name = models.CharField(_("name at the time"), max_length=200, help_text=_("Kept when the account is deleted."))
    reason = models.TextField(_("why"))

    class Meta:
        """Latest first."""

        verbose_name = _("membership step")
        verbose_name_plural = _("membership steps")
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.city}: {self.get_from_status_display()} → {self.get_to_status_display()}"
