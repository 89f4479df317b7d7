"""What a city's site is made of on its first day: pages from `starter/*.toml`, in the city's name."""

from dataclasses import dataclass
from email.utils import parseaddr
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import ForeignKey
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from city_sites.models import CityHomePage, CitySectionPage
from coalition.models import City, Contact
from home.models import ContactPage, IndexPage, StandardPage
from portal.core.bilingual import Builder, Targets, Words, both, read

FOLDER = Path(__file__).resolve().parent.parent / "starter"
KINDS: dict[str, type[Page]] = {
    "CityHomePage": CityHomePage,
    "CitySectionPage": CitySectionPage,
    "ContactPage": ContactPage,
    "IndexPage": IndexPage,
    "StandardPage": StandardPage,
}
HOME = "home"
PAGES = ("about", "opportunities", "stories", "guides", "jobs", "contact", "privacy", "accessibility")
PARTS = (HOME, *PAGES)
"""The parts in the order they are made. A new part is added here, with its file; parts are never renamed."""

_NOT_FIELDS = {"kind", "slug"}


@dataclass
class Part:
    """One page of a site in the making, and what its file says."""

    key: str
    page: Page
    spec: dict[str, Any]


def spec_of(key: str, *, city: City, email: str = "") -> dict[str, Any]:
    """What the part's file says, with the city's name in it."""
    names = {"[[city]]": city.name, "[[state]]": city.state_name, "[[email]]": email}
    names["[[site]]"] = _named(both(_file(HOME)["title"])[0], names)
    return _named(_file(key), names)


@cache
def _file(key: str) -> dict[str, Any]:
    return read(FOLDER / f"{key}.toml")


def _named(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, str):
        for mark, name in names.items():
            value = value.replace(mark, name)
        return value
    if isinstance(value, list):
        return [_named(each, names) for each in value]
    if isinstance(value, dict):
        return {key: _named(each, names) for key, each in value.items()}
    return value


def mailbox_of(city: City) -> str:
    """Where the city's contact form goes at first: to its first contact, else to the coalition's own mailbox."""
    contact = Contact.objects.filter(city=city).exclude(email="").first()
    return contact.email if contact else coalition_mailbox()


def coalition_mailbox() -> str:
    """The first mailbox of the national contact page, else the address that the portal's mail comes from."""
    page = ContactPage.objects.filter(depth=3).order_by("path").first()
    address = next((route.value["email"] for route in page.routes), "") if page else ""
    return address or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def new_page(key: str, *, city: City, locale: Locale, spec: dict[str, Any]) -> Page:
    """The part's page, not saved and still without the texts that link to other pages."""
    page = KINDS[spec["kind"]](title=both(spec["title"])[0], slug=spec.get("slug", key), locale=locale, live=False)
    if isinstance(page, CityHomePage):
        page.slug, page.city = city.slug, city
        page.color_first, page.color_second = city.color_first, city.color_second
        page.hero_title = both(spec["hero_title"])[0]
    if isinstance(page, CitySectionPage):
        page.section = spec["section"]
    return page


def fill(page: Page, *, spec: dict[str, Any], words: Words, targets: Targets) -> None:
    """Put what the file says into the page's fields; nothing is saved."""
    builder = Builder(page=page.slug, words=words, targets=targets)
    for name, value in spec.items():
        if name in _NOT_FIELDS:
            continue
        field = page._meta.get_field(name)
        if isinstance(field, StreamField):
            setattr(page, name, builder.stream(field.stream_block, value))
        elif isinstance(field, ForeignKey):
            setattr(page, field.attname, targets.id_of(value))
        else:
            setattr(page, name, words.plain(value))
