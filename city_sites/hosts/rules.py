"""What is refused, and in which words: names that a city cannot have, and people and cities that have to wait."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Site

from city_sites.hosts import names
from city_sites.models import CityHost
from coalition.models import City
from coalition.permissions import is_coalition_staff
from portal.accounts.models import User

Status = CityHost.Status


class HostError(Exception):
    """Something that cannot be done with a host name. `str()` of it is a sentence for the person who tried."""


def wanted_name(typed: str) -> str:
    """The name as computers write it. Raises HostError for what is no name and for names that no city can have."""
    try:
        name = names.normalized(typed)
        names.refuse_reserved(name, national=national_names(), is_public=settings.PRODUCTION)
    except names.HostNameError as error:
        raise HostError(str(error)) from error
    return name


def national_names() -> set[str]:
    """The portal's own names: of the setting, of the national site, and of the admin."""
    found = {name.lstrip(".").lower() for name in settings.PORTAL_HOSTS}
    found |= set(Site.objects.filter(is_default_site=True).values_list("hostname", flat=True))
    found.add(urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "")
    found -= {"", "*"}
    return found if settings.PRODUCTION else found - {"localhost"}  # tulsa.localhost is a name for trials


def refuse_unless_staff(by: User) -> None:
    """Raises HostError for anybody but coalition staff."""
    if not is_coalition_staff(by):
        raise HostError(_("Only coalition staff may do this."))


def refuse_unless_member(city: City) -> None:
    """Raises HostError for a city whose membership is not in force."""
    if not city.is_member:
        raise HostError(_("Only member cities have an address of their own."))


def refuse_taken(name: str, city: City, *, apart_from: CityHost | None = None) -> None:
    """Raises HostError when the name is somebody's: another city's, this city's own, or another site's."""
    rows = CityHost.objects.filter(hostname=name)
    if apart_from is not None:
        rows = rows.exclude(pk=apart_from.pk)
    if rows.filter(city=city, status=Status.ACTIVE).exists():
        raise HostError(_("%(name)s is your address already.") % {"name": name})
    if _is_anothers(rows.exclude(city=city)) or Site.objects.filter(hostname=name).exists():
        raise HostError(_("%(name)s is taken. Ask for another name.") % {"name": name})


def _is_anothers(rows: Iterable[CityHost]) -> bool:
    """Whether a row is in use: asked for, at work, or leading on to the name that a city has now."""
    rows = list(rows)
    if any(row.status != Status.RETIRED for row in rows):
        return True
    used = [row.city_id for row in rows if row.activated_at]
    return CityHost.objects.filter(city__in=used, status=Status.ACTIVE).exists()
