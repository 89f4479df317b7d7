"""Pages that somebody deleted from a city's site, kept for a while so that a bad day can be undone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coalition.models import City


class DeletedPage(models.Model):
    """All that is needed to put one page back. Pages deleted in one act share `act` and are put back together."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="deleted_pages", verbose_name=_("city"))
    act = models.UUIDField(_("act"), db_index=True)
    position = models.PositiveIntegerField(_("position"), help_text=_("Parents come before their children."))
    page_id = models.PositiveBigIntegerField(_("number it had"))
    parent_id = models.PositiveBigIntegerField(_("page it stood under"))
    title = models.CharField(_("title"), max_length=255)
    content_type = models.ForeignKey(
        "contenttypes.ContentType", on_delete=models.CASCADE, related_name="+", verbose_name=_("type")
    )
    content = models.JSONField(_("content"))
    was_live = models.BooleanField(_("was public"))
    deleted_at = models.DateTimeField(_("deleted"), auto_now_add=True, db_index=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("deleted by")
    )
    restored_at = models.DateTimeField(_("put back"), null=True, blank=True)

    class Meta:
        """Latest first; within an act, parents first."""

        verbose_name = _("deleted page")
        verbose_name_plural = _("deleted pages")
        ordering = ["-deleted_at", "position"]

    def __str__(self) -> str:
        return self.title
