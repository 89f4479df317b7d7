"""Which city an entry of Wagtail's log concerned when it was written.

Wagtail's log knows objects, not cities, and forgets where an object stood once it is deleted or moved. The entry is not
copied: a row says only "this entry, that city, then", and goes with the entry. The indexes that Django would make for
the keys are left out: the unique ones begin with `entry`, the others with `city`.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coalition.models.city import City


class LogPlace(models.Model):
    """An entry, and a city that it concerned. An entry may concern several cities, or none."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("city"))
    at = models.DateTimeField(_("when"))

    wagtail_reference_index_ignore = True

    class Meta:
        """The models below are stored."""

        abstract = True


class PageLogPlace(LogPlace):
    """The city in whose site a page stood."""

    entry = models.ForeignKey(
        "wagtailcore.PageLogEntry",
        on_delete=models.CASCADE,
        related_name="places",
        db_index=False,
        verbose_name=_("entry"),
    )

    class Meta:
        """Once each; read by city, the latest first."""

        default_permissions = ()  # nobody writes these by hand
        verbose_name = _("place of a page’s log entry")
        verbose_name_plural = _("places of pages’ log entries")
        constraints = [models.UniqueConstraint(fields=["entry", "city"], name="coalition_page_entry_once")]
        indexes = [models.Index(fields=["city", "-at"], name="coalition_page_entry_city")]

    def __str__(self) -> str:
        return f"{self.city_id}: {self.entry_id}"


class ModelLogPlace(LogPlace):
    """The city to which a file, a host name, a team or an account belonged."""

    entry = models.ForeignKey(
        "wagtailcore.ModelLogEntry",
        on_delete=models.CASCADE,
        related_name="places",
        db_index=False,
        verbose_name=_("entry"),
    )

    class Meta:
        """Once each; read by city, the latest first."""

        default_permissions = ()  # nobody writes these by hand
        verbose_name = _("place of a log entry")
        verbose_name_plural = _("places of log entries")
        constraints = [models.UniqueConstraint(fields=["entry", "city"], name="coalition_model_entry_once")]
        indexes = [models.Index(fields=["city", "-at"], name="coalition_model_entry_city")]

    def __str__(self) -> str:
        return f"{self.city_id}: {self.entry_id}"
