"""What readers tell, without a word about who they are."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Feedback(models.Model):
    """One answer to "Was this helpful?"."""

    class Reason(models.TextChoices):
        """Why not, or what for."""

        UNCLEAR = "unclear", _("I did not understand it")
        MISSING = "missing", _("Something is missing")
        WRONG = "wrong", _("Something is wrong or out of date")
        NOT_MINE = "not_mine", _("It is not what I was looking for")
        OTHER = "other", _("Something else")

    guide_key = models.UUIDField(db_index=True)
    language = models.CharField(max_length=5)
    is_helpful = models.BooleanField(_("helpful"))
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices, blank=True)
    text = models.CharField(_("in their words"), max_length=600, blank=True)
    day = models.DateField(_("day"), default=timezone.localdate, db_index=True)
    is_dealt_with = models.BooleanField(_("dealt with"), default=False)

    class Meta:
        """Newest first."""

        verbose_name = _("answer to “Was this helpful?”")
        verbose_name_plural = _("answers to “Was this helpful?”")
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.day}: {self.is_helpful}"
