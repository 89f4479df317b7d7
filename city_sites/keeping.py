"""What follows when pages are deleted and cities come and go, and the time rules of both. Connected on import."""

import datetime
import uuid
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.signals import post_page_move

from city_sites.models import CityHomePage, CitySite
from city_sites.selectors.closed import CLOSED
from city_sites.services.deleted_pages import keep_copies, purge_deleted_pages
from city_sites.services.deletion import cancel_deletion, delete_due_sites
from coalition.models import City, MembershipEvent
from coalition.signals import status_changed
from portal.core.due import register_due
from portal.core.housekeeping import DAILY
from portal.core.versions import raise_version

HOURLY = datetime.timedelta(minutes=50)

register_due("city_sites.purge_deleted_pages", purge_deleted_pages, every=DAILY)
register_due("city_sites.delete_sites", delete_due_sites, every=HOURLY, is_atomic=False)


@receiver(pre_delete, sender=Page, dispatch_uid="city_sites.keep_deleted_page")
def keep_deleted_page(sender: type[Page], *, instance: Page, origin: Model | QuerySet, **kwargs: Any) -> None:
    """However pages are deleted (alone, in bulk, with their translations, by a script), their copies are kept.

    Django tells of each page before it deletes the first; the first call keeps all of them at once.
    """
    if getattr(origin, "_copies_are_kept", False):
        return
    origin._copies_are_kept = True  # type: ignore[union-attr]
    is_tree = isinstance(origin, PageQuerySet) and issubclass(origin.model, Page)
    pages: PageQuerySet = origin.all() if is_tree else Page.objects.filter(pk=instance.pk)  # type: ignore[union-attr]
    context = get_active_log_context()
    keep_copies(pages=list(pages.specific()), act=context.uuid or uuid.uuid4(), by=context.user)


@receiver(status_changed, dispatch_uid="city_sites.keep_site")
def keep_site(sender: type[City], *, city: City, event: MembershipEvent, **kwargs: Any) -> None:
    """A city that comes back, or is about to, keeps its site: a deletion that was planned is called off."""
    if city.status in (City.Status.PENDING, City.Status.MEMBER):
        cancel_deletion(city=city, by=None)


def note_gates(**kwargs: Any) -> None:
    """Another city may be closed now, or a closed site may stand elsewhere in the tree."""
    raise_version(CLOSED)


for _model in (City, CityHomePage, CitySite):
    for _signal in (post_save, post_delete):
        _signal.connect(note_gates, sender=_model, dispatch_uid=f"city_sites.gates.{_model.__name__}")
post_page_move.connect(note_gates, dispatch_uid="city_sites.gates.move")
