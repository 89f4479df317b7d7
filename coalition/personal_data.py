"""People in city halls and people who were asked to join a team, as they may see it themselves."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.models import Contact, Invitation
from portal.core.personal_data.registry import Holding, nothing_to_erase, register_holding


def _contacts(email: str) -> Iterator[dict[str, Any]]:
    for each in Contact.objects.filter(email__iexact=email.strip()).select_related("city"):
        yield {
            _("City"): each.city.full_name,
            _("Name"): each.name,
            _("Job title"): each.job_title,
            _("E-mail"): each.email,
            _("Telephone"): each.phone,
        }


def _invitations(email: str) -> Iterator[dict[str, Any]]:
    for each in Invitation.objects.filter(email__iexact=email.strip()).select_related("city"):
        yield {
            _("City"): each.city.full_name if each.city else "",
            _("Name"): each.name,
            _("E-mail"): each.email,
            _("Sent"): f"{timezone.localtime(each.created_at):%Y-%m-%d}",
        }


def register_personal_data() -> None:
    """Make both tables known. They are shown; the coalition's staff erase them when asked."""
    register_holding(
        Holding(
            model="coalition.Contact",
            label=gettext_lazy("You as a contact of a city hall"),
            fields=("name", "job_title", "email", "phone"),
            find=_contacts,
            erase=nothing_to_erase,
            note=gettext_lazy("The coalition writes to city halls. Ask its staff to take you off the list."),
            is_erased=False,
        )
    )
    register_holding(
        Holding(
            model="coalition.Invitation",
            label=gettext_lazy("Invitations to a city’s team"),
            fields=("name", "email", "secret"),
            find=_invitations,
            erase=nothing_to_erase,
            note=gettext_lazy("Invitations are deleted 90 days after they were sent."),
            is_erased=False,
        )
    )
