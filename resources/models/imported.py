"""Which row of an import became which page."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedGuide(models.Model):
    """A row that was imported: hashes of what it said and of the guides it links to, and the revision that it made."""

    source_id = models.CharField(max_length=200, unique=True)
    page = models.OneToOneField("resources.GuidePage", on_delete=models.SET_NULL, null=True, related_name="imported")
    row_hash = models.CharField(max_length=64)
    links_hash = models.CharField(max_length=64, blank=True)
    revision_id = models.PositiveBigIntegerField(null=True)
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Written by the import."""

        verbose_name = _("imported guide")
        verbose_name_plural = _("imported guides")

    def __str__(self) -> str:
        return self.source_id
