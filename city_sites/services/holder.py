"""The pages that hold all city sites: one under the national home of each language."""

from wagtail.models import Locale, Page

from city_sites.models import CitySitesPage
from home.models import HomePage

SLUG = "cities"


class NoPortalError(Exception):
    """There is no national home to stand under. `manage.py setup_portal` makes one."""


def holder(locale: Locale) -> CitySitesPage:
    """The holder in this language, made when it is missing (the English one first).

    Raises NoPortalError when the portal has not been set up.
    """
    found = CitySitesPage.objects.filter(locale=locale, depth=3).first()
    if found is not None:
        return found
    english = Locale.objects.get(language_code="en")
    if locale.pk == english.pk:
        return _make(english)
    translated = holder(english).copy_for_translation(locale)
    translated.title = _title(locale)
    translated.live = True
    translated.save()
    return translated


def _title(locale: Locale) -> str:
    return {"es": "Sitios de las ciudades"}.get(locale.language_code, "City sites")


def _make(locale: Locale) -> CitySitesPage:
    home = HomePage.objects.filter(locale=locale, depth=2).first()
    if home is None:
        raise NoPortalError("Run `manage.py setup_portal` first: there is no national home.")
    _free_the_address(home)
    page = CitySitesPage(title=_title(locale), slug=SLUG, locale=locale, live=True)
    home.add_child(instance=page)
    return page


def _free_the_address(home: Page) -> None:
    """A page that somebody gave the holder's slug never had that address: the list of cities answers there."""
    for page in home.get_children().filter(slug=SLUG).exclude(content_type__model="citysitespage"):
        page.slug = f"{SLUG}-{page.pk}"
        page.save()
