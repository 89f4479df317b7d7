"""The mark that the demo coalition was put into this database."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Seeding(models.Model):
    """One row for each time the demo was put in. While there is one, nothing is put in again."""

    seeded_at = models.DateTimeField(_("seeded"), auto_now_add=True)

    class Meta:
        """Operations' own note; nobody edits it."""

        verbose_name = _("seeding")
        verbose_name_plural = _("seedings")

    def __str__(self) -> str:
        return f"{self.seeded_at:%Y-%m-%d %H:%M}"
