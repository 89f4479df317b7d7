"""Gives a member city its website: pages, groups, rights, collection, workflow; all of it or nothing, in a second."""

from typing import Any

from django.db import transaction
from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from city_sites.models import CityHomePage, CitySite, StarterPart
from city_sites.services import starter
from city_sites.services.holder import holder
from city_sites.services.planting import publish_planted, stake_out
from city_sites.services.rights import grant
from coalition.models import City
from coalition.services.cities import fly_flag
from portal.core.bilingual import Targets, Words
from portal.core.page_targets import targets_loaded


class ProvisioningError(Exception):
    """The city cannot have a site now. `str()` of it says why."""


@transaction.atomic
def provision_city(*, city: City, by: Any = None) -> CitySite:
    """Give the city what it lacks of a site, and return the site. Running it twice changes nothing.

    A part that was given once is never given again: what editors deleted stays deleted, what they wrote stays as it
    is. Parts that are new in the starter are added. `by` is the person who decided, None for a script.

    Raises ProvisioningError for a city that is not a member, NoPortalError when there is no national home.
    """
    locked = City.objects.select_for_update().get(pk=city.pk)
    if not locked.is_member:
        raise ProvisioningError(f"{locked} is not a member, and only members have a site.")
    _color(locked)
    site, _is_new = CitySite.objects.get_or_create(city=locked)
    if locked.home_page_id is None:
        site.parts.all().delete()  # the home is gone, and the site with it: this is a new one
    given = set(site.parts.values_list("key", flat=True))
    missing = [key for key in starter.PARTS if key not in given]
    if missing:
        with override("en"):
            _make(missing, site, by)
        log(instance=locked, action="city_sites.provision", user=by, data={"pages": len(missing), "again": bool(given)})
    grant(site, CityHomePage.objects.filter(city=locked))
    city.home_page_id = locked.home_page_id
    return site


def _color(city: City) -> None:
    before = (city.color_first, city.color_second, city.flag_field, city.flag_emblem)
    fly_flag(city)
    if (city.color_first, city.color_second, city.flag_field, city.flag_emblem) != before:
        city.save(update_fields=["color_first", "color_second", "flag_field", "flag_emblem", "updated_at"])


def _make(keys: list[str], site: CitySite, by: Any) -> None:
    """Put the parts' pages into the tree first and fill them then: they link to each other."""
    parts = _plan(keys, site, by)
    home = None
    if parts[0].key == starter.HOME:
        home = parts[0].page
        stake_out(holder(home.locale), [home])
        site.city.home_page_id = home.pk
        site.city.save(update_fields=["home_page", "updated_at"])
    others = [part.page for part in parts if part.key != starter.HOME]
    parent = home or Page.objects.select_for_update().get(pk=site.city.home_page_id)
    _free_slugs(parent, others)
    stake_out(parent, others)
    StarterPart.objects.bulk_create(StarterPart(site=site, key=part.key, page_id=part.page.pk) for part in parts)
    ids = _page_ids(site)
    with targets_loaded(ids.values()):
        for part in parts:
            starter.fill(part.page, spec=part.spec, words=Words(remembers=False), targets=Targets(ids))
        publish_planted([part.page for part in parts], by=by)


def _plan(keys: list[str], site: CitySite, by: Any) -> list[starter.Part]:
    city, locale = site.city, Locale.objects.get(language_code="en")
    email = starter.mailbox_of(city)
    parts = []
    for key in keys:
        spec = starter.spec_of(key, city=city, email=email)
        page = starter.new_page(key, city=city, locale=locale, spec=spec)
        page.owner = by
        parts.append(starter.Part(key, page, spec))
    return parts


def _free_slugs(parent: Page, pages: list[Page]) -> None:
    """A page whose slug an editor's own page has taken gets a number behind it."""
    taken = set(Page.objects.child_of(parent).values_list("slug", flat=True))
    for page in pages:
        free, number = page.slug, 2
        while free in taken:
            free, number = f"{page.slug}-{number}", number + 1
        page.slug = free


def _page_ids(site: CitySite) -> dict[str, int]:
    """Where "page:about" leads in this city: to the part's page, or to the home when the page was deleted."""
    home_id = site.city.home_page_id
    found = {f"page:{key}": home_id for key in starter.PARTS}
    found.update({f"page:{key}": pk for key, pk in site.parts.values_list("key", "page_id") if pk})
    return {name: pk for name, pk in found.items() if pk}
