"""A host name of a city's own, from the lead's request to the day it answers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coalition.models import City


class CityHost(models.Model):
    """One host name that a city asked for. Outside revisions: a page that is reverted keeps its address."""

    class Status(models.TextChoices):
        """Where the request stands."""

        REQUESTED = "requested", _("Requested")
        ACTIVE = "active", _("Active")
        RETIRED = "retired", _("Retired")

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="hosts", verbose_name=_("city"))
    hostname = models.CharField(_("host name"), max_length=253, help_text=_("As in volunteer.example.gov."))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.REQUESTED)
    site = models.OneToOneField(
        "wagtailcore.Site", on_delete=models.SET_NULL, null=True, related_name="city_host", verbose_name=_("site")
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    requested_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    checked_at = models.DateTimeField(_("last looked up"), null=True, blank=True)
    check_outcome = models.TextField(_("what the look-up found"), blank=True)
    has_answered = models.BooleanField(_("points here"), default=False)
    activated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("activated by")
    )
    activated_at = models.DateTimeField(_("activated"), null=True, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        """A name is in use once, and a city has one name at work and one on its way."""

        verbose_name = _("host name")
        verbose_name_plural = _("host names")
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["hostname"],
                condition=~models.Q(status="retired"),
                name="city_sites_hostname_once",
                violation_error_message=_("This host name is taken."),
            ),
            models.UniqueConstraint(
                fields=["city", "status"], condition=~models.Q(status="retired"), name="city_sites_one_host_each"
            ),
        ]

    def __str__(self) -> str:
        return self.hostname
