"""A look belongs to the whole city: its flag everywhere and its site in every language follow the English home."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import page_published

from city_sites.look import LOOK_FIELDS
from city_sites.models import CityHomePage
from city_sites.signals import scope_of
from coalition.models import City
from portal.core.colors import is_hex
from portal.core.versions import raise_version

COLUMNS = {field.name: field.attname for field in CityHomePage._meta.concrete_fields if field.name in LOOK_FIELDS}


@receiver(page_published, sender=CityHomePage, dispatch_uid="city_sites.share_look")
def share_look(sender: type[CityHomePage], *, instance: CityHomePage, **kwargs: Any) -> None:
    """After a home was published (or an older version of it once more): city and languages look alike.

    A translation is published with the look it had when it was last synchronized, so it takes the English one.
    """
    with transaction.atomic():
        if instance.locale.language_code == settings.LANGUAGE_CODE:
            _color_city(instance)
            for other in instance.get_translations().exclude(pk=instance.pk).select_related("city"):
                _dress(other, instance)
        else:
            english = instance.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE).first()
            if english is not None and english.live:
                _dress(instance, english)


def _color_city(home: CityHomePage) -> None:
    city = City.objects.select_for_update().get(pk=home.city_id)
    colors = (home.color_first, home.color_second)
    if all(map(is_hex, colors)) and (city.color_first, city.color_second) != colors:
        city.color_first, city.color_second = colors
        city.save(update_fields=["color_first", "color_second", "updated_at"])


def _dress(home: Any, like: CityHomePage) -> None:
    """Save the look alone: the text of the other language is left as it is."""
    changed = [name for name, column in COLUMNS.items() if getattr(home, column) != getattr(like, column)]
    for name in changed:
        setattr(home, COLUMNS[name], getattr(like, COLUMNS[name]))
    if changed:
        home.save(update_fields=changed, clean=False)
        raise_version(scope_of(home.city_id))
