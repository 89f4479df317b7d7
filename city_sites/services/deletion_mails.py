"""The mails about a site that is to be deleted: to each lead of the city and to coalition staff, in their language."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from city_sites.models import CitySite
from coalition.models import Role
from home.services.setup import STAFF_GROUP
from portal.accounts.models import User
from portal.core.mail import send_mail_from_folder


def tell_of_plan(site: CitySite) -> None:
    """The site will be deleted: when, why, and what can be done."""
    _tell("planned", site)


def tell_of_cancelling(site: CitySite) -> None:
    """It stays after all."""
    _tell("cancelled", site)


def _tell(folder: str, site: CitySite) -> None:
    staff = set(User.objects.filter(groups__name=STAFF_GROUP, is_active=True).values_list("pk", flat=True))
    for person in _people(site):
        send_mail_from_folder(
            folder=f"city_sites/mail/deletion/{folder}",
            to=[person.email],
            context=_context(site, person, is_staff=person.pk in staff),
            key=f"site-deletion:{folder}:{site.pk}:{site.deletion_asked_at:%Y%m%d%H%M%S%f}:{person.pk}",
            language=_language_of(person),
        )


def _people(site: CitySite) -> list[User]:
    leads = Q(groups__city_group__city=site.city_id, groups__city_group__role=Role.LEAD)
    found = User.objects.filter(leads | Q(groups__name=STAFF_GROUP), is_active=True).distinct()
    return list(found.select_related("wagtail_userprofile"))


def _context(site: CitySite, person: User, *, is_staff: bool) -> dict[str, Any]:
    path = reverse("city_sites_deletion:plan", args=[site.city_id]) if is_staff else reverse("wagtailadmin_home")
    return {
        "person": person,
        "city": site.city,
        "delete_on": site.delete_on,
        "reason": site.deletion_reason,
        "asked_by": site.deletion_asked_by,
        "is_staff": is_staff,
        "link": settings.WAGTAILADMIN_BASE_URL + path,
    }


def _language_of(person: User) -> str:
    profile = getattr(person, "wagtail_userprofile", None)
    code = profile.preferred_language if profile else ""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
