"""The outbox: every mail is written here in the transaction that caused it, and sent afterwards."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxMessage(models.Model):
    """One mail to one or more people, sent at most once."""

    class Status(models.TextChoices):
        """Where the mail is."""

        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Handed over, no answer yet")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Given up")

    key = models.CharField(
        _("idempotency key"),
        max_length=200,
        unique=True,
        help_text=_("A second mail with the same key is not written."),
    )
    to = models.JSONField(_("to"), default=list)
    cc = models.JSONField(_("copy to"), default=list, blank=True)
    bcc = models.JSONField(_("blind copy to"), default=list, blank=True)
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    from_email = models.CharField(_("from"), max_length=255, blank=True)
    reply_to = models.JSONField(_("reply to"), default=list, blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    due_at = models.DateTimeField(_("next attempt"))
    claimed_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    purged_at = models.DateTimeField(
        _("emptied"), null=True, blank=True, help_text=_("When addresses and text were removed; key and status stay.")
    )

    class Meta:
        """Newest first, as a person reads mail."""

        verbose_name = _("mail")
        verbose_name_plural = _("mail")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["status", "due_at"], name="core_outbox_due")]

    def __str__(self) -> str:
        return f"{self.subject or self.key} ({', '.join(self.to)})"
