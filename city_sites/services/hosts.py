"""A host name of a city's own: asked for, looked up, activated, given up. Each act is logged.

Outside revisions: a page that is reverted keeps its address.
"""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Site

from city_sites.hosts.lookup import LookUp, look_up
from city_sites.hosts.rules import HostError, refuse_taken, refuse_unless_member, refuse_unless_staff, wanted_name
from city_sites.models import CityHost
from coalition.models import City
from home.signals import SURROUNDINGS
from portal.accounts.models import User
from portal.core.hosts import raise_hosts
from portal.core.versions import raise_version

__all__ = [
    "HostError", "activate_host", "check_host", "deactivate_host", "is_freshly_checked", "request_host",
    "withdraw_request",
]  # fmt: skip
FRESH_FOR = datetime.timedelta(hours=1)
Status = CityHost.Status


def request_host(*, city: City, hostname: str, by: User) -> CityHost:
    """Ask for a name. `hostname` is as it was typed; the row has it as computers write it.

    Raises HostError for reserved, foreign and taken names, for what is no name, and when a request is open.
    """
    name = wanted_name(hostname)
    try:
        return _request(city.pk, name, by)
    except IntegrityError as error:  # somebody else was faster
        raise HostError(_("%(name)s is taken. Ask for another name.") % {"name": name}) from error


@transaction.atomic
def _request(city_id: int, name: str, by: User) -> CityHost:
    city = City.objects.select_for_update().get(pk=city_id)
    refuse_unless_member(city)
    open_name = CityHost.objects.filter(city=city, status=Status.REQUESTED).values_list("hostname", flat=True).first()
    if open_name:
        text = _("You have asked for %(name)s already. Withdraw that request first.")
        raise HostError(text % {"name": open_name})
    refuse_taken(name, city)
    host = CityHost.objects.create(city=city, hostname=name, requested_by=by)
    log(instance=host, action="city_sites.host.request", user=by, data={"city": str(city)})
    return host


@transaction.atomic
def withdraw_request(*, host: CityHost, by: User) -> CityHost:
    """Take a request back; the name is free again. Raises HostError once it has been activated."""
    host = _locked(host, Status.REQUESTED)
    host.status, host.retired_at = Status.RETIRED, timezone.now()
    host.save(update_fields=["status", "retired_at"])
    log(instance=host, action="city_sites.host.withdraw", user=by, data={"city": str(host.city)})
    return host


def check_host(*, host: CityHost) -> LookUp:
    """Look the name up in DNS, keep what was found on the row, and return it.

    Not in a transaction: while DNS is asked, nobody else has to wait.
    """
    found = look_up(host.hostname)
    host.checked_at, host.check_outcome, host.has_answered = timezone.now(), found.outcome, found.is_here
    host.save(update_fields=["checked_at", "check_outcome", "has_answered"])
    return found


def is_freshly_checked(host: CityHost) -> bool:
    """Whether the last look-up, an hour old at most, found the name pointing here."""
    return bool(host.has_answered and host.checked_at and timezone.now() - host.checked_at <= FRESH_FOR)


@transaction.atomic
def activate_host(*, host: CityHost, by: User) -> CityHost:
    """Make the name the city's address. The name it had before leads on to it from now on.

    Raises HostError unless coalition staff do it, for a member city with a site, after a fresh look-up that found
    the name pointing here.
    """
    refuse_unless_staff(by)
    host = _locked(host, Status.REQUESTED)
    city = City.objects.select_for_update().get(pk=host.city_id)
    refuse_unless_member(city)
    if not is_freshly_checked(host):
        text = _("Look up where %(name)s points first. It has to point here, and the look-up counts for an hour.")
        raise HostError(text % {"name": host.hostname})
    wanted_name(host.hostname)  # it may have become the portal's own meanwhile
    refuse_taken(host.hostname, city, apart_from=host)
    host.site = _site_for(host, city)
    host.status, host.activated_at, host.activated_by = Status.ACTIVE, timezone.now(), by
    host.save(update_fields=["site", "status", "activated_at", "activated_by"])
    log(instance=host, action="city_sites.host.activate", user=by, data={"city": str(city)})
    _forget_addresses(city)
    return host


@transaction.atomic
def deactivate_host(*, host: CityHost, by: User | None) -> CityHost:
    """Give the name up: the city's pages have their address on the national host again. `by` is None for a script.

    Raises HostError for a name that is not active, and for people who are not coalition staff.
    """
    if by is not None:
        refuse_unless_staff(by)
    host = _locked(host, Status.ACTIVE)
    if host.site is not None:
        host.site.delete()
    host.site, host.status, host.retired_at = None, Status.RETIRED, timezone.now()
    host.save(update_fields=["site", "status", "retired_at"])
    log(instance=host, action="city_sites.host.deactivate", user=by, data={"city": str(host.city)})
    _forget_addresses(host.city)
    return host


def _site_for(host: CityHost, city: City) -> Site:
    """The city's Wagtail site under this name. The one it has is renamed, so that its redirects stay with it."""
    before = CityHost.objects.filter(city=city, status=Status.ACTIVE).select_related("site").first()
    site = before.site if before and before.site else Site()
    if before is not None:
        before.site, before.status, before.retired_at = None, Status.RETIRED, timezone.now()
        before.save(update_fields=["site", "status", "retired_at"])
    default = Site.objects.get(is_default_site=True)
    site.hostname, site.port, site.root_page = host.hostname, default.port, _home_of(city)
    site.site_name = site.root_page.title
    site.save()
    return site


def _home_of(city: City) -> Page:
    if city.home_page is None:
        raise HostError(_("%(city)s has no site yet.") % {"city": city})
    return city.home_page


def _forget_addresses(city: City) -> None:
    """Whatever was kept with the old address in it is outdated, in all processes, now and once this is committed."""
    raise_hosts()
    raise_version(SURROUNDINGS)
    raise_version(f"city-site:{city.pk}")
    transaction.on_commit(Site.clear_site_root_paths_cache)


def _locked(host: CityHost, status: str) -> CityHost:
    """The row as it is now, locked. Raises HostError when it has moved on."""
    found = CityHost.objects.select_for_update(of=("self",)).select_related("city").get(pk=host.pk)
    if found.status != status:
        text = _("%(name)s is “%(status)s” by now. Reload the page.")
        raise HostError(text % {"name": found.hostname, "status": found.get_status_display()})
    return found
