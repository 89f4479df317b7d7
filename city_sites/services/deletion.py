"""Deleting a city's site: decided by staff with thirty days' notice, called off when the city comes back, then done."""

import datetime
import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log
from wagtail.models import Collection, Page, Site, Workflow

from city_sites.models import CityHomePage, CityHost, CityRedirect, CitySite, DeletedPage
from city_sites.selectors.changes import city_zone
from city_sites.selectors.deletion import files_of, used_elsewhere
from city_sites.selectors.sites import pages_of
from city_sites.services.deleted_pages import nothing_kept
from city_sites.services.deletion_mails import tell_of_cancelling, tell_of_plan
from coalition.models import City, CityGroup, Invitation
from coalition.permissions import is_coalition_staff
from coalition.selectors.team import team_of
from coalition.services.teams import remove_person
from home.services.setup import SHARED_LIBRARY
from resources.models import GuideUse

logger = logging.getLogger(__name__)


class SiteDeletionError(Exception):
    """The site stays. `str()` of it is a sentence for the person who tried."""


@transaction.atomic
def plan_deletion(*, city: City, by: Any, reason: str) -> CitySite:
    """Set the day on which the site will be deleted, and tell the city's leads and coalition staff by mail.

    Raises SiteDeletionError: not staff, a member city, no site, no reason, decided already.
    """
    site = _locked_site(city)
    _check(site, by)
    if not reason.strip():
        raise SiteDeletionError(_("Say why: the reason stays in the city’s history."))
    if site.delete_on:
        raise SiteDeletionError(_("This is decided already."))
    site.deletion_asked_at = timezone.now()
    site.deletion_asked_by = by
    site.deletion_reason = reason.strip()
    site.delete_on = _today(site.city) + datetime.timedelta(days=settings.CITY_SITE_DELETION_DAYS)
    site.save(update_fields=["deletion_asked_at", "deletion_asked_by", "deletion_reason", "delete_on"])
    tell_of_plan(site)
    data = {"delete_on": site.delete_on, "reason": site.deletion_reason}
    log(instance=site.city, action="city_sites.deletion.plan", user=by, data=data)
    return site


@transaction.atomic
def cancel_deletion(*, city: City, by: Any) -> bool:
    """Call the deletion off, and tell those who were told of it. `by` is None when it follows from something else.

    Returns whether there was one. Raises SiteDeletionError for somebody who is not staff.
    """
    if by is not None and not is_coalition_staff(by):
        raise SiteDeletionError(_("Only coalition staff decide about deleting a site."))
    site = CitySite.objects.select_for_update().filter(city=city, delete_on__isnull=False).first()
    if site is None:
        return False
    tell_of_cancelling(site)
    log(instance=site.city, action="city_sites.deletion.cancel", user=by, data={"delete_on": site.delete_on})
    site.delete_on = site.deletion_asked_at = site.deletion_asked_by = None
    site.deletion_reason = ""
    site.save(update_fields=["deletion_asked_at", "deletion_asked_by", "deletion_reason", "delete_on"])
    return True


def delete_due_sites() -> str:
    """Delete every site whose day has come, each in a transaction of its own; one that fails stops no other."""
    done, failed = 0, []
    for site in CitySite.objects.filter(delete_on__isnull=False).select_related("city"):
        if site.delete_on is None or site.delete_on > _today(site.city):
            continue
        try:
            delete_site(city=site.city)
            done += 1
        except Exception:
            logger.exception("The site of %s could not be deleted", site.city)
            failed.append(str(site.city))
    if failed:
        raise SiteDeletionError(f"These sites could not be deleted: {'; '.join(failed)}")
    return ngettext("%(count)d site deleted", "%(count)d sites deleted", done) % {"count": done}


@transaction.atomic
def delete_site(*, city: City, reason: str = "") -> None:
    """Delete the site for good, now: pages, files, hosts, redirects, workflow, the team and its groups.

    `reason` goes into the city's history; without it, the one that was given when the day was set.
    The city, its membership and the log stay. Files that pages elsewhere show move to the shared library; the others
    are removed from the disk after the commit. Raises SiteDeletionError for a member city or one without a site.
    """
    site = _locked_site(city)
    if site.city.is_member:
        raise SiteDeletionError(_("%(city)s is a member. Its site stays.") % {"city": site.city})
    pages = list(pages_of(site.city))
    reason = reason.strip() or site.deletion_reason
    data = {"pages": len(pages), "reason": reason, "asked_by": str(site.deletion_asked_by or "")}
    _remove_team(site.city)
    _remove_files(site, pages)
    _remove_addresses(site.city)
    workflow, collection = site.workflow, site.collection
    site.delete()
    _remove_pages(site.city)
    _remove_workflow(workflow)
    _remove_groups(site.city)
    if collection is not None:
        Collection.objects.get(pk=collection.pk).delete()
    City.objects.filter(pk=city.pk).update(home_page=None)
    city.home_page = None
    log(instance=City.objects.get(pk=city.pk), action="city_sites.deletion.done", user=None, data=data)


def _locked_site(city: City) -> CitySite:
    locked = City.objects.select_for_update().get(pk=city.pk)
    site = CitySite.objects.select_for_update().filter(city=locked).first()
    if site is None:
        raise SiteDeletionError(_("%(city)s has no site.") % {"city": locked})
    site.city = locked
    return site


def _check(site: CitySite, by: Any) -> None:
    if not is_coalition_staff(by):
        raise SiteDeletionError(_("Only coalition staff decide about deleting a site."))
    if site.city.is_member:
        raise SiteDeletionError(_("%(city)s is a member. Its site stays.") % {"city": site.city})


def _today(city: City) -> datetime.date:
    return timezone.localtime(timezone=city_zone(city)).date()


def _remove_team(city: City) -> None:
    for member in team_of(city):
        remove_person(city=city, user=member.user, by=None)
    Invitation.objects.filter(city=city).delete()


def _remove_groups(city: City) -> None:
    ids = list(CityGroup.objects.filter(city=city).values_list("group_id", flat=True))
    Group.objects.filter(pk__in=ids).delete()  # and with them the city's roles and their rights


def _remove_files(site: CitySite, pages: list[Page]) -> None:
    library = Collection.objects.filter(name=SHARED_LIBRARY, depth=2).first()
    for files in files_of(site):
        staying = used_elsewhere(files, pages) if library else set()
        files.filter(pk__in=staying).update(collection=library)
        for file in files.exclude(pk__in=staying):
            file.delete()


def _remove_addresses(city: City) -> None:
    CityRedirect.objects.filter(city=city).delete()
    DeletedPage.objects.filter(city=city).delete()
    GuideUse.objects.filter(city=city).delete()
    roots = CityHomePage.objects.filter(city=city).values_list("pk", flat=True)
    own = Site.objects.filter(root_page__in=list(roots), is_default_site=False)
    for host in CityHost.objects.filter(city=city):
        host.delete()
    for each in own:
        each.delete()


def _remove_pages(city: City) -> None:
    with nothing_kept():
        for home in CityHomePage.objects.filter(city=city):
            Page.objects.get(pk=home.pk).delete()


def _remove_workflow(workflow: Workflow | None) -> None:
    """What somebody's drafts elsewhere still went through is kept, and switched off."""
    if workflow is None:
        return
    tasks = list(workflow.tasks)
    if workflow.workflow_states.exists():
        workflow.deactivate()
        return
    workflow.delete()
    for task in tasks:
        if not task.workflow_tasks.exists() and not task.task_states.exists():
            task.delete()
