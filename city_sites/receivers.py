"""What happens to a site when something is decided elsewhere: a city becomes a member, a page is translated."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import copy_for_translation_done
from wagtail_localize.models import Translation

from city_sites.models import CityHomePage, CitySectionPage
from city_sites.selectors.sites import home_of
from city_sites.services.provisioning import provision_city
from city_sites.services.rights import grant_on
from city_sites.services.spanish import offer_starter_words
from coalition.models import City, MembershipEvent
from coalition.signals import status_changed


@receiver(status_changed, dispatch_uid="city_sites.provision_member")
def provision_member(sender: type[City], *, city: City, event: MembershipEvent, **kwargs: Any) -> None:
    """A new member gets its site in the same transaction; one that comes back gets what its site lacks."""
    if city.is_member:
        provision_city(city=city, by=event.by)


@receiver(copy_for_translation_done, dispatch_uid="city_sites.open_translation")
def open_translation(sender: type[Page], *, source_obj: Page, target_obj: Page, **kwargs: Any) -> None:
    """The team may work on the translation of its home and sections as it may on the original."""
    page = target_obj.specific
    if isinstance(page, CityHomePage | CitySectionPage):
        home = home_of(page)
        if home is not None:
            grant_on(page, home.city)


@receiver(post_save, sender=Translation, dispatch_uid="city_sites.offer_words")
def offer_words(sender: type[Translation], *, instance: Translation, created: bool, **kwargs: Any) -> None:
    """Whoever starts to translate a page of the starter finds its texts translated, as far as they still stand."""
    if created:
        offer_starter_words(instance)
