"""What cities did with a guide: "we used this", and copies that remember their source. All languages share a guide."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class GuideUse(models.Model):
    """That a city used a guide, with what came of it."""

    city = models.ForeignKey("coalition.City", on_delete=models.CASCADE, related_name="guide_uses")
    guide_key = models.UUIDField(_("guide"), db_index=True, editable=False)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.DecimalField(_("number"), max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("of what"), max_length=60, blank=True)
    result = models.CharField(_("what came of it"), max_length=300, blank=True)
    changed = models.CharField(_("what you did differently"), max_length=300, blank=True)
    is_shown = models.BooleanField(
        _("shown to readers"), default=True, help_text=_("The coalition may hide a line that does not belong there.")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    marked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One for each guide and city."""

        verbose_name = _("use of a guide")
        verbose_name_plural = _("uses of guides")
        constraints = [models.UniqueConstraint(fields=["city", "guide_key"], name="resources_one_use")]

    def __str__(self) -> str:
        return f"{self.city}: {self.guide_key}"


class GuideCopy(models.Model):
    """Where a city's copy of a guide comes from, and what the source said then."""

    copy = models.OneToOneField("resources.GuidePage", on_delete=models.CASCADE, related_name="origin")
    source_key = models.UUIDField(db_index=True)
    source_hash = models.CharField(max_length=64)
    source_content = models.JSONField()
    taken_at = models.DateTimeField()

    class Meta:
        """Written by the act of copying."""

        verbose_name = _("copy of a guide")
        verbose_name_plural = _("copies of guides")

    def __str__(self) -> str:
        return str(self.copy)
