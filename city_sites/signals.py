"""What makes the kept menu, footer and look of one city's site outdated. A change in one city counts for no other."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from city_sites.models import CityHomePage, CityHost, CitySitesPage
from city_sites.selectors.sites import ENCLAVES, HOME_DEPTH, HOME_STEPS
from coalition.models import City
from portal.core.versions import raise_version

MEMBERS = "coalition-members"  # the scope of what is counted about member cities


def scope_of(city_id: int) -> str:
    """The scope under which whatever is kept for one city's site stands (portal.core.versions)."""
    return f"city-site:{city_id}"


def raise_for(page: Page) -> None:
    """What was kept for the city in whose site the page stands is outdated. One query; none outside of city sites."""
    if page.path and page.depth >= HOME_DEPTH:
        cities = CityHomePage.objects.filter(path=page.path[:HOME_STEPS]).values_list("city_id", flat=True)
        for city_id in cities:
            raise_version(scope_of(city_id))


@receiver([page_published, page_unpublished, page_slug_changed], dispatch_uid="city_sites.page_change")
def note_page_change(sender: type[Page], *, instance: Page, **kwargs: Any) -> None:
    """A page appeared, went, or has another address."""
    raise_for(instance)


@receiver(post_page_move, dispatch_uid="city_sites.page_move")
def note_page_move(
    sender: type[Page], *, instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """A page stands elsewhere: both sites may list it or link to it."""
    raise_for(parent_page_before)
    raise_for(parent_page_after)
    if instance.depth < HOME_DEPTH:
        raise_version(ENCLAVES)


@receiver(post_delete, sender=Page, dispatch_uid="city_sites.page_delete")
def note_page_delete(sender: type[Page], *, instance: Page, **kwargs: Any) -> None:
    """A page is gone."""
    raise_for(instance)


@receiver(post_delete, sender=CityHomePage, dispatch_uid="city_sites.home_delete")
def note_home_delete(sender: type[CityHomePage], *, instance: CityHomePage, **kwargs: Any) -> None:
    """A home is gone, and with it the way to find its city by the tree."""
    raise_version(scope_of(instance.city_id))


@receiver([post_save, post_delete], sender=City, dispatch_uid="city_sites.city_change")
def note_city_change(sender: type[City], *, instance: City, **kwargs: Any) -> None:
    """The city has another name, flag or status. How many members there are stands under every site."""
    raise_version(scope_of(instance.pk))
    raise_version(MEMBERS)


@receiver([post_save, post_delete], sender=CityHost, dispatch_uid="city_sites.host_change")
def note_host_change(sender: type[CityHost], *, instance: CityHost, **kwargs: Any) -> None:
    """The site has another address."""
    raise_version(scope_of(instance.city_id))


@receiver([post_save, post_delete], sender=CitySitesPage, dispatch_uid="city_sites.holder_change")
def note_holder_change(sender: type[CitySitesPage], **kwargs: Any) -> None:
    """City sites stand somewhere else, or for the first time."""
    raise_version(ENCLAVES)
