"""City teams: which group of which city holds which role, and who was asked to join one."""

import secrets
from typing import Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition.models.city import City


class Role(models.TextChoices):
    """What a person does in a city's team. Roles add up; every right ends at the city's edge."""

    LEAD = "lead", _("Lead")
    EDITOR = "editor", _("Editor")
    AUTHOR = "author", _("Author")
    COORDINATOR = "coordinator", _("Volunteer coordinator")
    HIRING = "hiring", _("Hiring manager")
    PARTNER = "partner", _("Partner")


class CityGroup(models.Model):
    """The group of users who hold one role in one city. Page and collection rights hang on the group."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="groups", verbose_name=_("city"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    group = models.OneToOneField(
        Group, on_delete=models.CASCADE, related_name="city_group", verbose_name=_("group of users")
    )

    class Meta:
        """A city has each role once."""

        verbose_name = _("city group")
        verbose_name_plural = _("city groups")
        ordering = ["city", "pk"]
        constraints = [models.UniqueConstraint(fields=["city", "role"], name="coalition_city_role_once")]

    def __str__(self) -> str:
        return f"{self.city}: {self.get_role_display()}"


def new_secret() -> str:
    """What makes one invitation's link unlike any other; kept in the row, so that a used or old link is worthless."""
    return secrets.token_urlsafe(24)


class InvitationQuerySet(models.QuerySet):
    """Invitations by whether their link works."""

    def open(self) -> Self:
        """Neither accepted, withdrawn nor past their day."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())

    def withdraw(self) -> int:
        """Kill the links of those that nobody has accepted. Returns how many there were."""
        return self.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())


class Invitation(models.Model):
    """Somebody was asked by mail to join a city's team. The link in the mail works once, for seven days."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("city"))
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    roles = models.JSONField(_("roles"), default=list)
    secret = models.CharField(max_length=64, default=new_secret, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("accepted by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        """Latest first. One open invitation for an address and city at a time."""

        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="coalition_one_open_invitation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.city}"

    @property
    def ended_by(self) -> str:
        """Why the link in the mail no longer works: "accepted", "withdrawn" or "expired"; "" while it does."""
        if self.accepted_at is not None:
            return "accepted"
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "" if timezone.now() < self.expires_at else "expired"

    @property
    def is_open(self) -> bool:
        """Whether the link in the mail still works."""
        return not self.ended_by

    @property
    def role_names(self) -> list[str]:
        """The roles in words, in the reader's language."""
        return [str(role.label) for role in Role if role in self.roles]
