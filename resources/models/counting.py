"""What readers take, counted by day, without a word about who they are."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DownloadCount(models.Model):
    """How often something was taken on a day: `what` is "pdf", or "file:" and the id of a toolkit’s file."""

    guide_key = models.UUIDField(db_index=True)
    language = models.CharField(max_length=5)
    what = models.CharField(max_length=80)
    day = models.DateField(_("day"), default=timezone.localdate)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        """One row for each thing and day."""

        verbose_name = _("downloads of a day")
        verbose_name_plural = _("downloads of days")
        constraints = [
            models.UniqueConstraint(fields=["guide_key", "language", "what", "day"], name="resources_one_count_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.what}"
