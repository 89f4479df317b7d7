"""A city says that it used a guide, and what came of it."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from coalition.models import City
from resources.models import GuidePage, GuideUse

USED, NOT_USED = "city_sites.guides.used", "city_sites.guides.not_used"


@transaction.atomic
def mark_used(*, city: City, guide: GuidePage, by: Any = None, **values: Any) -> GuideUse:
    """Write down, or change, that the city used the guide: year, number, unit, result, changed, is_shown.

    One for each guide and city, whatever the language. The same values again change nothing.
    """
    City.objects.select_for_update().get(pk=city.pk)
    use = GuideUse.objects.filter(city=city, guide_key=guide.translation_key).first()
    if use is None:
        use = GuideUse(city=city, guide_key=guide.translation_key)
    elif all(getattr(use, name) == value for name, value in values.items()):
        return use
    for name, value in values.items():
        setattr(use, name, value)
    use.by = by
    use.save()
    log(instance=city, action=USED, user=by, data={"title": guide.title, "year": use.year})
    return use


@transaction.atomic
def take_mark_away(*, use: GuideUse, title: str, by: Any = None) -> None:
    """Take it back. `title` is what the guide is called, for the city's history."""
    city = use.city
    use.delete()
    log(instance=city, action=NOT_USED, user=by, data={"title": title})
