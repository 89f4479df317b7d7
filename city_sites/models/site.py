"""What belongs to a city's site beside its pages, and which parts of the starter it has been given."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coalition.models import City


class CitySite(models.Model):
    """One city's site: its collection, its workflow, and the day it is deleted if that was decided."""

    city = models.OneToOneField(City, on_delete=models.PROTECT, related_name="site", verbose_name=_("city"))
    collection = models.ForeignKey(
        "wagtailcore.Collection", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("collection")
    )
    workflow = models.ForeignKey(
        "wagtailcore.Workflow", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("workflow")
    )
    provisioned_at = models.DateTimeField(_("made"), auto_now_add=True)
    first_steps_hidden_at = models.DateTimeField(_("first steps put away"), null=True, blank=True)

    delete_on = models.DateField(_("to be deleted on"), null=True, blank=True, db_index=True)
    deletion_asked_at = models.DateTimeField(_("deletion asked for"), null=True, blank=True)
    deletion_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    deletion_reason = models.TextField(_("why"), blank=True)

    class Meta:
        """By city."""

        verbose_name = _("city site")
        verbose_name_plural = _("city sites")
        ordering = ["city"]

    def __str__(self) -> str:
        return str(self.city)


class StarterPart(models.Model):
    """A part of the starter that the site was given once. It is never given again, whatever became of it."""

    site = models.ForeignKey(CitySite, on_delete=models.CASCADE, related_name="parts", verbose_name=_("site"))
    key = models.CharField(_("part"), max_length=60)
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("page")
    )
    made_at = models.DateTimeField(_("given"), auto_now_add=True)

    class Meta:
        """Once each."""

        verbose_name = _("part of the starter")
        verbose_name_plural = _("parts of the starter")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["site", "key"], name="city_sites_part_once")]

    def __str__(self) -> str:
        return f"{self.site}: {self.key}"
